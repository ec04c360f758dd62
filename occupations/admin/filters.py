"""What the lists of an edition's rows are narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from occupations.models import Condition, CountryName, Edition
from occupations.models.editions import TEERS
from occupations.rulebook import DEFAULT_LANGUAGE, EVERY_COUNTRY

NO_CONDITION = "-"


def country_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name in the reader's language and code) in the order of the names."""
    wanted = set(codes)
    names: dict[str, dict[str, str]] = {}
    for country, language, name in CountryName.objects.filter(country__in=wanted).values_list(
        "country", "language", "name"
    ):
        names.setdefault(country, {})[language] = name
    language = (get_language() or DEFAULT_LANGUAGE)[:2]
    shown = [
        (
            code,
            f"{names.get(code, {}).get(language) or names.get(code, {}).get(DEFAULT_LANGUAGE, '')} ({code})".strip(),
        )
        for code in wanted - {EVERY_COUNTRY}
    ]
    everyone = [(EVERY_COUNTRY, _("every other country (*)"))] if EVERY_COUNTRY in wanted else []
    return [*everyone, *sorted(shown, key=lambda pair: pair[1])]


class EditionFilter(admin.SimpleListFilter):
    """The edition; drafts first."""

    title = gettext_lazy("edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        order = {"draft": 0, "in_review": 1, "published": 2, "withdrawn": 3}
        editions = sorted(Edition.objects.all(), key=lambda edition: (order[edition.state], edition.slug))
        return [(edition.pk, f"{edition.pk} ({edition.get_state_display()})") for edition in editions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(edition=self.value()) if self.value() else queryset


class CountryFilter(admin.SimpleListFilter):
    title = gettext_lazy("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = model_admin.model._base_manager.order_by().values_list("country", flat=True).distinct()
        return country_names(codes)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(country=self.value()) if self.value() else queryset


class TeerFilter(admin.SimpleListFilter):
    """Lines for a code of a TEER, or for every code of it."""

    title = gettext_lazy("TEER")
    parameter_name = "teer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(teer), _("TEER %(teer)s") % {"teer": teer}) for teer in TEERS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value not in {str(teer) for teer in TEERS}:
            return queryset
        return queryset.filter(Q(unit_group__teer=value) | Q(teers__contains=[int(value)]))


class ConditionFilter(admin.SimpleListFilter):
    """Lines that depend on a condition."""

    title = gettext_lazy("condition")
    parameter_name = "condition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        conditions = Condition.objects.order_by("slug").values_list("slug", flat=True).distinct()
        return [(NO_CONDITION, _("without a condition")), *((slug, slug) for slug in conditions)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == NO_CONDITION:
            return queryset.filter(when=None, unless=None)
        if self.value():
            return queryset.filter(Q(when=self.value()) | Q(unless=self.value()))
        return queryset
