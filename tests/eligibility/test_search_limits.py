"""The limit on searching: no query in the request, right across processes, no harm when the database is away."""

from __future__ import annotations

import logging

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from eligibility import rate_limits, search_limits
from eligibility.search_limits import Tally
from tests.browser.people import ENGINEER
from tests.eligibility.walker import Walker

LIMIT = 3


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def few(settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """A process that lets a client search three times a minute and has counted nothing yet."""
    settings.SEARCHES_PER_MINUTE = LIMIT
    monkeypatch.setattr(search_limits, "_process", search_limits._Process())


@pytest.mark.parametrize(
    "path",
    [
        "/occupations/search?q=nurse",
        "/occupations/?q=nurse",
        "/occupations/mx/?q=nurse",
        "/fr/occupations/?q=x",
    ],
)
def test_the_search_after_the_last_is_refused_with_how_long_to_wait(few: None, path: str) -> None:
    client = Client()
    assert [client.get(path).status_code for _ in range(LIMIT + 1)] == [200] * LIMIT + [429]
    refused = client.get(path)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "Please wait a moment" in refused.content.decode() or path.startswith("/fr/")
    assert client.get(path.split("?")[0]).status_code == 200, "Reading is not searching."
    assert Client(REMOTE_ADDR="192.0.2.9").get(path).status_code == 200


def test_the_search_of_the_question_page_counts_too(few: None) -> None:
    walker = Walker()
    walker.walk(ENGINEER, until="occupation")
    address = f"{walker.address}?q=engineer"
    assert [walker.client.get(address).status_code for _ in range(LIMIT + 1)] == [200] * LIMIT + [429]
    assert walker.page().status_code == 200
    assert walker.answer(ENGINEER).status_code == 302, "Who may not search may still answer."


def test_a_claimed_address_does_not_escape_the_limit(few: None, settings: Settings) -> None:
    statuses = [
        Client(headers={"X-Forwarded-For": f"198.51.100.{number}"}).get("/occupations/?q=x").status_code
        for number in range(LIMIT + 1)
    ]
    assert statuses[-1] == 429
    settings.TRUSTED_PROXIES = 1
    statuses = [
        Client(headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.5"})
        .get("/occupations/?q=x")
        .status_code
        for number in range(LIMIT + 1)
    ]
    assert statuses == [200] * LIMIT + [429]


def test_a_search_within_the_limit_asks_the_database_nothing(
    few: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.get("/occupations/search")
    with django_assert_num_queries(0):
        assert [client.get("/occupations/search?q=nurse").status_code for _ in range(LIMIT + 1)][-1] == 429


def test_two_processes_share_one_limit(db: None) -> None:
    one, other = Tally(), Tally()
    for _ in range(2):
        assert one.spend("key", 5) is None
        assert other.spend("key", 5) is None
    one.share()
    other.share()
    one.spend("key", 5)
    one.share()
    # Five are counted by now; the second process knows of four and lets one more through, not two.
    assert other.spend("key", 5) is None
    other.share()
    assert other.spend("key", 5) is not None
    assert one.spend("key", 5) is not None


def test_a_process_that_starts_later_knows_what_was_counted_before(db: None) -> None:
    first, later = Tally(), Tally()
    for _ in range(9):
        first.spend("key", 5)
    first.share()
    assert later.spend("key", 5) is None
    later.share()
    assert 1 <= (later.spend("key", 5) or 0) <= 60


def test_a_client_begins_anew_after_a_minute() -> None:
    clock = Clock()
    tally = Tally(clock)
    assert [tally.spend("key", 1) is None for _ in range(2)] == [True, False]
    clock.now += rate_limits.WINDOW_SECONDS
    assert tally.spend("key", 1) is None


def test_counts_are_forgotten_and_never_fill_the_memory(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_limits, "MOST_CLIENTS", 2)
    clock = Clock()
    tally = Tally(clock)
    assert [tally.spend(key, 1) is None for key in ("a", "b", "a", "c", "c")] == [
        True,
        True,
        False,
        True,
        True,
    ]
    tally.share()
    clock.now += 2 * rate_limits.WINDOW_SECONDS
    tally.share()
    assert tally._known == {}


def test_without_the_database_each_process_goes_by_its_own_count(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(costs: object) -> None:
        raise OperationalError("the server is away")

    monkeypatch.setattr(search_limits, "count_many", away)
    tally = Tally()
    assert tally.spend("key", 1) is None
    with pytest.raises(OperationalError), caplog.at_level(logging.WARNING):
        tally.share()
    assert tally.spend("key", 1) is not None


def test_no_address_is_kept(db: None) -> None:
    request: WSGIRequest = RequestFactory().get("/", REMOTE_ADDR="192.0.2.77")
    assert "192.0.2" not in rate_limits.key_of(request, "search")
