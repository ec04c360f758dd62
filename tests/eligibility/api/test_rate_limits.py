"""Limits per client: counted in the database, shared by all processes, and no harm when it is away."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from eligibility import rate_limits
from eligibility.models import RequestCount
from tests import databases

EDITIONS = "/api/v1/editions"
requests = RequestFactory()


def asking(address: str = "192.0.2.1", forwarded: str | None = None) -> HttpRequest:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return requests.get("/", REMOTE_ADDR=address, headers=headers)


@override_settings(API_REQUESTS_PER_MINUTE=3)
def test_the_request_after_the_last_is_refused_with_how_long_to_wait(api: Client) -> None:
    assert [api.get(EDITIONS).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = api.get(EDITIONS)
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refused["Access-Control-Expose-Headers"]


@override_settings(API_REQUESTS_PER_MINUTE=1)
def test_another_client_is_not_refused(api: Client) -> None:
    assert [api.get(EDITIONS, REMOTE_ADDR="192.0.2.1").status_code for _ in range(2)] == [200, 429]
    assert api.get(EDITIONS, REMOTE_ADDR="192.0.2.2").status_code == 200


@override_settings(API_CASES_PER_MINUTE=5)
def test_a_batch_counts_as_many_as_its_cases(api: Client) -> None:
    def batch(cases: int) -> Any:
        body = json.dumps({"cases": [{}] * cases})
        return api.post("/api/v1/assess?brief=true", body, content_type="application/json")

    assert [batch(3).status_code, batch(3).status_code] == [200, 429]
    assert 1 <= int(batch(1)["Retry-After"]) <= 60


@pytest.mark.django_db
def test_a_client_begins_anew_after_a_minute() -> None:
    assert rate_limits.spend(asking(), "test", 1) is None
    assert rate_limits.spend(asking(), "test", 1) is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE eligibility_requestcount SET since = since - interval '61 seconds'")
    assert rate_limits.spend(asking(), "test", 1) is None
    assert RequestCount.objects.get().count == 1


@pytest.mark.django_db
def test_limits_of_different_names_are_counted_apart() -> None:
    assert rate_limits.spend(asking(), "one", 1) is None
    assert rate_limits.spend(asking(), "other", 1) is None


@pytest.mark.django_db
def test_the_table_holds_no_address() -> None:
    rate_limits.spend(asking("192.0.2.1"), "test", 1)
    assert "192.0.2" not in RequestCount.objects.get().key
    assert len(RequestCount.objects.get().key) == 64


@pytest.mark.django_db
def test_rows_that_no_longer_count_are_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("192.0.2.1", "192.0.2.2"):
        rate_limits.spend(asking(address), "test", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE eligibility_requestcount SET since = since - interval '3 minutes'")
    monkeypatch.setattr(rate_limits._process, "cleared_at", -1e9)
    rate_limits.spend(asking("192.0.2.3"), "test", 1)
    assert RequestCount.objects.count() == 1


def test_requests_at_once_are_all_counted(committed_database: str) -> None:
    """Twelve threads, ten requests each: whatever the order, exactly 100 get through."""
    passed: list[bool] = []

    def ask() -> None:
        for _ in range(10):
            passed.append(rate_limits.spend(asking(), "race", 100) is None)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), sum(passed)) == (120, 100)


def test_without_the_database_everybody_is_let_through_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def away(key: str, cost: int) -> tuple[int, float]:
        tries.append(key)
        raise OperationalError("the server is away")

    monkeypatch.setattr(rate_limits, "_count", away)
    with caplog.at_level(logging.WARNING):
        assert [rate_limits.spend(asking(), "test", 0) for _ in range(3)] == [None] * 3
    assert len(tries) == 1, "An outage must not slow every request."
    assert "not counted" in caplog.text
    assert "192.0.2.1" not in caplog.text


def test_a_database_that_is_gone_lets_everybody_through(
    shipped_database: str, django_db_blocker: DjangoDbBlocker, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        django_db_blocker.unblock(),
        databases.connected_to(databases.name_of("dropped")),
        caplog.at_level(logging.WARNING),
    ):
        assert rate_limits.spend(asking(), "test", 0) is None
    assert "does not answer" in caplog.text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "nonsense", "nonsense"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    proxies: int, forwarded: str | None, client: str
) -> None:
    with override_settings(TRUSTED_PROXIES=proxies):
        assert rate_limits.client_address(asking("192.0.2.1", forwarded)) == client


@pytest.mark.django_db
def test_a_limited_page_asks_the_visitor_to_wait() -> None:
    page = rate_limits.limited("page", 1)(lambda request: HttpResponse("fine"))
    assert page(asking()).status_code == 200
    refused = page(asking())
    assert isinstance(refused, HttpResponse)
    assert refused.status_code == 429
    assert "Please wait a moment" in refused.content.decode()
    assert "1 minute" in refused.content.decode()
    assert int(refused["Retry-After"]) >= 1


def test_a_limit_may_name_a_setting(db: None) -> None:
    page = rate_limits.limited("page", "API_REQUESTS_PER_MINUTE")(lambda request: HttpResponse("fine"))
    with override_settings(API_REQUESTS_PER_MINUTE=0):
        assert page(asking()).status_code == 429
