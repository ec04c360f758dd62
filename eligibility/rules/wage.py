"""Criterion `wage`: the offer against the prevailing wage (F-15, F-16, C-1, C-5, C-18 to C-20)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from eligibility.rules.answers import Answers
from eligibility.rules.citing import Citations
from eligibility.rules.outcomes import (
    EXACT,
    FAILS,
    NOT_ANSWERED,
    OFFICER_DECIDES,
    PASSES,
    UNKNOWN,
    Because,
    Criterion,
    CriterionResult,
    Evidence,
    Facts,
    HourlyRate,
    Reason,
)
from eligibility.rules.vocabulary import LOOK_UP, JobOffer, WagePeriod
from occupations.rulebook import Rulebook, Wage

WEEKS_IN_A_YEAR: Final = Decimal(52)
"""C-18."""
PERIODS_IN_A_YEAR: Final = {
    WagePeriod.WEEK: Decimal(52),
    WagePeriod.MONTH: Decimal(12),
    WagePeriod.YEAR: Decimal(1),
}
"""C-18."""
HOURS_OF_A_YEARLY_MEDIAN: Final = Decimal(2080)
"""C-20."""
ONE: Final = Decimal(1)
ZERO: Final = Decimal(0)
PAPERS = (Evidence.OFFER_PAY, Evidence.WAGE_COMPARISON)


class PrevailingWage(NamedTuple):
    """The figure to compare with (None: none), the table row behind it, and why there is no figure."""

    rate: HourlyRate | None
    row: Wage | None = None
    missing: Reason | None = None


NEEDS_PLACE = PrevailingWage(None, missing=Reason.PREVAILING_WAGE_NEEDS_PLACE)
NOT_FOUND = PrevailingWage(None, missing=Reason.PREVAILING_WAGE_NOT_FOUND)


def find_prevailing_wage(noc: str | None, region: str | None, rulebook: Rulebook) -> PrevailingWage:
    """C-20: the median of the region, else its province or territory, else Canada."""
    if noc is None or region is None:
        return NEEDS_PLACE
    row = rulebook.wage(noc, region)
    if row is None or row.median is None:
        return NOT_FOUND
    return PrevailingWage(HourlyRate(row.median, HOURS_OF_A_YEARLY_MEDIAN if row.annual else ONE), row)


def prevailing_wage(answers: Answers, rulebook: Rulebook) -> PrevailingWage:
    """The visitor's own figure or finding where there is one, else the table (C-20)."""
    own = answers.prevailing_wage_hourly
    if own is LOOK_UP:
        return find_prevailing_wage(answers.noc, answers.region, rulebook)
    return NOT_FOUND if own is None else PrevailingWage(HourlyRate(own, ONE))


def offered_wage(answers: Answers) -> HourlyRate | Reason:
    """The offer per hour without allowances (C-5, C-18), or why there is no such figure."""
    amount, period, hours = answers.wage_amount, answers.wage_period, answers.hours_per_week
    if amount is None:
        return Reason.WAGE_NOT_GIVEN
    if period is None:
        return Reason.WAGE_PERIOD_NOT_GIVEN
    net = amount if answers.wage_allowances is None else EXACT.subtract(amount, answers.wage_allowances)
    if period is WagePeriod.HOUR:
        return HourlyRate(net, ONE)
    if hours is None or hours <= ZERO:
        return Reason.HOURS_NOT_GIVEN
    return HourlyRate(EXACT.multiply(net, PERIODS_IN_A_YEAR[period]), EXACT.multiply(WEEKS_IN_A_YEAR, hours))


def judge_wage(answers: Answers, rulebook: Rulebook, cited: Citations) -> CriterionResult:
    """C-19: at least the prevailing wage and, where it is known, the employer's own scale."""
    prevailing = prevailing_wage(answers, rulebook)
    offered = offered_wage(answers)
    scale = answers.employer_scale_hourly
    required: Facts = (("prevailing", prevailing.rate), ("row", prevailing.row), ("employer_scale", scale))
    facts = cited.of(Criterion.WAGE)
    if answers.job_offer is JobOffer.NONE:
        return _unknown(Reason.NO_OFFER_NO_WAGE, (), required, facts, NOT_ANSWERED)
    if isinstance(offered, Reason):
        return _unknown(offered, (), required, facts, NOT_ANSWERED)
    given: Facts = (("hourly", offered),)
    short: tuple[Reason, ...] = ()
    if prevailing.rate is not None and not offered.reaches(prevailing.rate):
        short = (Reason.BELOW_PREVAILING_WAGE,)
    if scale is not None and not offered.reaches(HourlyRate(scale, ONE)):
        short += (Reason.BELOW_EMPLOYER_SCALE,)
    if short:
        return CriterionResult(
            Criterion.WAGE, FAILS, short[0], given, required, facts, PAPERS, None, short[1:]
        )
    if prevailing.missing is Reason.PREVAILING_WAGE_NEEDS_PLACE:
        return _unknown(prevailing.missing, given, required, facts, NOT_ANSWERED)
    if prevailing.missing is not None:
        return _unknown(prevailing.missing, given, required, facts, OFFICER_DECIDES)
    return CriterionResult(Criterion.WAGE, PASSES, Reason.WAGE_SUFFICIENT, given, required, facts, PAPERS)


def _unknown(
    reason: Reason, given: Facts, required: Facts, facts: tuple[str, ...], because: Because
) -> CriterionResult:
    return CriterionResult(Criterion.WAGE, UNKNOWN, reason, given, required, facts, PAPERS, because)
