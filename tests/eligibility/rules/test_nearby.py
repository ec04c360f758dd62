"""Occupations nearby: those of the same minor group that the country's list includes."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.rules.assessment import assess
from eligibility.rules.nearby import nearby_occupations
from eligibility.rules.outcomes import Criterion, Outcome
from occupations.rulebook import Category, Effect, Rulebook
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    OFFICIAL,
    TECHNICIAN,
    answers,
    in_small,
    line,
    rulebook,
    shipped,
    small_rulebook,
)

TECHNICIAN_LINES: dict[str, Any] = {"category": Category.TECHNICIAN}


def nearby(book: Rulebook | None = None, /, **changes: Any) -> list[tuple[str, str, str]]:
    book = book or rulebook()
    given = answers(TECHNICIAN, **changes)
    found = nearby_occupations(given, assess(given, book), book)
    return [(each.noc, each.category.value, each.outcome.value) for each in found]


def test_included_neighbours_of_an_occupation_that_is_not_listed_are_named() -> None:
    assert nearby(noc="22311") == [
        ("22310", "technician", "pass"),
        ("22312", "technician", "pass"),
    ]


def test_nothing_is_named_where_the_occupation_passes() -> None:
    assert nearby(noc="22310") == []


@pytest.mark.parametrize("changes", [{"noc": MISSING}, {"country": MISSING}, {"country": "NZ"}])
def test_nothing_is_named_without_an_occupation_and_a_covered_country(changes: dict[str, Any]) -> None:
    assert nearby(**{"noc": "22311", **changes}) == []


@pytest.mark.parametrize("edition", [OFFICIAL, ARTICLE])
@pytest.mark.parametrize("country", ["AU", "JP", "MX", "MY", "BN"])
def test_every_neighbour_is_of_the_minor_group_or_shares_titles_and_is_not_excluded(
    country: str, edition: str
) -> None:
    book = rulebook(edition)
    for noc in shipped().reference.unit_groups:
        given = answers(country=country, noc=noc)
        for each in nearby_occupations(given, assess(given, book), book):
            there = assess(answers(country=country, noc=each.noc), book).by_category[each.category]
            assert each.noc[:4] == noc[:4] or each.noc in book.reference.shared_titles[noc]
            assert each.noc != noc
            assert there.criteria[Criterion.OCCUPATION].outcome is each.outcome
            assert each.outcome is not Outcome.FAILS


def test_a_neighbour_under_a_condition_may_be_included() -> None:
    book = small_rulebook([line("21232", when="first"), line("21231", Effect.EXCLUDE), line("21231")])
    given = in_small(conditions={"first": True})
    found = nearby_occupations(given, assess(given, book), book)
    assert [(each.noc, each.outcome.value) for each in found] == [("21232", "unknown")]


def test_a_category_without_requirements_names_nobody() -> None:
    book = small_rulebook(requirements=())
    given = in_small()
    assert nearby_occupations(given, assess(given, book), book) == ()
