"""Occupation lines that set a length of study of their own, or carry a note to check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from eligibility.rules.outcomes import Evidence, fact
from eligibility.rules.questions import equivalence_letter_matters
from occupations.rulebook import Category, CredentialRule, Effect, OccupationRule
from tests.eligibility.rules.cases import in_small, judged, line, requirement, small_rulebook, verdict

ENOUGH = ("pass", "education_sufficient", None)
SHORT = ("fail", "programme_too_short", None)
OPEN = ("unknown", "length_depends_on_occupation", "not_answered")
CODE = "21231"


def own(years: str | None, noc: str | None = CODE, **changes: Any) -> OccupationRule:
    return line(noc, min_education_years=None if years is None else Decimal(years), **changes)


@pytest.mark.parametrize(
    ("lines", "years", "expected"),
    [
        ([line(), own("3")], "3", ENOUGH),
        ([line(), own("3")], "2.99", SHORT),
        ([line(), own("5")], "4.99", SHORT),
        ([line(), own("5")], "5", ENOUGH),
        ([line(), own("3", noc="21232")], "3", SHORT),
        ([own("3", noc=None)], "3", ENOUGH),
        # the line for the very code goes before a line for its TEER; of several the lowest counts
        ([own("3", noc=None), own("5")], "4", SHORT),
        ([own("5", noc=None), own("3")], "3", ENOUGH),
        ([own("5"), own("3"), own("4")], "3", ENOUGH),
        # a line that excludes sets no length
        ([line(), own("3", effect=Effect.EXCLUDE)], "3", SHORT),
        # a line that may apply matters only where it would make a difference
        ([line(), own("3", when="first")], "3", OPEN),
        ([line(), own("3", when="first")], "2", SHORT),
        ([line(), own("3", when="first")], "4", ENOUGH),
        ([line(), own("5", when="first")], "4.5", OPEN),
        (
            [line(), own("3", certain=False)],
            "3",
            ("unknown", "length_depends_on_occupation", "officer_decides"),
        ),
        ([line(), own(None, when="first", education_note={"en": "x"}), own("3", when="second")], "3", OPEN),
        ([line(), own("3"), own("5", when="first")], "4", OPEN),
    ],
)
def test_an_occupation_line_may_set_the_length_of_study(
    lines: list[OccupationRule], years: str, expected: tuple[str, str, str | None]
) -> None:
    for ordered in (lines, lines[::-1]):
        result = judged("education", in_small(education_years=years), book=small_rulebook(ordered))
        assert verdict(result) == expected


def test_an_answered_condition_settles_the_length() -> None:
    book = small_rulebook([line(), own("3", when="first")])
    for answer, expected in ((True, ENOUGH), (False, SHORT)):
        given = in_small(education_years="3", conditions={"first": answer})
        assert verdict(judged("education", given, book=book)) == expected


def test_the_length_in_use_is_the_one_shown() -> None:
    book = small_rulebook([line(), own("3", fact_ids=("X-03",))])
    result = judged("education", in_small(education_years="3"), book=book)
    assert fact(result.required, "min_years") == Decimal(3)
    assert result.fact_ids == ("X-10", "X-11", "X-03")


def test_a_note_is_carried_along_and_changes_nothing() -> None:
    noted = line(CODE, education_note={"en": "An accredited programme is expected."})
    result = judged("education", in_small(), book=small_rulebook([line(), noted]))
    assert verdict(result) == ENOUGH
    assert fact(result.required, "rules") == (noted,)
    assert fact(result.required, "min_years") == Decimal(4)


def test_a_note_of_a_line_that_does_not_apply_is_left_out() -> None:
    noted = line(CODE, education_note={"en": "x"}, when="first")
    given = in_small(conditions={"first": False})
    assert fact(judged("education", given, book=small_rulebook([line(), noted])).required, "rules") == ()


def test_the_equivalent_still_replaces_an_occupations_own_length() -> None:
    row = requirement(equivalent_years_with_letter=Decimal(3), equivalent_country="NZ")
    book = small_rulebook([line(), own("6")], [row])
    given = in_small(education_years="5", education_country="NZ", employer_equivalence_letter=True)
    assert verdict(judged("education", given, book=book)) == ("pass", "equivalent_with_letter", None)
    assert equivalence_letter_matters(given, book)
    assert not equivalence_letter_matters(in_small(education_years="6", education_country="NZ"), book)


def test_lines_of_a_country_that_is_not_covered_set_no_length() -> None:
    book = small_rulebook([own("3")], countries=())
    assert verdict(judged("education", in_small(education_years="3"), book=book)) == SHORT


def test_without_an_occupation_the_requirement_decides() -> None:
    given = in_small(education_years="3", noc=None)
    assert verdict(judged("education", given, book=small_rulebook([own("3")]))) == SHORT


def test_another_edition_may_ask_professionals_for_an_associate_degree_only() -> None:
    row = requirement(credential_rule=CredentialRule.ASSOCIATE_OR_HIGHER, min_education_years=Decimal("0.5"))
    given = in_small(education_level="associate", education_years="0.5")
    result = judged("education", given, book=small_rulebook(requirements=[row]))
    assert verdict(result) == ENOUGH
    assert result.evidence == (Evidence.CREDENTIAL, Evidence.TRANSCRIPT)


def test_an_edition_without_a_requirement_leaves_education_to_an_officer() -> None:
    result = judged(
        "education", in_small(), Category.TECHNICIAN, small_rulebook(requirements=[requirement()])
    )
    assert verdict(result) == ("unknown", "requirement_not_stated", "officer_decides")
