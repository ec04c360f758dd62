"""Usual pay, licences and pay by the hour, shown while the visitor answers; the same without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.live_steps import fill, go_on, open_step, step_of

PLACE = "#place-facts"
PAY = "#converted"
ENGINEER = "21311"
YEARLY = {"job_offer": "written", "wage_amount": "62400", "wage_period": "year", "hours_per_week": "40"}
BELOW = "Your pay without allowances is CAD 30.00 an hour. That is below the usual CAD"


def test_choosing_a_region_shows_the_usual_pay_and_the_regulator(page: Page) -> None:
    open_step(page, "place", code=ENGINEER)
    address = page.url
    expect(page.locator(PLACE)).to_have_text("")
    fill(page, "place", {"region": "ER3530"})
    expect(page.locator(PLACE)).to_contain_text("in Toronto earn more than CAD")
    expect(page.locator(PLACE)).to_contain_text("This occupation is regulated there")
    expect(page.locator(PLACE)).to_contain_text("Professional Engineers Ontario")
    expect(page.locator(PLACE)).to_have_role("status")
    fill(page, "place", {"region": "unknown"})
    expect(page.locator(PLACE)).to_have_text("")
    assert page.url == address


def test_the_pages_after_say_the_same_of_the_region(page: Page) -> None:
    open_step(page, "place", code=ENGINEER)
    fill(page, "place", {"region": "ER3530"})
    expect(page.locator(PLACE)).to_contain_text("Toronto")
    pay, licence, *_rest = page.locator(f"{PLACE} p").all_inner_texts()
    go_on(page)
    assert step_of(page) == "licence"
    expect(page.get_by_role("main")).to_contain_text(licence)
    fill(page, "licence", {"licence_needed": "table"})
    go_on(page)
    fill(page, "language", {"works_in_english_or_french": "true"})
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text(pay)


def test_a_region_that_cannot_be_looked_up_is_told_in_words(page: Page) -> None:
    open_step(page, "place")
    page.route(
        "**/place/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    fill(page, "place", {"region": "ER3530"})
    expect(page.locator(PLACE)).to_contain_text("could not be loaded just now. You can go on")
    page.unroute("**/place/")
    go_on(page)
    assert step_of(page) != "place"


def test_pay_by_the_hour_follows_what_is_typed(page: Page) -> None:
    open_step(page, "offer")
    fill(page, "offer", YEARLY)
    expect(page.locator(PAY)).to_contain_text(BELOW)
    page.locator('[name="offer-wage_amount"]').fill("624000")
    expect(page.locator(PAY)).to_contain_text("CAD 300.00 an hour. That reaches the usual CAD")
    expect(page.locator('[name="offer-wage_amount"]')).to_be_focused()
    fill(page, "offer", {"job_offer": "none"})
    expect(page.locator(PAY)).to_be_hidden()


def test_the_button_works_the_pay_out_without_leaving_the_page(page: Page) -> None:
    open_step(page, "offer")
    page.get_by_role("button", name="Work out the hourly pay").click()
    expect(page.locator(PAY)).to_contain_text("Enter what the job pays")
    assert step_of(page) == "offer"
    assert "#" not in page.url


def test_a_slow_answer_for_an_older_figure_is_dropped(page: Page) -> None:
    open_step(page, "offer")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/offer/", hold_the_first)
    fill(page, "offer", YEARLY)
    page.wait_for_timeout(800)
    assert len(held) == 1, "The first request did not go out."
    page.locator('[name="offer-wage_amount"]').fill("624000")
    expect(page.locator(PAY)).to_contain_text("CAD 300.00 an hour")


def test_enter_in_a_field_goes_on_instead_of_working_out(page: Page) -> None:
    open_step(page, "offer")
    fill(page, "offer", YEARLY | {"prevailing_wage_source": "table", "controls_employer": "false"})
    page.locator('[name="offer-wage_amount"]').focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert step_of(page) != "offer"


def test_without_scripts_both_buttons_show_the_same(browser: Browser, live_site: str) -> None:
    with browser.new_context(java_script_enabled=False, base_url=live_site) as context:
        page = context.new_page()
        open_step(page, "place", code=ENGINEER)
        fill(page, "place", {"region": "ER3530"})
        page.get_by_role("button", name="Show the usual pay and licence there").click()
        expect(page.locator(PLACE)).to_contain_text("Professional Engineers Ontario")
        expect(page.locator('[name="place-region"]')).to_have_value("ER3530")
        go_on(page)
        fill(page, "licence", {"licence_needed": "table"})
        go_on(page)
        fill(page, "language", {"works_in_english_or_french": "true"})
        go_on(page)
        fill(page, "offer", YEARLY)
        page.get_by_role("button", name="Work out the hourly pay").click()
        expect(page.locator(PAY)).to_contain_text(re.compile(re.escape(BELOW)))
        expect(page.locator('[name="offer-wage_amount"]')).to_have_value("62400")
