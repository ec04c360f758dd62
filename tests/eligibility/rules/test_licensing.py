"""`licensing` (F-17, F-18): need, licence held, and the months of grace of the edition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eligibility.rules.licensing import LicenceNeed, find_licence_need
from eligibility.rules.outcomes import Criterion, CriterionResult, Evidence, Outcome, Reason, fact
from occupations.rulebook import Category, Regulation, RegulationKind, Rulebook, Source
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    answers,
    in_small,
    judged,
    requirement,
    rulebook,
    small_rulebook,
    verdict,
)

Verdict = tuple[str, str, str | None]
NOT_NEEDED = ("pass", "licence_not_needed", None)
HELD = ("pass", "licence_held", None)
NEED_OPEN = ("unknown", "licence_need_not_known", "not_answered")
HELD_OPEN = ("unknown", "licence_held_not_given", "not_answered")
LATER = ("unknown", "licence_within_months", "officer_decides")
TIME_OPEN = ("unknown", "licence_time_not_given", "not_answered")
TOO_LATE = ("fail", "licence_too_late", None)
NO_LICENCE = ("fail", "licence_missing", None)


@pytest.mark.parametrize(
    ("needed", "held", "in_time", "official", "article"),
    [
        (False, MISSING, MISSING, NOT_NEEDED, NOT_NEEDED),
        (False, "none", False, NOT_NEEDED, NOT_NEEDED),
        (False, "canadian", MISSING, NOT_NEEDED, NOT_NEEDED),
        (True, "canadian", MISSING, HELD, HELD),
        (True, "home_country", MISSING, HELD, HELD),
        (None, "canadian", MISSING, HELD, HELD),
        (None, "home_country", False, HELD, HELD),
        (None, "none", True, NEED_OPEN, NEED_OPEN),
        (None, None, MISSING, NEED_OPEN, NEED_OPEN),
        (True, None, MISSING, HELD_OPEN, HELD_OPEN),
        (True, MISSING, True, HELD_OPEN, HELD_OPEN),
        (True, "none", True, LATER, NO_LICENCE),  # D-05
        (True, "none", False, TOO_LATE, NO_LICENCE),
        (True, "none", MISSING, TIME_OPEN, NO_LICENCE),
    ],
)
def test_c11_licensing(
    needed: bool | None, held: object, in_time: object, official: Verdict, article: Verdict
) -> None:
    given = answers(licence_needed=needed, licence_held=held, licence_within_4_months=in_time)
    assert verdict(judged("licensing", given)) == official
    assert verdict(judged("licensing", given, book=rulebook(ARTICLE))) == article


def test_c14_without_a_country_the_row_for_every_country_decides() -> None:
    given = answers(country=MISSING, licence_needed=True, licence_held="none", licence_within_4_months=False)
    assert verdict(judged("licensing", given)) == TOO_LATE
    assert verdict(judged("licensing", given, book=rulebook(ARTICLE))) == NO_LICENCE


def test_c24_the_grace_comes_from_the_requirement_row_of_the_category() -> None:
    rows = [requirement(licence_grace_months=1), requirement(category=Category.TECHNICIAN)]
    book = small_rulebook(requirements=rows)
    given = in_small(licence_needed=True, licence_held="none")
    assert verdict(judged("licensing", given, book=book)) == TIME_OPEN
    assert verdict(judged("licensing", given, Category.TECHNICIAN, book)) == NO_LICENCE


def test_an_edition_without_a_requirement_leaves_a_missing_licence_to_an_officer() -> None:
    given = in_small(licence_needed=True, licence_held="none")
    result = judged("licensing", given, book=small_rulebook(requirements=()))
    assert verdict(result) == ("unknown", "requirement_not_stated", "officer_decides")
    assert fact(result.required, "grace_months") is None


def row(province: str, kind: str, noc: str = "21231") -> Regulation:
    source = Source("S", "Rules", "Regulator", "https://example.org/", None, None)
    return Regulation(noc, province, RegulationKind(kind), "A regulator", {}, "2026", source)


def with_rows(*rows: Regulation) -> Rulebook:
    book = rulebook()
    return replace(book, reference=replace(book.reference, regulations={"21231": rows}))


@pytest.mark.parametrize(
    ("rows", "region", "needed"),
    [
        ([row("ON", "licence")], "ER3530", True),
        ([row("ON", "certificate")], "ER3530", True),
        ([row("ON", "compulsory_trade")], "ER3530", True),
        ([row("ON", "title")], "ER3530", None),
        ([row("ON", "upcoming")], "ER3530", None),
        ([row("ON", "voluntary")], "ER3530", False),
        ([row("ON", "none")], "ER3530", False),
        ([row("ON", "title"), row("ON", "licence")], "ER3530", True),
        ([row("ON", "voluntary"), row("ON", "upcoming")], "ER3530", None),
        ([row("ON", "voluntary"), row("ALL", "licence")], "ER3530", False),
        ([row("ALL", "licence")], "ER3530", True),
        ([row("BC", "licence")], "ER3530", None),
        ([], "ER3530", None),
        # ALL counts for the ten provinces only
        ([row("ALL", "licence")], "ER6010", None),
        ([row("YT", "licence"), row("ALL", "none")], "ER6010", True),
        # a province as the region, and Canada
        ([row("ON", "licence")], "ER35", True),
        ([row("ALL", "licence"), row("ON", "licence")], "ER00", None),
    ],
)
def test_c21_the_need_is_looked_up(rows: list[Regulation], region: str, needed: bool | None) -> None:
    book = with_rows(*rows)
    assert find_licence_need("21231", region, book).needed is needed
    given = answers(licence_needed=MISSING, region=region, licence_held="none", licence_within_4_months=False)
    expected = {True: TOO_LATE, False: NOT_NEEDED, None: NEED_OPEN}[needed]
    assert verdict(judged("licensing", given, book=book)) == expected


def test_c21_the_rows_are_kept_whatever_they_say() -> None:
    for kind in ("licence", "title", "voluntary"):
        assert find_licence_need("21231", "ER3530", with_rows(row("ON", kind))).rows == (row("ON", kind),)


def test_c21_without_an_occupation_or_a_region_nothing_is_found() -> None:
    book = with_rows(row("ON", "licence"))
    assert find_licence_need(None, "ER3530", book) == LicenceNeed(None)
    assert find_licence_need("21231", None, book) == LicenceNeed(None)


def test_c21_the_visitors_own_answer_wins_over_the_table() -> None:
    book = with_rows(row("ON", "licence"))
    assert verdict(judged("licensing", answers(licence_needed=False), book=book)) == NOT_NEEDED
    assert verdict(judged("licensing", answers(licence_needed=None), book=book)) == NEED_OPEN


def test_a_result_carries_the_rows_that_decide() -> None:
    rule = row("ON", "licence")
    given = answers(licence_needed=MISSING, licence_held="home_country", licence_within_4_months=True)
    assert judged("licensing", given, book=with_rows(rule)) == CriterionResult(
        Criterion.LICENSING,
        Outcome.PASSES,
        Reason.LICENCE_HELD,
        (("licence_held", "home_country"), ("within_months", True)),
        (("needed", True), ("rows", (rule,)), ("grace_months", 4)),
        ("F-17", "F-18"),
        (Evidence.LICENCE,),
    )


@pytest.mark.parametrize(
    ("changes", "papers"),
    [
        ({"licence_needed": False}, ()),
        ({"licence_needed": True}, (Evidence.LICENCE,)),
        (
            {"licence_needed": True, "licence_held": "none", "licence_within_4_months": True},
            (Evidence.LICENCE_PROGRESS, Evidence.LICENCE),
        ),
        ({"licence_needed": True, "licence_held": "none"}, (Evidence.LICENCE_PROGRESS, Evidence.LICENCE)),
    ],
)
def test_papers_follow_the_state_of_the_licence(
    changes: dict[str, Any], papers: tuple[Evidence, ...]
) -> None:
    assert judged("licensing", answers(**changes)).evidence == papers
