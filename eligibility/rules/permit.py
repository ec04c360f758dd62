"""The permit: how long it lasts (F-25), the spouse's permit (F-27) and what all of it costs (F-28 to F-30).

Advice only: nothing here changes a criterion. Lengths and amounts come from the rulebook.
"""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from eligibility.rules.answers import Answers
from occupations.rulebook import FIRST_PERMIT, Fee, Payer, PermitTerm, Rulebook, Situation, Standing

MONTHS_IN_A_YEAR: Final = 12
ZERO: Final = Decimal(0)


class Limit(StrEnum):
    """What decides how long the permit lasts."""

    OFFER = "offer"
    MAXIMUM = "maximum"
    PASSPORT = "passport"
    EXPIRED = "expired"
    """The passport ends before the permit could begin."""
    NOT_STATED = "not_stated"


class PermitLength(NamedTuple):
    """The first permit at its longest.

    `months` are whole months and None where no length can be named. `begins` is the first day that was assumed, and
    `start_given` says whether the visitor named it. `ends` is the last day of the permit.
    """

    limit: Limit
    months: int | None
    begins: date
    start_given: bool
    ends: date | None
    term: PermitTerm | None


def permit_length(answers: Answers, rulebook: Rulebook) -> PermitLength:
    """The least of the offer's length, the longest first permit and the passport's validity (F-25).

    Without a start date the permit is taken to begin on the rulebook's day.
    """
    term = rulebook.permit_term(FIRST_PERMIT)
    given = answers.offer_start_date is not None
    begins = answers.offer_start_date or rulebook.on
    passport = answers.passport_expiry
    if passport is not None and passport < begins:
        return PermitLength(Limit.EXPIRED, None, begins, given, None, term)
    lengths = [(answers.offer_months, Limit.OFFER), (term and term.months, Limit.MAXIMUM)]
    known = [(months, limit) for months, limit in lengths if months]
    if not known:
        limit = Limit.NOT_STATED if passport is None else Limit.PASSPORT
        return PermitLength(limit, None, begins, given, passport, term)
    months, limit = min(known, key=lambda pair: pair[0])
    ends = months_after(begins, months)
    if passport is not None and passport < ends:
        return PermitLength(Limit.PASSPORT, whole_months(begins, passport), begins, given, passport, term)
    return PermitLength(limit, months, begins, given, ends, term)


def months_after(first: date, months: int) -> date:
    """The day so many months later; the month's last day where it has no such day, at most the last date there is."""
    months_since_year_one = first.year * MONTHS_IN_A_YEAR + first.month - 1 + months
    year, month = divmod(months_since_year_one, MONTHS_IN_A_YEAR)
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last))


def whole_months(first: date, last: date) -> int:
    """How many whole months fit between two days."""
    months = (last.year - first.year) * MONTHS_IN_A_YEAR + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


class SpouseReason(StrEnum):
    """Why the spouse's open permit is open, closed or not known."""

    COUNTRY_NOT_GIVEN = "country_not_given"
    COUNTRY_NOT_COVERED = "country_not_covered"
    NONE_FOR_COUNTRY = "none_for_country"
    STATUS_NOT_GIVEN = "status_not_given"
    STATUS_NOT_ACCEPTED = "status_not_accepted"
    STATUS_ACCEPTED = "status_accepted"


class Spouse(NamedTuple):
    """Whether a spouse or partner may get an open permit; `wanted` is whether there is one, if that was said."""

    standing: Standing
    reason: SpouseReason
    wanted: bool | None


def judge_spouse(answers: Answers, rulebook: Rulebook) -> Spouse:
    """By the worker's country and status; the spouse's own nationality never matters (F-27)."""
    standing, reason = _spouse(answers, rulebook)
    return Spouse(standing, reason, answers.has_partner)


def _spouse(answers: Answers, rulebook: Rulebook) -> tuple[Standing, SpouseReason]:
    if answers.country is None:
        return Standing.CONDITIONS, SpouseReason.COUNTRY_NOT_GIVEN
    rule = rulebook.edition.country(answers.country)
    if rule is None or not rule.covered:
        return Standing.CLOSED, SpouseReason.COUNTRY_NOT_COVERED
    if not rule.spouse_statuses:
        return Standing.CLOSED, SpouseReason.NONE_FOR_COUNTRY
    if answers.status is None:
        return Standing.CONDITIONS, SpouseReason.STATUS_NOT_GIVEN
    if answers.status in rule.spouse_statuses:
        return Standing.OPEN, SpouseReason.STATUS_ACCEPTED
    return Standing.CLOSED, SpouseReason.STATUS_NOT_ACCEPTED


class FeeLine(NamedTuple):
    """One fee for one payer. `in_total` is whether this case's total holds it."""

    fee: Fee
    payer: Payer
    in_total: bool


class Fees(NamedTuple):
    """Fees of a case in Canadian dollars. The employer's fee is never part of what the family pays (F-29)."""

    lines: tuple[FeeLine, ...]
    worker: Decimal
    partner: Decimal
    """What a partner's permit adds, whether or not the total holds it; zero where it is closed or not wanted."""
    total: Decimal
    employer: Decimal


def case_fees(spouse: Spouse, situations: frozenset[Situation], rulebook: Rulebook) -> Fees:
    """The worker's fees, the partner's where there is one and the permit is open to them, the employer's apart."""
    shown = {Payer.WORKER, Payer.EMPLOYER}
    if spouse.wanted is not False and spouse.standing is not Standing.CLOSED:
        shown.add(Payer.PARTNER)
    joins = spouse.wanted is True and spouse.standing is Standing.OPEN
    lines = tuple(
        FeeLine(fee, payer, fee.counted and (payer is Payer.WORKER or (joins and payer is Payer.PARTNER)))
        for payer in Payer
        if payer in shown
        for fee in rulebook.fees()
        if payer in fee.payers and (not fee.any_of or fee.any_of & situations)
    )
    worker, partner, employer = (_sum(lines, payer) for payer in Payer)
    return Fees(lines, worker, partner, worker + partner if joins else worker, employer)


def _sum(lines: tuple[FeeLine, ...], payer: Payer) -> Decimal:
    return sum((line.fee.amount for line in lines if line.payer is payer and line.fee.counted), ZERO)
