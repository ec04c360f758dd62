"""Each request has an identifier; lines and figures know routes and nothing of who asked or what was said."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from cptpp_site import metrics
from cptpp_site.logs import JsonLines, WithoutVisitorDetails, request_id
from cptpp_site.observing import HEADER
from occupations import snapshots
from tests import databases, live

TOKEN = "a-token-of-the-tests-only"


@pytest.mark.parametrize("given", ["0123abcd", "edge.01_x-" + "a" * 50])
def test_a_well_formed_request_id_is_kept_and_sent_back(client: Client, given: str) -> None:
    assert client.get("/healthz", headers={HEADER: given})[HEADER] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, 'x"}\n{"level": "forged"', "-abcdefgh", "é" * 10])
def test_another_request_id_is_replaced(client: Client, given: str) -> None:
    answered = client.get("/healthz", headers={HEADER: given})[HEADER]
    assert answered != given
    assert len(answered) == 24
    assert client.get("/healthz")[HEADER] != answered


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    kept = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, kept)


def test_a_json_line_tells_type_and_place_of_an_error_and_not_its_message() -> None:
    try:
        int("my passport is AB123")
    except ValueError as error:
        made = record("Failed: %s", "/check/AbCdEfGhIjKl/wage/?q=nurse", error=error)
    WithoutVisitorDetails().filter(made)
    token = request_id.set("0123abcd")
    line = JsonLines().format(made)
    request_id.reset(token)
    told = json.loads(line)
    assert told["message"] == "Failed: /check/…/wage/"
    assert (told["exception"], told["request_id"], told["level"]) == (
        "builtins.ValueError",
        "0123abcd",
        "ERROR",
    )
    assert "test_observing.py" in told["places"][-1]
    assert "passport" not in line
    assert "\n" not in line


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settings, "REQUEST_LOG", True)
    caplog.set_level(logging.INFO, "cptpp_site.requests")
    client.get("/nowhere/at/all/?secret=1")
    client.get("/r/not-a-token/")
    client.get("/healthz")
    told = [
        (made.__dict__["route"], made.__dict__["status"])
        for made in caplog.records
        if made.name == "cptpp_site.requests"
    ]
    assert [status for _, status in told] == [404, 404]
    assert "not-a-token" not in caplog.text
    assert "secret" not in caplog.text


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)


def test_there_are_no_metrics_without_a_token(client: Client) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.usefixtures("measured")
def test_metrics_tell_which_database_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "answering", lambda: {"primary": True, "replica": False})
    client.get("/healthz")
    told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'cptpp_database_answers{database="primary"} 1.0' in told
    assert 'cptpp_database_answers{database="replica"} 0.0' in told


@pytest.mark.django_db
@pytest.mark.usefixtures("measured")
def test_metrics_are_for_who_has_the_token_and_name_routes_only(client: Client) -> None:
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    client.get("/r/a-visitors-token/")
    client.generic("INVENTED", "/healthz")
    told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'cptpp_requests_total{method="other",route="/healthz",status="405"}' in told
    assert "a-visitors-token" not in told
    assert "INVENTED" not in told


def test_every_worker_is_counted_whichever_answers(committed_database: str, tmp_path: Path) -> None:
    environment = live.environment_for(databases.url_of(committed_database), settings.DATA_DIR)
    with live.gunicorn({**environment, "METRICS_TOKEN": TOKEN}, tmp_path / "log") as base:
        for _ in range(20):
            live.status_of(f"{base}/healthz")
        told = live.body_of(f"{base}/metrics", {"Authorization": f"Bearer {TOKEN}"})
    counted = [
        line for line in told.splitlines() if line.startswith("cptpp_requests_total{") and "/healthz" in line
    ]
    # One more was asked until the server stood.
    assert [float(line.rsplit(" ", 1)[1]) for line in counted] == [21.0]
    assert metrics.MULTIPROCESS_FOLDER not in os.environ
