"""Ways to apply, lines of advice, fees and permit terms; visitors see a change within seconds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from occupations.admin.base import EditionRowForm, ExplainingAdmin
from occupations.models import AdviceLine, ApplicationRoute, ApplicationRule, Fee, PermitTerm
from occupations.models.choices import Payer, Situation

WORDS = {"all_of": Situation, "any_of": Situation, "payers": Payer}
"""Fields that hold several words of a closed list."""


class CitedRowAdmin(ExplainingAdmin):
    """Several words are tick boxes; fact numbers are looked up."""

    form = EditionRowForm
    list_select_related = ["source"]

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        words = WORDS.get(db_field.name)
        if words is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.MultipleChoiceField(
            label=db_field.verbose_name,
            help_text=db_field.help_text,
            choices=words.choices,
            required=not db_field.blank,
            widget=forms.CheckboxSelectMultiple,
        )


@admin.register(ApplicationRoute)
class ApplicationRouteAdmin(CitedRowAdmin):
    list_display = ["title", "slug", "position", "source"]
    search_fields = ["slug", "title", "what"]


@admin.register(ApplicationRule)
class ApplicationRuleAdmin(CitedRowAdmin):
    list_display = ["reason", "route", "position", "standing", "all_of", "since", "source"]
    list_filter = ["route", "standing"]
    list_select_related = ["route", "source"]
    search_fields = ["reason", "says"]


@admin.register(AdviceLine)
class AdviceLineAdmin(CitedRowAdmin):
    list_display = ["slug", "part", "route", "position", "any_of", "checked_on", "hidden"]
    list_filter = ["part", "route", "hidden"]
    list_select_related = ["route", "source"]
    search_fields = ["slug", "says"]


@admin.register(Fee)
class FeeAdmin(CitedRowAdmin):
    list_display = ["label", "slug", "as_of", "amount", "payers", "unit", "counted"]
    list_filter = ["unit", "counted"]
    search_fields = ["slug", "label", "note"]


@admin.register(PermitTerm)
class PermitTermAdmin(CitedRowAdmin):
    list_display = ["slug", "as_of", "months", "source"]
    search_fields = ["slug"]
