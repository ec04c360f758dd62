"""Thresholds of an edition: education, experience, licence."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.base import EditionRowAdmin
from occupations.models import Requirement


@admin.register(Requirement)
class RequirementAdmin(EditionRowAdmin):
    list_display = [
        "country",
        "category",
        "edition",
        "min_education_years",
        "credential_rule",
        "min_experience_years",
        "licence_grace_months",
    ]
    list_filter = ["edition", "category", "country"]
    search_fields = ["country"]
