"""The staff's pages of signing in, history and checks in a browser: no barrier, no broken policy, works by keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b32decode

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django_otp.oath import TOTP
from playwright.sync_api import Page, ViewportSize
from pytest_django import DjangoDbBlocker

from tests import databases, live
from tests.browser.test_every_page import OPTIONS, found
from tests.staff import PASSWORD

SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


@pytest.fixture
def account(live_site: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of a new account on the live site, made by the command."""
    name = "staff-pages"
    with django_db_blocker.unblock():
        address = databases.url_of(databases.name_of("live"))
    environment = {
        **os.environ,
        **live.environment_for(address, settings.DATA_DIR),
        "STAFF_PASSWORD": PASSWORD,
    }
    command = [sys.executable, "manage.py", "add_staff", "--name", name, "--superuser"]
    subprocess.run(command, cwd=live.ROOT, env=environment, check=True, capture_output=True)
    return name


def violations(page: Page) -> list[str]:
    """What axe finds. It does not fetch style sheets again, which follow Django's imports to a wrong address."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return found(page.evaluate("options => axe.run(options)", {**OPTIONS, "preload": False})["violations"])


def barriers(page: Page) -> list[str]:
    """What axe finds on this page at both sizes, and whether it scrolls sideways."""
    complaints: list[str] = []
    for size in SIZES:
        page.set_viewport_size(size)
        complaints += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            complaints.append(f"{page.url} scrolls sideways at {size['width']}")
    return complaints


def shown_code(page: Page) -> str:
    """What a telephone would show that read the secret of this page."""
    secret = page.locator(".secret").inner_text().replace(" ", "")
    return f"{TOTP(b32decode(secret)).token():06d}"


def test_signing_in_history_and_checks_have_no_barrier(watched: Page, account: str) -> None:
    page = watched
    page.goto("/admin/occupations/change/")
    assert barriers(page) == []
    page.get_by_label("Username").fill(account)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Set up your telephone").wait_for()
    square = page.locator(".square")
    assert square.evaluate("async image => { await image.decode(); return image.naturalWidth; }") > 100
    assert barriers(page) == []
    page.get_by_label("Code").fill(shown_code(page))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    assert page.locator(".codes li").count() == 10
    assert barriers(page) == []
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a text file").click()
    assert saved.value.suggested_filename == "cptpp-check-recovery-codes.txt"
    page.get_by_role("button", name="I have kept them").click()
    for path in (
        "/admin/my-sign-in/",
        "/admin/occupations/change/?q=source",
        "/admin/occupations/source/S-01/history/?on=2026-01-01",
        "/admin/occupations/change/as-of/?table=occupations_country",
        "/admin/occupations/sourcecheck/overdue/",
    ):
        page.goto(path)
        assert barriers(page) == [], path
