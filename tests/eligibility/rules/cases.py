"""Answers and rulebooks for the tests of the rules: plain functions, no database and no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, CriterionResult
from occupations.building import build_snapshot
from occupations.rulebook import (
    Category,
    Condition,
    CountryRule,
    CredentialRule,
    Edition,
    Effect,
    OccupationRule,
    Reference,
    Requirement,
    Rulebook,
    Snapshot,
)
from occupations.shipped import shipped_payload

OFFICIAL = "ircc-2024-10-03"
ARTICLE = "article-2026"
ON = date(2026, 11, 22)
MISSING: Any = object()

QUALIFIED: dict[str, Any] = {
    "country": "MX",
    "status": "citizen",
    "noc": "21231",
    "education_level": "bachelor",
    "education_years": "4",
    "degree_field_related": True,
    "experience_years": "5",
    "licence_needed": False,
    "language_evidence": ["schooling"],
    "job_offer": "written",
    "region": "ER3530",
    "wage_amount": "52.00",
    "wage_period": "hour",
    "prevailing_wage_hourly": "50.00",
    "controls_employer": False,
}
"""A Mexican software engineer for whom every criterion passes."""

TECHNICIAN: dict[str, Any] = {
    **QUALIFIED,
    "noc": "22300",
    "education_level": "diploma",
    "education_years": "2",
    "experience_years": "4",
}
"""A Mexican civil engineering technologist for whom every criterion passes."""


@cache
def shipped() -> Snapshot:
    return build_snapshot(shipped_payload())


@cache
def rulebook(edition: str = OFFICIAL, on: date = ON) -> Rulebook:
    return shipped().rulebook(on, edition)


def raw(base: dict[str, Any] = QUALIFIED, /, **changes: Any) -> dict[str, Any]:
    """Raw answers with some of them changed; MISSING leaves one out."""
    return {name: value for name, value in {**base, **changes}.items() if value is not MISSING}


def answers(base: dict[str, Any] = QUALIFIED, /, **changes: Any) -> Answers:
    return Answers.parse(raw(base, **changes), shipped().reference)


def judged(
    criterion: str,
    given: Answers,
    category: Category = Category.PROFESSIONAL,
    book: Rulebook | None = None,
) -> CriterionResult:
    """One criterion of one category."""
    return assess(given, book or rulebook()).by_category[category].criteria[Criterion(criterion)]


def verdict(result: CriterionResult) -> tuple[str, str, str | None]:
    """Outcome, reason and, for an unknown, whose turn it is."""
    return result.outcome.value, result.reason.value, result.because and result.because.value


# --- Editions made by hand ---------------------------------------------------------------------------------


def country_rule(country: str, *statuses: str, covered: bool = True) -> CountryRule:
    return CountryRule(country, covered, frozenset(statuses), frozenset(), True, True, {}, ("X-01",))


def requirement(
    country: str = "*", category: Category = Category.PROFESSIONAL, **changes: Any
) -> Requirement:
    row = Requirement(
        country=country,
        category=category,
        teers=frozenset({0, 1}) if category is Category.PROFESSIONAL else frozenset({2, 3}),
        min_education_years=Decimal(4),
        credential_rule=CredentialRule.DEGREE,
        equivalent_years_with_letter=None,
        equivalent_country=None,
        min_experience_years=Decimal(2),
        degree_field_related_required=False,
        licence_grace_months=0,
        fact_ids=(),
    )
    return replace(row, **changes)


def line(
    noc: str | None = None, effect: Effect = Effect.INCLUDE, country: str = "ZZ", **changes: Any
) -> OccupationRule:
    """One occupation rule; without a code it is for TEER 0 and 1."""
    row = OccupationRule(
        position=1,
        country=country,
        category=Category.PROFESSIONAL,
        effect=effect,
        certain=True,
        noc=noc,
        teers=frozenset() if noc else frozenset({0, 1}),
        when=None,
        unless=None,
        list_entry={"en": "an entry"},
        confidence="",
        note={},
        fact_ids=("X-02",),
    )
    return replace(row, **changes)


def small_rulebook(
    lines: Iterable[OccupationRule] = (line(),),
    requirements: Iterable[Requirement] = (requirement(), requirement(category=Category.TECHNICIAN)),
    countries: Iterable[CountryRule] = (country_rule("ZZ", "citizen"),),
    reference: Reference | None = None,
    conditions: Iterable[str] = ("first", "second", "third"),
) -> Rulebook:
    """An edition of a country that exists nowhere, with the shipped reference tables."""
    edition = Edition(
        slug="small",
        title={"en": "Small"},
        summary={"en": "Small"},
        short_name={"en": "The small edition"},
        publisher="",
        url="",
        source_modified=None,
        read_on=ON,
        effective_from=ON,
        effective_to=None,
        is_comparison=False,
        countries={rule.country: rule for rule in countries},
        requirements={(row.country, row.category): row for row in requirements},
        conditions={slug: Condition(slug, {"en": f"{slug}?"}, {"en": ""}) for slug in conditions},
        occupation_rules=tuple(lines),
        uncoded_entries=(),
        criterion_facts=dict.fromkeys(Criterion, ("X-10", "X-11")),
        citations={},
    )
    return Rulebook(edition, reference or shipped().reference, 1, ON)


def in_small(base: dict[str, Any] = QUALIFIED, /, **changes: Any) -> Answers:
    """Answers of a person from the country that exists nowhere."""
    return replace(answers(base, **{"country": MISSING, **changes}), country="ZZ")
