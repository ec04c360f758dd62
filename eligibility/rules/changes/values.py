"""Changes of answers: typed, frozen values, and the answers that they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import Criterion
from eligibility.rules.vocabulary import EducationLevel, JobOffer, LanguageEvidence, LicenceHeld, WagePeriod


class ChangeKind(StrEnum):
    """What a person can change or find out, in the order in which it is offered: the least effort first.

    Country, status, occupation, conditions that are answered and the place of study are not among them.
    """

    CONDITION_ANSWERED = "condition_answered"
    STUDY_COUNTRY_ANSWERED = "study_country_answered"
    LANGUAGE_EVIDENCE = "language_evidence"
    NO_LICENCE_NEEDED = "no_licence_needed"
    OFFER_IN_WRITING = "offer_in_writing"
    FULL_TIME_SHOWN = "full_time_shown"
    EMPLOYER_LETTER = "employer_letter"
    ASSOCIATE_EQUIVALENCE = "associate_equivalence"
    ALLOWANCES_AS_WAGE = "allowances_as_wage"
    HIGHER_WAGE = "higher_wage"
    REGION_NAMED = "region_named"
    OTHER_REGION = "other_region"
    ANYWHERE = "anywhere"
    NO_CONTROL = "no_control"
    OFFER_LANGUAGE_MET = "offer_language_met"
    LICENCE_OBTAINED = "licence_obtained"
    MORE_PAID_YEARS = "more_paid_years"
    WORKING_LANGUAGE = "working_language"
    DEGREE_FIELD = "degree_field"
    LONGER_STUDY = "longer_study"
    CREDENTIAL = "credential"


EFFORT: Final = {kind: place for place, kind in enumerate(ChangeKind)}

Value = (
    str
    | bool
    | Decimal
    | EducationLevel
    | JobOffer
    | LicenceHeld
    | WagePeriod
    | frozenset[LanguageEvidence]
    | None
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change or to find out, with the fields of Answers that it sets and their new values.

    Money is in Canadian dollars per the visitor's own period, years are exact decimals.
    """

    kind: ChangeKind
    criteria: tuple[Criterion, ...]
    """The criteria that it mends or helps to mend."""
    values: tuple[tuple[str, Value], ...] = ()
    condition: tuple[str, bool] | None = None
    """A condition that was open, and its answer."""
    choices: tuple[str, ...] = ()
    """Regions of which each one does equally well; the first of them stands among the values."""


Changes = tuple[Change, ...]


def applied(answers: Answers, changes: Iterable[Change]) -> Answers:
    """The answers with every change made."""
    fields: dict[str, Any] = {}
    conditions: dict[str, bool] = {}
    for change in changes:
        fields.update(change.values)
        if change.condition is not None:
            slug, answer = change.condition
            conditions[slug] = answer
    if conditions:
        fields["conditions"] = MappingProxyType({**answers.conditions, **conditions})
    return replace(answers, **fields) if fields else answers


def changed_fields(answers: Answers, changes: Changes) -> dict[str, object]:
    """Raw JSON values of the answers that the changes set, as the answers contract writes them."""
    after = applied(answers, changes).to_json()
    names = {name for change in changes for name, _ in change.values}
    if any(change.condition for change in changes):
        names.add("conditions")
    return {name: value for name, value in after.items() if name in names}
