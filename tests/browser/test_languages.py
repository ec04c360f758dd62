"""Pages in the other languages: no barrier, nothing too wide, no English left; and a whole check in each.

Every second state is opened in one of them, in turn. `ALL_LANGUAGES=1` opens each state in every language, on both
screens and in both colours; tests/eligibility/test_no_english_left.py reads all pages without a browser.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import html_check
from tests.browser.gallery import SCHEMES, SIZES, Gallery, Opened
from tests.browser.people import ENGINEER
from tests.browser.states import STATES, State
from tests.browser.test_every_page import NARROWEST, axe, found, is_explained
from tests.browser.visitor import Visitor
from tests.eligibility.foreign import english_on
from tests.eligibility.test_no_english_left import LANGUAGES, official_names

ALL = os.environ.get("ALL_LANGUAGES") == "1"
TRANSLATED = [state for state in STATES if not state.path.startswith("/api/")]
"""The documentation of the API is for programmers, in English."""
CHOSEN = (
    [(state, language) for state in TRANSLATED for language in LANGUAGES]
    if ALL
    else [(state, LANGUAGES[place % len(LANGUAGES)]) for place, state in enumerate(TRANSLATED[::2])]
)
LOOKS: list[tuple[str, Any]] = (
    [(size, scheme) for size in SIZES for scheme in SCHEMES] if ALL else [("phone", "light")]
)


@pytest.fixture(scope="module", params=CHOSEN, ids=lambda pair: f"{pair[0].name}, {pair[1]}")
def translated(request: pytest.FixtureRequest, gallery: Gallery) -> tuple[Opened, str]:
    """Each state in turn, in the language that is due."""
    state: State
    state, language = request.param
    return gallery.open(state, language), language


def test_axe_finds_no_barrier_in_another_language(translated: tuple[Opened, str]) -> None:
    opened, _language = translated
    for size, scheme in LOOKS:
        width, height = SIZES[size]
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.emulate_media(color_scheme=scheme)
        results = axe(opened.page)
        assert found(results["violations"]) == []
        for rule in results["incomplete"]:
            nodes = [node for node in rule["nodes"] if not is_explained(opened.state.name, rule["id"], node)]
            assert found([{**rule, "nodes": nodes}]) == []


def test_the_page_is_valid_html_and_nothing_is_too_wide(translated: tuple[Opened, str]) -> None:
    opened, _language = translated
    assert html_check.complaints(opened.source) == []
    opened.page.set_viewport_size({"width": NARROWEST, "height": 256})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_no_english_is_left_on_the_page(translated: tuple[Opened, str]) -> None:
    opened, language = translated
    assert list(english_on(opened.page.content(), language, official_names())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_check_in_another_language_comes_to_the_same_answer(
    watched: Page, live_site: str, language: str
) -> None:
    visitor = Visitor(watched, live_site, language)
    visitor.start()
    visitor.walk_on(ENGINEER)
    assert watched.url == f"{live_site}/{language}/check/{visitor.journey}/result/"
    main = watched.locator("main")
    expect(main).to_have_attribute("data-outcome", "eligible")
    points = main.locator("[data-criterion]").count()
    visitor.follow("English")
    assert watched.url == f"{live_site}/check/{visitor.journey}/result/"
    expect(main).to_have_attribute("data-outcome", "eligible")
    assert main.locator("[data-criterion]").count() == points
    assert {each["name"]: each["value"] for each in watched.context.cookies()}["language"] == "en"


@pytest.mark.parametrize(("locale", "language"), [("es-CL", "es"), ("ja-JP", "ja")])
def test_a_first_visit_opens_in_the_language_of_the_browser(
    new_context: Any, live_site: str, locale: str, language: str
) -> None:
    page = new_context(locale=locale).new_page()
    page.goto(f"{live_site}/")
    assert page.url == f"{live_site}/{language}/"
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(f"{live_site}/")
    page.goto(f"{live_site}/")
    assert page.url == f"{live_site}/", "The choice is forgotten."
