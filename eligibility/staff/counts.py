"""The anonymous counts as staff see them: no number below `settings.COUNTS_FEWEST` is shown, nor can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from eligibility import formatting
from eligibility.counting import OTHER
from eligibility.models import DailyCount
from eligibility.models.feedback import ShownOutcome
from eligibility.wizard import language
from occupations import snapshots
from occupations.admin.home import Line, Link, Panel, panels
from occupations.rulebook import text_in

PERIODS: Final = (7, 28, 91, 365)
"""How many days back can be chosen; few, so that two periods say little about the days between them."""
ON_HOME: Final = 7
PERMISSION: Final = "eligibility.view_dailycount"
FULL_BAR: Final = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to show: in words, and as the length of a bar out of FULL_BAR; `number` is None where it is hidden."""

    text: str
    number: int | None
    bar: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    figures: tuple[Figure, ...]


def figure(number: int, longest: int = 0) -> Figure:
    """A count, hidden when it is of fewer than k; none is hidden too, because "none" tells as much as "one"."""
    if number < settings.COUNTS_FEWEST:
        return Figure(_("fewer than %(fewest)s") % {"fewest": settings.COUNTS_FEWEST}, None)
    return Figure(
        formatting.number(number, language()), number, round(FULL_BAR * number / longest) if longest else 0
    )


def hidden_cells(numbers: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """Cells of a table that must not be shown. Never one alone: the total would give it away."""
    ascending = sorted(numbers, key=lambda cell: numbers[cell])
    hidden = {cell for cell in ascending if numbers[cell] < settings.COUNTS_FEWEST}
    return set(ascending[:2]) if len(hidden) == 1 else hidden


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def page(request: HttpRequest) -> HttpResponse:
    """Journeys by day, and results by country and outcome, over a period."""
    given = request.GET.get("days", "")
    days = int(given) if given.isdecimal() and int(given) in PERIODS else PERIODS[1]
    context = {
        **admin.site.each_context(request),
        "title": _("Visitors in numbers"),
        "days": days,
        "periods": [(each, _days(each)) for each in PERIODS],
        "fewest": settings.COUNTS_FEWEST,
        "by_day": by_day(days),
        "outcomes": [choice.label for choice in ShownOutcome],
        "by_country": by_country(days),
    }
    return render(request, "admin/counts/counts.html", context)


def by_day(days: int) -> Sequence[Row]:
    """A row for each day with anything to show, the newest first: begun, finished."""
    rows = _since(days).values("day", "event").annotate(total=Sum("number"))
    numbers: dict[tuple[date, str], int] = {(row["day"], row["event"]): row["total"] for row in rows}
    longest = max(numbers.values(), default=0)
    return [
        Row(
            date_format(day),
            tuple(figure(numbers.get((day, event), 0), longest) for event in DailyCount.Event.values),
        )
        for day in sorted({day for day, _event in numbers}, reverse=True)
    ]


def by_country(days: int) -> Sequence[Row]:
    """A row for each country of the edition in force: its results by outcome."""
    rows = _since(days).filter(event=DailyCount.Event.FINISHED).values("country", "outcome")
    found = {(row["country"], row["outcome"]): row["total"] for row in rows.annotate(total=Sum("number"))}
    rulebook = snapshots.rulebook()
    known = rulebook.reference.country_names
    names = {code: text_in(known[code], language()) for code in rulebook.edition.countries}
    names = dict(sorted(names.items(), key=lambda each: each[1])) | {OTHER: _("another country")}
    numbers = {
        (code, outcome): found.get((code, outcome), 0) for code in names for outcome in ShownOutcome.values
    }
    hidden = hidden_cells(numbers)
    longest = max(numbers.values(), default=0)

    def shown(cell: tuple[str, str]) -> Figure:
        return figure(0) if cell in hidden else figure(numbers[cell], longest)

    return [
        Row(name, tuple(shown((code, outcome)) for outcome in ShownOutcome.values))
        for code, name in names.items()
    ]


def on_home(request: HttpRequest) -> Panel | None:
    """How many journeys began and ended of late."""
    if not request.user.has_perm(PERMISSION):
        return None
    rows = _since(ON_HOME).values("event").annotate(total=Sum("number"))
    numbers: dict[str, Any] = {row["event"]: row["total"] for row in rows}
    lines = [
        Line(_("Checks begun: %(number)s") % {"number": figure(numbers.get(DailyCount.Event.BEGUN, 0)).text}),
        Line(
            _("Checks with a result: %(number)s")
            % {"number": figure(numbers.get(DailyCount.Event.FINISHED, 0)).text}
        ),
    ]
    title = _("Visitors of the last %(days)s days") % {"days": ON_HOME}
    return Panel(title, lines, [Link(_("Visitors in numbers"), reverse("counts"))])


def _since(days: int) -> Any:
    return DailyCount.objects.filter(day__gt=snapshots.today() - timedelta(days=days)).order_by()


def _days(number: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


panels.append(on_home)
