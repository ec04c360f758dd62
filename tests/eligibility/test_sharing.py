"""A result to pass on: the link, what it opens, and going on from it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from icalendar import Calendar

from eligibility import sharing
from eligibility.replay import replay, stored_from
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from occupations.rulebook import Rulebook
from tests.eligibility.walker import Walker, marks

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "profiles.jsonl").read_text().splitlines()
]


def shared_link(answers: dict[str, Any]) -> str:
    """The path of a link to the result of these answers."""
    walker = Walker()
    walker.walk(answers)
    page = walker.client.post(f"/check/{walker.journey}/share/").content.decode()
    link = page.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    return urlsplit(link).path


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_answers_put_back_on_the_question_pages_give_the_same_outcome(
    case: dict[str, Any], rulebook: Rulebook
) -> None:
    answers = Answers.parse(case["answers"], rulebook.reference)
    again = replay(stored_from(answers, rulebook, "en"), rulebook, "en")
    assert again.first_open is None
    before, after = assess(answers, rulebook), assess(again.answers, rulebook)
    assert after.outcome is before.outcome
    assert {k: v.outcome for k, v in after.criteria.items()} == {
        k: v.outcome for k, v in before.criteria.items()
    }


@pytest.mark.django_db
def test_a_link_opens_the_result_read_only_for_somebody_else() -> None:
    path = shared_link(CASES[0]["answers"])
    page = Client().get(path)
    assert page.status_code == 200
    assert marks(page)["outcome"] == "eligible"
    assert "A result that somebody shared" in page.content.decode()
    assert "Change my answers" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
def test_a_link_is_made_only_by_a_post() -> None:
    walker = Walker()
    walker.walk(CASES[0]["answers"])
    response = walker.client.get(f"/check/{walker.journey}/share/")
    assert response.headers["Location"] == f"/check/{walker.journey}/result/"


@pytest.mark.django_db
def test_going_on_from_a_link_begins_a_journey_with_its_answers() -> None:
    path = shared_link(CASES[0]["answers"])
    client = Client()
    response = client.post(f"{path}resume/")
    assert response.status_code == 302
    summary = client.get(response["Location"]).content.decode()
    assert "Software engineers and designers" in summary


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_changed_link_gets_a_clear_page(place: int) -> None:
    token = shared_link(CASES[0]["answers"]).split("/")[2]
    letters = list(token)
    letters[place] = "A" if letters[place] != "A" else "B"
    page = Client().get(f"/r/{''.join(letters)}/")
    assert page.status_code == 404
    assert "This link cannot be read" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", ":", "::", "a:b:c", "%00", "é" * 50])
def test_any_other_text_in_the_place_of_a_link_gets_a_clear_page(token: str) -> None:
    assert Client().get(f"/r/{token}/").status_code == 404
    assert Client().post(f"/r/{token}/resume/").status_code == 404


@pytest.mark.django_db
def test_a_link_stops_working_after_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    path = shared_link(CASES[0]["answers"])
    monkeypatch.setattr(sharing, "SECONDS_A_DAY", -1)
    page = Client().get(path)
    assert page.status_code == 410
    assert "This link has expired" in page.content.decode()


@pytest.mark.django_db
def test_a_link_says_when_the_figures_of_today_answer_otherwise() -> None:
    answers = {**CASES[0]["answers"], "wage_amount": "56.00"}
    del answers["prevailing_wage_hourly"]
    payload = {"v": sharing.VERSION, "a": answers, "e": "ircc-2024-10-03", "d": date(2025, 6, 1).isoformat()}
    token = signing.dumps(payload, salt=sharing.SALT, compress=True)
    page = Client().get(f"/r/{token}/")
    assert marks(page)["outcome"] == "eligible"
    assert "the answer would be different" in page.content.decode()


@pytest.mark.django_db
def test_the_result_can_be_kept_as_a_file() -> None:
    walker = Walker()
    walker.walk(CASES[0]["answers"])
    response = walker.client.get(f"/check/{walker.journey}/result.json")
    assert response["Content-Disposition"].startswith('attachment; filename="cptpp-check-')
    kept = json.loads(response.content)
    assert kept["outcome"] == "eligible"
    assert kept["criteria"]["wage"]["sources"][0]["title"]


@pytest.mark.django_db
def test_the_end_of_the_permit_and_the_time_to_extend_can_be_put_into_a_calendar() -> None:
    answers = {**CASES[0]["answers"], "offer_start_date": "2027-03-01", "offer_months": 18}
    walker = Walker()
    walker.walk(answers)
    assert "reminders.ics" in walker.result().content.decode()
    response = walker.client.get(f"/check/{walker.journey}/reminders.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = {
        str(event["SUMMARY"]): event["DTSTART"].dt for event in Calendar.from_ical(response.content).events
    }
    assert events == {
        "Time to extend the work permit": date(2027, 12, 2),
        "The work permit ends": date(2028, 3, 1),
    }


@pytest.mark.django_db
def test_without_a_start_date_no_reminder_is_offered() -> None:
    walker = Walker()
    walker.walk(CASES[0]["answers"])
    assert "reminders.ics" not in walker.result().content.decode()
    assert walker.client.get(f"/check/{walker.journey}/reminders.ics").status_code == 302
