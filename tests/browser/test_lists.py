"""The public lists in a browser: rows narrow as a word is typed, and the same form works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

ROWS = "table[data-rows] tbody tr:visible"


@pytest.fixture
def without_javascript(browser: Browser, live_site: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_site)
    yield context.new_page()
    context.close()


def test_rows_narrow_while_a_word_is_typed_and_come_back(watched: Page) -> None:
    watched.goto("/occupations/jp/technician/")
    whole = watched.locator(ROWS).count()
    search = watched.get_by_label("Search this list")
    search.press_sequentially("SUPERVISORS text")
    expect(watched.locator(ROWS)).to_have_count(1)
    expect(watched.get_by_role("status")).to_have_text("Rows shown: 1")
    assert "92015" in watched.locator(ROWS).inner_text()
    expect(watched.get_by_role("heading", name="Entries without a code")).to_be_hidden()
    search.fill("")
    expect(watched.locator(ROWS)).to_have_count(whole)
    expect(watched.get_by_role("heading", name="Entries without a code")).to_be_visible()


def test_an_accent_or_its_absence_makes_no_difference(watched: Page) -> None:
    watched.goto("/occupations/au/")
    watched.get_by_label("Search this list").press_sequentially("vétérinarians")
    expect(watched.locator(ROWS)).to_have_count(1)


def test_the_countries_side_by_side_narrow_too(watched: Page) -> None:
    watched.goto("/occupations/compare/")
    watched.get_by_label("Search these tables").press_sequentially("plumb")
    expect(watched.locator(ROWS)).to_have_count(1)


def test_without_javascript_the_form_asks_the_server(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/occupations/jp/technician/")
    page.get_by_label("Search this list").fill("supervisors textile")
    page.get_by_role("button", name="Search").click()
    assert page.url.endswith("/occupations/jp/technician/?q=supervisors+textile")
    assert page.locator(ROWS).filter(has_text="92015").count() == 1
    assert page.locator(ROWS).filter(has_text="22210").count() == 0
    page.get_by_role("link", name="Show everything again").click()
    assert page.url.endswith("/occupations/jp/technician/")


def test_the_way_from_the_start_to_a_unit_group_needs_no_address(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/")
    page.get_by_role("link", name="See the occupations for each country").click()
    page.get_by_role("link", name="Mexico").click()
    page.get_by_role("link", name="Interior designers and interior decorators").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Interior designers and interior decorators"
    page.get_by_role("navigation", name="You are here").get_by_role("link", name="Occupations").click()
    assert page.url.endswith("/occupations/")
