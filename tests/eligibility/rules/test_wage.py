"""`wage` (F-15, F-16): exact comparison per hour, allowances, periods, where the figure comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from eligibility.rules.outcomes import Criterion, CriterionResult, Evidence, HourlyRate, Outcome, Reason, fact
from eligibility.rules.wage import find_prevailing_wage, offered_wage, prevailing_wage
from occupations.rulebook import Rulebook, Source, Wage, WageVintage
from tests.eligibility.rules.cases import MISSING, ON, answers, judged, rulebook, verdict

Changes = dict[str, Any]
ENOUGH = ("pass", "wage_sufficient", None)
SHORT = ("fail", "below_prevailing_wage", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"wage_amount": "50.00"}, ENOUGH),
        ({"wage_amount": "49.99"}, SHORT),
        ({"wage_amount": "49.999999999999999999999999999999"}, SHORT),
        # C-18: 52 weeks, 12 months, 52 times the hours per week
        ({"wage_amount": "2000.00", "wage_period": "week", "hours_per_week": "40"}, ENOUGH),
        ({"wage_amount": "1999.99", "wage_period": "week", "hours_per_week": "40"}, SHORT),
        ({"wage_amount": "8666.67", "wage_period": "month", "hours_per_week": "40"}, ENOUGH),
        ({"wage_amount": "8666.66", "wage_period": "month", "hours_per_week": "40"}, SHORT),
        ({"wage_amount": "97500", "wage_period": "year", "hours_per_week": "37.5"}, ENOUGH),
        ({"wage_amount": "97499.99", "wage_period": "year", "hours_per_week": "37.5"}, SHORT),
        # allowances are in the period of the amount
        ({"wage_amount": "52.00", "wage_allowances": "2.00"}, ENOUGH),
        ({"wage_amount": "52.00", "wage_allowances": "2.01"}, SHORT),
        ({"wage_amount": "1.00", "wage_allowances": "2.01"}, SHORT),
        (
            {"wage_amount": "2100", "wage_allowances": "100", "wage_period": "week", "hours_per_week": "40"},
            ENOUGH,
        ),
        # hours are ignored for a wage per hour
        ({"wage_amount": "50.00", "hours_per_week": "0"}, ENOUGH),
        ({"wage_amount": "0", "prevailing_wage_hourly": "0"}, ENOUGH),
    ],
)
def test_c01_c18_an_offer_is_compared_exactly(
    changes: Changes, expected: tuple[str, str, str | None]
) -> None:
    result = judged("wage", answers(**changes))
    assert verdict(result) == expected
    assert result.also == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"job_offer": "none"}, ("unknown", "no_offer_no_wage", "not_answered")),
        ({"job_offer": "none", "wage_amount": "1"}, ("unknown", "no_offer_no_wage", "not_answered")),
        ({"job_offer": MISSING}, ENOUGH),
        ({"wage_amount": MISSING}, ("unknown", "wage_not_given", "not_answered")),
        ({"wage_period": MISSING}, ("unknown", "wage_period_not_given", "not_answered")),
        ({"wage_period": "week"}, ("unknown", "hours_not_given", "not_answered")),
        ({"wage_period": "month", "hours_per_week": "0"}, ("unknown", "hours_not_given", "not_answered")),
        ({"wage_period": "year", "hours_per_week": "0.00"}, ("unknown", "hours_not_given", "not_answered")),
        ({"prevailing_wage_hourly": None}, ("unknown", "prevailing_wage_not_found", "officer_decides")),
        (
            {"prevailing_wage_hourly": MISSING, "region": MISSING},
            ("unknown", "prevailing_wage_needs_place", "not_answered"),
        ),
        (
            {"prevailing_wage_hourly": MISSING, "noc": MISSING},
            ("unknown", "prevailing_wage_needs_place", "not_answered"),
        ),
    ],
)
def test_c05_c20_without_a_figure_to_compare_nothing_is_decided(
    changes: Changes, expected: tuple[str, str, str | None]
) -> None:
    result = judged("wage", answers(**changes))
    assert verdict(result) == expected
    assert result.evidence == (Evidence.OFFER_PAY, Evidence.WAGE_COMPARISON)
    assert (result.criterion, result.fact_ids) == (Criterion.WAGE, ("F-15", "F-16"))
    assert [name for name, _ in result.required] == ["prevailing", "row", "employer_scale"]
    compared = result.reason.startswith("prevailing") or result.outcome is Outcome.PASSES
    assert [name for name, _ in result.given] == (["hourly"] if compared else [])


@pytest.mark.parametrize(
    ("changes", "expected", "also"),
    [
        ({"employer_scale_hourly": "52.00"}, ENOUGH, ()),
        ({"employer_scale_hourly": "52.01"}, ("fail", "below_employer_scale", None), ()),
        (
            {"employer_scale_hourly": "52.01", "prevailing_wage_hourly": None},
            ("fail", "below_employer_scale", None),
            (),
        ),
        (
            {"employer_scale_hourly": "52.00", "prevailing_wage_hourly": None},
            ("unknown", "prevailing_wage_not_found", "officer_decides"),
            (),
        ),
        ({"employer_scale_hourly": "60", "wage_amount": "49"}, SHORT, (Reason.BELOW_EMPLOYER_SCALE,)),
        (
            {"employer_scale_hourly": "60", "wage_amount": MISSING},
            ("unknown", "wage_not_given", "not_answered"),
            (),
        ),
    ],
)
def test_c19_an_offer_must_also_reach_the_employers_own_scale(
    changes: Changes, expected: tuple[str, str, str | None], also: tuple[Reason, ...]
) -> None:
    result = judged("wage", answers(**changes))
    assert (verdict(result), result.also) == (expected, also)


def test_a_result_carries_the_figures() -> None:
    result = judged("wage", answers(employer_scale_hourly="51"))
    assert result == CriterionResult(
        Criterion.WAGE,
        Outcome.PASSES,
        Reason.WAGE_SUFFICIENT,
        (("hourly", HourlyRate(Decimal("52.00"), Decimal(1))),),
        (
            ("prevailing", HourlyRate(Decimal("50.00"), Decimal(1))),
            ("row", None),
            ("employer_scale", Decimal(51)),
        ),
        ("F-15", "F-16"),
        (Evidence.OFFER_PAY, Evidence.WAGE_COMPARISON),
    )
    assert fact(result.required, "no such fact") is None
    short = judged("wage", answers(wage_amount="49"))
    assert short.given == (("hourly", HourlyRate(Decimal(49), Decimal(1))),)
    assert short.required == (
        ("prevailing", HourlyRate(Decimal("50.00"), Decimal(1))),
        ("row", None),
        ("employer_scale", None),
    )
    assert (short.criterion, short.fact_ids) == (Criterion.WAGE, ("F-15", "F-16"))
    assert short.evidence == (Evidence.OFFER_PAY, Evidence.WAGE_COMPARISON)


def test_a_wage_that_never_ends_in_decimals_is_kept_as_a_quotient() -> None:
    offered = offered_wage(answers(wage_amount="100", wage_period="month", hours_per_week="40"))
    assert isinstance(offered, HourlyRate)
    assert offered.as_fraction() == Fraction(100 * 12, 52 * 40)


# --- C-20: the table of medians ----------------------------------------------------------------------------

SOURCE = Source("S", "Wages", "Job Bank", "https://example.org/", None, None)
OLD = WageVintage("2024", date(2024, 12, 11), SOURCE)
NEW = WageVintage("2025", date(2025, 11, 19), SOURCE)


def median(region: str, amount: str, vintage: WageVintage = NEW, annual: bool = False) -> Wage:
    return Wage("21231", region, vintage, None, Decimal(amount), None, annual, "", "")


def with_wages(*rows: Wage, on: date = ON) -> Rulebook:
    table: dict[tuple[str, str], tuple[Wage, ...]] = {}
    for row in rows:
        table[row.noc, row.region] = (*table.get((row.noc, row.region), ()), row)
    book = rulebook()
    return replace(book, reference=replace(book.reference, wages=table), on=on)


def look_up(book: Rulebook, region: str = "ER3530", **changes: Any) -> CriterionResult:
    return judged("wage", answers(prevailing_wage_hourly=MISSING, region=region, **changes), book=book)


def test_c20_the_region_goes_before_the_province_and_the_province_before_canada() -> None:
    region, province, canada = median("ER3530", "51"), median("ER35", "52.01"), median("ER00", "10")
    assert verdict(look_up(with_wages(region, province, canada))) == ENOUGH
    assert verdict(look_up(with_wages(province, canada))) == SHORT
    assert verdict(look_up(with_wages(canada))) == ENOUGH
    assert fact(look_up(with_wages(canada)).required, "row") == canada
    assert verdict(look_up(with_wages())) == ("unknown", "prevailing_wage_not_found", "officer_decides")


def test_c20_a_province_or_canada_starts_at_its_own_step() -> None:
    book = with_wages(median("ER3530", "99"), median("ER35", "52"), median("ER00", "53"))
    assert verdict(look_up(book, "ER35")) == ENOUGH
    assert verdict(look_up(book, "ER00")) == SHORT


def test_c20_the_newest_publication_of_the_day_counts() -> None:
    rows = (median("ER3530", "60", NEW), median("ER3530", "50", OLD))
    assert verdict(look_up(with_wages(*rows))) == SHORT
    assert verdict(look_up(with_wages(*rows, on=date(2025, 11, 18)))) == ENOUGH
    assert verdict(look_up(with_wages(*rows, on=date(2025, 11, 19)))) == SHORT


def test_c20_a_yearly_median_is_divided_by_2080_hours() -> None:
    book = with_wages(median("ER3530", "104000", annual=True))
    assert verdict(look_up(book, wage_amount="50.00")) == ENOUGH
    assert verdict(look_up(book, wage_amount="49.99")) == SHORT
    uneven = with_wages(median("ER3530", "97000", annual=True))
    assert verdict(look_up(uneven, wage_amount="46.63")) == SHORT
    assert verdict(look_up(uneven, wage_amount="46.64")) == ENOUGH
    assert verdict(look_up(uneven, wage_amount="97000", wage_period="year", hours_per_week="40")) == ENOUGH


def test_c20_a_row_without_a_median_is_no_finding() -> None:
    row = replace(median("ER3530", "1"), median=None)
    assert prevailing_wage(answers(prevailing_wage_hourly=MISSING), with_wages(row)).rate is None


def test_c20_the_visitors_own_figure_and_finding_win_over_the_table() -> None:
    book = with_wages(median("ER3530", "99"))
    assert verdict(judged("wage", answers(prevailing_wage_hourly="50"), book=book)) == ENOUGH
    assert judged("wage", answers(prevailing_wage_hourly=None), book=book).outcome is Outcome.UNKNOWN


def test_shipped_medians_are_found_for_a_region_or_else_for_its_province() -> None:
    ottawa = find_prevailing_wage("21231", "ER3510", rulebook())
    assert (ottawa.rate, ottawa.missing) == (HourlyRate(Decimal("54.33"), Decimal(1)), None)
    toronto = find_prevailing_wage("21231", "ER3530", rulebook())
    assert toronto.row is not None
    assert (toronto.row.region, toronto.row.vintage.edition) == ("ER35", "2025")
    assert toronto.rate == HourlyRate(Decimal("56.73"), Decimal(1))
