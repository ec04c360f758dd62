"""What holds for every page in every state: valid HTML, no barrier, no scrolling sideways, no complaint."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser import html_check
from tests.browser.gallery import SCHEMES, SIZES, Opened

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
EXPLAINED: list[dict[str, str]] = json.loads(
    (Path(__file__).parent / "axe_incomplete.json").read_text(encoding="utf-8")
)
NARROWEST = 320
"""CSS pixels of a screen of 1280 at 400 per cent."""


def axe(page: Page) -> dict[str, Any]:
    """The results of axe-core for the page as it is shown."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    results: dict[str, Any] = page.evaluate("options => axe.run(options)", OPTIONS)
    return results


def found(results: list[dict[str, Any]]) -> list[str]:
    """One line for each node of axe's results."""
    return [
        f"{rule['id']}: {node['html'][:200]} {_reasons(node)}" for rule in results for node in rule["nodes"]
    ]


def _reasons(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])


def is_explained(state: str, rule: str, node: dict[str, Any]) -> bool:
    """Whether the file says why axe cannot decide this, and why it is no barrier."""
    return any(
        one["rule"] == rule and re.search(one["state"], state) and re.search(one["reason"], _reasons(node))
        for one in EXPLAINED
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_barrier(opened: Opened, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    opened.page.set_viewport_size({"width": width, "height": height})
    opened.page.emulate_media(color_scheme=scheme)
    results = axe(opened.page)
    assert found(results["violations"]) == []
    open_questions = [
        {
            **rule,
            "nodes": [
                node for node in rule["nodes"] if not is_explained(opened.state.name, rule["id"], node)
            ],
        }
        for rule in results["incomplete"]
    ]
    assert found(open_questions) == []


def test_the_page_is_valid_html(opened: Opened) -> None:
    assert html_check.complaints(opened.source) == []


def test_nothing_scrolls_sideways_at_400_per_cent(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": NARROWEST, "height": 256})
    too_wide = opened.page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5
                && !one.closest(".scroll, .visually-hidden, details:not([open]) > :not(summary)"))
            .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert too_wide == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_the_console_is_silent_and_no_policy_is_broken(opened: Opened) -> None:
    assert opened.complaints == []


def test_the_title_of_a_page_with_errors_begins_with_error(opened: Opened) -> None:
    has_errors = opened.page.locator(".error-summary").count() == 1
    assert opened.page.title().startswith("Error: ") == has_errors
