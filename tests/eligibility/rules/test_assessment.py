"""`assess`: both categories, the better one, ties, failures that nothing later can mend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eligibility.rules.assessment import assess, settled_failures
from eligibility.rules.citing import REMEMBERED_EDITIONS, citations_of
from eligibility.rules.occupation import category_of_job
from eligibility.rules.outcomes import Criterion, OverallOutcome, fact
from occupations.rulebook import Category
from tests.eligibility.rules.cases import (
    MISSING,
    OFFICIAL,
    QUALIFIED,
    TECHNICIAN,
    answers,
    in_small,
    line,
    requirement,
    rulebook,
    small_rulebook,
)

ELIGIBLE, OPEN, NOT = (
    OverallOutcome.ELIGIBLE,
    OverallOutcome.NEEDS_MORE_INFORMATION,
    OverallOutcome.NOT_ELIGIBLE,
)


def test_the_nine_criteria_come_in_their_fixed_order() -> None:
    assessment = assess(answers(), rulebook())
    for category in Category:
        assert tuple(assessment.by_category[category].criteria) == tuple(Criterion)
        for criterion, result in assessment.by_category[category].criteria.items():
            assert result.criterion is criterion
    assert assessment.criteria is assessment.by_category[assessment.category].criteria
    assert [criterion.value for criterion in Criterion] == [
        "country-status",
        "job-offer",
        "occupation",
        "education",
        "experience",
        "wage",
        "licensing",
        "language",
        "self-employment",
    ]


@pytest.mark.parametrize(
    ("base", "changes", "outcome", "category"),
    [
        (QUALIFIED, {}, ELIGIBLE, Category.PROFESSIONAL),
        (TECHNICIAN, {}, ELIGIBLE, Category.TECHNICIAN),
        # one fail decides even if another criterion is unknown, in either order
        (QUALIFIED, {"wage_amount": "1", "language_evidence": MISSING}, NOT, Category.PROFESSIONAL),
        (QUALIFIED, {"job_offer": "verbal", "controls_employer": True}, NOT, Category.PROFESSIONAL),
        (QUALIFIED, {"language_evidence": MISSING}, OPEN, Category.PROFESSIONAL),
        (TECHNICIAN, {"language_evidence": MISSING}, OPEN, Category.TECHNICIAN),
        # C-25: on a tie the category of the job's TEER
        (TECHNICIAN, {"experience_years": "1"}, NOT, Category.TECHNICIAN),
        (TECHNICIAN, {"country": MISSING}, OPEN, Category.TECHNICIAN),
        (QUALIFIED, {"country": MISSING}, OPEN, Category.PROFESSIONAL),
        (QUALIFIED, {"noc": "65100"}, NOT, Category.PROFESSIONAL),
        (QUALIFIED, {"noc": MISSING}, OPEN, Category.PROFESSIONAL),
        (QUALIFIED, {"noc": MISSING, "status": "neither"}, NOT, Category.PROFESSIONAL),
        # the better category wins where there is no tie
        (TECHNICIAN, {"noc": MISSING}, OPEN, Category.TECHNICIAN),
    ],
)
def test_c25_the_better_category_is_the_answer(
    base: dict[str, Any], changes: dict[str, Any], outcome: OverallOutcome, category: Category
) -> None:
    assessment = assess(answers(base, **changes), rulebook())
    assert (assessment.outcome, assessment.category) == (outcome, category)
    assert assessment.by_category[category].outcome is outcome


def test_c24_only_four_criteria_depend_on_the_category() -> None:
    assessment = assess(answers(), rulebook())
    first, second = (assessment.by_category[category].criteria for category in Category)
    for criterion in set(Criterion) - {
        Criterion.OCCUPATION,
        Criterion.EDUCATION,
        Criterion.EXPERIENCE,
        Criterion.LICENSING,
    }:
        assert first[criterion] is second[criterion]


def test_an_empty_form_needs_more_information() -> None:
    nothing = dict.fromkeys(QUALIFIED, MISSING)
    assessment = assess(answers(**nothing), rulebook())
    assert assessment.outcome is OPEN
    assert {result.outcome for result in assessment.criteria.values()} == {"unknown"}


def test_an_assessment_cannot_be_changed() -> None:
    assessment = assess(answers(), rulebook())
    with pytest.raises(AttributeError):
        assessment.outcome = NOT  # type: ignore[misc]  # that it cannot be done is the point
    with pytest.raises(TypeError):
        assessment.criteria[Criterion.WAGE] = None  # type: ignore[index]  # that it cannot be done is the point
    with pytest.raises(TypeError):
        assessment.by_category[Category.TECHNICIAN] = None  # type: ignore[index]  # as above


def test_an_edition_without_any_requirement_still_answers() -> None:
    assessment = assess(in_small(), small_rulebook(requirements=()))
    assert (assessment.outcome, assessment.category) == (NOT, Category.PROFESSIONAL)


@pytest.mark.parametrize(
    ("noc", "category"), [(None, "professional"), ("22300", "technician"), ("65100", "professional")]
)
def test_the_category_of_a_job_follows_its_teer(noc: str | None, category: str) -> None:
    assert category_of_job(noc, rulebook(), "MX") == category
    assert category_of_job(noc, rulebook(), None) == category


def test_a_code_of_a_category_without_a_requirement_is_shown_as_professional() -> None:
    book = small_rulebook(requirements=[requirement()])
    assert category_of_job("22300", book, "ZZ") is Category.PROFESSIONAL


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"country": MISSING}, []),
        ({"noc": MISSING}, []),
        ({"country": "FR"}, ["country_not_covered", "country_not_covered"]),
        ({"status": "neither"}, ["status_not_accepted"]),
        ({"status": MISSING, "noc": "31301"}, ["occupation_excluded"]),
        ({"noc": "22211"}, ["occupation_not_listed"]),
        ({"noc": "65100"}, ["teer_in_no_category"]),
        ({"country": "JP", "noc": "21101"}, []),
        ({"country": "JP", "noc": "41201"}, []),
        ({"country": "JP", "noc": "31301"}, ["occupation_excluded"]),
        # what a later answer can mend is never settled
        ({"wage_amount": "1", "job_offer": "none", "experience_years": "0"}, []),
    ],
)
def test_settled_failures_are_those_that_no_later_answer_can_mend(
    changes: dict[str, Any], reasons: list[str]
) -> None:
    assert [result.reason for result in settled_failures(answers(**changes), rulebook())] == reasons


def test_the_settled_failure_of_an_occupation_is_that_of_its_own_category() -> None:
    [failure] = settled_failures(answers(noc="22211"), rulebook())
    assert fact(failure.required, "rules") == ()
    assert failure.fact_ids == ("F-04",)
    [professional] = settled_failures(answers(noc="31301"), rulebook())
    assert professional.fact_ids == ("F-03", "F-05")


def test_facts_are_cited_by_criterion_and_without_the_ids_of_differences() -> None:
    cited = citations_of(rulebook(OFFICIAL).edition)
    assert cited.of(Criterion.LICENSING) == ("F-17", "F-18")
    assert cited.of(Criterion.EDUCATION) == ("F-10", "F-11", "F-12")


def test_citations_are_worked_out_once_for_each_edition_and_never_mixed_up() -> None:
    book = small_rulebook()
    assert citations_of(book.edition) is citations_of(book.edition)
    for _ in range(3 * REMEMBERED_EDITIONS):
        other = replace(book.edition, criterion_facts={Criterion.WAGE: ("X-99",)})
        assert citations_of(other).of(Criterion.WAGE) == ("X-99",)
        assert citations_of(other).of(Criterion.LANGUAGE) == ()
    assert citations_of(book.edition).of(Criterion.WAGE) == ("X-10", "X-11")


def test_a_requirement_row_narrows_the_facts_it_names() -> None:
    rows = [requirement(fact_ids=("X-11", "X-99")), requirement(category=Category.TECHNICIAN)]
    cited = citations_of(small_rulebook([line()], rows).edition)
    assert cited.of(Criterion.EDUCATION, rows[0]) == ("X-11",)
    assert cited.of(Criterion.EDUCATION, rows[1]) == ("X-10", "X-11")
