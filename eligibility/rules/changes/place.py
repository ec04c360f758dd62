"""Mends of `wage` and `licensing`, which both depend on where the job is (C-5, C-11, C-18 to C-21)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.changes.person import NOTHING, UNCHANGED, Mends
from eligibility.rules.changes.values import Change, ChangeKind, Changes, Value, applied
from eligibility.rules.licensing import HELD, LicenceNeed, find_licence_need, licence_need
from eligibility.rules.outcomes import EXACT, Criterion, HourlyRate, Reason
from eligibility.rules.reading import MAX_WHOLE_DIGITS
from eligibility.rules.vocabulary import LOOK_UP, LicenceHeld, WagePeriod
from eligibility.rules.wage import (
    ONE,
    PERIODS_IN_A_YEAR,
    WEEKS_IN_A_YEAR,
    ZERO,
    find_prevailing_wage,
    offered_wage,
    prevailing_wage,
)
from occupations.rulebook import RegionLevel, Rulebook

CENTS_IN_A_DOLLAR: Final = 100
CENT: Final = Decimal("0.01")
PAY: Final = (Criterion.WAGE,)
PAY_AND_LICENCE: Final = (Criterion.WAGE, Criterion.LICENSING)
Rates = tuple[HourlyRate, ...]
NOT_NEEDED = Change(ChangeKind.NO_LICENCE_NEEDED, (Criterion.LICENSING,), (("licence_needed", False),))
LICENCE = Change(
    ChangeKind.LICENCE_OBTAINED, (Criterion.LICENSING,), (("licence_held", LicenceHeld.CANADIAN),)
)
ALLOWANCES = Change(ChangeKind.ALLOWANCES_AS_WAGE, PAY, (("wage_allowances", ZERO),))


def mend_licence(answers: Answers, rulebook: Rulebook) -> Mends:
    """C-11: a licence held, or where the need is not known, word that none is needed."""
    need = licence_need(answers, rulebook)
    if _licensed(answers, need):
        return UNCHANGED
    return ((NOT_NEEDED,), (LICENCE,)) if need.needed is None else ((LICENCE,),)


def mend_wage(answers: Answers, rulebook: Rulebook) -> Mends:
    """The wage alone, whatever another region would do to the licence."""
    stay = _better_pay(answers, rulebook)
    if stay == UNCHANGED or not _compared_with_table(answers):
        return stay
    regions = tuple(_regions_that_pay(answers, rulebook))
    if regions:
        return (*stay, (_in_regions(answers, regions, PAY),))
    return stay or tuple(
        (canada, *wage)
        for canada in _anywhere(answers, rulebook)
        for wage in _better_pay(applied(answers, (canada,)), rulebook)
    )


def mend_place(answers: Answers, rulebook: Rulebook) -> Mends:
    """Both criteria together: in the region as it stands, in another, or in one that is still to be named."""
    stay = _in_place(answers, rulebook)
    if not _compared_with_table(answers) or _better_pay(answers, rulebook) == UNCHANGED:
        return stay
    moves = (*stay, *_moves(answers, rulebook))
    return moves or tuple(
        (canada, *mend)
        for canada in _anywhere(answers, rulebook)
        for mend in _in_place(applied(answers, (canada,)), rulebook)
    )


def _in_place(answers: Answers, rulebook: Rulebook) -> Mends:
    licences = mend_licence(answers, rulebook)
    return tuple((*wage, *licence) for wage in _better_pay(answers, rulebook) for licence in licences)


# --- The wage ---------------------------------------------------------------------------------------------


def _better_pay(answers: Answers, rulebook: Rulebook) -> Mends:
    """C-19, in the region as it stands: allowances paid as wage where that is enough, and a higher wage.

    Nothing where there is no figure to reach.
    """
    rate = prevailing_wage(answers, rulebook).rate
    if rate is None:
        return NOTHING
    targets = (rate, *_scale(answers))
    if _reaches(answers, targets):
        return UNCHANGED
    mends: Mends = NOTHING
    if answers.wage_allowances and _reaches(applied(answers, (ALLOWANCES,)), targets):
        mends += ((ALLOWANCES,),)
    return mends + _higher_wage(answers, max(target.as_fraction() for target in targets))


def _scale(answers: Answers) -> Rates:
    scale = answers.employer_scale_hourly
    return () if scale is None else (HourlyRate(scale, ONE),)


def _reaches(answers: Answers, targets: Rates) -> bool:
    offered = offered_wage(answers)
    return not isinstance(offered, Reason) and all(offered.reaches(target) for target in targets)


def _higher_wage(answers: Answers, target: Fraction) -> Mends:
    """The least amount that reaches the target, in whole cents of the visitor's own period, allowances kept.

    Where the period or the hours are missing, or the amount would be longer than an answer may be: the least
    amount per hour, with no allowances in it.
    """
    period, hours, allowances = answers.wage_period, answers.hours_per_week, answers.wage_allowances or ZERO
    least: Fraction | None = None
    if period is WagePeriod.HOUR:
        least = target + Fraction(allowances)
    elif period is not None and hours:
        in_a_year = Fraction(WEEKS_IN_A_YEAR) * Fraction(hours)
        least = target * in_a_year / Fraction(PERIODS_IN_A_YEAR[period]) + Fraction(allowances)
    if least is not None and (amount := _whole_cents(least)) is not None:
        return ((Change(ChangeKind.HIGHER_WAGE, PAY, (("wage_amount", amount),)),),)
    per_hour = _whole_cents(target)
    if per_hour is None:
        return NOTHING
    values: tuple[tuple[str, Value], ...] = (("wage_amount", per_hour), ("wage_period", WagePeriod.HOUR))
    values += (("wage_allowances", ZERO),) if allowances else ()
    return ((Change(ChangeKind.HIGHER_WAGE, PAY, values),),)


def _whole_cents(amount: Fraction) -> Decimal | None:
    """The amount rounded up to a cent; None where that is longer than an answer may be."""
    cents = ceil(amount * CENTS_IN_A_DOLLAR)
    if cents >= CENTS_IN_A_DOLLAR * 10**MAX_WHOLE_DIGITS:
        return None
    return EXACT.multiply(Decimal(cents), CENT)


def any_pay(answers: Answers) -> Change:
    """Pay that is enough for the employer's scale, to see what stands in the way beside the amount."""
    amount = answers.employer_scale_hourly or ZERO
    values = (("wage_amount", amount), ("wage_period", WagePeriod.HOUR), ("wage_allowances", ZERO))
    return Change(ChangeKind.HIGHER_WAGE, PAY, values)


# --- The region -------------------------------------------------------------------------------------------


def _moves(answers: Answers, rulebook: Rulebook) -> Iterator[Changes]:
    """Regions where the offer as it is meets the median: without a licence to get, else with one."""
    regions = {code: _need_in(code, answers, rulebook) for code in _regions_that_pay(answers, rulebook)}
    free = tuple(code for code, need in regions.items() if _licensed(answers, need))
    if free:
        licensed = _licensed(answers, licence_need(answers, rulebook))
        yield (_in_regions(answers, free, PAY if licensed else PAY_AND_LICENCE),)
        return
    unclear = tuple(code for code, need in regions.items() if need.needed is None)
    if unclear:
        yield (_in_regions(answers, unclear, PAY), NOT_NEEDED)
    if regions:
        yield (_in_regions(answers, tuple(regions), PAY), LICENCE)


def _compared_with_table(answers: Answers) -> bool:
    return answers.prevailing_wage_hourly is LOOK_UP and answers.noc is not None


def _regions_that_pay(answers: Answers, rulebook: Rulebook) -> Iterator[str]:
    """Other regions whose median the offer reaches; none while it comes to no figure.

    Only the narrowest regions are named: economic regions, and provinces and territories that have none.
    """
    offered, scale, regions = offered_wage(answers), _scale(answers), rulebook.reference.regions
    if isinstance(offered, Reason) or not all(offered.reaches(target) for target in scale):
        return
    wider = {code for region in regions.values() for code in region.wider}
    for code in regions:
        if code not in wider and code != answers.region:
            median = find_prevailing_wage(answers.noc, code, rulebook).rate
            if median is not None and offered.reaches(median):
                yield code


def _in_regions(answers: Answers, regions: tuple[str, ...], criteria: tuple[Criterion, ...]) -> Change:
    kind = ChangeKind.REGION_NAMED if answers.region is None else ChangeKind.OTHER_REGION
    return Change(kind, criteria, (("region", regions[0]),), choices=regions)


def _anywhere(answers: Answers, rulebook: Rulebook) -> Iterator[Change]:
    """The country as a whole, while the place of work is not known and no region can be named for the offer."""
    for code, region in rulebook.reference.regions.items():
        if answers.region is None and region.level is RegionLevel.NATIONAL:
            yield Change(ChangeKind.ANYWHERE, PAY, (("region", code),))


# --- The licence ------------------------------------------------------------------------------------------


def _licensed(answers: Answers, need: LicenceNeed) -> bool:
    return need.needed is False or answers.licence_held in HELD


def _need_in(region: str, answers: Answers, rulebook: Rulebook) -> LicenceNeed:
    """The need in a region as `licence_need` would find it there."""
    own = answers.licence_needed
    return find_licence_need(answers.noc, region, rulebook) if own is LOOK_UP else LicenceNeed(own)
