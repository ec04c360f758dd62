"""Journeys are counted once, without a query in the request, and no small number is ever shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from eligibility import counting
from eligibility.models import DailyCount, Feedback, RequestCount
from eligibility.models.feedback import Helpful, PageKind
from eligibility.staff import counts
from occupations import snapshots
from tests.eligibility.rules.cases import shipped
from tests.eligibility.walker import Walker
from tests.staff import administrator, person, signed_in

MEXICAN = {"country": "MX", "status": "citizen", "noc": "21231"}
Event = DailyCount.Event


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    snapshots.hold(shipped())
    counting.forget()
    yield
    counting.forget()
    snapshots.hold(None)


def counted() -> dict[tuple[str, str, str], int]:
    return {(key.event, key.country, key.outcome): number for key, number in counting.in_memory().items()}


def test_a_whole_journey_is_begun_once_and_finished_once_without_a_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    walker = Walker()
    with pytest.MonkeyPatch.context():
        walker.walk(MEXICAN)
        walker.result()
        walker.result()
    assert counted() == {("begun", "MX", ""): 1, ("finished", "MX", "needs_more_information"): 1}


def test_an_early_no_is_a_result_too_and_another_country_is_not_named() -> None:
    walker = Walker()
    walker.answer({"country": "BR"})
    assert counted() == {("begun", "other", ""): 1, ("finished", "other", "not_eligible"): 1}


@pytest.mark.django_db
def test_flushing_adds_to_what_other_processes_counted() -> None:
    for _process in range(2):
        counting.add(Event.BEGUN, "MX", "")
        counting.add(Event.BEGUN, "MX", "")
        counting.flush()
        assert not counting.in_memory()
    assert [(row.day, row.number) for row in DailyCount.objects.all()] == [(snapshots.today(), 4)]


@pytest.mark.django_db
def test_counts_stay_in_memory_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("away")

    counting.add(Event.BEGUN, "MX", "")
    with monkeypatch.context() as away:
        away.setattr(connection, "ensure_connection", fail)
        away.setattr(connection, "cursor", fail)
        counting.flush()
    assert counted() == {("begun", "MX", ""): 1}
    counting.flush()
    assert DailyCount.objects.get().number == 1


@pytest.mark.django_db
def test_a_preview_of_the_staff_is_not_counted() -> None:
    Walker(administrator(), "/admin/preview/ircc-2024-10-03").walk(MEXICAN)
    assert counted() == {}


def test_a_single_small_number_takes_another_along() -> None:
    assert counts.hidden_cells({("a", ""): 3, ("b", ""): 50, ("c", ""): 20}) == {("a", ""), ("c", "")}
    assert counts.hidden_cells({("a", ""): 30, ("b", ""): 50}) == set()
    assert counts.hidden_cells({("a", ""): 0, ("b", ""): 9, ("c", ""): 10}) == {("a", ""), ("b", "")}


@pytest.mark.django_db
def test_the_page_shows_large_numbers_and_hides_small_ones() -> None:
    day = snapshots.today()
    DailyCount.objects.create(day=day, event=Event.BEGUN, country="MX", number=431)
    DailyCount.objects.create(day=day, event=Event.FINISHED, country="MX", outcome="eligible", number=312)
    DailyCount.objects.create(day=day, event=Event.FINISHED, country="JP", outcome="eligible", number=7)
    client = administrator()
    page = client.get("/admin/counts/").content.decode()
    assert ">431<" in page
    assert ">312<" in page
    assert ">7<" not in page
    assert "fewer than 10" in page
    assert "Checks begun: 431" in client.get("/admin/").content.decode()
    assert ">431<" in client.get("/admin/counts/?days=nonsense").content.decode()


@pytest.mark.django_db
def test_the_page_is_for_who_may_see_it() -> None:
    assert Client().get("/admin/counts/").status_code == 302
    assert signed_in(person("nobody")).get("/admin/counts/").status_code == 403
    assert signed_in(person("eva", ["auditor"])).get("/admin/counts/").status_code == 200


@pytest.mark.django_db
def test_what_was_kept_long_enough_is_forgotten_and_nothing_else() -> None:
    today, now = snapshots.today(), timezone.now()
    for days in (1, 2000):
        DailyCount.objects.create(day=today - timedelta(days=days), event=Event.BEGUN, number=1)
        Feedback.objects.create(
            day=today - timedelta(days=days), language="en", page=PageKind.GUIDE, helpful=Helpful.YES
        )
        RequestCount.objects.create(key=str(days), since=now - timedelta(days=days - 1), count=1)
        Session.objects.create(
            session_key=str(days), session_data="", expire_date=now + timedelta(days=3 - days)
        )
    said = io.StringIO()
    call_command("forget_old", dry_run=True, stdout=said)
    assert DailyCount.objects.count() == 2
    assert "feedback: 1 to delete" in said.getvalue()
    call_command("forget_old", stdout=said)
    assert [DailyCount.objects.count(), Feedback.objects.count(), RequestCount.objects.count()] == [1, 1, 1]
    assert Session.objects.get().session_key in {"1", "2"}
