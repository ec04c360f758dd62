"""By what the log is narrowed, and what of it a person may see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.history.tables import OURS, followed
from occupations.models import Change


class KindFilter(admin.SimpleListFilter):
    """By what sort of thing was changed."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        shown = [model for model in followed() if sees_accounts(request) or model._meta.app_label in OURS]
        kinds = [(model._meta.db_table, capfirst(str(model._meta.verbose_name))) for model in shown]
        return sorted(kinds, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Change]) -> QuerySet[Change]:
        return queryset.filter(table=self.value()) if self.value() else queryset


class PersonFilter(admin.SimpleListFilter):
    """By who did it; people whose account is gone too."""

    title = gettext_lazy("person")
    parameter_name = "person"
    ELSEWHERE = "-"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = Change.objects.exclude(who="").order_by("who").values_list("who", flat=True).distinct()
        return [*((name, name) for name in names), (self.ELSEWHERE, _("nobody signed in"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Change]) -> QuerySet[Change]:
        if self.value() is None:
            return queryset
        return queryset.filter(who="" if self.value() == self.ELSEWHERE else self.value())


class EditionFilter(admin.SimpleListFilter):
    """By the edition that a row belongs to; deleted drafts too."""

    title = gettext_lazy("edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        slugs = Change.objects.exclude(edition="").order_by("edition").values_list("edition", flat=True)
        return [(slug, slug) for slug in slugs.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Change]) -> QuerySet[Change]:
        return queryset.filter(edition=self.value()) if self.value() else queryset


def sees_accounts(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("auth.view_user"))


def visible(request: HttpRequest, changes: QuerySet[Change]) -> QuerySet[Change]:
    """Changes of accounts are for those who may look at accounts."""
    if sees_accounts(request):
        return changes
    tables = [model._meta.db_table for model in followed() if model._meta.app_label not in OURS]
    return changes.exclude(table__in=tables)
