"""The API as a program meets it: a real server, README's example, a frame on another origin."""

from __future__ import annotations

import contextlib
import io
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from eligibility.models import EmbeddingSite
from tests import databases
from tests.eligibility.api.test_assess import CASES

README = (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")


def test_the_python_example_of_the_readme_works(live_site: str) -> None:
    code = README.split("```python\n", 1)[1].split("```", 1)[0].replace("http://127.0.0.1:8000", live_site)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 (our own text, to show that it works)
    first, second = printed.getvalue().splitlines()
    assert first == "a needs_more_information"
    assert second.startswith("b [{'field': 'country'")


def test_a_large_batch_arrives_whole(live_site: str) -> None:
    several = (CASES * 8)[:200]
    connection = HTTPConnection(urlsplit(live_site).netloc, timeout=60)
    connection.request(
        "POST", "/api/v1/assess", json.dumps({"cases": several}), {"Content-Type": "application/json"}
    )
    told = json.loads(connection.getresponse().read())
    connection.close()
    assert [each["id"] for each in told] == [case["id"] for case in several]


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(live_site: str) -> None:
    connection = HTTPConnection(urlsplit(live_site).netloc, timeout=20)
    connection.putrequest("POST", "/api/v1/assess")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(10**9))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    connection.close()


def test_head_sends_no_body(live_site: str) -> None:
    connection = HTTPConnection(urlsplit(live_site).netloc, timeout=20)
    connection.request("HEAD", "/api/v1/editions")
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")
    assert response.headers["ETag"]
    connection.close()


class _Framing(BaseHTTPRequestHandler):
    """A consultant's page with our card in a frame."""

    card = ""

    def do_GET(self) -> None:
        body = f'<!doctype html><title>Consultant</title><iframe src="{self.card}"></iframe>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing is worth a line."""


@pytest.fixture
def consultant(live_site: str) -> Iterator[str]:
    """The address of another origin that frames the card."""
    handler = type("Framing", (_Framing,), {"card": f"{live_site}/embed/"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_only_an_allowed_origin_can_frame_the_card_and_the_check_opens_in_a_tab(
    page: Page, consultant: str, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), databases.connected_to(databases.name_of("live")):
        site = EmbeddingSite.objects.create(origin="https://somebody.example")
        page.goto(consultant)
        assert page.frames[1].get_by_role("link").count() == 0
        site.origin = consultant
        site.save()
        page.reload()
        button = page.frame_locator("iframe").get_by_role("link", name="Start the check")
        with page.expect_popup() as opened:
            button.click()
        opened.value.wait_for_url("**/check/*/country/")
        assert opened.value.get_by_role("heading", level=1).is_visible()
        site.delete()
