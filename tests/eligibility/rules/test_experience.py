"""`experience` (F-13, F-14): thresholds to the day, part-time years, the country that decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from eligibility.rules.outcomes import Criterion, CriterionResult, Evidence, Outcome, Reason
from occupations.rulebook import Category
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    TECHNICIAN,
    answers,
    in_small,
    judged,
    requirement,
    rulebook,
    small_rulebook,
    verdict,
)

ENOUGH = ("pass", "experience_sufficient", None)
SHORT = ("fail", "experience_too_short", None)
PART_TIME = ("unknown", "experience_part_time", "officer_decides")


@pytest.mark.parametrize(
    ("years", "category", "expected"),
    [
        ("2.0", Category.PROFESSIONAL, ENOUGH),  # F-13
        ("2", Category.PROFESSIONAL, ENOUGH),
        ("1.99", Category.PROFESSIONAL, SHORT),
        ("1.999999999999999999999999999999", Category.PROFESSIONAL, SHORT),
        ("2.000000000000000000000000000001", Category.PROFESSIONAL, ENOUGH),
        ("0", Category.PROFESSIONAL, SHORT),
        ("4.0", Category.TECHNICIAN, ENOUGH),  # F-14
        ("3.99", Category.TECHNICIAN, SHORT),
        ("3.9166666666", Category.TECHNICIAN, SHORT),  # a month short
    ],
)
@pytest.mark.parametrize("edition", ["ircc-2024-10-03", ARTICLE])
def test_c01_the_threshold_itself_is_enough_and_anything_less_is_not(
    years: str, category: Category, expected: tuple[str, str, str | None], edition: str
) -> None:
    result = judged("experience", answers(TECHNICIAN, experience_years=years), category, rulebook(edition))
    assert verdict(result) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"experience_years": "2", "experience_part_time": True}, PART_TIME),
        ({"experience_years": "1.99", "experience_part_time": True}, SHORT),
        ({"experience_years": "2", "experience_part_time": False}, ENOUGH),
        ({"experience_years": MISSING}, ("unknown", "experience_not_given", "not_answered")),
        (
            {"experience_years": MISSING, "experience_part_time": True},
            ("unknown", "experience_not_given", "not_answered"),
        ),
        ({"country": MISSING}, ("unknown", "country_not_given", "not_answered")),
        ({"country": MISSING, "experience_years": "0"}, ("unknown", "country_not_given", "not_answered")),
    ],
)
def test_c09_part_time_years_are_for_an_officer_once_they_reach_the_threshold(
    changes: dict[str, Any], expected: tuple[str, str, str | None]
) -> None:
    assert verdict(judged("experience", answers(**changes))) == expected


def test_c15_a_country_that_is_not_covered_reads_the_row_for_every_country() -> None:
    assert verdict(judged("experience", answers(country="GB", experience_years="2"))) == ENOUGH
    assert verdict(judged("experience", answers(country="GB", experience_years="1.9"))) == SHORT


def test_a_result_carries_what_was_given_and_what_is_required() -> None:
    assert judged("experience", answers(TECHNICIAN), Category.TECHNICIAN) == CriterionResult(
        Criterion.EXPERIENCE,
        Outcome.PASSES,
        Reason.EXPERIENCE_SUFFICIENT,
        (("years", Decimal(4)), ("part_time", None)),
        (("min_years", Decimal(4)),),
        ("F-14",),
        (Evidence.REFERENCE_LETTERS,),
    )


def test_an_edition_without_a_requirement_leaves_experience_to_an_officer() -> None:
    result = judged("experience", in_small(), book=small_rulebook(requirements=()))
    assert verdict(result) == ("unknown", "requirement_not_stated", "officer_decides")
    assert result.required == ()
    assert result.fact_ids == ("X-10", "X-11")


def test_another_edition_may_ask_for_any_number_of_years() -> None:
    book = small_rulebook(requirements=[requirement(min_experience_years=Decimal("7.25"))])
    assert verdict(judged("experience", in_small(experience_years="7.25"), book=book)) == ENOUGH
    assert verdict(judged("experience", in_small(experience_years="7.24"), book=book)) == SHORT


def test_the_row_of_the_country_goes_before_the_row_for_every_country() -> None:
    rows = [requirement("ZZ", min_experience_years=Decimal(9)), requirement()]
    assert verdict(judged("experience", in_small(), book=small_rulebook(requirements=rows))) == SHORT
