"""The thirteen guards that a formtools wizard needs (design, section 7); each fails without its guard."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from eligibility import journeys
from tests.eligibility.walker import Walker, filled, marks, read_form

pytestmark = pytest.mark.django_db

MEXICAN: dict[str, Any] = {
    "country": "MX",
    "status": "citizen",
    "noc": "21231",
    "education_level": "bachelor",
    "education_years": "4",
    "degree_field_related": True,
    "experience_years": "5",
    "experience_part_time": False,
    "region": "ER3530",
    "licence_needed": False,
    "language_evidence": ["schooling", "work"],
    "works_in_english_or_french": True,
    "job_offer": "written",
    "wage_amount": "60.00",
    "wage_period": "hour",
    "hours_per_week": "40",
    "controls_employer": False,
}


def at(step: str, answers: dict[str, Any] = MEXICAN) -> Walker:
    walker = Walker()
    walker.walk(answers, until=step)
    return walker


def stored_steps(walker: Walker) -> dict[str, Any]:
    text = walker.client.cookies[journeys.cookie_name(walker.journey)].value
    payload = signing.loads(text, salt=f"eligibility.journeys:{walker.journey}")
    return {slug: values for slug, (values, _basis) in payload["s"].items()}


# --- Guard 1: a later step with nothing answered ----------------------------------------------------------


def test_a_later_question_opened_first_leads_to_the_first_open_one_and_says_why() -> None:
    walker = Walker()
    response = walker.client.get(walker.address.replace("/country/", "/offer/"), follow=True)
    assert response.redirect_chain[-1][0].split("?")[0].endswith("/country/")
    assert "Please answer this question first" in response.content.decode()


def test_the_result_opened_too_early_leads_to_the_first_open_question() -> None:
    walker = at("education")
    response = walker.result()
    assert response.status_code == 302
    assert "/education/" in response["Location"]


# --- Guard 2: unknown and hidden steps --------------------------------------------------------------------


def test_an_unknown_step_is_not_found_on_get_and_on_post() -> None:
    walker = Walker()
    address = walker.address.replace("/country/", "/nonsense/")
    assert walker.client.get(address).status_code == 404
    body = {f"{walker.journey}-current_step": "nonsense"}
    assert walker.client.post(address, body).status_code == 404


def test_a_hidden_step_leads_back_instead_of_failing() -> None:
    walker = at("education")
    address = walker.address.replace("/education/", "/conditions/")
    assert walker.client.get(address).status_code == 302
    body = {f"{walker.journey}-current_step": "conditions", "conditions-notary": "true"}
    assert walker.client.post(address, body).status_code == 302
    assert "conditions" not in stored_steps(walker)


# --- Guard 3: the step in the address counts --------------------------------------------------------------


@pytest.mark.parametrize("claimed", ["status", "offer", "", "nonsense"])
def test_a_post_whose_hidden_step_is_not_the_address_is_refused(claimed: str) -> None:
    walker = at("status")
    address = walker.address.replace("/status/", "/country/")
    body = {f"{walker.journey}-current_step": claimed, "country-country": "AU", "status-status": "neither"}
    response = walker.client.post(address, body)
    assert response.status_code == 400
    assert stored_steps(walker)["country"]["country"] == "MX"


# --- Guard 4: two tabs ------------------------------------------------------------------------------------


def test_two_tabs_are_two_journeys() -> None:
    client = Client()
    first, second = Walker(client), Walker(client)
    first.walk(MEXICAN, until="occupation")
    second.walk({**MEXICAN, "country": "AU"}, until="occupation")
    assert first.journey != second.journey
    assert stored_steps(first)["country"]["country"] == "MX"
    assert stored_steps(second)["country"]["country"] == "AU"


def test_only_the_four_newest_journeys_are_kept() -> None:
    client = Client()
    walkers = []
    for _tab in range(6):
        walker = Walker(client)
        walker.walk(MEXICAN, until="status")
        walkers.append(walker)
    kept = [name for name, morsel in client.cookies.items() if "journey-" in name and morsel.value]
    assert len(kept) == journeys.NEWEST_KEPT
    assert journeys.cookie_name(walkers[-1].journey) in kept


# --- Guard 5: refresh of the result -----------------------------------------------------------------------


def test_the_result_can_be_refreshed_and_the_answers_stay() -> None:
    walker = at("answers")
    first, second = walker.result(), walker.result()
    assert first.status_code == second.status_code == 200
    assert "situation" in stored_steps(walker)


# --- Guard 6: nothing typed is dropped --------------------------------------------------------------------


def test_a_goto_field_does_not_drop_what_was_typed() -> None:
    walker = at("experience")
    body = filled(read_form(walker.page()), "experience", MEXICAN)
    walker.send({**body, "wizard_goto_step": "country"})
    assert stored_steps(walker)["experience"]["experience_years"] == "5"


def test_back_is_a_link_and_keeps_the_answers() -> None:
    walker = at("experience")
    page = walker.page().content.decode()
    assert re.search(r'<a[^>]+href="[^"]*/education/"', page)


# --- Guard 7: steps follow the replayed answers -----------------------------------------------------------


def test_a_changed_answer_brings_the_questions_that_now_matter() -> None:
    walker = at("answers")
    walker.address = walker.address.replace("/answers/", "/country/?return=answers")
    walker.answer({**MEXICAN, "country": "JP"})
    assert walker.step == "status"
    walker.walk({**MEXICAN, "country": "JP", "conditions": {"research-job": False}})
    assert "conditions" in walker.visited[-3:]
    steps = stored_steps(walker)
    assert steps["education"]["education_years"] == "4"
    assert steps["conditions"] == {"research-job": False}


def test_an_answer_given_for_another_occupation_is_named_and_asked_again() -> None:
    walker = at("answers")
    walker.address = walker.address.replace("/answers/", "/occupation/?return=answers")
    walker.answer({**MEXICAN, "noc": "21232"})
    assert walker.step == "education"
    page = walker.page().content.decode()
    assert "You changed an earlier answer" in page
    assert "Is your degree in the field of the job" in page
    assert stored_steps(walker)["education"]["education_years"] == "4"


# --- Guard 8: declared fields only ------------------------------------------------------------------------


def test_only_declared_fields_are_stored() -> None:
    walker = at("status")
    body = filled(read_form(walker.page()), "status", MEXICAN)
    walker.send({**body, "status-nickname": "x", "junk": "y" * 500, "country-country": "AU"})
    assert stored_steps(walker)["status"] == {"status": "citizen"}
    assert stored_steps(walker)["country"] == {"country": "MX", "other_country": None}


# --- Guard 9: reading writes nothing ----------------------------------------------------------------------


def test_a_get_sets_no_journey_cookie(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    walker = at("education")
    for address in (walker.address, walker.address.replace("/education/", "/country/")):
        response = walker.client.get(address)
        assert not [name for name in response.cookies if "journey-" in name]


def test_the_same_answer_again_writes_nothing() -> None:
    walker = at("occupation")
    walker.address = walker.address.replace("/occupation/", "/country/")
    response = walker.answer(MEXICAN)
    assert response.status_code == 302
    assert not [name for name in response.cookies if "journey-" in name]


def test_beginning_a_check_sets_no_cookie() -> None:
    assert not Client().get("/check/").cookies


# --- Guard 10: an expired journey -------------------------------------------------------------------------


def test_a_post_to_a_journey_that_is_gone_says_so_and_offers_a_restart() -> None:
    walker = at("experience")
    del walker.client.cookies[journeys.cookie_name(walker.journey)]
    response = walker.send(
        {f"{walker.journey}-current_step": "experience", "experience-experience_years": "5"}
    )
    assert response.status_code == 410
    page = response.content.decode()
    assert "Your answers are no longer here" in page
    assert "Start again" in page


def test_a_journey_older_than_a_day_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    walker = at("experience")
    monkeypatch.setattr(journeys, "KEPT_FOR_SECONDS", -1)
    assert walker.page().status_code == 410


def test_a_clock_that_was_moved_back_ends_no_journey(monkeypatch: pytest.MonkeyPatch) -> None:
    walker = at("experience")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600)
    assert walker.page().status_code == 200
    walker.answer(MEXICAN)
    assert walker.page().status_code == 200


def test_blocked_cookies_are_named_as_the_cause() -> None:
    client = Client(enforce_csrf_checks=True)
    walker = Walker(client)
    form = read_form(walker.page())
    client.cookies.clear()
    response = client.post(walker.address, {**form.hidden, "country-country": "MX"})
    assert response.status_code == 403
    assert "Your browser is blocking cookies" in response.content.decode()


# --- Guard 11: a GET never erases -------------------------------------------------------------------------


def test_reset_in_the_address_erases_nothing() -> None:
    walker = at("experience")
    walker.client.get(walker.address + "?reset=1")
    walker.client.get(f"/check/{walker.journey}/erase/")
    assert "education" in stored_steps(walker)


def test_erasing_is_a_post_and_forgets_the_journey() -> None:
    walker = at("experience")
    response = walker.client.post(f"/check/{walker.journey}/erase/")
    assert response.status_code == 302
    assert walker.client.cookies[journeys.cookie_name(walker.journey)].value == ""


# --- Guard 12: the cookie ---------------------------------------------------------------------------------


def test_the_journey_cookie_is_closed_to_scripts_and_other_sites_and_lasts_a_day() -> None:
    walker = Walker()
    response = walker.answer(MEXICAN)
    morsel = response.cookies[journeys.cookie_name(walker.journey)]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert morsel["path"] == "/"
    assert morsel["max-age"] == 24 * 60 * 60


def test_a_journey_cookie_of_production_is_bound_to_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "COOKIE_PREFIX", "__Host-")
    monkeypatch.setattr(settings, "IS_PRODUCTION", True)
    walker = Walker()
    response = walker.answer(MEXICAN)
    morsel = response.cookies[f"__Host-journey-{walker.journey}"]
    assert morsel["secure"]
    assert not morsel["domain"]


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_tampered_cookie_is_told_apart_from_an_empty_journey(position: int) -> None:
    walker = at("experience")
    name = journeys.cookie_name(walker.journey)
    text = walker.client.cookies[name].value
    letters = list(text)
    letters[position] = "A" if letters[position] != "A" else "B"
    walker.client.cookies[name] = "".join(letters)
    response = walker.page()
    assert response.status_code == 410
    assert response.cookies[name].value == ""


def test_a_cookie_of_another_journey_is_not_believed() -> None:
    walker, other = at("experience"), Walker()
    text = walker.client.cookies[journeys.cookie_name(walker.journey)].value
    other.client.cookies[journeys.cookie_name(other.journey)] = text
    assert other.page().status_code == 410


def with_version(walker: Walker, version: int, steps: dict[str, Any]) -> None:
    """Give the walker's browser a cookie that a release with another VERSION wrote."""
    text = signing.dumps(
        {"v": version, "s": steps}, salt=f"eligibility.journeys:{walker.journey}", compress=True
    )
    walker.client.cookies[journeys.cookie_name(walker.journey)] = text


@pytest.mark.parametrize("version", [journeys.VERSION - 1, journeys.VERSION + 1])
def test_answers_of_another_version_are_asked_again_and_the_visitor_is_told(version: int) -> None:
    walker = Walker()
    with_version(walker, version, {"country": [{"land": "MX"}, {}]})
    for page in ("offer/", "answers/", "result/"):
        response = walker.client.get(walker.address.replace("country/", page))
        assert response.status_code == 302
        assert "/country/" in response["Location"]
    posted = walker.client.post(
        walker.address.replace("/country/", "/offer/"), {f"{walker.journey}-current_step": "offer"}
    )
    assert posted.status_code == 302
    told = "The questions have changed since you gave your answers."
    assert told in walker.page().content.decode()
    walker.answer({"country": "MX", "status": "citizen"})
    assert walker.step == "status"
    assert told not in walker.page().content.decode()


def test_answers_of_a_version_that_this_release_can_read_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(steps: Mapping[str, Any]) -> dict[str, Any]:
        return {
            slug: [{name[::-1]: value for name, value in values.items()}, basis]
            for slug, (values, basis) in steps.items()
        }

    monkeypatch.setitem(journeys.READERS, journeys.VERSION + 1, renamed)
    walker = at("experience")
    cookies = {name: morsel.value for name, morsel in walker.client.cookies.items()}
    stored = journeys.read_from(cookies, walker.journey)[1]
    kept = {slug: [step.values, step.basis] for slug, step in stored.items()}
    with_version(walker, journeys.VERSION + 1, renamed(kept))
    response = walker.page()
    assert response.status_code == 200
    assert "have changed" not in response.content.decode()
    walker.walk(MEXICAN)
    assert marks(walker.result())["outcome"] == "eligible"


def test_a_journey_with_every_field_filled_fits_its_cookie() -> None:
    walker = Walker()
    longest = {
        **MEXICAN,
        "country": "JP",
        "noc": "41101",
        "conditions": {
            "research-job": True,
            "academic-workplace": True,
            "foreign-legal-consultant": True,
            "notary": False,
        },
        "education_years": "12.123456",
        "experience_years": "40.123456",
        "licence_needed": True,
        "licence_held": "home_country",
        "licence_within_4_months": True,
        "language_evidence": ["schooling", "work", "correspondence", "test", "other"],
        "offer_language_met": True,
        "job_offer": "contract_via_home_employer",
        "wage_amount": "99999999.123456",
        "wage_period": "month",
        "hours_per_week": "37.123456",
        "wage_allowances": "1234567.123456",
        "prevailing_wage_hourly": "9999.123456",
        "employer_scale_hourly": "9999.123456",
        "passport_country": "AU",
        "current_location": "in_canada_study_permit",
        "has_partner": True,
        "offer_start_date": "2027-12-31",
        "passport_expiry": "2031-12-31",
        "offer_months": 120,
    }
    walker.walk(longest)
    name = journeys.cookie_name(walker.journey)
    size = len(name) + len(walker.client.cookies[name].value)
    assert size <= 1200


# --- Guard 13: pages for everybody ------------------------------------------------------------------------


def test_question_pages_are_never_cached_or_indexed() -> None:
    response = Walker().page()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
