"""Synonyms: what people call an occupation. A change is searched within seconds."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import ExplainingAdmin
from occupations.models import OccupationSynonym


@admin.register(OccupationSynonym)
class OccupationSynonymAdmin(ExplainingAdmin):
    list_display = ["phrase", "language", "unit_group", "why", "source", "hidden"]
    list_filter = ["language", "hidden", "source", "unit_group__teer"]
    list_select_related = ["unit_group"]
    search_fields = ["phrase", "why", "unit_group__code", "unit_group__title_en"]
    autocomplete_fields = ["unit_group"]
