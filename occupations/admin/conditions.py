"""Yes/no questions that occupation rules of an edition depend on."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import AnyForm, NumberedRowAdmin
from occupations.models import Condition


@admin.register(Condition)
class ConditionAdmin(NumberedRowAdmin):
    form = AnyForm
    list_display = ["slug", "edition", "question"]
    list_filter = ["edition"]
    search_fields = ["slug", "question"]
