"""The boundaries that two editions draw for a country and an occupation, and people on both sides of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from random import Random
from typing import Any, Final, NamedTuple

from eligibility.rules.occupation import teer_of
from eligibility.rules.vocabulary import (
    LOOK_UP,
    EducationLevel,
    JobOffer,
    LanguageEvidence,
    LicenceHeld,
    Status,
    WagePeriod,
)
from eligibility.rules.wage import HOURS_OF_A_YEARLY_MEDIAN, PERIODS_IN_A_YEAR, find_prevailing_wage
from occupations.rulebook import Category, Requirement, Rulebook

CENT: Final = Decimal("0.01")
MONTH: Final = (Decimal(1) / 12).quantize(Decimal("0.0001"))
"""Of a year."""
NO_LENGTH: Final = (Decimal(0),)
WITHOUT_TABLE: Final = Decimal(30)
"""Dollars per hour for somebody whose occupation and place have no figure in the table."""
YES_NO_UNKNOWN: Final = (True, False, None)
LEFT_OUT: Final = (
    "country",
    "status",
    "noc",
    "education_level",
    "education_years",
    "experience_years",
    "job_offer",
    "region",
    "wage_amount",
    "language_evidence",
    "controls_employer",
)
"""Answers that a visitor may not have yet."""


class Thresholds(NamedTuple):
    """What either edition asks of a country and an occupation."""

    statuses: tuple[Status, ...]
    """Those that both accept, else those that one of them does."""
    lengths: tuple[Decimal, ...]
    """Years of study, the occupation's own and the shorter equivalent too."""
    experience: tuple[Decimal, ...]
    equivalent_countries: tuple[str, ...]


def thresholds(country: str | None, noc: str | None, before: Rulebook, after: Rulebook) -> Thresholds:
    """The boundaries of both editions for both categories, lowest first."""
    books = (before, after)
    rows = [
        row
        for book in books
        for category in Category
        if (row := book.edition.requirement(country, category)) is not None
    ]
    lengths = {row.min_education_years for row in rows}
    lengths |= {row.equivalent_years_with_letter for row in rows if row.equivalent_years_with_letter}
    lengths |= set(_own_lengths(country, noc, books))
    return Thresholds(
        statuses=_statuses(country, books),
        lengths=tuple(sorted(lengths)) or NO_LENGTH,
        experience=tuple(sorted({row.min_experience_years for row in rows})) or NO_LENGTH,
        equivalent_countries=_equivalent_countries(rows),
    )


def _statuses(country: str | None, books: Iterable[Rulebook]) -> tuple[Status, ...]:
    accepted = [
        rule.statuses
        for book in books
        if country is not None and (rule := book.edition.country(country)) is not None and rule.covered
    ]
    if not accepted:
        return ()
    return tuple(sorted(map(Status, frozenset.intersection(*accepted) or frozenset.union(*accepted))))


def _own_lengths(country: str | None, noc: str | None, books: Iterable[Rulebook]) -> Iterable[Decimal]:
    """Lengths of study that a line of the list gives for this occupation."""
    if country is None or noc is None:
        return
    for book in books:
        for category in Category:
            for rule in book.edition.rules_for(country, category, noc, teer_of(noc)):
                if rule.min_education_years is not None:
                    yield rule.min_education_years


def _equivalent_countries(rows: Iterable[Requirement]) -> tuple[str, ...]:
    return tuple(sorted({row.equivalent_country for row in rows if row.equivalent_country}))


@dataclass(frozen=True, slots=True)
class Person:
    """Answers in the making, with what is needed to move them over a boundary."""

    answers: dict[str, Any]
    limits: Thresholds
    rng: Random
    rulebook: Rulebook
    regions: tuple[str, ...]

    def pay(self, above: Decimal | int, period: WagePeriod = WagePeriod.HOUR) -> None:
        """Pay the figure of the table and `above` dollars; a yearly figure is paid by the year (C-18, C-20)."""
        answers = self.answers
        found = find_prevailing_wage(answers["noc"], answers["region"], self.rulebook)
        if found.row is None or found.row.median is None:
            answers["prevailing_wage_hourly"] = WITHOUT_TABLE
            figure, yearly = WITHOUT_TABLE, False
        else:
            figure, yearly = found.row.median, found.row.annual
        if yearly:
            period = WagePeriod.YEAR
        elif period is not WagePeriod.HOUR:
            figure = (figure * HOURS_OF_A_YEARLY_MEDIAN / PERIODS_IN_A_YEAR[period]).quantize(
                CENT, ROUND_CEILING
            )
        answers["wage_amount"], answers["wage_period"] = max(figure + above, Decimal(0)), period


Variation = Callable[[Person], None]


def _status(person: Person) -> None:
    person.answers["status"] = person.rng.choice((*Status, None))


def _experience(person: Person) -> None:
    """At a threshold, or a month to each side of it."""
    limit = person.rng.choice(person.limits.experience)
    step = person.rng.choice((Decimal(0), MONTH, -MONTH))
    person.answers["experience_years"] = max(limit + step, Decimal(0))


def _part_time(person: Person) -> None:
    person.answers["experience_part_time"] = person.rng.choice(YES_NO_UNKNOWN)


def _study_length(person: Person) -> None:
    """At a length that an edition names, a month or a year to each side of it."""
    limit = person.rng.choice(person.limits.lengths)
    step = person.rng.choice((Decimal(0), MONTH, -MONTH, Decimal(1), Decimal(-1)))
    person.answers["education_years"] = max(limit + step, Decimal(0))


def _credential(person: Person) -> None:
    person.answers["education_level"] = person.rng.choice(tuple(EducationLevel))
    person.answers["associate_equivalent"] = person.rng.choice(YES_NO_UNKNOWN)


def _field(person: Person) -> None:
    person.answers["degree_field_related"] = person.rng.choice(YES_NO_UNKNOWN)


def _equivalent(person: Person) -> None:
    """The shorter degree of some countries, with or without the employer's letter."""
    named = person.limits.equivalent_countries
    person.answers["education_years"] = person.limits.lengths[0]
    person.answers["education_country"] = person.rng.choice((*named, person.answers["country"], None))
    person.answers["employer_equivalence_letter"] = person.rng.choice(YES_NO_UNKNOWN)


def _wage(person: Person) -> None:
    """A cent to each side of the table's figure, or just at it, by any period."""
    above = person.rng.choice((Decimal(0), CENT, -CENT))
    person.pay(above, person.rng.choice(tuple(WagePeriod)))


def _own_figure(person: Person) -> None:
    """A prevailing wage of one's own, none found, or an employer who pays more."""
    paid = person.answers["wage_amount"]
    if paid is not None and person.answers["wage_period"] is WagePeriod.HOUR:
        person.answers["employer_scale_hourly"] = person.rng.choice((None, paid, paid + CENT))
    person.answers["prevailing_wage_hourly"] = person.rng.choice((None, LOOK_UP))


def _licence(person: Person) -> None:
    person.answers["licence_needed"] = person.rng.choice((LOOK_UP, *YES_NO_UNKNOWN))
    person.answers["licence_held"] = person.rng.choice((*LicenceHeld, None))
    person.answers["licence_within_4_months"] = person.rng.choice(YES_NO_UNKNOWN)


def _language(person: Person) -> None:
    evidence = person.rng.choice(tuple(LanguageEvidence))
    person.answers["language_evidence"] = person.rng.choice((frozenset(), frozenset({evidence}), None))
    person.answers["works_in_english_or_french"] = person.rng.choice(YES_NO_UNKNOWN)
    person.answers["offer_language_met"] = person.rng.choice(YES_NO_UNKNOWN)


def _offer(person: Person) -> None:
    person.answers["job_offer"] = person.rng.choice((*JobOffer, None))


def _control(person: Person) -> None:
    person.answers["controls_employer"] = person.rng.choice(YES_NO_UNKNOWN)


def _not_answered(person: Person) -> None:
    person.answers[person.rng.choice(LEFT_OUT)] = None


VARIATIONS: Final[tuple[Variation, ...]] = (
    _status,
    _experience,
    _part_time,
    _study_length,
    _credential,
    _field,
    _equivalent,
    _wage,
    _own_figure,
    _licence,
    _language,
    _offer,
    _control,
    _not_answered,
)
"""Each moves a person over, or to, one boundary."""
