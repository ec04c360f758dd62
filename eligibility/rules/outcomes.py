"""What an assessment says: outcomes, reason codes and the frozen results that carry them. No prose."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Final, NamedTuple

from occupations.rulebook import Category, OccupationRule, Regulation, Texts, Wage

EXACT = Context(prec=400, traps=[Inexact, InvalidOperation, DivisionByZero])
"""Arithmetic that would rather raise than round (C-1); its precision is far beyond any accepted answer."""


class Criterion(StrEnum):
    """The nine criteria, in the order in which they are always given."""

    COUNTRY_STATUS = "country-status"
    JOB_OFFER = "job-offer"
    OCCUPATION = "occupation"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    WAGE = "wage"
    LICENSING = "licensing"
    LANGUAGE = "language"
    SELF_EMPLOYMENT = "self-employment"


class Outcome(StrEnum):
    """Of one criterion."""

    PASSES = "pass"
    FAILS = "fail"
    UNKNOWN = "unknown"


class OverallOutcome(StrEnum):
    """Of a category, and of the whole assessment; best first."""

    ELIGIBLE = "eligible"
    NEEDS_MORE_INFORMATION = "needs_more_information"
    NOT_ELIGIBLE = "not_eligible"


class Because(StrEnum):
    """Why an outcome is unknown."""

    NOT_ANSWERED = "not_answered"
    OFFICER_DECIDES = "officer_decides"


# Bound once: reading a member off its enumeration is slow on Python 3.11, and every judgement does it.
PASSES: Final = Outcome.PASSES
FAILS: Final = Outcome.FAILS
UNKNOWN: Final = Outcome.UNKNOWN
NOT_ANSWERED: Final = Because.NOT_ANSWERED
OFFICER_DECIDES: Final = Because.OFFICER_DECIDES


class Reason(StrEnum):
    """Why a criterion came out as it did. Grouped by the criterion that gives it."""

    # country-status, and every criterion that cannot be judged without a country (C-4, C-14)
    COUNTRY_NOT_GIVEN = "country_not_given"
    COUNTRY_NOT_COVERED = "country_not_covered"
    STATUS_NOT_GIVEN = "status_not_given"
    STATUS_NOT_ACCEPTED = "status_not_accepted"
    STATUS_ACCEPTED = "status_accepted"
    # job-offer (C-6)
    OFFER_NOT_GIVEN = "offer_not_given"
    OFFER_IN_WRITING = "offer_in_writing"
    OFFER_VERBAL = "offer_verbal"
    NO_OFFER = "no_offer"
    # occupation (C-3, C-4, C-13)
    CATEGORY_NOT_OPEN = "category_not_open"
    OCCUPATION_NOT_GIVEN = "occupation_not_given"
    TEER_OF_OTHER_CATEGORY = "teer_of_other_category"
    TEER_IN_NO_CATEGORY = "teer_in_no_category"
    OCCUPATION_INCLUDED = "occupation_included"
    OCCUPATION_EXCLUDED = "occupation_excluded"
    OCCUPATION_NOT_LISTED = "occupation_not_listed"
    CONDITION_NOT_ANSWERED = "condition_not_answered"
    OCCUPATION_UNCERTAIN = "occupation_uncertain"
    # every criterion of a category for which the edition has no requirement row
    REQUIREMENT_NOT_STATED = "requirement_not_stated"
    # education (C-7, C-8, C-16, C-17)
    EDUCATION_SUFFICIENT = "education_sufficient"
    EQUIVALENT_WITH_LETTER = "equivalent_with_letter"
    CREDENTIAL_NOT_GIVEN = "credential_not_given"
    CREDENTIAL_NOT_ACCEPTED = "credential_not_accepted"
    CREDENTIAL_UNCERTAIN = "credential_uncertain"
    ASSOCIATE_EQUIVALENCE_NOT_SHOWN = "associate_equivalence_not_shown"
    EDUCATION_YEARS_NOT_GIVEN = "education_years_not_given"
    PROGRAMME_TOO_SHORT = "programme_too_short"
    EQUIVALENT_OF_OTHER_COUNTRY = "equivalent_of_other_country"
    EDUCATION_COUNTRY_NOT_GIVEN = "education_country_not_given"
    EMPLOYER_LETTER_NOT_SHOWN = "employer_letter_not_shown"
    LENGTH_DEPENDS_ON_OCCUPATION = "length_depends_on_occupation"
    DEGREE_FIELD_NOT_GIVEN = "degree_field_not_given"
    DEGREE_FIELD_NOT_RELATED = "degree_field_not_related"
    # experience (C-9)
    EXPERIENCE_NOT_GIVEN = "experience_not_given"
    EXPERIENCE_TOO_SHORT = "experience_too_short"
    EXPERIENCE_PART_TIME = "experience_part_time"
    EXPERIENCE_SUFFICIENT = "experience_sufficient"
    # wage (C-5, C-18 to C-20)
    NO_OFFER_NO_WAGE = "no_offer_no_wage"
    WAGE_NOT_GIVEN = "wage_not_given"
    WAGE_PERIOD_NOT_GIVEN = "wage_period_not_given"
    HOURS_NOT_GIVEN = "hours_not_given"
    PREVAILING_WAGE_NEEDS_PLACE = "prevailing_wage_needs_place"
    PREVAILING_WAGE_NOT_FOUND = "prevailing_wage_not_found"
    BELOW_PREVAILING_WAGE = "below_prevailing_wage"
    BELOW_EMPLOYER_SCALE = "below_employer_scale"
    WAGE_SUFFICIENT = "wage_sufficient"
    # licensing (C-11, C-21)
    LICENCE_NOT_NEEDED = "licence_not_needed"
    LICENCE_HELD = "licence_held"
    LICENCE_NEED_NOT_KNOWN = "licence_need_not_known"
    LICENCE_HELD_NOT_GIVEN = "licence_held_not_given"
    LICENCE_MISSING = "licence_missing"
    LICENCE_TOO_LATE = "licence_too_late"
    LICENCE_WITHIN_MONTHS = "licence_within_months"
    LICENCE_TIME_NOT_GIVEN = "licence_time_not_given"
    # language (C-10)
    LANGUAGE_SHOWN = "language_shown"
    LANGUAGE_NOT_SPOKEN = "language_not_spoken"
    OFFER_LANGUAGE_NOT_MET = "offer_language_not_met"
    LANGUAGE_EVIDENCE_NOT_GIVEN = "language_evidence_not_given"
    NO_LANGUAGE_EVIDENCE = "no_language_evidence"
    # self-employment (C-12)
    NO_EMPLOYER = "no_employer"
    NO_CONTROL = "no_control"
    CONTROLS_EMPLOYER = "controls_employer"
    CONTROL_NOT_GIVEN = "control_not_given"


class Evidence(StrEnum):
    """Papers that prove a criterion (F-33)."""

    PASSPORT = "passport"
    PERMANENT_RESIDENCE = "permanent_residence"
    SIGNED_OFFER = "signed_offer"
    SIGNED_CONTRACT = "signed_contract"
    OFFER_NUMBER = "offer_number"
    JOB_DESCRIPTION = "job_description"
    DEGREE = "degree"
    CREDENTIAL = "credential"
    TRANSCRIPT = "transcript"
    EMPLOYER_LETTER = "employer_letter"
    ASSOCIATE_EQUIVALENCE = "associate_equivalence"
    REFERENCE_LETTERS = "reference_letters"
    WAGE_COMPARISON = "wage_comparison"
    OFFER_PAY = "offer_pay"
    LICENCE = "licence"
    LICENCE_PROGRESS = "licence_progress"
    LANGUAGE_SCHOOLING = "language_schooling"
    LANGUAGE_WORK = "language_work"
    LANGUAGE_CORRESPONDENCE = "language_correspondence"
    LANGUAGE_TEST = "language_test"
    LANGUAGE_OTHER = "language_other"
    OWNERSHIP = "ownership"


class HourlyRate(NamedTuple):
    """An exact wage per hour, kept as a quotient so that nothing is ever rounded (C-1, C-18)."""

    amount: Decimal
    hours: Decimal

    def reaches(self, other: HourlyRate) -> bool:
        """Whether this rate is at least the other, by cross-multiplication."""
        return EXACT.multiply(self.amount, other.hours) >= EXACT.multiply(other.amount, self.hours)

    def as_fraction(self) -> Fraction:
        """Canadian dollars per hour."""
        return Fraction(self.amount) / Fraction(self.hours)


Fact = (
    str
    | bool
    | int
    | Decimal
    | HourlyRate
    | Wage
    | Texts
    | tuple[OccupationRule, ...]
    | tuple[Regulation, ...]
    | tuple[str, ...]
    | frozenset[str]
    | frozenset[int]
    | None
)
Facts = tuple[tuple[str, Fact], ...]
"""Small plain facts by name; money in Canadian dollars, years as exact decimals."""


def fact(facts: Facts, name: str) -> Fact:
    """The value of a named fact, or None when it is not among them."""
    for known, value in facts:
        if known == name:
            return value
    return None


class CriterionResult(NamedTuple):
    """One criterion judged. `also` holds further reasons of the same weight, after the first one."""

    criterion: Criterion
    outcome: Outcome
    reason: Reason
    given: Facts = ()
    required: Facts = ()
    fact_ids: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    because: Because | None = None
    also: tuple[Reason, ...] = ()


class CategoryAssessment(NamedTuple):
    """All nine criteria for one category, in the order of `Criterion`."""

    outcome: OverallOutcome
    criteria: Mapping[Criterion, CriterionResult]


class Assessment(NamedTuple):
    """Both categories judged; `outcome` and `category` are those of the better one (C-25 on a tie)."""

    outcome: OverallOutcome
    category: Category
    by_category: Mapping[Category, CategoryAssessment]

    @property
    def criteria(self) -> Mapping[Criterion, CriterionResult]:
        """The nine criteria of the category shown."""
        return self.by_category[self.category].criteria
