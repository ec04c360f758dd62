"""The occupation search in a browser: as a combobox, by keyboard alone, when it fails, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.live_steps import go_on, open_step, step_of

SEARCH = "#occupation-search"
OPTIONS = "#occupation-options [role=option]"
STATUS = "#occupation-status"
COMPLAINTS = """
window.complaints = [];
document.addEventListener("securitypolicyviolation", (event) => complaints.push(event.violatedDirective));
addEventListener("error", (event) => complaints.push(event.message));
"""


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on which nothing breaks the content security policy and no script fails."""
    page.add_init_script(COMPLAINTS)
    page.set_default_timeout(10_000)
    yield page
    assert page.evaluate("window.complaints") == []


def typed(page: Page, words: str) -> Locator:
    """Type into the search box key by key, and wait for the options."""
    search = page.locator(SEARCH)
    search.press_sequentially(words, delay=20)
    expect(search).to_have_attribute("aria-expanded", "true")
    return search


def active_title(page: Page) -> str | None:
    """The title of the option that the search box points at."""
    active = page.locator(SEARCH).get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").get_attribute("data-title") if active else None


def test_results_appear_while_typing_and_are_counted_aloud(page: Page) -> None:
    open_step(page, "occupation")
    search = typed(page, "software eng")
    expect(page.locator(OPTIONS).first).to_have_attribute("data-code", "21231")
    expect(page.locator(STATUS)).to_have_text(
        "The 10 closest occupations are shown. To narrow the search, add a word."
    )
    expect(page.locator(STATUS)).to_have_role("status")
    expect(search).to_be_focused()
    expect(search).to_have_role("combobox")
    expect(search).to_have_attribute("aria-controls", "occupation-options")
    assert page.locator(OPTIONS).count() == 10
    assert "software" not in page.url


def test_an_occupation_is_chosen_by_keyboard_alone_and_its_details_are_read_before_going_on(
    page: Page,
) -> None:
    open_step(page, "occupation")
    search = typed(page, "web designer")
    titles = [option.get_attribute("data-title") for option in page.locator(OPTIONS).all()]
    for title in titles:
        page.keyboard.press("ArrowDown")
        assert active_title(page) == title
        expect(page.locator(f'{OPTIONS}[aria-selected="true"]')).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert active_title(page) == titles[0]
    page.keyboard.press("ArrowUp")
    assert active_title(page) == titles[-1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(search).to_be_focused()
    expect(search).to_have_value(titles[0] or "")
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(page.locator(STATUS)).to_have_text(
        f"Selected: {titles[0]}. Read what it says below, then continue."
    )
    card = page.locator("#occupation-choices .occupation")
    expect(card.get_by_role("radio")).to_be_checked()
    for words in ("TEER", "The list for your country", "Job titles in this occupation"):
        expect(card).to_contain_text(words)
    expect(card.locator("details p")).to_be_visible()
    page.keyboard.press("Enter")
    expect(card.get_by_role("radio")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert step_of(page) != "occupation"


def test_the_tab_key_leaves_the_list_closed_and_reaches_every_control(page: Page) -> None:
    open_step(page, "occupation")
    search = typed(page, "welder")
    page.keyboard.press("Tab")
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("I do not know the occupation yet")).to_be_focused()


def test_escape_closes_the_list_and_then_clears_the_box(page: Page) -> None:
    open_step(page, "occupation")
    search = typed(page, "welder")
    page.keyboard.press("Escape")
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#occupation-options")).to_be_hidden()
    expect(search).to_have_value("welder")
    page.keyboard.press("ArrowDown")
    expect(search).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(search).to_have_value("")
    expect(page.locator(OPTIONS)).to_have_count(0)
    expect(page.locator(STATUS)).to_have_text("")
    expect(search).to_be_focused()


def test_enter_before_any_option_shows_the_same_results_as_a_page(page: Page) -> None:
    open_step(page, "occupation")
    typed(page, "welder")
    shown = [option.get_attribute("data-code") for option in page.locator(OPTIONS).all()]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "q=welder" in page.url
    cards = page.locator("#occupation-choices [data-code]").all()
    assert [card.get_attribute("data-code") for card in cards] == shown


def test_a_click_chooses_too(page: Page) -> None:
    open_step(page, "occupation")
    search = typed(page, "electrician")
    first = page.locator(OPTIONS).first
    code = first.get_attribute("data-code")
    first.click()
    expect(search).to_be_focused()
    expect(page.locator(f'[name="occupation-noc"][value="{code}"]')).to_be_checked()


def test_an_older_request_is_dropped_for_a_newer_one(page: Page) -> None:
    open_step(page, "occupation")
    dropped: list[str] = []
    held: list[Route] = []
    page.on("requestfailed", lambda request: dropped.append(request.url))
    page.route("**/occupation/?q=weld", lambda route: held.append(route))
    page.locator(SEARCH).press_sequentially("weld", delay=20)
    page.wait_for_timeout(500)
    assert len(held) == 1, "The first request did not go out."
    page.locator(SEARCH).fill("nurse")
    expect(page.locator(OPTIONS).first).to_have_attribute("data-code", "31301")
    assert [url.rsplit("=", 1)[1] for url in dropped] == ["weld"]


def test_typing_quickly_asks_once(page: Page) -> None:
    open_step(page, "occupation")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    typed(page, "carpenter")
    assert [url.rsplit("=", 1)[1] for url in asked if "q=" in url] == ["carpenter"]


def test_an_answer_on_its_way_does_not_reopen_what_escape_closed(page: Page) -> None:
    open_step(page, "occupation")
    search = typed(page, "welder")
    search.press("s")
    page.keyboard.press("Escape")
    page.wait_for_timeout(600)
    expect(search).to_have_attribute("aria-expanded", "false")


def test_no_match_says_what_to_try_and_only_after_typing(page: Page) -> None:
    open_step(page, "occupation")
    expect(page.locator(STATUS)).to_have_text("")
    page.locator(SEARCH).press_sequentially("zzqqxx", delay=20)
    expect(page.locator(STATUS)).to_contain_text("No occupation was found for “zzqqxx”. Check the spelling")
    expect(page.locator(SEARCH)).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("failure", ["unreachable", "broken"])
def test_a_failed_request_is_told_in_words_and_leaves_the_page_usable(page: Page, failure: str) -> None:
    open_step(page, "occupation")

    def fail(route: Route) -> None:
        if "HX-Request".lower() not in route.request.headers:
            route.continue_()
        elif failure == "broken":
            route.fulfill(status=500, body="<h1>Broken</h1>")
        else:
            route.abort()

    page.route("**/occupation/?q=*", fail)
    page.locator(SEARCH).press_sequentially("welder", delay=20)
    expect(page.locator(STATUS)).to_have_text(
        "The search did not answer just now. Press Search to try once more."
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    expect(page.locator("#occupation-choices [data-code]").first).to_be_visible()


def test_the_answer_is_there_again_when_the_visitor_comes_back(page: Page) -> None:
    open_step(page, "occupation")
    typed(page, "welder")
    code = page.locator(OPTIONS).first.get_attribute("data-code")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    go_on(page)
    page.go_back()
    expect(page.locator(f'[name="occupation-noc"][value="{code}"]')).to_be_checked()
    page.go_forward()
    with page.expect_navigation():
        page.get_by_role("link", name="Back").click()
    expect(page.locator(f'[name="occupation-noc"][value="{code}"]')).to_be_checked()


def test_nothing_typed_stays_in_the_browser(page: Page) -> None:
    open_step(page, "occupation")
    typed(page, "welder")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])") == "[{},{}]"


def test_axe_finds_nothing_in_the_open_list_nor_in_the_card_chosen(page: Page) -> None:
    open_step(page, "occupation")
    typed(page, "welder")
    page.keyboard.press("ArrowDown")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Enter")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_open_list_fits_the_screen_and_is_big_enough_to_touch(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_step(page, "occupation")
    typed(page, "manager")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for option in page.locator(OPTIONS).all():
        box = option.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_the_public_search_lists_results_while_typing(page: Page) -> None:
    page.goto("/occupations/search")
    page.get_by_label("Job title or occupation code").press_sequentially("21231", delay=20)
    expect(page.locator("#occupations [data-code]")).to_have_count(1)
    expect(page.locator("#occupations-status")).to_have_text("1 occupation found.")
    page.get_by_label("Your country").select_option("MX")
    expect(page.locator("#occupations")).to_contain_text("The list for your country includes it.")


def test_without_scripts_the_same_occupation_is_found_and_chosen(browser: Browser, live_site: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=live_site) as context:
        page = context.new_page()
        open_step(page, "occupation")
        page.locator(SEARCH).fill("web designer")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(STATUS)).to_contain_text("occupations are shown")
        first = page.locator("#occupation-choices .occupation").first
        for words in ("TEER", "The list for your country", "Job titles in this occupation"):
            expect(first).to_contain_text(words)
        first.get_by_role("radio").check()
        code = first.get_attribute("data-code")
        go_on(page)
        assert step_of(page) != "occupation"
        page.get_by_role("link", name="Back").click()
        expect(page.locator(f'[name="occupation-noc"][value="{code}"]')).to_be_checked()
