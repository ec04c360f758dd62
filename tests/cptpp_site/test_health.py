"""The two questions of a load balancer, and what every response carries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from cptpp_site.environment import replica_from_url
from occupations import snapshots
from tests import databases
from tests.live import free_port


def test_healthz_answers_without_touching_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"  # pytest-django forbids any query here


@pytest.mark.django_db
def test_readyz_tells_what_decides_and_how_old_it_is(client: Client) -> None:
    response = client.get("/readyz")
    told = response.json()
    assert response.status_code == 200
    assert (told["status"], told["problems"], told["unapplied_migrations"]) == ("ok", [], [])
    assert told["edition"] == "ircc-2024-10-03"
    assert told["revision"] > 0
    assert 0 <= told["data_age_seconds"] < 24 * 60 * 60


@pytest.mark.django_db
def test_readyz_names_a_migration_that_the_database_has_not_seen(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("eligibility", "0001_request_counts")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["unapplied_migrations"] == ["eligibility.0001_request_counts"]


@pytest.mark.django_db
def test_readyz_says_when_no_edition_is_in_force(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "today", lambda: date(1990, 1, 1))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"] == ["No edition is in force today."]


def test_readyz_says_503_when_the_database_does_not_answer(client: Client, committed_database: str) -> None:
    with databases.connected_to(databases.name_of("absent")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert "The database does not answer." in response.json()["problems"]


@pytest.mark.django_db
def test_readyz_says_that_there_is_no_replica(client: Client) -> None:
    told = client.get("/readyz").json()
    assert (told["warnings"], told["replica"]) == ([], {"configured": False})


def test_a_lost_replica_is_a_warning_and_the_site_stays_ready(
    client: Client, committed_database: str
) -> None:
    lost = replica_from_url(f"postgresql://127.0.0.1:{free_port()}/check", "postgresql://primary/check")
    with databases.beside_the_default(lost):
        response = client.get("/readyz")
    told = response.json()
    assert (response.status_code, told["status"], told["problems"]) == (200, "ok", [])
    assert told["warnings"] == ["The replica does not answer; the rules are read from the primary alone."]
    assert told["replica"] == {"configured": True, "reachable": False, "lag_bytes": None, "lag_seconds": None}


def test_a_replica_that_follows_nobody_is_a_warning(client: Client, committed_database: str) -> None:
    itself = replica_from_url(databases.url_of(committed_database), "postgresql://primary/check")
    with databases.beside_the_default(itself):
        told = client.get("/readyz").json()
    assert told["replica"]["reachable"] is True
    assert told["warnings"] == ["The replica follows no primary any more; look at DATABASE_REPLICA_URL."]


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_a_visitors_page_sets_no_cookie_and_has_no_session(client: Client) -> None:
    response = client.get("/healthz")
    assert not response.cookies
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


@pytest.mark.django_db
def test_a_staff_page_has_a_session_and_an_account(client: Client) -> None:
    response = client.get("/admin/login/")
    assert response.status_code == 200
    assert hasattr(response.wsgi_request, "session")
    assert response.wsgi_request.user.is_anonymous


def test_nothing_inline_and_nobody_elses_may_load(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not [directive for directive in policy if "unsafe" in directive or "http" in directive]


def test_the_security_headers_are_there(client: Client) -> None:
    response = client.get("/healthz")
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_tests_work_on_a_copy_and_never_on_the_developers_database() -> None:
    assert connection.settings_dict["NAME"] == databases.name_of()
