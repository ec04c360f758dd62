"""How long the permit lasts, the spouse's permit and the fees: boundaries to the day and to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.rules.permit import (
    Fees,
    Limit,
    PermitLength,
    SpouseReason,
    case_fees,
    judge_spouse,
    months_after,
    permit_length,
    whole_months,
)
from occupations.rulebook import Applying, Payer, Situation, Standing
from tests.eligibility.rules.cases import MISSING, ON, answers, rulebook

START = {"offer_start_date": "2027-03-01"}
NOTHING_KNOWN: frozenset[Situation] = frozenset()


def length(**changes: Any) -> PermitLength:
    return permit_length(answers(**changes), rulebook())


def fees(*words: Situation, **changes: Any) -> Fees:
    return case_fees(judge_spouse(answers(**changes), rulebook()), frozenset(words), rulebook())


# --- Length (F-25) -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "limit", "expected"),
    [
        (1, Limit.OFFER, 1),
        (11, Limit.OFFER, 11),
        (12, Limit.OFFER, 12),
        (13, Limit.MAXIMUM, 12),
        (10**11, Limit.MAXIMUM, 12),
        (0, Limit.MAXIMUM, 12),
        (MISSING, Limit.MAXIMUM, 12),
    ],
)
def test_the_permit_lasts_as_long_as_the_offer_and_a_year_at_most_f25(
    months: int, limit: Limit, expected: int
) -> None:
    judged = length(offer_months=months, **START)
    assert (judged.limit, judged.months) == (limit, expected)
    assert judged.ends == months_after(date(2027, 3, 1), expected)


@pytest.mark.parametrize(
    ("expiry", "limit", "months", "ends"),
    [
        ("2028-03-02", Limit.MAXIMUM, 12, date(2028, 3, 1)),
        ("2028-03-01", Limit.MAXIMUM, 12, date(2028, 3, 1)),
        ("2028-02-29", Limit.PASSPORT, 11, date(2028, 2, 29)),
        ("2027-04-01", Limit.PASSPORT, 1, date(2027, 4, 1)),
        ("2027-03-31", Limit.PASSPORT, 0, date(2027, 3, 31)),
        ("2027-03-01", Limit.PASSPORT, 0, date(2027, 3, 1)),
        ("2027-02-28", Limit.EXPIRED, None, None),
    ],
)
def test_one_day_decides_whether_the_passport_shortens_the_permit_f25(
    expiry: str, limit: Limit, months: int | None, ends: date | None
) -> None:
    judged = length(offer_months=24, passport_expiry=expiry, **START)
    assert (judged.limit, judged.months, judged.ends) == (limit, months, ends)


def test_a_short_offer_can_end_before_the_passport_f25() -> None:
    judged = length(offer_months=6, passport_expiry="2027-09-01", **START)
    assert (judged.limit, judged.ends) == (Limit.OFFER, date(2027, 9, 1))
    assert length(offer_months=6, passport_expiry="2027-08-31", **START).limit is Limit.PASSPORT


def test_without_a_start_it_is_counted_from_the_day_of_the_answer() -> None:
    judged = length(offer_months=3)
    assert (judged.begins, judged.start_given, judged.ends) == (ON, False, months_after(ON, 3))


def test_a_new_longest_permit_holds_from_its_own_day_on() -> None:
    book = rulebook()
    (term,) = book.reference.applying.permit_terms
    later = replace(term, as_of=date(2027, 1, 1), months=24)
    applying = replace(book.reference.applying, permit_terms=(term, later))
    for on, months in ((date(2026, 12, 31), 12), (date(2027, 1, 1), 24), (date(2024, 10, 2), 12)):
        changed = replace(book, on=on, reference=replace(book.reference, applying=applying))
        assert permit_length(answers(offer_months=36), changed).months == months


def test_without_a_longest_permit_in_the_tables_only_offer_and_passport_count() -> None:
    book = rulebook()
    bare = replace(book, reference=replace(book.reference, applying=Applying()))
    assert permit_length(answers(offer_months=36), bare).months == 36
    assert permit_length(answers(), bare).limit is Limit.NOT_STATED
    assert permit_length(answers(passport_expiry="2030-01-01"), bare).limit is Limit.PASSPORT


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(9999, 12, 31), 1, date.max),
        (date(2027, 1, 1), 10**12, date.max),
    ],
)
def test_months_are_counted_on_the_calendar(first: date, months: int, last: date) -> None:
    assert months_after(first, months) == last


@given(first=st.dates(), months=st.integers(0, 600))
def test_whole_months_undo_months_after_but_for_short_months(first: date, months: int) -> None:
    last = months_after(first, months)
    if last != date.max:
        assert whole_months(first, last) == months


# --- Spouse or partner (F-27) ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "status", "standing", "reason"),
    [
        ("AU", "citizen", Standing.OPEN, SpouseReason.STATUS_ACCEPTED),
        ("AU", "permanent_resident", Standing.OPEN, SpouseReason.STATUS_ACCEPTED),
        ("JP", "citizen", Standing.OPEN, SpouseReason.STATUS_ACCEPTED),
        ("MX", "citizen", Standing.OPEN, SpouseReason.STATUS_ACCEPTED),
        ("CL", "citizen", Standing.OPEN, SpouseReason.STATUS_ACCEPTED),
        ("JP", "permanent_resident", Standing.CLOSED, SpouseReason.STATUS_NOT_ACCEPTED),
        ("MX", "neither", Standing.CLOSED, SpouseReason.STATUS_NOT_ACCEPTED),
        ("AU", MISSING, Standing.CONDITIONS, SpouseReason.STATUS_NOT_GIVEN),
        ("PE", "citizen", Standing.CLOSED, SpouseReason.NONE_FOR_COUNTRY),
        ("MY", MISSING, Standing.CLOSED, SpouseReason.NONE_FOR_COUNTRY),
        ("BN", "citizen", Standing.CLOSED, SpouseReason.NONE_FOR_COUNTRY),
        ("GB", "citizen", Standing.CLOSED, SpouseReason.COUNTRY_NOT_COVERED),
        ("US", "citizen", Standing.CLOSED, SpouseReason.COUNTRY_NOT_COVERED),
        (MISSING, "citizen", Standing.CONDITIONS, SpouseReason.COUNTRY_NOT_GIVEN),
    ],
)
def test_the_spouses_permit_follows_country_and_status_f27(
    country: str, status: str, standing: Standing, reason: SpouseReason
) -> None:
    judged = judge_spouse(answers(country=country, status=status), rulebook())
    assert (judged.standing, judged.reason) == (standing, reason)


def test_the_passport_of_the_worker_does_not_touch_the_spouse_f27() -> None:
    assert judge_spouse(answers(passport_country="PE"), rulebook()).standing is Standing.OPEN


# --- Fees (F-28 to F-30) -----------------------------------------------------------------------------------


def test_a_worker_alone_pays_permit_and_biometrics_f28_f30() -> None:
    case = fees(has_partner=False)
    assert (case.worker, case.partner, case.total) == (Decimal("240.00"), Decimal(0), Decimal("240.00"))
    assert [line.fee.slug for line in case.lines if line.in_total] == ["work-permit", "biometrics"]


def test_a_partner_adds_permit_holder_fee_and_biometrics_f30() -> None:
    case = fees(has_partner=True)
    assert (case.partner, case.total) == (Decimal("340.00"), Decimal("580.00"))
    assert case.total == sum(line.fee.amount for line in case.lines if line.in_total)


def test_without_an_answer_a_partners_fees_are_named_and_not_added_f30() -> None:
    case = fees()
    assert (case.partner, case.total) == (Decimal("340.00"), Decimal("240.00"))


@pytest.mark.parametrize("country", ["PE", "MY", "BN"])
def test_a_partner_without_an_open_permit_costs_nothing_f27(country: str) -> None:
    case = fees(country=country, has_partner=True)
    assert (case.partner, case.total) == (Decimal(0), Decimal("240.00"))
    assert Payer.PARTNER not in {line.payer for line in case.lines}


def test_a_partner_whose_permit_is_not_known_is_not_added_f27() -> None:
    case = fees(status=MISSING, has_partner=True)
    assert (case.partner, case.total) == (Decimal("340.00"), Decimal("240.00"))


@pytest.mark.parametrize("has_partner", [True, False, MISSING])
def test_the_employers_fee_is_never_charged_to_the_family_f29(has_partner: bool) -> None:
    case = fees(has_partner=has_partner)
    assert case.employer == Decimal("230.00")
    assert not any(line.in_total for line in case.lines if line.payer is Payer.EMPLOYER)
    assert [line.fee.slug for line in case.lines if line.payer is Payer.EMPLOYER] == ["employer-compliance"]


def test_an_eta_alone_is_named_where_it_fits_and_never_added_f30() -> None:
    assert "eta" not in {line.fee.slug for line in fees(Situation.VISA_REQUIRED).lines}
    with_eta = fees(Situation.ETA, has_partner=True)
    assert {line.in_total for line in with_eta.lines if line.fee.slug == "eta"} == {False}
    assert with_eta.total == Decimal("580.00")


def test_a_new_amount_holds_from_its_own_day_on() -> None:
    book = rulebook()
    applying = book.reference.applying
    dearer = replace(applying.fees[0], as_of=date(2026, 12, 1), amount=Decimal("160.25"))
    changed = replace(applying, fees=(*applying.fees, dearer))
    for on, total in ((date(2026, 11, 30), "240.00"), (date(2026, 12, 1), "245.25")):
        later = replace(book, on=on, reference=replace(book.reference, applying=changed))
        spouse = judge_spouse(answers(has_partner=False), later)
        assert case_fees(spouse, NOTHING_KNOWN, later).total == Decimal(total)
