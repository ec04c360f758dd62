"""What would make somebody eligible: every suggestion run through the rules again, and every part of it too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.changes import (
    Change,
    ChangeKind,
    Suggestion,
    advise,
    applied,
    changed_fields,
    smallest_mends,
    suggest,
)
from eligibility.rules.outcomes import Criterion, Outcome, OverallOutcome, Reason
from eligibility.rules.vocabulary import EducationLevel, JobOffer, LanguageEvidence, LicenceHeld, WagePeriod
from occupations.rulebook import Effect, OccupationRule, Rulebook
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    OFFICIAL,
    QUALIFIED,
    TECHNICIAN,
    answers,
    in_small,
    line,
    rulebook,
    shipped,
    small_rulebook,
)

PROFILES = Path(__file__).resolve().parents[2] / "data" / "profiles.jsonl"
CASES = [json.loads(each) for each in PROFILES.read_text(encoding="utf-8").splitlines()]
EDITIONS = (OFFICIAL, ARTICLE)
NEVER_CHANGED = ("country", "status", "noc", "passport_country")


def is_eligible(given: Answers, book: Rulebook) -> bool:
    return assess(given, book).outcome is OverallOutcome.ELIGIBLE


def check(given: Answers, book: Rulebook) -> None:
    """Everything that is promised of suggestions and of the mends of single criteria."""
    advice = advise(given, book)
    eligible = is_eligible(given, book)
    assert len(advice.suggestions) <= 6
    assert bool(advice.suggestions) + bool(advice.blocking) == (not eligible)
    sizes = [len(suggestion.changes) for suggestion in advice.suggestions]
    assert sizes == sorted(sizes)
    for suggestion in advice.suggestions:
        check_suggestion(suggestion, given, book)
    for category, judged in assess(given, book).by_category.items():
        for criterion, changes in smallest_mends(given, category, judged, book).items():
            assert judged.criteria[criterion].outcome is not Outcome.PASSES
            after = assess(applied(given, changes), book).by_category[category]
            assert after.criteria[criterion].outcome is Outcome.PASSES


def check_suggestion(suggestion: Suggestion, given: Answers, book: Rulebook) -> None:
    """It gives what it promises, no part of it does, and it is made of what a person can change."""
    changes = suggestion.changes
    after = assess(applied(given, changes), book)
    assert (after.outcome, after.category) == (suggestion.outcome, suggestion.category)
    for count in range(len(changes)):
        for part in combinations(changes, count):
            assert not is_eligible(applied(given, part), book)
    for change in changes:
        for region in change.choices:
            moved = applied(given, (*changes, Change(change.kind, (), (("region", region),))))
            assert is_eligible(moved, book)
    changed = applied(given, changes)
    assert all(getattr(changed, name) == getattr(given, name) for name in NEVER_CHANGED)
    assert given.conditions.items() <= changed.conditions.items()
    assert given.education_country in (None, changed.education_country)
    assert Answers.parse(changed.to_json(), book.reference) == changed
    assert Answers.parse({**given.to_json(), **changed_fields(given, changes)}, book.reference) == changed


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_suggested_for_a_worked_case_does_what_it_promises(
    case: dict[str, Any], edition: str
) -> None:
    book = rulebook(edition)
    check(Answers.parse(case["answers"], book.reference), book)


AMOUNTS = ("0", "21.005", "35", "52.00", "1900", "4000.5", "90000", "999999999999")
VALUES: dict[str, tuple[object, ...]] = {
    "country": ("AU", "JP", "MX", "CL", "PE", "MY", "BN", "NZ", MISSING),
    "status": ("citizen", "citizen", "permanent_resident", "neither", MISSING),
    "noc": (
        "21231",
        "41101",
        "21100",
        "22300",
        "72020",
        "31100",
        "65100",
        "12100",
        "52121",
        "21300",
        MISSING,
    ),
    "conditions": ({}, {"notary": True}, {"supervisor": True}, {"research-job": False, "actuary": True}),
    "education_level": (*EducationLevel, MISSING),
    "education_years": ("0", "2", "2.5", "3", "4", MISSING),
    "education_country": ("AU", "JP", MISSING),
    "degree_field_related": (True, False, MISSING),
    "employer_equivalence_letter": (True, False, MISSING),
    "associate_equivalent": (True, False, MISSING),
    "experience_years": ("0", "1.999", "2", "4", MISSING),
    "experience_part_time": (True, False, MISSING),
    "licence_needed": (True, False, None, MISSING, MISSING),
    "licence_held": (*LicenceHeld, MISSING),
    "licence_within_4_months": (True, False, MISSING),
    "language_evidence": ([], ["test"], MISSING),
    "works_in_english_or_french": (True, False, MISSING),
    "offer_language_met": (True, False, MISSING),
    "job_offer": (*JobOffer, MISSING),
    "region": ("ER3530", "ER1110", "ER00", "ER24", "ER6110", MISSING),
    "wage_amount": (*AMOUNTS, MISSING),
    "wage_period": (*WagePeriod, MISSING),
    "hours_per_week": ("0", "37.5", "40", "999999999999", MISSING),
    "wage_allowances": ("0", "1.005", "400", MISSING, MISSING),
    "prevailing_wage_hourly": (None, "38.5", MISSING, MISSING, MISSING),
    "employer_scale_hourly": ("41.333", MISSING, MISSING),
    "controls_employer": (True, False, MISSING),
}
"""Answers to draw from. Most are such that something is to be mended."""


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody who qualifies, or nearly: up to eight answers are drawn anew, the occupation's often."""
    base = draw(st.sampled_from((QUALIFIED, TECHNICIAN)))
    names = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=8))
    drawn = {name: draw(st.sampled_from(VALUES[name])) for name in sorted(names)}
    return {name: value for name, value in {**base, **drawn}.items() if value is not MISSING}


@settings(max_examples=400, deadline=None)
@given(person=people(), edition=st.sampled_from(EDITIONS))
def test_a_suggestion_makes_eligible_and_no_part_of_it_does(person: dict[str, Any], edition: str) -> None:
    book = rulebook(edition)
    check(Answers.parse(person, book.reference), book)


@settings(max_examples=200, deadline=None)
@given(person=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}))
def test_suggestions_hold_for_people_with_anything_to_mend(person: dict[str, Any]) -> None:
    book = rulebook()
    check(answers(person), book)


# --- Single mends ------------------------------------------------------------------------------------------


def first(**changes: Any) -> dict[str, object]:
    """The answers that the first suggestion for a software engineer would set."""
    given = answers(**changes)
    return changed_fields(given, suggest(given, rulebook())[0].changes)


def each(**changes: Any) -> list[dict[str, object]]:
    given = answers(**changes)
    return [changed_fields(given, suggestion.changes) for suggestion in suggest(given, rulebook())]


def test_nothing_is_suggested_to_somebody_who_qualifies() -> None:
    advice = advise(answers(), rulebook())
    assert advice.suggestions == ()
    assert advice.blocking == ()


def test_the_assessment_may_be_handed_over() -> None:
    given = answers(job_offer="verbal")
    assert advise(given, rulebook(), assess(given, rulebook())) == advise(given, rulebook())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"experience_years": "1.5"}, {"experience_years": "2"}),
        ({"experience_years": MISSING}, {"experience_years": "2"}),
        ({"experience_part_time": True}, {"experience_part_time": False}),
        (
            {"experience_part_time": True, "experience_years": "1"},
            {"experience_part_time": False, "experience_years": "2"},
        ),
        ({"job_offer": "verbal"}, {"job_offer": "written"}),
        ({"job_offer": MISSING}, {"job_offer": "written"}),
        ({"job_offer": "none"}, {"job_offer": "written"}),
        ({"controls_employer": True}, {"controls_employer": False}),
        ({"controls_employer": MISSING}, {"controls_employer": False}),
        (
            {"job_offer": "none", "controls_employer": MISSING},
            {"job_offer": "written", "controls_employer": False},
        ),
        ({"language_evidence": []}, {"language_evidence": [LanguageEvidence.SCHOOLING]}),
        ({"works_in_english_or_french": False}, {"works_in_english_or_french": True}),
        ({"offer_language_met": False}, {"offer_language_met": True}),
        ({"licence_needed": True, "licence_held": "none"}, {"licence_held": "canadian"}),
        (
            {"licence_needed": True, "licence_held": "none", "licence_within_4_months": True},
            {"licence_held": "canadian"},
        ),
        ({"licence_needed": None}, {"licence_needed": False}),
        ({"degree_field_related": False}, {"degree_field_related": True}),
        ({"education_years": "3"}, {"education_years": "4"}),
        ({"education_level": "diploma"}, {"education_level": "bachelor"}),
        (
            {"education_level": "secondary", "education_years": "0", "degree_field_related": MISSING},
            {"education_level": "bachelor", "education_years": "4", "degree_field_related": True},
        ),
    ],
)
def test_the_smallest_change_is_suggested_first(changes: dict[str, Any], expected: dict[str, object]) -> None:
    assert first(**changes) == expected


def test_a_need_for_a_licence_that_is_not_known_can_be_mended_by_word_or_by_licence() -> None:
    assert each(licence_needed=None) == [{"licence_needed": False}, {"licence_held": "canadian"}]


def test_an_australian_degree_of_three_years_needs_the_letter_or_a_fourth_year() -> None:
    assert each(country="AU", education_years="3", education_country="AU") == [
        {"employer_equivalence_letter": True},
        {"education_years": "4"},
    ]


def test_a_place_of_study_that_is_not_named_yet_may_be_the_one_that_helps() -> None:
    assert each(country="AU", education_years="3", employer_equivalence_letter=True) == [
        {"education_country": "AU"},
        {"education_years": "4"},
    ]


def test_a_place_of_study_that_is_named_stays_what_it_is() -> None:
    assert each(country="AU", education_years="3", education_country="JP") == [{"education_years": "4"}]


def test_years_below_the_equivalent_are_brought_up_to_it() -> None:
    assert each(country="AU", education_years="2", education_country="AU") == [
        {"education_years": "4"},
        {"education_years": "3", "employer_equivalence_letter": True},
    ]


def test_a_diploma_of_a_japanese_technician_can_be_shown_to_be_equal_or_be_replaced() -> None:
    given = answers(TECHNICIAN, country="JP")
    found = [changed_fields(given, each.changes) for each in suggest(given, rulebook())]
    assert found == [{"associate_equivalent": True}, {"education_level": "associate"}]


def test_a_trade_certificate_is_replaced_by_the_lowest_credential_that_counts() -> None:
    given = answers(TECHNICIAN, education_level="trade_certificate")
    (suggestion,) = suggest(given, rulebook())
    assert changed_fields(given, suggestion.changes) == {"education_level": "diploma"}


def test_open_conditions_are_answered_in_every_smallest_way() -> None:
    assert each(country="JP", noc="21100") == [
        {"conditions": {"research-job": False}},
        {"conditions": {"academic-workplace": True}},
    ]


def test_a_condition_that_is_answered_stays_answered() -> None:
    found = each(country="JP", noc="21100", conditions={"research-job": True})
    assert found == [{"conditions": {"research-job": True, "academic-workplace": True}}]


def test_several_changes_go_together_and_name_their_criteria_in_order() -> None:
    given = answers(experience_years="1", job_offer="verbal", controls_employer=True)
    (suggestion,) = suggest(given, rulebook())
    assert suggestion.criteria == (Criterion.JOB_OFFER, Criterion.EXPERIENCE, Criterion.SELF_EMPLOYMENT)
    assert {change.kind for change in suggestion.changes} == {
        ChangeKind.OFFER_IN_WRITING,
        ChangeKind.MORE_PAID_YEARS,
        ChangeKind.NO_CONTROL,
    }


def test_at_most_six_suggestions_are_made() -> None:
    given = answers(
        country="AU",
        education_years="3",
        education_country="AU",
        licence_needed=None,
        prevailing_wage_hourly=MISSING,
        wage_amount="60",
        wage_allowances="15",
    )
    assert len(suggest(given, rulebook())) == 6


# --- What cannot be mended ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"country": "NZ"}, Reason.COUNTRY_NOT_COVERED),
        ({"country": MISSING}, Reason.COUNTRY_NOT_GIVEN),
        ({"status": "permanent_resident"}, Reason.STATUS_NOT_ACCEPTED),
        ({"status": MISSING}, Reason.STATUS_NOT_GIVEN),
        ({"noc": "31100"}, Reason.OCCUPATION_EXCLUDED),
        ({"noc": "65100"}, Reason.TEER_IN_NO_CATEGORY),
        ({"noc": "12100"}, Reason.OCCUPATION_NOT_LISTED),
        ({"noc": MISSING}, Reason.OCCUPATION_NOT_GIVEN),
        ({"prevailing_wage_hourly": None}, Reason.PREVAILING_WAGE_NOT_FOUND),
        (
            {"prevailing_wage_hourly": None, "wage_amount": MISSING, "job_offer": "none"},
            Reason.PREVAILING_WAGE_NOT_FOUND,
        ),
    ],
)
def test_what_nobody_can_change_is_named_and_never_suggested(changes: dict[str, Any], reason: Reason) -> None:
    advice = advise(answers(**changes), rulebook())
    assert advice.suggestions == ()
    assert advice.blocking[0].reason is reason


def test_what_an_officer_decides_remains() -> None:
    advice = advise(answers(noc="00013", wage_amount="10"), rulebook())
    assert advice.suggestions == ()
    assert [result.criterion for result in advice.for_an_officer] == [Criterion.OCCUPATION]


def test_the_years_missing_are_exact() -> None:
    given = answers(experience_years="1.999999999")
    (change,) = suggest(given, rulebook())[0].changes
    assert dict(change.values) == {"experience_years": Decimal(2)}


# --- Editions made by hand ---------------------------------------------------------------------------------


def small(lines: Iterable[OccupationRule] = (line(),), **changes: Any) -> Rulebook:
    """A small edition whose country has a name, so that its answers can be read."""
    reference = shipped().reference
    named = replace(reference, country_names={**reference.country_names, "ZZ": {"en": "Nowhere"}})
    return small_rulebook(lines, reference=named, **changes)


def test_a_length_that_depends_on_a_condition_is_mended_by_either() -> None:
    book = small([line(), line("21231", when="first", min_education_years=Decimal(3))])
    given = in_small(education_years="3.5")
    check(given, book)
    assert [changed_fields(given, each.changes) for each in suggest(given, book)] == [
        {"conditions": {"first": True}},
        {"education_years": "4"},
    ]


def test_an_open_question_with_a_longer_length_of_its_own_can_be_answered_either_way() -> None:
    book = small([line("21231", when="first", min_education_years=Decimal(5)), line()])
    given = in_small(education_years="2")
    check(given, book)
    assert {"education_years": "5"} in [changed_fields(given, each.changes) for each in suggest(given, book)]


def test_three_open_conditions_can_be_answered_together() -> None:
    lines = [line("21231", when="first"), line("21231", Effect.EXCLUDE, when="second", unless="third")]
    given, book = in_small(), small(lines)
    check(given, book)
    assert [
        dict([change.condition or ("", False) for change in each.changes]) for each in suggest(given, book)
    ] == [
        {"first": True, "second": False},
        {"first": True, "third": True},
    ]


def test_what_an_edition_does_not_require_is_not_mended() -> None:
    given, book = in_small(), small(requirements=())
    check(given, book)
    reasons = {result.criterion: result.reason for result in advise(given, book).blocking}
    assert reasons[Criterion.EXPERIENCE] is Reason.REQUIREMENT_NOT_STATED
    assert reasons[Criterion.EDUCATION] is Reason.REQUIREMENT_NOT_STATED
