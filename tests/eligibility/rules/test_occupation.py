"""`occupation` (F-03 to F-06): lists, TEER, conditions, codes that the sources leave open."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from eligibility.rules.assessment import settled_failures
from eligibility.rules.occupation import category_of_job, included_not_excluded, open_question
from eligibility.rules.outcomes import Criterion, CriterionResult, Evidence, Outcome, Reason, fact
from eligibility.rules.questions import open_conditions, possible_requirements
from occupations.rulebook import Category, Effect, OccupationRule
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    answers,
    country_rule,
    in_small,
    judged,
    line,
    requirement,
    rulebook,
    small_rulebook,
    verdict,
)

Verdict = tuple[str, str, str | None]
INCLUDED = ("pass", "occupation_included", None)
EXCLUDED = ("fail", "occupation_excluded", None)
NOT_LISTED = ("fail", "occupation_not_listed", None)
ASK = ("unknown", "condition_not_answered", "not_answered")
UNCERTAIN = ("unknown", "occupation_uncertain", "officer_decides")
TECHNICIAN, PROFESSIONAL = Category.TECHNICIAN, Category.PROFESSIONAL
CODE = "21231"


@pytest.mark.parametrize(
    ("country", "noc", "category", "expected"),
    [
        ("MX", "21231", PROFESSIONAL, INCLUDED),
        ("MX", "21231", TECHNICIAN, ("fail", "teer_of_other_category", None)),
        ("MX", "22300", TECHNICIAN, INCLUDED),
        ("MX", "22300", PROFESSIONAL, ("fail", "teer_of_other_category", None)),
        ("MX", "64100", PROFESSIONAL, ("fail", "teer_in_no_category", None)),  # TEER 4
        ("MX", "65100", TECHNICIAN, ("fail", "teer_in_no_category", None)),  # TEER 5
        ("AU", "31301", PROFESSIONAL, EXCLUDED),
        ("MX", "22211", TECHNICIAN, NOT_LISTED),
        ("FR", "21231", PROFESSIONAL, ("fail", "country_not_covered", None)),
        ("FR", MISSING, PROFESSIONAL, ("fail", "country_not_covered", None)),
        ("NZ", MISSING, TECHNICIAN, ("fail", "country_not_covered", None)),
        ("MY", MISSING, TECHNICIAN, ("fail", "category_not_open", None)),
        ("BN", "22300", TECHNICIAN, ("fail", "category_not_open", None)),
        ("MX", MISSING, PROFESSIONAL, ("unknown", "occupation_not_given", "not_answered")),
        (MISSING, "21231", PROFESSIONAL, ("unknown", "country_not_given", "not_answered")),
        (MISSING, "65100", PROFESSIONAL, ("unknown", "country_not_given", "not_answered")),
        ("AU", "00013", PROFESSIONAL, UNCERTAIN),
    ],
)
def test_c03_c04_c13_c14_shipped_occupations(
    country: object, noc: object, category: Category, expected: Verdict
) -> None:
    assert verdict(judged("occupation", answers(country=country, noc=noc), category)) == expected


@pytest.mark.parametrize(
    ("noc", "conditions", "expected"),
    [
        ("21101", {}, ASK),
        ("21101", {"research-job": False}, INCLUDED),
        ("21101", {"research-job": True}, ASK),
        ("21101", {"research-job": True, "academic-workplace": True}, INCLUDED),
        ("21101", {"research-job": True, "academic-workplace": False}, EXCLUDED),
        ("41101", {"research-job": False}, ASK),
        ("41101", {"research-job": False, "foreign-legal-consultant": True, "notary": False}, INCLUDED),
        ("41101", {"research-job": False, "foreign-legal-consultant": True, "notary": True}, EXCLUDED),
        ("41101", {"research-job": False, "foreign-legal-consultant": False}, EXCLUDED),
        # G-05: an academic researcher under the code for university teachers stays open
        ("41201", {"research-job": True, "academic-workplace": True}, UNCERTAIN),
        ("41201", {"research-job": False}, EXCLUDED),
        ("41201", {"research-job": True, "academic-workplace": False}, EXCLUDED),
    ],
)
def test_f05a_f05b_lawyers_and_researchers_of_japan(
    noc: str, conditions: dict[str, bool], expected: Verdict
) -> None:
    given = answers(country="JP", noc=noc, conditions=conditions)
    assert verdict(judged("occupation", given)) == expected


def test_d04_an_australian_lawyer_is_excluded_by_the_article_only() -> None:
    given = answers(
        country="AU", noc="41101", conditions={"notary": False, "foreign-legal-consultant": False}
    )
    assert verdict(judged("occupation", given)) == INCLUDED
    assert verdict(judged("occupation", given, book=rulebook(ARTICLE))) == EXCLUDED


OUT = Effect.EXCLUDE


@pytest.mark.parametrize(
    ("lines", "conditions", "expected"),
    [
        ([line(CODE)], {}, INCLUDED),
        ([line()], {}, INCLUDED),
        ([line("21232")], {}, NOT_LISTED),
        ([line(), line(CODE, OUT)], {}, EXCLUDED),
        ([line("21232"), line(CODE, OUT)], {}, EXCLUDED),
        # conditions have three values
        ([line(CODE, when="first")], {}, ASK),
        ([line(CODE, when="first")], {"first": True}, INCLUDED),
        ([line(CODE, when="first")], {"first": False}, NOT_LISTED),
        ([line(CODE, unless="first")], {}, ASK),
        ([line(CODE, unless="first")], {"first": True}, NOT_LISTED),
        ([line(CODE, unless="first")], {"first": False}, INCLUDED),
        ([line(CODE, when="first", unless="second")], {"first": True}, ASK),
        ([line(CODE, when="first", unless="second")], {"second": True}, NOT_LISTED),
        ([line(CODE, when="first", unless="second")], {"second": False}, ASK),
        ([line(CODE, when="first", unless="second")], {"first": False}, NOT_LISTED),
        # OR: one true is true, otherwise one unknown is unknown
        ([line(CODE), line(CODE, when="first")], {}, INCLUDED),
        ([line(CODE, when="first"), line(CODE, when="second")], {"first": False}, ASK),
        ([line(), line(CODE, OUT, when="first"), line(CODE, OUT)], {}, EXCLUDED),
        ([line(), line(CODE, OUT, when="first")], {}, ASK),
        ([line(), line(CODE, OUT, when="first")], {"first": False}, INCLUDED),
        # AND: one false is false
        ([line(CODE, when="first"), line(CODE, OUT)], {}, EXCLUDED),
        ([line("21232"), line(CODE, OUT, when="first")], {}, NOT_LISTED),
        # C-13 and C-22: an uncertain line that would apply is unknown, one that would not stays so
        ([line(CODE, certain=False)], {}, UNCERTAIN),
        ([line(), line(CODE, OUT, certain=False)], {}, UNCERTAIN),
        ([line(), line(CODE, OUT, certain=False, when="first")], {"first": False}, INCLUDED),
        ([line(), line(CODE, OUT, certain=False, when="first")], {"first": True}, UNCERTAIN),
        ([line(), line(CODE, OUT, certain=False, when="first")], {}, ASK),
        ([line(CODE, certain=False), line(CODE, OUT, when="first")], {}, ASK),
        ([line(CODE, certain=False), line(CODE)], {}, INCLUDED),
        ([line(CODE, certain=False, when="first")], {"first": False}, NOT_LISTED),
        # an open line on the side that is settled does not ask anything
        ([line(CODE), line(CODE, when="first"), line(CODE, OUT, certain=False)], {}, UNCERTAIN),
    ],
)
def test_lines_combine_as_the_facts_say_in_any_order(
    lines: list[OccupationRule], conditions: dict[str, bool], expected: Verdict
) -> None:
    for ordered in permutations(lines):
        result = judged("occupation", in_small(conditions=conditions), book=small_rulebook([*ordered]))
        if "21232" in {each.noc for each in lines if each.effect is Effect.INCLUDE}:
            assert result.outcome is Outcome.FAILS
        assert verdict(result) == expected
        assert result.given == (("country", "ZZ"), ("noc", CODE))
        assert result.fact_ids[:2] == ("X-10", "X-11")
        assert result.evidence == (Evidence.JOB_DESCRIPTION,)
        matching = [each for each in ordered if each.noc in (CODE, None)]
        listed = {"pass": True, "fail": False, "unknown": None}[expected[0]]
        assert included_not_excluded(matching, conditions) is listed


def test_the_next_question_of_a_line_that_is_settled_is_none() -> None:
    both = line(CODE, when="first", unless="second")
    assert open_question(both, {}) == ("first",)
    assert open_question(both, {"first": True}) == ("second",)
    assert open_question(both, {"first": False}) == ()
    assert open_question(both, {"second": True}) == ()
    assert open_question(line(CODE), {}) == ()


def test_c03_the_row_of_the_country_decides_its_teers() -> None:
    rows = [
        requirement("ZZ", teers=frozenset({2})),
        requirement("ZZ", TECHNICIAN, teers=frozenset({0})),
        requirement(),
        requirement(category=TECHNICIAN),
    ]
    book = small_rulebook([line("22300", when="first"), line("00013", category=TECHNICIAN)], rows)
    assert verdict(judged("occupation", in_small(noc="22300"), book=book)) == ASK
    assert verdict(judged("occupation", in_small(noc="00013"), book=book))[1] == "teer_of_other_category"
    assert verdict(judged("occupation", in_small(noc="21231"), book=book))[1] == "teer_in_no_category"
    assert open_conditions("ZZ", "22300", {}, book) == ("first",)
    assert category_of_job("00013", book, "ZZ") is TECHNICIAN
    [failure] = settled_failures(in_small(noc="21231"), book)
    assert failure.reason is Reason.TEER_IN_NO_CATEGORY
    assert [row.category for row in possible_requirements(in_small(noc="21231"), book)] == [PROFESSIONAL]
    out = [line("00013", OUT, category=TECHNICIAN), line("00013", category=TECHNICIAN), line()]
    excluded = small_rulebook(out, rows)
    [failure] = settled_failures(in_small(noc="00013"), excluded)
    assert failure.reason is Reason.OCCUPATION_EXCLUDED
    assert [row.category for row in possible_requirements(in_small(noc="00013"), excluded)] == [TECHNICIAN]


def test_c23_conditions_that_the_edition_does_not_know_are_ignored() -> None:
    plain = judged("occupation", answers())
    assert judged("occupation", answers(conditions={"no-such-condition": True})) == plain


def test_c23_null_is_no_answer() -> None:
    given = answers(country="JP", noc="21101", conditions={"research-job": None})
    assert verdict(judged("occupation", given)) == ASK


def test_a_pass_names_the_lines_and_their_facts() -> None:
    included, other = line(CODE, fact_ids=("X-10", "X-03")), line(CODE, OUT, when="first")
    given = in_small(conditions={"first": False})
    result = judged("occupation", given, book=small_rulebook([other, included]))
    assert result == CriterionResult(
        Criterion.OCCUPATION,
        Outcome.PASSES,
        Reason.OCCUPATION_INCLUDED,
        (("country", "ZZ"), ("noc", CODE)),
        (("rules", (included,)),),
        ("X-10", "X-11", "X-03"),
        (Evidence.JOB_DESCRIPTION,),
    )


def test_a_fail_names_the_excluding_lines_that_apply() -> None:
    out, may_be = line(CODE, OUT, fact_ids=("X-04",)), line(CODE, OUT, when="first")
    result = judged("occupation", in_small(), book=small_rulebook([line(), may_be, out]))
    assert result == CriterionResult(
        Criterion.OCCUPATION,
        Outcome.FAILS,
        Reason.OCCUPATION_EXCLUDED,
        (("country", "ZZ"), ("noc", CODE)),
        (("rules", (out,)),),
        ("X-10", "X-11", "X-04"),
        (Evidence.JOB_DESCRIPTION,),
    )


def test_a_code_outside_an_entry_by_its_condition_names_that_entry() -> None:
    narrow = line(CODE, when="first")
    result = judged("occupation", in_small(conditions={"first": False}), book=small_rulebook([narrow]))
    assert result.required == (("rules", (narrow,)),)
    assert result.fact_ids == ("X-10", "X-11", "X-02")


def test_an_open_result_names_the_lines_and_the_next_condition_of_each() -> None:
    lines = [
        line(),
        line(CODE, OUT, when="first", unless="second"),
        line(CODE, OUT, unless="third", when="first"),
    ]
    result = judged("occupation", in_small(), book=small_rulebook(lines))
    assert fact(result.required, "rules") == tuple(lines[1:])
    assert fact(result.required, "conditions") == ("first",)
    answered = in_small(conditions={"first": True})
    assert fact(judged("occupation", answered, book=small_rulebook(lines)).required, "conditions") == (
        "second",
        "third",
    )
    assert result.fact_ids == ("X-10", "X-11", "X-02")
    assert result.evidence == (Evidence.JOB_DESCRIPTION,)
    assert (result.criterion, result.given) == (Criterion.OCCUPATION, (("country", "ZZ"), ("noc", CODE)))


@pytest.mark.parametrize(
    "changes", [{"country": MISSING}, {"country": "FR"}, {"noc": MISSING}, {"noc": "22300"}, {"noc": "65100"}]
)
def test_every_early_result_names_what_was_said_and_the_papers(changes: dict[str, Any]) -> None:
    given = answers(**changes)
    result = judged("occupation", given)
    assert result.given == (("country", given.country), ("noc", given.noc))
    assert result.evidence == (Evidence.JOB_DESCRIPTION,)
    assert (result.criterion, result.fact_ids) == (Criterion.OCCUPATION, ("F-03",))
    asks_teer = given.country == "MX"
    assert result.required == ((("teers", frozenset({0, 1})),) if asks_teer else ())


def test_a_category_that_is_not_open_names_what_was_said_and_the_papers() -> None:
    result = judged("occupation", answers(country="MY", noc="22300"), TECHNICIAN)
    assert result == CriterionResult(
        Criterion.OCCUPATION,
        Outcome.FAILS,
        Reason.CATEGORY_NOT_OPEN,
        (("country", "MY"), ("noc", "22300")),
        (),
        ("F-04",),
        (Evidence.JOB_DESCRIPTION,),
    )


def test_c03_the_teers_of_a_category_come_from_the_edition() -> None:
    rows = [requirement(teers=frozenset({4, 5})), requirement(category=TECHNICIAN, teers=frozenset({0}))]
    book = small_rulebook([line("65100"), line("00013", category=TECHNICIAN)], rows)
    assert verdict(judged("occupation", in_small(noc="65100"), book=book)) == INCLUDED
    assert verdict(judged("occupation", in_small(noc="00013"), TECHNICIAN, book)) == INCLUDED
    assert verdict(judged("occupation", in_small(), book=book)) == ("fail", "teer_in_no_category", None)


def test_a_category_without_a_requirement_is_not_open() -> None:
    book = small_rulebook(requirements=[requirement(category=TECHNICIAN)])
    assert verdict(judged("occupation", in_small(), book=book)) == ("fail", "category_not_open", None)


def test_a_country_is_covered_only_where_its_line_says_so() -> None:
    book = small_rulebook(countries=[country_rule("ZZ", "citizen", covered=False)])
    assert verdict(judged("occupation", in_small(), book=book)) == ("fail", "country_not_covered", None)
    assert verdict(judged("country-status", in_small(), book=book)) == ("fail", "country_not_covered", None)
