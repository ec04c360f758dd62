"""What the criteria of an edition rest on, and where its facts stand."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.edition_rows import EditionRowAdmin
from occupations.admin.filters import EditionFilter
from occupations.admin.row_forms import FactsRowForm
from occupations.models import Citation, CriterionFacts


@admin.register(CriterionFacts)
class CriterionFactsAdmin(EditionRowAdmin):
    form = FactsRowForm
    list_display = ["criterion", "fact_ids", "source_checked_on", "edition"]
    list_filter = [EditionFilter, "criterion"]
    search_fields = ["criterion"]


@admin.register(Citation)
class CitationAdmin(EditionRowAdmin):
    list_display = ["fact", "position", "source", "source_checked_on", "edition"]
    list_filter = [EditionFilter, "source"]
    list_select_related = ["edition", "fact", "source"]
    search_fields = ["fact__id", "fact__title", "source__title"]
    autocomplete_fields = ["fact", "source"]
