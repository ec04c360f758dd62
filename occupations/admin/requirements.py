"""Thresholds of an edition: education, experience, licence."""

from __future__ import annotations

from django.contrib import admin

from occupations.admin.edition_rows import EditionRowAdmin
from occupations.admin.filters import CountryFilter, EditionFilter
from occupations.admin.row_forms import RequirementForm
from occupations.models import Requirement


@admin.register(Requirement)
class RequirementAdmin(EditionRowAdmin):
    form = RequirementForm
    list_display = [
        "country",
        "category",
        "teers",
        "min_education_years",
        "credential_rule",
        "min_experience_years",
        "licence_grace_months",
        "source_checked_on",
        "edition",
    ]
    list_filter = [EditionFilter, CountryFilter, "category", "credential_rule"]
    search_fields = ["country"]
