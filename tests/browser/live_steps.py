"""A visitor in a browser who walks quickly to the pages that answer while one types."""

from __future__ import annotations

from playwright.sync_api import Page

ANSWERS = {
    "country": {"country": "MX"},
    "status": {"status": "citizen"},
    "education": {"education_level": "bachelor", "education_years": "4", "degree_field_related": "true"},
    "experience": {"experience_years": "5", "experience_part_time": "false"},
    "language": {"works_in_english_or_french": "true"},
    "licence": {"licence_needed": "false"},
}
SOFTWARE_ENGINEER = "21231"


def step_of(page: Page) -> str:
    return page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def go_on(page: Page) -> None:
    """Press Continue and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name="Continue", exact=True).click()


def fill(page: Page, step: str, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        field = page.locator(f'[name="{step}-{name}"]')
        if field.first.get_attribute("type") == "radio":
            page.locator(f'[name="{step}-{name}"][value="{value}"]').check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def choose_by_page(page: Page, words: str, code: str) -> None:
    """Choose an occupation from the results as a page, which needs no script."""
    page.goto(f"{page.url.split('?')[0]}?q={words}")
    page.locator(f'[name="occupation-noc"][value="{code}"]').check()


def open_step(page: Page, step: str, region: str = "ER3530", code: str = SOFTWARE_ENGINEER) -> None:
    """Walk from the start to a step, its own question still open."""
    page.goto("/check/")
    while (here := step_of(page)) != step:
        if here == "occupation":
            choose_by_page(page, code, code)
        elif here == "place":
            fill(page, here, {"region": region})
        else:
            fill(page, here, ANSWERS[here])
        go_on(page)
