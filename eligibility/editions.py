"""A public page on the rules themselves: which edition decides since when, what is announced, what is compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
from occupations.rulebook import Difference, Edition, PeriodInForce, Publication, Snapshot, text_in

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
    periods = joined(snapshot.periods)
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
        "compared": [_edition(snapshot.editions[slug], snapshot, language) for slug in compared],
        "withdrawn": [
            _withdrawn(publication, slug in in_force, language)
            for slug, publication in snapshot.publications.items()
            if publication.is_withdrawn
        ],
        "differences": [
            _difference(difference, [deciding, *compared], snapshot, language)
            for difference in snapshot.reference.differences.values()
            if deciding in difference.says and any(slug in difference.says for slug in compared)
        ],
        "today": formatting.day(today, language),
        "revision": snapshot.revision,
        "deciding": deciding,
    }


def joined(periods: Iterable[PeriodInForce]) -> list[PeriodInForce]:
    """The periods in order, those of one edition that follow each other without another between as one."""
    told: list[PeriodInForce] = []
    for period in sorted(periods, key=lambda period: period.first_day):
        if told and told[-1].edition == period.edition:
            told[-1] = replace(told[-1], last_day=period.last_day)
        else:
            told.append(period)
    return told


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
        **_edition(edition, snapshot, language),
        "when": when,
        "first_day": formatting.day(period.first_day, language),
        "last_day": "" if period.last_day is None else formatting.day(period.last_day, language),
        "before": "" if before is None else text_in(before.short_name, language),
        "changes": [] if before is None else changes(before, edition, snapshot.reference, language),
    }


def _written(day: date | None, language: str) -> str:
    return "" if day is None else formatting.day(day, language)


def _withdrawn(publication: Publication, has_decided: bool, language: str) -> Context:
    return {
        "slug": publication.edition,
        "title": text_in(publication.title, language),
        "publisher": publication.publisher,
        "url": publication.url,
        "on": _written(publication.withdrawn_on, language),
        "has_decided": has_decided,
    }


def _edition(edition: Edition, snapshot: Snapshot, language: str) -> Context:
    published = snapshot.publications.get(edition.slug)

    def written(day: date | None) -> str:
        return _written(day, language)

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
        "published_on": written(published.published_on if published else None),
        "approved": published is not None and published.approved,
        "withdrawn_on": written(published.withdrawn_on if published else None),
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
