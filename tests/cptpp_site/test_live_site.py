"""The real server process and the real browser of the tests."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import live


def test_the_live_site_reaches_its_copy_of_the_database(live_site: str) -> None:
    assert live.status_of(f"{live_site}/readyz") == 200


def test_the_browser_loads_a_page_with_its_style_sheets_and_breaks_no_policy(
    page: Page, live_site: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    loaded: dict[str, int] = {}
    page.on("response", lambda response: loaded.update({response.url: response.status}))
    page.goto("/admin/")
    assert page.get_by_label("Username").is_visible()
    static = {status for url, status in loaded.items() if "/static/" in url}
    assert static == {200}
    assert not [text for text in complaints if "Content Security Policy" in text]
