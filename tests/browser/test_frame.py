"""The check in a frame of another site, in a real browser: two sites, third-party cookies, allowed and not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame, Page, expect
from pytest_django import DjangoDbBlocker

from eligibility.models import EmbeddingSite
from tests import databases
from tests.browser import people
from tests.browser.test_every_page import OPTIONS, found
from tests.eligibility.walker import form_in, step_of, value_for


class _Consultant(BaseHTTPRequestHandler):
    """A consultant's page with the check in a frame."""

    framed = ""

    def do_GET(self) -> None:
        frame = f'<iframe src="{self.framed}" title="CPTPP Check" width="600" height="900"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Consultant</title>{frame}".encode())

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing is worth a line."""


@pytest.fixture
def consultant(live_site: str) -> Iterator[str]:
    """The origin of another site that frames the check. `localhost` and `127.0.0.1` are two sites to a browser."""
    handler = type("Consultant", (_Consultant,), {"framed": f"{live_site}/embed/"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def allowed(consultant: str, live_site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[EmbeddingSite]:
    """The consultant's line of the staff's list, which names another origin at first."""
    assert urlsplit(live_site).hostname == "127.0.0.1"
    with django_db_blocker.unblock(), databases.connected_to(databases.name_of("live")):
        site = EmbeddingSite.objects.create(origin="https://somebody.example")
        yield site
        site.delete()


def frame_of(page: Page, consultant: str) -> Frame:
    page.goto(consultant)
    return page.frames[1]


def answer(frame: Frame, step: str) -> None:
    """Answer the question in the frame as the person of the tests does, and go on."""
    offered = form_in(frame.content()).offered
    for name, values in offered.items():
        given = value_for(name.removeprefix(f"{step}-"), values, people.ENGINEER)
        field = frame.locator(f"main [name='{name}']")
        if not field.first.is_visible() and field.first.get_attribute("type") != "radio":
            continue
        if field.first.evaluate("one => one.tagName") == "SELECT":
            field.first.select_option(str(given))
        elif field.first.get_attribute("type") == "radio":
            frame.locator(f"main [name='{name}'][value='{given}']").check()
        else:
            field.first.fill(str(given))
    frame.get_by_role("button", name="Continue").click()


def wait_until_shown(frame: Frame) -> None:
    """The list takes a few seconds to be read again by every process."""
    for _second in range(15):
        if frame.get_by_role("link", name="Start the check").count():
            return
        frame.page.wait_for_timeout(1000)
        frame.page.reload()
        frame = frame.page.frames[1]
    raise AssertionError("The frame stays empty.")


def test_an_allowed_site_shows_the_check_and_answers_stay_in_the_frame(
    page: Page, consultant: str, allowed: EmbeddingSite, live_site: str
) -> None:
    frame = frame_of(page, consultant)
    assert frame.get_by_role("link").count() == 0
    allowed.origin = consultant
    allowed.save()
    wait_until_shown(frame)
    frame = page.frames[1]
    frame.get_by_role("link", name="Start the check").click()
    frame.wait_for_url("**/embed/check/*/country/")
    answer(frame, "country")
    frame.wait_for_url("**/embed/check/*/status/")
    answer(frame, "status")
    frame.wait_for_url("**/embed/check/*/occupation/")
    assert step_of(urlsplit(page.url).path) == ""
    frame.evaluate(AXE_SCRIPT)
    assert found(frame.evaluate("options => axe.run(options)", OPTIONS)["violations"]) == []
    kept = [cookie for cookie in page.context.cookies() if cookie["name"].startswith("embed-journey-")]
    assert [(cookie["sameSite"], cookie["secure"], cookie["httpOnly"]) for cookie in kept] == [
        ("None", True, True)
    ]
    page.goto(frame.url.replace("/embed/", "/"))
    page.wait_for_url("**/country/**")


def test_a_link_out_of_the_frame_opens_a_tab(page: Page, consultant: str, allowed: EmbeddingSite) -> None:
    allowed.origin = consultant
    allowed.save()
    wait_until_shown(frame_of(page, consultant))
    with page.expect_popup() as opened:
        page.frames[1].get_by_role("link", name="Open CPTPP Check in a tab").click()
    expect(opened.value.get_by_role("link", name="Start the check")).to_be_visible()
    assert "/embed" not in opened.value.url
