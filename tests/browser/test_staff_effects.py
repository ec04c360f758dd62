"""The staff's pages about what a draft changes, in a real browser: impact, reference cases, preview."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests import databases, drafts
from tests.browser.test_every_page import axe, found
from tests.staff import person, signed_in

DRAFT = "browser-draft"
EDITIONS = f"before=ircc-2024-10-03&after={DRAFT}"
SLOWEST_MILLISECONDS = 60_000
"""A report takes a second or two, but machines that run tests are busy."""


@pytest.fixture
def staff(watched: Page, live_site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Page]:
    """A page on which an editor has signed in, and a draft that excludes software engineers of Mexico."""
    with django_db_blocker.unblock(), databases.connected_to(databases.name_of("live")):
        edition = drafts.copied(DRAFT)
        drafts.excluded(edition, "MX", "21231")
        user = person("browser-editor", ["editor"])
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        watched.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_site}]
        )
        watched.set_default_navigation_timeout(SLOWEST_MILLISECONDS)
        yield watched
        user.delete()
        edition.delete()


def look(page: Page) -> None:
    """No barrier and no scrolling sideways, on a desktop and on a telephone."""
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert found(axe(page)["violations"]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_editor_sees_what_a_draft_changes_and_walks_through_it(staff: Page, live_site: str) -> None:
    staff.goto(f"{live_site}/admin/impact/?{EDITIONS}")
    expect(staff.get_by_text("The answer changes for")).to_be_visible()
    look(staff)
    staff.get_by_role("link", name="Mexico", exact=True).click()
    expect(staff.get_by_label("Country", exact=True)).to_have_value("MX")
    staff.get_by_role("link", name="Mexican software engineer").first.click()
    expect(staff.get_by_role("heading", name="Each criterion")).to_be_visible()
    look(staff)
    staff.goto(f"{live_site}/admin/reference-cases/?edition={DRAFT}")
    staff.get_by_label("Only those that come to another answer").check()
    staff.get_by_role("button", name="Run the cases").click()
    expect(staff.get_by_role("row", name="Mexican software engineer")).to_be_visible()
    look(staff)
    staff.goto(f"{live_site}/admin/preview/{DRAFT}/")
    expect(staff.get_by_role("complementary", name="Preview")).to_contain_text("not public")
    look(staff)
    staff.get_by_role("link", name="Start the check").click()
    expect(staff.get_by_role("complementary", name="Preview")).to_be_visible()
    look(staff)
    leave = staff.get_by_role("link", name="Leave the preview")
    expect(leave).to_have_attribute("href", f"/admin/occupations/edition/{DRAFT}/change/")
