"""An error on every question: it is announced, leads to its field, loses nothing, and can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import people
from tests.browser.people import Person
from tests.browser.visitor import Visitor

STEPS: dict[str, tuple[Person, dict[str, str | list[str]]]] = {
    "country": (people.ENGINEER, {"country-country": "other"}),
    "status": (people.ENGINEER, {}),
    "occupation": (people.ENGINEER, {}),
    "conditions": (people.CHEMIST, {}),
    "education": (
        people.ENGINEER,
        {"education-education_level": "bachelor", "education-education_years": "about four"},
    ),
    "experience": (
        people.ENGINEER,
        {"experience-experience_years": "many", "experience-experience_part_time": "false"},
    ),
    "place": (people.ENGINEER, {}),
    "licence": (people.ENGINEER, {}),
    "language": (people.ENGINEER, {"language-language_evidence": ["work", "test"]}),
    "offer": (
        people.ENGINEER,
        {
            "offer-job_offer": "written",
            "offer-wage_amount": "fifty",
            "offer-wage_period": "week",
            "offer-hours_per_week": "400",
            "offer-prevailing_wage_source": "own",
            "offer-controls_employer": "false",
        },
    ),
    "situation": (people.ENGINEER, {"situation-has_partner": "true", "situation-offer_months": "a year"}),
}
"""Step -> who answers, and what is typed before it is sent with something wrong or missing."""


@pytest.fixture(params=STEPS)
def step(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def refused(visitor: Visitor, step: str) -> Visitor:
    """A visitor whose answer to `step` was refused."""
    return refuse(visitor, step)


def refuse(visitor: Visitor, step: str) -> Visitor:
    person, typed = STEPS[step]
    visitor.walk(person, until=step)
    visitor.open(step)
    for name, value in typed.items():
        visitor.give(name, value)
    visitor.submit()
    return visitor


def test_errors_are_announced_lead_to_their_fields_and_can_be_mended(refused: Visitor, step: str) -> None:
    page, (person, typed) = refused.page, STEPS[step]
    expect(refused.errors).to_be_focused()
    assert page.title().startswith("Error: ")
    held = refused.typed()
    for name, value in typed.items():
        assert held[name] == ([value] if isinstance(value, str) else value), f"{name} was lost."
    for link in refused.errors.get_by_role("link").all():
        target = str(link.get_attribute("href")).removeprefix("#")
        link.click()
        expect(page.locator(f"[id='{target}']")).to_be_focused()
        expect(page.locator(f"[id='{target}']")).to_be_in_viewport()
    refused.answer(person)
    expect(refused.errors).to_have_count(0)
    assert not page.title().startswith("Error")


def test_each_error_is_told_at_its_field_in_the_same_words(refused: Visitor) -> None:
    page = refused.page
    told = [one.inner_text() for one in refused.errors.get_by_role("link").all()]
    assert told
    at_fields = [one.inner_text().removeprefix("Error:").strip() for one in page.locator(".error").all()]
    assert at_fields == told
    described = page.locator("[aria-invalid=true]").evaluate_all(
        """all => all.map(one => (one.getAttribute("aria-describedby") ?? "").split(" ")
            .map(id => document.getElementById(id)?.innerText ?? "").join(" "))"""
    )
    assert len(described) == len(told)
    for words, sentence in zip(described, told, strict=True):
        assert sentence in words


def test_a_second_refusal_is_announced_too(visitor: Visitor) -> None:
    refuse(visitor, "experience").errors.get_by_role("link").click()
    visitor.submit()
    expect(visitor.errors).to_be_focused()
    assert "#" not in visitor.page.url


@pytest.fixture
def without_javascript(browser: Browser, live_site: str) -> Iterator[Visitor]:
    context = browser.new_context(java_script_enabled=False)
    yield Visitor(context.new_page(), live_site)
    context.close()


@pytest.mark.parametrize("slug", ["occupation", "offer"])
def test_errors_need_no_javascript(without_javascript: Visitor, slug: str) -> None:
    visitor = refuse(without_javascript, slug)
    expect(visitor.errors).to_be_focused()
    link = visitor.errors.get_by_role("link").first
    target = str(link.get_attribute("href")).removeprefix("#")
    link.click()
    expect(visitor.page.locator(f"[id='{target}']")).to_be_focused()


def test_a_search_that_found_something_survives_an_error(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER, until="occupation")
    visitor.open("occupation")
    search = visitor.page.locator("input[type=search]")
    search.fill("electrician")
    visitor.press(visitor.page.get_by_role("button", name="Search"))
    found = visitor.page.locator("[data-code]").count()
    visitor.submit()
    expect(visitor.errors).to_be_visible()
    expect(search).to_have_value("electrician")
    assert visitor.page.locator("[data-code]").count() == found > 0


def test_working_out_the_pay_keeps_what_was_typed(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER, until="offer")
    visitor.open("offer")
    typed: dict[str, Any] = {"wage_amount": "8000", "wage_period": "month", "hours_per_week": "37.5"}
    visitor.give("offer-job_offer", "verbal")
    for name, value in typed.items():
        visitor.give(f"offer-{name}", value)
    visitor.page.get_by_role("button", name="Work out the hourly pay").click()
    expect(visitor.page.locator("#converted")).to_contain_text("an hour")
    expect(visitor.errors).to_have_count(0)
    held = visitor.typed()
    assert {name: held[f"offer-{name}"] for name in typed} == {name: [value] for name, value in typed.items()}
    assert held["offer-job_offer"] == ["verbal"]
