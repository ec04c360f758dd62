"""What the criteria of an edition rest on, and where its facts stand."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import AnyForm, EditionRowAdmin
from occupations.models import Citation, CriterionFacts


@admin.register(CriterionFacts)
class CriterionFactsAdmin(EditionRowAdmin):
    list_display = ["criterion", "edition", "fact_ids"]
    list_filter = ["edition", "criterion"]


@admin.register(Citation)
class CitationAdmin(EditionRowAdmin):
    form = AnyForm
    list_display = ["fact", "position", "source", "edition"]
    list_filter = ["edition", "source"]
    list_select_related = ["edition", "fact", "source"]
    search_fields = ["fact__id", "fact__title", "source__title"]
