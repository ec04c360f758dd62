"""List entries that still lack a NOC code."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import NumberedRowAdmin
from occupations.models import UncodedEntry


@admin.register(UncodedEntry)
class UncodedEntryAdmin(NumberedRowAdmin):
    list_display = ["list_entry", "country", "category", "effect", "certain", "edition"]
    list_filter = ["edition", "country", "category"]
    search_fields = ["list_entry", "note"]
