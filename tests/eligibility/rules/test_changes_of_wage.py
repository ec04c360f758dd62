"""The wage that would be enough, to the cent, and the regions where the same offer is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.rules.assessment import assess
from eligibility.rules.changes import (
    Change,
    ChangeKind,
    advise,
    applied,
    changed_fields,
    smallest_mends,
    suggest,
)
from eligibility.rules.outcomes import Criterion, Outcome, Reason
from occupations.rulebook import RegionLevel
from tests.eligibility.rules.cases import MISSING, TECHNICIAN, answers, judged, rulebook

CENT = Decimal("0.01")
FOR_TABLE: dict[str, Any] = {"prevailing_wage_hourly": MISSING}
REGULATED: dict[str, Any] = {**FOR_TABLE, "noc": "21300", "licence_needed": MISSING}


def found(**changes: Any) -> list[dict[str, object]]:
    given = answers(**changes)
    return [changed_fields(given, each.changes) for each in suggest(given, rulebook())]


def regions(**changes: Any) -> tuple[str, ...]:
    """The regions that a suggestion names for an offer."""
    for suggestion in suggest(answers(**changes), rulebook()):
        for change in suggestion.changes:
            if change.choices:
                return change.choices
    return ()


@pytest.mark.parametrize(
    ("changes", "least"),
    [
        ({"wage_amount": "49.99"}, "50.00"),
        ({"wage_amount": "49.995"}, "50.00"),
        ({"wage_amount": "45", "wage_allowances": "2.005"}, "52.01"),
        ({"wage_amount": "1900", "wage_period": "week", "hours_per_week": "40"}, "2000.00"),
        ({"wage_amount": "8000", "wage_period": "month", "hours_per_week": "40"}, "8666.67"),
        ({"wage_amount": "90000", "wage_period": "year", "hours_per_week": "37.5"}, "97500.00"),
        ({"wage_amount": "52", "employer_scale_hourly": "55.001"}, "55.01"),
        ({"wage_amount": "40", "employer_scale_hourly": "45"}, "50.00"),
        ({"wage_amount": MISSING}, "50.00"),
    ],
)
def test_the_least_wage_is_named_in_the_visitors_own_period(changes: dict[str, Any], least: str) -> None:
    assert found(**changes) == [{"wage_amount": least}]


@settings(max_examples=150, deadline=None)
@given(
    period=st.sampled_from(("hour", "week", "month", "year")),
    hours=st.decimals("0.1", "80", places=2),
    figure=st.decimals("1", "300", places=3),
    scale=st.none() | st.decimals("1", "300", places=3),
    allowances=st.none() | st.decimals("0", "1000", places=3),
)
def test_one_cent_less_than_the_least_wage_is_not_enough(
    period: str, hours: Decimal, figure: Decimal, scale: Decimal | None, allowances: Decimal | None
) -> None:
    given = answers(
        wage_amount="0",
        wage_period=period,
        hours_per_week=str(hours),
        prevailing_wage_hourly=str(figure),
        employer_scale_hourly=MISSING if scale is None else str(scale),
        wage_allowances=MISSING if allowances is None else str(allowances),
    )
    ((change,),) = [each.changes for each in suggest(given, rulebook())]
    least = dict(change.values)["wage_amount"]
    assert isinstance(least, Decimal)
    assert least == least.quantize(CENT)
    assert judged("wage", applied(given, (change,))).outcome is Outcome.PASSES
    less = Change(ChangeKind.HIGHER_WAGE, (), (("wage_amount", least - CENT),))
    assert judged("wage", applied(given, (change, less))).outcome is Outcome.FAILS


@pytest.mark.parametrize(
    "changes",
    [
        {"wage_period": MISSING},
        {"wage_period": "year", "wage_amount": "100000"},
        {"wage_period": "month", "hours_per_week": "0"},
    ],
)
def test_a_wage_without_period_or_hours_is_named_per_hour(changes: dict[str, Any]) -> None:
    assert found(**changes) == [{"wage_amount": "50.00", "wage_period": "hour"}]


def test_allowances_of_an_unknown_period_are_left_out() -> None:
    assert found(wage_period=MISSING, wage_allowances="5") == [
        {"wage_amount": "50.00", "wage_period": "hour", "wage_allowances": "0"}
    ]


def test_allowances_can_be_paid_as_wage_where_that_is_enough() -> None:
    assert found(wage_amount="52", wage_allowances="4") == [
        {"wage_allowances": "0"},
        {"wage_amount": "54.00"},
    ]


def test_an_amount_too_long_for_an_answer_is_named_per_hour() -> None:
    assert found(wage_amount="1", wage_period="week", hours_per_week="999999999999") == [
        {"wage_amount": "50.00", "wage_period": "hour"}
    ]


def test_a_figure_that_no_answer_reaches_stays_in_the_way() -> None:
    advice = advise(answers(prevailing_wage_hourly="999999999999.999"), rulebook())
    assert advice.suggestions == ()
    assert [result.reason for result in advice.blocking] == [Reason.BELOW_PREVAILING_WAGE]


def test_the_same_offer_is_looked_up_in_every_other_region() -> None:
    named = regions(**FOR_TABLE)
    book = rulebook()
    inner = [
        code for code, region in book.reference.regions.items() if region.level is RegionLevel.ECONOMIC_REGION
    ]
    alone = [code for code in ("ER1110", "ER60", "ER61", "ER62") if code in book.reference.regions]
    enough = {
        code
        for code in (*inner, *alone)
        if judged("wage", answers(region=code, **FOR_TABLE)).outcome is Outcome.PASSES
    }
    assert set(named) == enough
    assert "ER3530" not in named


def test_regions_are_not_named_for_a_figure_of_the_visitors_own() -> None:
    assert regions(wage_amount="40") == ()


def test_regions_are_not_named_where_the_employer_pays_its_staff_more() -> None:
    assert regions(**FOR_TABLE, employer_scale_hourly="60") == ()


def test_a_region_can_be_named_where_none_was() -> None:
    given = answers(**FOR_TABLE, region=MISSING)
    (suggestion,) = suggest(given, rulebook())
    (change,) = suggestion.changes
    assert change.kind is ChangeKind.REGION_NAMED


def test_without_place_and_wage_the_figure_for_the_whole_country_is_the_guide() -> None:
    (fields,) = found(**FOR_TABLE, region=MISSING, wage_amount=MISSING)
    assert fields["region"] == "ER00"
    assert set(fields) == {"region", "wage_amount"}


def test_another_region_may_make_a_licence_needless() -> None:
    """An electrician in Quebec, where the trade is compulsory, on pay below the median."""
    given = answers(
        TECHNICIAN,
        **FOR_TABLE,
        country="AU",
        noc="72200",
        region="ER2410",
        wage_amount="35",
        licence_needed=MISSING,
    )
    move = suggest(given, rulebook())[0]
    (change,) = move.changes
    assert change.kind is ChangeKind.OTHER_REGION
    assert move.criteria == (Criterion.WAGE, Criterion.LICENSING)
    for region in change.choices:
        there = applied(given, (Change(change.kind, (), (("region", region),)),))
        assert judged("licensing", there).reason is Reason.LICENCE_NOT_NEEDED


def test_a_region_is_not_enough_where_a_licence_is_missing_everywhere() -> None:
    kinds = [
        [change.kind for change in each.changes]
        for each in suggest(answers(**REGULATED, wage_amount="50"), rulebook())
    ]
    assert all(ChangeKind.LICENCE_OBTAINED in each or ChangeKind.NO_LICENCE_NEEDED in each for each in kinds)


def test_the_wage_of_somebody_without_an_offer_needs_the_offer_too() -> None:
    given = answers(job_offer="none", wage_amount="40")
    now = assess(given, rulebook())
    mends = smallest_mends(given, now.category, now.by_category[now.category], rulebook())
    assert [change.kind for change in mends[Criterion.WAGE]] == [
        ChangeKind.OFFER_IN_WRITING,
        ChangeKind.HIGHER_WAGE,
    ]
