"""The two questions of a load balancer, and what every response carries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from tests import databases


def test_healthz_answers_without_touching_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"  # pytest-django forbids any query here


@pytest.mark.django_db
def test_readyz_answers_when_the_database_does(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


def test_readyz_says_503_when_the_database_does_not_answer(client: Client, committed_database: str) -> None:
    with databases.connected_to(databases.name_of("absent")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"does not answer" in response.content


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
