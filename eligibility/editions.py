"""A public page on the rules themselves: which edition decides since when, what is announced, what is compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eligibility import formatting
from eligibility.addresses import in_every_language
from eligibility.edition_changes import changes
from eligibility.lists import public
from eligibility.wizard import language
from occupations import snapshots
from occupations.rulebook import Difference, Edition, PeriodInForce, Snapshot, text_in

Context = dict[str, Any]


@public
def editions(request: HttpRequest) -> HttpResponse:
    """Periods in force from the present one on, earlier ones, editions for comparison, and where they differ."""
    snapshot, today = snapshots.current(), snapshots.today()
    return render(
        request, "editions.html", {**overview(snapshot, today, language()), **in_every_language(request)}
    )


def overview(snapshot: Snapshot, today: date, language: str) -> Context:
    """The context of `editions.html`. Raises NoEditionInForce."""
    deciding = snapshot.slug_in_force(today)
    periods = sorted(snapshot.periods, key=lambda period: period.first_day)
    before: Edition | None = None
    told: list[Context] = []
    for period in periods:
        edition = snapshot.editions[period.edition]
        told.append(_period(period, edition, before, snapshot, today, language))
        before = edition
    in_force = {period.edition for period in periods}
    compared = [slug for slug in snapshot.comparisons(deciding) if slug not in in_force]
    return {
        "present": [each for each in told if each["when"] == "present"],
        "planned": [each for each in told if each["when"] == "planned"],
        "past": [each for each in reversed(told) if each["when"] == "past"],
        "compared": [_edition(snapshot.editions[slug], language) for slug in compared],
        "differences": [
            _difference(difference, [deciding, *compared], snapshot, language)
            for difference in snapshot.reference.differences.values()
            if deciding in difference.says and any(slug in difference.says for slug in compared)
        ],
        "today": formatting.day(today, language),
        "revision": snapshot.revision,
        "deciding": deciding,
    }


def _period(
    period: PeriodInForce,
    edition: Edition,
    before: Edition | None,
    snapshot: Snapshot,
    today: date,
    language: str,
) -> Context:
    when = "planned" if period.first_day > today else "past"
    if period.includes(today):
        when = "present"
    return {
        **_edition(edition, language),
        "when": when,
        "first_day": formatting.day(period.first_day, language),
        "last_day": "" if period.last_day is None else formatting.day(period.last_day, language),
        "before": "" if before is None else text_in(before.short_name, language),
        "changes": [] if before is None else changes(before, edition, snapshot.reference, language),
    }


def _edition(edition: Edition, language: str) -> Context:
    def written(day: date | None) -> str:
        return "" if day is None else formatting.day(day, language)

    return {
        "slug": edition.slug,
        "title": text_in(edition.title, language),
        "summary": text_in(edition.summary, language),
        "publisher": edition.publisher,
        "url": edition.url,
        "modified": written(edition.source_modified),
        "read_on": written(edition.read_on),
        "effective_from": written(edition.effective_from),
        "effective_to": written(edition.effective_to),
        "countries": sum(rule.covered for rule in edition.countries.values()),
        "lines": len(edition.occupation_rules),
    }


def _difference(difference: Difference, slugs: Iterable[str], snapshot: Snapshot, language: str) -> Context:
    return {
        "id": difference.id,
        "topic": text_in(difference.topic, language),
        "says": [
            {
                "edition": text_in(snapshot.editions[slug].short_name, language),
                "text": text_in(difference.says[slug], language),
            }
            for slug in slugs
            if slug in difference.says
        ],
    }
