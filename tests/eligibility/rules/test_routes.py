"""Ways to apply for each kind of visitor (F-21 to F-24, C-26), on the shipped tables and without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eligibility.rules.assessment import assess
from eligibility.rules.routes import NO_RULE, Application, Route, judge_application, passport_of
from occupations.rulebook import Applying, Rulebook, Situation, Standing
from tests.eligibility.rules.cases import MISSING, QUALIFIED, TECHNICIAN, answers, rulebook

OUTSIDE, BORDER, INSIDE = "outside-canada", "port-of-entry", "inside-canada"
IN_CANADA = ("in_canada_visitor", "in_canada_work_permit", "in_canada_study_permit", "in_canada_other")
EXEMPT = ("AU", "JP", "CL", "BN")
"""Passports that need no visitor visa (F-22)."""
NEEDS_VISA = ("MX", "PE", "MY")


def applied(base: dict[str, Any] = QUALIFIED, book: Rulebook | None = None, /, **changes: Any) -> Application:
    given, book = answers(base, **changes), book or rulebook()
    return judge_application(given, assess(given, book), book)


def route(
    slug: str, book: Rulebook | None = None, base: dict[str, Any] = QUALIFIED, /, **changes: Any
) -> Route:
    return next(route for route in applied(base, book, **changes).routes if route.route.slug == slug)


def standing(slug: str, book: Rulebook | None = None, /, **changes: Any) -> tuple[str, str]:
    judged = route(slug, book, **changes)
    return judged.standing.value, judged.reason


# --- From outside Canada (F-21) ----------------------------------------------------------------------------


@pytest.mark.parametrize("country", [*EXEMPT, *NEEDS_VISA])
def test_whoever_is_abroad_may_apply_online_f21(country: str) -> None:
    assert standing(OUTSIDE, country=country, current_location="outside_canada") == ("open", "abroad")


@pytest.mark.parametrize("place", IN_CANADA)
def test_whoever_is_in_canada_would_leave_first_f21(place: str) -> None:
    assert standing(OUTSIDE, current_location=place) == ("conditions", "leave-first")


def test_without_a_place_the_way_from_abroad_is_told_in_general_f21() -> None:
    assert standing(OUTSIDE) == ("conditions", "place-not-said")


def test_the_employer_files_the_offer_before_anything_else_f02() -> None:
    for each in applied(country="AU", current_location="outside_canada").routes:
        if each.standing is not Standing.CLOSED:
            assert each.steps[0].slug == "employer-files-first"
            assert "F-02" in each.steps[0].fact_ids


@pytest.mark.parametrize(("passport", "step"), [("AU", "eta-with-permit"), ("MX", "visa-with-permit")])
def test_the_paper_to_travel_with_comes_with_the_permit_f21(passport: str, step: str) -> None:
    judged = route(OUTSIDE, passport_country=passport, current_location="outside_canada")
    assert {"eta-with-permit", "visa-with-permit"} & {line.slug for line in judged.steps} == {step}


# --- At a port of entry (F-22, F-24) -----------------------------------------------------------------------


@pytest.mark.parametrize("passport", EXEMPT)
def test_a_visa_exempt_passport_opens_the_border_f22(passport: str) -> None:
    assert standing(BORDER, country=passport, current_location="outside_canada") == ("open", "visa-exempt")


@pytest.mark.parametrize("passport", NEEDS_VISA)
def test_a_passport_that_needs_a_visa_closes_the_border_f22(passport: str) -> None:
    expected = ("closed", "visa-required")
    assert standing(BORDER, country=passport, current_location="outside_canada") == expected
    assert standing(BORDER, country=passport) == expected


@pytest.mark.parametrize("place", IN_CANADA)
@pytest.mark.parametrize("passport", ["AU", "MX"])
def test_nobody_in_canada_may_go_round_by_the_border_f24(place: str, passport: str) -> None:
    judged = route(BORDER, country=passport, current_location=place)
    assert (judged.standing, judged.reason) == (Standing.CLOSED, "no-flagpoling")
    assert judged.rule is not None
    assert judged.rule.since == date(2024, 12, 23)


def test_going_round_by_the_border_was_open_until_the_day_before_f24() -> None:
    before = route(
        BORDER, rulebook(on=date(2024, 12, 22)), country="AU", current_location="in_canada_visitor"
    )
    after = route(BORDER, rulebook(on=date(2024, 12, 23)), country="AU", current_location="in_canada_visitor")
    assert (before.standing, after.standing) == (Standing.OPEN, Standing.CLOSED)


def test_without_a_place_an_exempt_passport_is_told_both_sides_f22_f24() -> None:
    assert standing(BORDER, country="JP") == ("conditions", "place-not-said")


def test_only_those_who_fly_on_an_eta_are_told_to_get_one_f30() -> None:
    steps = route(BORDER, country="AU", current_location="outside_canada").steps
    assert "eta-before-flying" in {line.slug for line in steps}


# --- The passport held decides, not the country relied on (C-26) -------------------------------------------


def test_an_australian_permanent_resident_follows_the_passport_held_f22() -> None:
    resident = {"country": "AU", "status": "permanent_resident", "current_location": "outside_canada"}
    assert standing(BORDER, **resident, passport_country="JP") == ("open", "visa-exempt")
    assert standing(BORDER, **resident, passport_country="MX") == ("closed", "visa-required")


def test_a_permanent_resident_who_names_no_passport_is_told_the_condition_c26() -> None:
    resident = {"country": "AU", "status": "permanent_resident", "current_location": "outside_canada"}
    assert standing(BORDER, **resident) == ("conditions", "passport-not-known")
    assert standing(OUTSIDE, **resident) == ("open", "abroad")


def test_a_passport_that_the_edition_does_not_know_is_told_the_condition_c26() -> None:
    assert standing(BORDER, passport_country="US", current_location="outside_canada") == (
        "conditions",
        "passport-not-known",
    )


def test_a_citizen_with_another_passport_follows_that_one_c26() -> None:
    given = {"country": "AU", "status": "citizen", "current_location": "outside_canada"}
    assert standing(BORDER, **given, passport_country="MX") == ("closed", "visa-required")


@pytest.mark.parametrize(
    ("status", "passport"),
    [("citizen", "MX"), (MISSING, "MX"), ("permanent_resident", None), ("neither", None)],
)
def test_the_passport_is_the_countrys_only_for_its_citizens_c26(status: str, passport: str | None) -> None:
    assert passport_of(answers(status=status)) == passport


# --- From inside Canada (F-23) -----------------------------------------------------------------------------


def test_a_visitor_cannot_apply_from_inside_f23() -> None:
    judged = route(INSIDE, country="AU", current_location="in_canada_visitor")
    assert (judged.standing, judged.reason) == (Standing.CLOSED, "visitor")
    assert judged.rule is not None
    assert judged.rule.since == date(2024, 8, 28)


@pytest.mark.parametrize("place", ["in_canada_work_permit", "in_canada_study_permit"])
def test_a_permit_holder_may_apply_from_inside_f23(place: str) -> None:
    assert route(INSIDE, current_location=place).standing is Standing.OPEN


def test_another_status_in_canada_opens_the_way_with_conditions_f23() -> None:
    assert standing(INSIDE, current_location="in_canada_other") == ("conditions", "other-status")


def test_the_way_from_inside_is_closed_to_whoever_is_abroad_f23() -> None:
    assert standing(INSIDE, current_location="outside_canada") == ("closed", "not-in-canada")


def test_without_a_place_the_way_from_inside_has_conditions_f23() -> None:
    assert standing(INSIDE) == ("conditions", "place-not-said")


# --- Together ----------------------------------------------------------------------------------------------


def test_open_ways_come_first_and_a_closed_one_has_no_steps() -> None:
    routes = applied(country="AU", current_location="in_canada_work_permit").routes
    assert [each.standing.value for each in routes] == ["open", "conditions", "closed"]
    assert routes[-1].steps == routes[-1].risks == routes[-1].times == ()


def test_priority_processing_is_told_to_professionals_only_f31() -> None:
    professional = {line.slug for line in route(OUTSIDE).times}
    technician = {line.slug for line in route(OUTSIDE, None, TECHNICIAN).times}
    unnamed = {line.slug for line in route(OUTSIDE, noc=MISSING).times}
    assert "priority-professionals" in professional - technician
    assert "no-priority-technicians" in technician - professional
    assert {"priority-professionals", "no-priority-technicians"} <= unnamed


def test_a_case_that_no_rule_knows_is_told_so_rather_than_guessed() -> None:
    book = rulebook()
    applying = book.reference.applying
    routes = tuple(replace(each, rules=()) for each in applying.routes)
    bare = replace(book, reference=replace(book.reference, applying=Applying(routes=routes)))
    assert standing(OUTSIDE, bare) == ("conditions", NO_RULE)


def test_without_any_table_nothing_is_said() -> None:
    book = rulebook()
    bare = replace(book, reference=replace(book.reference, applying=Applying()))
    application = applied(QUALIFIED, bare)
    assert application.routes == ()
    assert application.fees.total == 0


# --- The words for a case ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "changes"),
    [
        (Situation.ALLOWANCES, {"wage_allowances": "0.01"}),
        (Situation.PLACE_OPEN, {"region": MISSING}),
        (Situation.PLACE_OPEN, {"region": "ER00"}),
        (Situation.LICENCE_OPEN, {"licence_needed": None}),
        (Situation.CONTROL_OPEN, {"controls_employer": True}),
        (Situation.OCCUPATION_OPEN, {"noc": "41300"}),
        (Situation.STATUS_NOT_ACCEPTED, {"status": "permanent_resident"}),
        (Situation.OFFER_MISSING, {"job_offer": "verbal"}),
        (Situation.PASSPORT_EXPIRED, {"passport_expiry": "2020-01-01"}),
        (Situation.PASSPORT_LIMITS, {"passport_expiry": "2027-01-01"}),
        (Situation.SHORTER_DEGREE, {"country": "AU"}),
        (Situation.IN_CANADA, {"current_location": "in_canada_other"}),
        (Situation.PARTNER, {"has_partner": True}),
    ],
)
def test_a_word_holds_only_for_the_cases_it_names(word: Situation, changes: dict[str, Any]) -> None:
    assert word in applied(**changes).situations
    assert word not in applied().situations


def test_nothing_is_said_of_a_spouse_to_somebody_without_one_f27() -> None:
    spouse = {word for word in Situation if word.value.startswith("spouse")}
    assert spouse & applied(has_partner=True).situations
    assert not spouse & applied(has_partner=False).situations
