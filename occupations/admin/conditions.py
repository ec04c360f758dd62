"""Yes/no questions that occupation rules of an edition depend on."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.edition_rows import NumberedRowAdmin
from occupations.admin.filters import EditionFilter
from occupations.models import Condition


@admin.register(Condition)
class ConditionAdmin(NumberedRowAdmin):
    list_display = ["question", "slug", "source_checked_on", "edition"]
    list_filter = [EditionFilter]
    search_fields = ["slug", "question", "help"]
