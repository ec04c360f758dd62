"""Periods in force: adding one lets another edition decide from a day on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from occupations import publishing
from occupations.admin.base import AnyForm, ExplainingAdmin
from occupations.models import Edition, PeriodInForce
from occupations.models.choices import State


class PeriodForm(AnyForm):
    """Edition, first day and reason; who it was is the account that is signed in."""

    first_day = forms.DateField(
        label=_("First day"),
        help_text=_("Today or later, counted in Toronto. The edition that decides now ends the day before."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = PeriodInForce
        fields = ["edition", "reason"]


@admin.register(PeriodInForce)
class PeriodInForceAdmin(ExplainingAdmin):
    """Past days are a record. Add a period to let another edition decide; add one more to return."""

    form = PeriodForm
    list_display = ["edition", "first_day", "last_day", "reason", "who", "added_at"]
    list_filter = ["edition"]

    def get_fields(self, request: HttpRequest, obj: PeriodInForce | None = None) -> Any:
        return ["edition", "first_day", "reason", *([] if obj is None else ["last_day", "who"])]

    def get_readonly_fields(self, request: HttpRequest, obj: PeriodInForce | None = None) -> Any:
        return [] if obj is None else ["first_day", "last_day", "who"]

    @admin.display(description=_("first day"), ordering="days")
    def first_day(self, period: PeriodInForce) -> date:
        first: date = period.days.lower
        return first

    @admin.display(description=_("last day"))
    def last_day(self, period: PeriodInForce) -> date | str:
        if period.days.upper is None:
            return gettext("until further notice")
        last: date = period.days.upper - timedelta(days=1)
        return last

    def has_change_permission(self, request: HttpRequest, obj: PeriodInForce | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PeriodInForce | None = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.filter(state=State.PUBLISHED)
            kwargs["help_text"] = _("Only published editions can decide.")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: PeriodInForce, form: Any, change: bool) -> None:
        added = publishing.put_in_force(
            obj.edition, form.cleaned_data["first_day"], obj.reason, request.user.get_username()
        )
        obj.pk, obj.days, obj.who = added.pk, added.days, added.who
