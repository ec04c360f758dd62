"""Which questions can still matter."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from eligibility.rules import questions
from eligibility.rules.questions import open_conditions, possible_requirements, relevant_conditions
from occupations.rulebook import Category, CredentialRule, Effect, OccupationRule
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    OFFICIAL,
    QUALIFIED,
    TECHNICIAN,
    answers,
    in_small,
    judged,
    line,
    requirement,
    rulebook,
    small_rulebook,
)
from tests.eligibility.rules.test_licensing import row, with_rows

OUT = Effect.EXCLUDE
CODE = "21231"


@pytest.mark.parametrize(
    ("country", "noc", "slugs"),
    [
        ("MX", "21231", ()),
        ("JP", "21101", ("research-job", "academic-workplace")),
        ("JP", "41101", ("research-job", "academic-workplace", "foreign-legal-consultant", "notary")),
        ("AU", "41101", ("notary",)),
        ("JP", "22300", ()),
        ("FR", "21101", ()),
        ("JP", "65100", ()),
    ],
)
def test_relevant_conditions_are_those_of_the_lines_for_country_and_occupation(
    country: str, noc: str, slugs: tuple[str, ...]
) -> None:
    assert relevant_conditions(country, noc, rulebook()) == slugs


@pytest.mark.parametrize(
    ("country", "noc", "conditions", "slugs"),
    [
        ("MX", "21231", {}, ()),
        ("JP", "21101", {}, ("research-job",)),
        ("JP", "21101", {"research-job": True}, ("academic-workplace",)),
        ("JP", "21101", {"research-job": False}, ()),
        ("JP", "21101", {"research-job": True, "academic-workplace": True}, ()),
        ("JP", "21101", {"academic-workplace": True}, ()),
        ("JP", "31301", {}, ()),  # firmly excluded, whatever else
        ("JP", "41101", {}, ("research-job", "foreign-legal-consultant", "notary")),
        ("JP", "41101", {"notary": True}, ()),
        ("JP", "41101", {"foreign-legal-consultant": False}, ()),
        ("JP", "41101", {"foreign-legal-consultant": True}, ("research-job", "notary")),
        ("JP", "41201", {}, ("research-job",)),
        ("FR", "21101", {}, ()),
    ],
)
def test_open_conditions_are_those_whose_answer_can_still_change_the_outcome(
    country: str, noc: str, conditions: dict[str, bool], slugs: tuple[str, ...]
) -> None:
    assert open_conditions(country, noc, conditions, rulebook()) == slugs


def test_the_article_asks_its_own_conditions() -> None:
    assert open_conditions("AU", "41101", {}, rulebook(ARTICLE)) == ("foreign-legal-consultant", "notary")


@pytest.mark.parametrize(
    ("lines", "conditions", "slugs"),
    [
        ([line(), line(CODE, OUT, when="second"), line(CODE, OUT, when="first")], {}, ("first", "second")),
        ([line(), line(CODE, OUT), line(CODE, OUT, when="first")], {}, ()),
        ([line(CODE, when="first"), line("21232")], {}, ("first",)),
        ([line(CODE, unless="first")], {}, ("first",)),
        # excluded whichever way it is answered, but the rules cannot tell before it is
        ([line(), line(CODE, OUT, when="first"), line(CODE, OUT, unless="first")], {}, ("first",)),
        # an uncertain line stays open whatever is answered, unless the answer takes it away
        ([line(), line(CODE, OUT, when="first", certain=False)], {}, ("first",)),
        ([line(), line(CODE, OUT, certain=False), line(CODE, OUT, when="first", certain=False)], {}, ()),
        # `unless` is asked once `when` is met
        ([line(), line(CODE, OUT, when="first", unless="second")], {}, ("first",)),
        ([line(), line(CODE, OUT, when="first", unless="second")], {"first": True}, ("second",)),
        ([line(), line(CODE, OUT, when="first", unless="second")], {"first": False}, ()),
        ([line(), line(CODE, OUT, when="first"), line(CODE, OUT, when="second")], {"first": True}, ()),
        # matters only together with another answer, even one that is not asked yet
        (
            [line(), line(CODE, OUT, certain=False), line(CODE, OUT, when="first", unless="second")],
            {},
            ("first",),
        ),
        (
            [line(), line(CODE, OUT, certain=False), line(CODE, OUT, when="first", unless="second")],
            {"second": True},
            (),
        ),
        ([line(CODE, when="first"), line(CODE, OUT, when="second")], {}, ("first", "second")),
    ],
)
def test_open_conditions_of_small_editions(
    lines: list[OccupationRule], conditions: dict[str, bool], slugs: tuple[str, ...]
) -> None:
    for ordered in (lines, lines[::-1]):
        assert open_conditions("ZZ", CODE, conditions, small_rulebook(ordered)) == slugs


def test_a_line_of_the_other_category_asks_nothing_for_a_code_of_another_teer() -> None:
    lines = [line(CODE, category=Category.TECHNICIAN, when="first"), line()]
    assert relevant_conditions("ZZ", CODE, small_rulebook(lines)) == ()


def test_a_category_without_a_requirement_asks_nothing() -> None:
    book = small_rulebook([line(CODE, when="first")], requirements=())
    assert open_conditions("ZZ", CODE, {}, book) == ()


@pytest.mark.parametrize(
    ("count", "asked"), [(questions.MANY_CONDITIONS, 0), (questions.MANY_CONDITIONS + 1, 9)]
)
def test_beyond_many_open_conditions_every_one_is_asked(count: int, asked: int) -> None:
    slugs = [f"c{number}" for number in range(count)]
    firmly_out = [line(), line(CODE, OUT), *(line(CODE, OUT, when=slug) for slug in slugs)]
    assert len(open_conditions("ZZ", CODE, {}, small_rulebook(firmly_out, conditions=slugs))) == asked


@pytest.mark.parametrize(
    ("changes", "categories"),
    [
        ({}, ["professional"]),
        ({"noc": "22300"}, ["technician"]),
        ({"noc": MISSING}, ["professional", "technician"]),
        ({"country": MISSING}, ["professional", "technician"]),
        ({"noc": "31301"}, ["professional"]),
        ({"noc": "22211"}, ["technician"]),
        ({"country": "FR", "noc": "22300"}, ["technician"]),
    ],
)
def test_requirements_that_can_still_decide(changes: dict[str, Any], categories: list[str]) -> None:
    found = possible_requirements(answers(**changes), rulebook())
    assert [row.category for row in found] == categories


def test_an_edition_without_requirements_has_none_that_can_decide() -> None:
    assert possible_requirements(in_small(), small_rulebook(requirements=())) == ()


@pytest.mark.parametrize(
    ("base", "changes", "matters"),
    [
        (QUALIFIED, {}, True),
        (QUALIFIED, {"education_level": MISSING}, True),
        (QUALIFIED, {"education_level": "diploma"}, False),
        (TECHNICIAN, {}, False),
        (TECHNICIAN, {"noc": MISSING, "education_level": "bachelor"}, True),
    ],
)
def test_whether_the_field_of_the_degree_matters(
    base: dict[str, Any], changes: dict[str, Any], matters: bool
) -> None:
    assert questions.degree_field_matters(answers(base, **changes), rulebook()) is matters


AUSTRALIAN = {**QUALIFIED, "country": "AU", "education_years": "3", "education_country": "AU"}


@pytest.mark.parametrize(
    ("changes", "country", "letter"),
    [
        ({}, True, True),
        ({"education_country": MISSING}, True, True),
        ({"education_country": "NZ"}, True, False),
        ({"education_years": MISSING}, True, True),
        ({"education_years": "3.99"}, True, True),
        ({"education_years": "4"}, False, False),
        ({"education_years": "4", "education_country": MISSING}, False, False),
        ({"education_years": "2.99"}, False, False),
        ({"education_level": "diploma"}, False, False),
        ({"education_level": MISSING}, True, True),
        ({"country": "MX"}, False, False),
        ({"noc": "22300"}, False, False),
    ],
)
def test_whether_a_shorter_equivalent_matters(changes: dict[str, Any], country: bool, letter: bool) -> None:
    given = answers(AUSTRALIAN, **changes)
    assert questions.education_country_matters(given, rulebook()) is country
    assert questions.equivalence_letter_matters(given, rulebook()) is letter


def test_a_category_without_an_equivalent_does_not_hide_the_other() -> None:
    rows = [
        requirement(),
        requirement(
            category=Category.TECHNICIAN, equivalent_years_with_letter=Decimal(3), equivalent_country="FR"
        ),
    ]
    lines = [line(), line("22300", category=Category.TECHNICIAN)]
    given = in_small(noc=MISSING, education_years="3", education_country="FR")
    assert questions.equivalence_letter_matters(given, small_rulebook(lines, rows))


def test_every_category_that_is_open_may_bring_its_own_equivalent() -> None:
    rows = [
        requirement(
            category=Category.PROFESSIONAL, equivalent_years_with_letter=Decimal(1), equivalent_country="NZ"
        ),
        requirement(
            category=Category.TECHNICIAN, equivalent_years_with_letter=Decimal(3), equivalent_country="FR"
        ),
    ]
    lines = [line(), line("22300", category=Category.TECHNICIAN)]
    given = in_small(noc=MISSING, education_years="2", education_country="NZ")
    assert questions.equivalence_letter_matters(given, small_rulebook(lines, rows))
    in_france = in_small(noc=MISSING, education_years="2", education_country="FR")
    assert not questions.equivalence_letter_matters(in_france, small_rulebook(lines, rows))
    assert questions.equivalence_letter_matters(in_france, small_rulebook(lines, rows[::-1])) is False


@pytest.mark.parametrize(
    ("changes", "matters"),
    [
        ({"education_level": "diploma"}, True),
        ({"education_level": "trade_certificate"}, True),
        ({"education_level": MISSING}, True),
        ({"education_level": "associate"}, False),
        ({"education_level": "secondary"}, False),
        ({"country": "MX", "education_level": "diploma"}, False),
        ({"noc": "21231", "education_level": "diploma"}, False),
    ],
)
def test_whether_an_equivalence_to_an_associate_degree_matters(
    changes: dict[str, Any], matters: bool
) -> None:
    given = answers({**TECHNICIAN, "country": "JP"}, **changes)
    assert questions.associate_equivalence_matters(given, rulebook()) is matters


def test_an_edition_that_asks_for_degrees_never_asks_for_an_associate_equivalence() -> None:
    book = small_rulebook(requirements=[requirement(credential_rule=CredentialRule.DEGREE)])
    assert not questions.associate_equivalence_matters(in_small(education_level=MISSING), book)


@pytest.mark.parametrize(
    ("kind", "settled"), [("voluntary", True), ("none", True), ("title", False), ("licence", False)]
)
def test_the_licence_question_is_settled_where_the_table_says_that_none_is_needed(
    kind: str, settled: bool
) -> None:
    book = with_rows(row("ON", kind))
    assert questions.licence_question_settled(CODE, "ER3530", book) is settled
    assert questions.licence_question_settled(CODE, None, book) is False


def waits_for_nothing(country: str, noc: str, conditions: dict[str, bool], edition: str) -> bool:
    """Whether every way of answering what is asked ends in an occupation that waits for no answer."""
    book = rulebook(edition)
    asked = open_conditions(country, noc, conditions, book)
    if asked:
        return all(
            waits_for_nothing(country, noc, {**conditions, asked[0]: answer}, edition)
            for answer in (True, False)
        )
    given = answers(country=country, noc=noc, conditions=conditions)
    results = [judged("occupation", given, category, book) for category in Category]
    return all(result.reason != "condition_not_answered" for result in results)


@pytest.mark.parametrize("edition", [OFFICIAL, ARTICLE])
def test_the_questions_asked_always_settle_an_occupation_of_the_shipped_lists(edition: str) -> None:
    book = rulebook(edition)
    named = {(rule.country, rule.noc) for rule in book.edition.occupation_rules if rule.noc}
    for country, noc in named | {("JP", "21101")}:
        assert waits_for_nothing(country, noc or "", {}, edition), (country, noc)
