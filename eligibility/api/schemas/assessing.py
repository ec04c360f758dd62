"""Answers and Assessment, as design section 5 has them."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from eligibility.api.schemas.applying import Applying
from eligibility.api.schemas.base import Day, Exact, FieldProblem, Source, Stamp
from eligibility.rules.outcomes import Because, Criterion, Outcome, OverallOutcome, Reason
from eligibility.rules.vocabulary import (
    CurrentLocation,
    EducationLevel,
    JobOffer,
    LanguageEvidence,
    LicenceHeld,
    Status,
    WagePeriod,
)
from occupations.rulebook import Category

CaseId = str | int | float | bool | None
_DIGITS = r"^[0-9]{1,12}(\.[0-9]{1,30})?$"
_Text = Annotated[str, Field(pattern=_DIGITS)]
_Whole = Annotated[int, Field(ge=0, lt=10**12)]
Number = _Text | _Whole
"""A decimal as a string, or a whole number; never floating point."""
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]


class Answers(Schema):
    """What is known of the case. Every field may be missing; null is the same as missing, but for
    `prevailing_wage_hourly` (null: looked, and not known) and `licence_needed` (null: not known)."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    country: CountryCode | None = None
    """The CPTPP country whose status the person relies on."""
    status: Status | None = None
    """Standing in that country."""
    noc: Annotated[str, Field(pattern="^[0-9]{5}$")] | None = None
    """The unit group of the job offer in NOC 2021."""
    conditions: dict[str, bool | None] | None = None
    """Slug of a condition -> yes or no; /editions lists the questions."""
    education_level: EducationLevel | None = None
    """The highest relevant credential."""
    education_years: Number | None = None
    """Full-time years of study for it."""
    education_country: CountryCode | None = None
    """Where it was earned."""
    degree_field_related: bool | None = None
    """Whether its field is that of the occupation."""
    employer_equivalence_letter: bool | None = None
    """A letter of the employer says that the credential is equivalent."""
    associate_equivalent: bool | None = None
    """The credential is equivalent to an associate degree."""
    experience_years: Number | None = None
    """Paid years in the field of the job."""
    experience_part_time: bool | None = None
    """Whether any of them were part-time."""
    licence_needed: bool | None = None
    """Left out: looked up in our table. null: not known."""
    licence_held: LicenceHeld | None = None
    licence_within_4_months: bool | None = None
    """Whether the licence can be had within four months."""
    language_evidence: list[LanguageEvidence] | None = None
    works_in_english_or_french: bool | None = None
    offer_language_met: bool | None = None
    job_offer: JobOffer | None = None
    """In which form the offer was made."""
    region: str | None = None
    """Where the job is; a code that /editions lists."""
    wage_amount: Number | None = None
    """Canadian dollars for each `wage_period`."""
    wage_period: WagePeriod | None = None
    hours_per_week: Number | None = None
    """Needed unless the wage is given by the hour."""
    wage_allowances: Number | None = None
    """The part of `wage_amount` that is allowances, which do not count."""
    prevailing_wage_hourly: Number | None = None
    """Left out: looked up in our table. null: looked for and not found."""
    employer_scale_hourly: Number | None = None
    """What the employer pays others in the same job."""
    controls_employer: bool | None = None
    """Whether the person owns or controls the employer."""
    passport_country: CountryCode | None = None
    """Where the passport is from, when that is another country."""
    current_location: CurrentLocation | None = None
    has_partner: bool | None = None
    offer_start_date: Day | None = None
    passport_expiry: Day | None = None
    offer_months: _Whole | Annotated[str, Field(pattern="^[0-9]{1,12}$")] | None = None
    """How long the offer is for."""


class Case(Schema):
    """Answers with an id of your own, which comes back with the assessment. Other keys are ignored."""

    id: CaseId = None
    answers: Answers


class Batch(Exact):
    """Up to 1,000 cases; each may also be bare answers."""

    cases: Annotated[list[Case | Answers], Field(max_length=1000)]


class CriterionSource(Source):
    fact: str


class CriterionText(Exact):
    """One criterion judged and explained."""

    outcome: Outcome
    reason: Reason
    because: Because | None
    because_text: str | None
    title: str
    given: str
    required: str
    explanation: str
    sources: list[CriterionSource]
    evidence: list[str]
    to_pass: str | None
    """The smallest change that makes this criterion pass, where there is one."""


Criteria = dict[Criterion, CriterionText]


class CategoryText(Exact):
    outcome: OverallOutcome
    criteria: Criteria


class Difference(Exact):
    """Where a comparison edition comes to another outcome."""

    edition: str
    criterion: Criterion | None
    outcome: Outcome | OverallOutcome | None
    difference: str | None
    text: str


class Change(Exact):
    """A smallest set of changes and what it leads to; `answers` holds the new answers."""

    criteria: list[Criterion]
    text: str
    sentences: list[str]
    outcome: OverallOutcome
    outcome_text: str
    category: Category
    answers: dict[str, Any]
    alternatives: dict[str, list[str]]


class NoChange(Exact):
    reasons: dict[Criterion, Reason]
    text: str


class OtherDoor(Exact):
    name: str
    code: str | None
    text: str
    sources: list[CriterionSource]


class NearbyOccupation(Exact):
    noc: str
    category: Category
    outcome: OverallOutcome | Outcome
    text: str


class Nearby(Exact):
    warning: str
    occupations: list[NearbyOccupation]


class Assessment(Applying, Stamp):
    """The whole answer: all criteria for both categories, in words of one language."""

    id: CaseId
    outcome: OverallOutcome
    category: Category
    headline: str
    category_text: str
    criteria: Criteria
    by_category: dict[Category, CategoryText]
    next_steps: list[str]
    differences: list[Difference]
    changes: list[Change]
    no_change: NoChange | None
    other_doors: list[OtherDoor]
    nearby: Nearby | None


class BriefCriterion(Exact):
    outcome: Outcome
    reason: Reason


class BriefAssessment(Stamp):
    """With `brief=true`: outcomes and reasons only."""

    id: CaseId
    outcome: OverallOutcome
    category: Category
    criteria: dict[Criterion, BriefCriterion]


class CaseError(Exact):
    message: str
    fields: list[FieldProblem]


class BadCase(Exact):
    """In a batch, what stands in place of a case that cannot be read; `case` is its number from 1."""

    id: CaseId
    case: int
    error: CaseError


OneOrMany = Assessment | BriefAssessment | list[Assessment | BriefAssessment | BadCase]
"""One assessment for one case; a list in the same order for a batch."""
