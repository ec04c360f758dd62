"""Feedback: one optional question, kept without anything about who sent it or what they answered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from eligibility import rate_limits
from eligibility.models.feedback import TEXT_LENGTH, Feedback
from occupations import snapshots
from tests import databases
from tests.browser import html_check
from tests.browser.people import ENGINEER, LOW_PAY
from tests.eligibility.walker import Walker
from tests.staff import signed_in

ADDRESS = "/feedback/"
PER_MINUTE = 10
THANKS = "/feedback/thanks/"


@pytest.fixture(autouse=True)
def counting() -> Iterator[None]:
    """Requests are counted again, and an outage that a test makes harms no other test."""
    rate_limits.count_again()
    yield
    rate_limits.count_again()


def send(**fields: str) -> Any:
    return Client().post(ADDRESS, fields)


def kept() -> list[dict[str, Any]]:
    return [dict(row) for row in Feedback.objects.order_by("pk").values()]


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


# --- What is kept -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_sent_is_kept_with_the_day_and_the_language_and_nothing_else() -> None:
    client = Client(
        REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Unusual/1.0", HTTP_REFERER="http://testserver/check/x/"
    )
    sent = {
        "page": "result",
        "outcome": "not_eligible",
        "helpful": "partly",
        "text": "More on wages, please.",
        "noc": "21231",
        "country": "somewhere",
    }
    response = client.post(ADDRESS, sent)
    assert (response.status_code, response["Location"]) == (302, THANKS)
    (row,) = kept()
    assert row.pop("id") > 0
    assert row == {
        "day": snapshots.today(),
        "language": "en",
        "page": "result",
        "outcome": "not_eligible",
        "helpful": "partly",
        "text": "More on wages, please.",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"helpful": "no"}, {"text": "Clear."}])
def test_the_answer_and_the_remark_are_each_enough(fields: dict[str, str]) -> None:
    assert send(**fields).status_code == 302
    assert len(kept()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "outcome", "expected"),
    [
        ("result", "eligible", ("result", "eligible")),
        ("shared", "needs_more_information", ("shared", "needs_more_information")),
        ("guide", "eligible", ("guide", "")),
        ("result", "21231", ("result", "")),
        ("/check/abc/result/", "eligible", ("other", "")),
        ("", "", ("other", "")),
        ("\x00", "\x00", ("other", "")),
    ],
)
def test_only_known_pages_and_outcomes_are_kept(page: str, outcome: str, expected: tuple[str, str]) -> None:
    assert send(page=page, outcome=outcome, helpful="yes").status_code == 302
    (row,) = kept()
    assert (row["page"], row["outcome"]) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"helpful": ""}, "feedback_says_something"),
        ({"helpful": "perhaps"}, "feedback_holds_known_words"),
        ({"page": "guide"}, "feedback_outcome_is_of_a_result"),
    ],
)
def test_the_database_refuses_what_the_form_would_not_send(change: dict[str, str], constraint: str) -> None:
    row = {
        "day": date(2026, 1, 1),
        "language": "en",
        "page": "result",
        "outcome": "eligible",
        "helpful": "yes",
    }
    with pytest.raises(IntegrityError, match=constraint):
        Feedback.objects.create(**{**row, **change})


# --- The form ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_sent_is_nothing_kept_and_a_sentence_says_so() -> None:
    response = send(page="guide", helpful="", text="   ")
    assert response.status_code == 200
    assert "Choose an answer or write something" in text_of(response)
    assert "<title>Error: " in text_of(response)
    assert kept() == []


@pytest.mark.django_db
def test_a_remark_of_a_thousand_characters_is_kept_and_one_more_is_refused() -> None:
    assert send(text="a" * TEXT_LENGTH).status_code == 302
    refused = send(text="a" * (TEXT_LENGTH + 1), page="guide")
    assert refused.status_code == 200
    assert "Your text has 1001 characters. Shorten it to 1000." in text_of(refused)
    assert "a" * (TEXT_LENGTH + 1) in text_of(refused), "What was typed is still there."
    assert 'value="guide"' in text_of(refused)
    assert len(kept()) == 1


@pytest.mark.django_db
def test_a_line_break_counts_as_one_character() -> None:
    assert send(text="a\r\n" * 499 + "bc").status_code == 302
    assert kept()[0]["text"] == "a\n" * 499 + "bc"


@pytest.mark.django_db
def test_control_characters_become_blanks_and_other_signs_stay() -> None:
    assert send(text="a\x00b\tc\x85日本 👩‍🔧 é").status_code == 302
    assert kept()[0]["text"] == "a b c 日本 👩‍🔧 é"


@pytest.mark.parametrize("page", ["result", "shared", "guide", "editions", "list", "other", "<b>"])
def test_the_form_is_valid_html_and_says_what_it_is_about(page: str) -> None:
    response = Client().get(ADDRESS, {"page": page, "outcome": "eligible"})
    assert response.status_code == 200
    assert html_check.complaints(text_of(response)) == []
    assert "Please leave out names and personal details" in text_of(response)
    assert "<b>" not in text_of(response)
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"helpful": "maybe"}, {"text": "\x00\x07"}])
def test_a_refused_form_is_valid_html_and_links_to_the_field(fields: dict[str, str]) -> None:
    page = text_of(send(**fields))
    assert html_check.complaints(page) == []
    assert 'class="error-summary"' in page


def test_the_thanks_are_valid_html_and_not_indexed() -> None:
    response = Client().get(THANKS)
    assert html_check.complaints(text_of(response)) == []
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_form_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, {"helpful": "yes"}).status_code == 403


@pytest.mark.django_db
@override_settings(FEEDBACK_PER_MINUTE=1000)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.dictionaries(
        st.sampled_from(["helpful", "text", "page", "outcome", "csrfmiddlewaretoken", "x"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=1100),
    )
)
def test_nothing_that_is_sent_breaks_the_form(fields: dict[str, str]) -> None:
    assert send(**fields).status_code in {200, 302}
    assert Client().get(ADDRESS, fields).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Client(), method)(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_the_eleventh_feedback_of_a_minute_is_asked_to_wait_and_the_form_still_opens() -> None:
    assert [send(helpful="yes").status_code for _ in range(PER_MINUTE)] == [302] * PER_MINUTE
    refused = send(helpful="yes")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert Client().get(ADDRESS).status_code == 200
    assert len(kept()) == PER_MINUTE


# --- Without a database -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("shipped_database")
def test_without_a_database_a_sentence_says_so_and_the_log_quotes_nothing(
    django_db_blocker: DjangoDbBlocker, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        django_db_blocker.unblock(),
        databases.connected_to("no_such_database"),
        caplog.at_level(logging.WARNING, "eligibility.feedback"),
    ):
        response = send(page="result", outcome="eligible", helpful="yes", text="Remember me.")
    assert response.status_code == 503
    page = text_of(response)
    assert "We could not keep your words just now" in page
    assert "Remember me." in page, "What was typed is still there."
    assert html_check.complaints(page) == []
    (line,) = [record for record in caplog.records if record.name == "eligibility.feedback"]
    assert line.getMessage() == "A feedback was not kept, because the database refused: OperationalError."


# --- Where it is asked ------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("person", [ENGINEER, LOW_PAY])
def test_every_result_links_to_the_form_with_its_outcome_and_no_answer(person: Any) -> None:
    walker = Walker()
    walker.walk(person)
    page = text_of(walker.result())
    outcome = page.split('data-outcome="')[1].split('"')[0]
    assert f'href="/feedback/?page=result&amp;outcome={outcome}"' in page


# --- Staff ------------------------------------------------------------------------------------------------


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("anna", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    return signed_in(user)


def entry(days_ago: int = 0, **fields: str) -> Feedback:
    day = snapshots.today() - timedelta(days=days_ago)
    return Feedback.objects.create(
        day=day, language="en", **{"page": "guide", "helpful": "no", "text": "Too long.", **fields}
    )


@pytest.mark.django_db
def test_staff_read_filter_and_search_but_cannot_write() -> None:
    entry()
    client = staff("view_feedback", "change_feedback", "add_feedback")
    listed = reverse("admin:eligibility_feedback_changelist")
    assert "Too long." in text_of(client.get(listed))
    assert "Too long." in text_of(client.get(listed, {"helpful": "no", "q": "long"}))
    assert "Too long." not in text_of(client.get(listed, {"helpful": "yes"}))
    address = reverse("admin:eligibility_feedback_change", args=[Feedback.objects.get().pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "Fine."}).status_code == 403
    assert client.get(reverse("admin:eligibility_feedback_add")).status_code == 403
    assert kept()[0]["text"] == "Too long."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("permissions", "left"), [(["view_feedback"], 1), (["view_feedback", "delete_feedback"], 0)]
)
def test_only_staff_with_the_permission_delete(permissions: list[str], left: int) -> None:
    one = entry()
    address = reverse("admin:eligibility_feedback_delete", args=[one.pk])
    assert staff(*permissions).post(address, {"post": "yes"}).status_code == (403 if left else 302)
    assert len(kept()) == left


@pytest.mark.django_db
def test_old_feedback_is_deleted_to_the_day() -> None:
    entry(30, text="thirty")
    entry(31, text="thirty-one")
    output = StringIO()
    call_command("delete_old_feedback", days=30, stdout=output)
    assert [row["text"] for row in kept()] == ["thirty"]
    assert output.getvalue().startswith("Deleted 1 feedback entry from before ")


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 10**9])
def test_a_number_of_days_that_makes_no_sense_deletes_nothing(days: int) -> None:
    entry(400)
    with pytest.raises(CommandError, match=f"--days is {days}"):
        call_command("delete_old_feedback", days=days)
    assert len(kept()) == 1
