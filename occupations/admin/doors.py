"""Other permits to ask about; visitors see a change at once."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import EditionRowForm, ExplainingAdmin
from occupations.models import OtherDoor


@admin.register(OtherDoor)
class OtherDoorAdmin(ExplainingAdmin):
    form = EditionRowForm
    list_display = ["country", "name", "code", "text", "hidden"]
    list_filter = ["country", "hidden"]
    search_fields = ["name", "code", "text"]
