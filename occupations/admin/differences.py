"""Points where the editions differ, and what each of them says."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import AnyInline, ExplainingAdmin
from occupations.models import Difference, DifferenceText


class DifferenceTextInline(AnyInline):
    model = DifferenceText
    extra = 0


@admin.register(Difference)
class DifferenceAdmin(ExplainingAdmin):
    list_display = ["pk", "topic"]
    search_fields = ["fact__id", "topic"]
    inlines = [DifferenceTextInline]
