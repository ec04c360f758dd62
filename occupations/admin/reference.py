"""Reference tables to look things up in: occupations, regions, wages, regulated occupations."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from occupations.admin.base import ReadOnlyAdmin
from occupations.models import (
    ConcordancePair,
    DataRevision,
    JobTitle,
    LoadedFile,
    Region,
    Regulation,
    UnitGroup,
    Wage,
    WageVintage,
)


@admin.register(UnitGroup)
class UnitGroupAdmin(ReadOnlyAdmin):
    list_display = ["code", "teer", "title_en", "title_fr", "classification"]
    list_filter = ["teer", "classification"]
    search_fields = ["code", "title_en", "title_fr"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[UnitGroup], search_term: str
    ) -> tuple[QuerySet[UnitGroup], bool]:
        """What is offered for a row are codes of the version in use; the list shows every version."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path == reverse("admin:autocomplete"):
            found = found.filter(classification__is_current=True)
        return found, may_repeat


@admin.register(JobTitle)
class JobTitleAdmin(ReadOnlyAdmin):
    list_display = ["title", "language", "unit_group", "illustrative"]
    list_filter = ["language", "illustrative"]
    list_select_related = ["unit_group"]
    search_fields = ["title", "unit_group__code"]


@admin.register(ConcordancePair)
class ConcordancePairAdmin(ReadOnlyAdmin):
    list_display = ["noc2016", "unit_group", "change"]
    list_select_related = ["noc2016", "unit_group"]
    search_fields = ["noc2016__code", "noc2016__title", "unit_group__code", "unit_group__title_en"]


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ["code", "name_en", "name_fr", "level", "province", "is_territory"]
    list_filter = ["level", "province"]
    search_fields = ["code", "name_en", "name_fr"]


@admin.register(WageVintage)
class WageVintageAdmin(ReadOnlyAdmin):
    list_display = ["edition", "available_from", "classification", "source", "added_at"]


@admin.register(Wage)
class WageAdmin(ReadOnlyAdmin):
    list_display = ["unit_group", "region", "vintage", "low", "median", "high", "annual", "origin"]
    list_filter = ["vintage", "annual"]
    list_select_related = ["unit_group", "region", "vintage"]
    search_fields = ["unit_group__code", "unit_group__title_en", "region__code", "region__name_en"]


@admin.register(Regulation)
class RegulationAdmin(ReadOnlyAdmin):
    list_display = ["unit_group", "province", "kind", "regulator", "as_of", "source"]
    list_filter = ["province", "kind", "source"]
    list_select_related = ["unit_group", "source"]
    search_fields = ["unit_group__code", "unit_group__title_en", "regulator", "note"]


@admin.register(LoadedFile)
class LoadedFileAdmin(ReadOnlyAdmin):
    list_display = ["file", "rows", "loaded_at"]
    search_fields = ["file"]


@admin.register(DataRevision)
class DataRevisionAdmin(ReadOnlyAdmin):
    list_display = ["number", "changed_at"]
