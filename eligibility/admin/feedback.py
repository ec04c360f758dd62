"""What staff read of the visitors' feedback: a list to look through, and to delete from when it grows old."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from eligibility.models import Feedback
from occupations.admin.base import AnyAdmin, ReadOnlyAdmin


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    """Nobody writes or changes feedback here; whoever has the permission may delete it."""

    list_display = ["day", "page", "outcome", "helpful", "language", "text"]
    list_filter = ["helpful", "page", "outcome", "language", "day"]
    search_fields = ["text"]
    date_hierarchy = "day"

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return AnyAdmin.has_delete_permission(self, request, obj)
