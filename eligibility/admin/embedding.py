"""Sites that may show the check in a frame. A change holds within seconds."""

from __future__ import annotations

from django.contrib import admin

from eligibility.models import EmbeddingSite
from occupations.admin.base import ExplainingAdmin


@admin.register(EmbeddingSite)
class EmbeddingSiteAdmin(ExplainingAdmin):
    list_display = ["origin", "active", "note"]
    list_filter = ["active"]
    search_fields = ["origin", "note"]
