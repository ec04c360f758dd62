"""Whole journeys in the browser: with a mouse, by keyboard alone, without JavaScript, and off the straight way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import people
from tests.browser.gallery import SIZES
from tests.browser.people import Person
from tests.browser.visitor import QUESTION_FORM, Visitor

ENGINEER_STEPS = [
    "country", "status", "occupation", "education", "experience", "place", "licence", "language", "offer",
    "situation",
]  # fmt: skip
MOST_TABS = 60


def expect_result(page: Page, outcome: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-outcome", outcome)


# --- From the start page to the result --------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_a_visitor_walks_from_the_start_page_to_the_result(visitor: Visitor, size: str) -> None:
    width, height = SIZES[size]
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.start()
    assert visitor.answer_up_to(people.ENGINEER) == ENGINEER_STEPS
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    visitor.follow("See my result")
    expect_result(visitor.page, "eligible")
    expect(visitor.page.locator("[data-criterion]")).to_have_count(9)


@pytest.mark.parametrize(
    ("person", "outcome"),
    [
        (people.ENGINEER, "eligible"),
        (people.CHEMIST, "eligible"),
        (people.LOW_PAY, "not_eligible"),
        (people.DEVELOPER, "needs_more_information"),
    ],
    ids=["engineer", "chemist", "low pay", "developer"],
)
def test_a_visitor_without_javascript_reaches_the_same_result(
    browser: Browser, live_site: str, person: Person, outcome: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    visitor = Visitor(context.new_page(), live_site)
    visitor.start()
    visitor.walk_on(person)
    expect_result(visitor.page, outcome)
    context.close()


# --- By keyboard alone ------------------------------------------------------------------------------------


class Keyboard:
    """Hands that never leave the keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def go_to(self, target: Locator) -> None:
        """Tab until the target has the focus, which must then be visible on the screen."""
        for _tab in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                self.sees_focus()
                return
            self.press("Tab")
        raise AssertionError(f"{MOST_TABS} times Tab do not lead to {target}.")

    def sees_focus(self) -> None:
        seen = self.page.evaluate(
            """() => {
                const one = document.activeElement, frame = one.closest(".choice") ?? one;
                const {top, bottom} = one.getBoundingClientRect();
                return getComputedStyle(frame).outlineStyle !== "none" && bottom > 0 && top < innerHeight;
            }"""
        )
        assert seen, "The focus is not to be seen."

    def enter(self, target: Locator) -> None:
        """Go there, press Enter and wait for the page that follows."""
        self.go_to(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def choose(self, group: Locator, value: str) -> None:
        """In a group of radio buttons: go to the group, then by arrow to the option."""
        wanted = group.and_(self.page.locator(f"[value='{value}']"))
        checked = group.and_(self.page.locator(":checked"))
        self.go_to(checked if checked.count() else group.first)
        self.press("Space")
        for _arrow in range(group.count()):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not lead to {value}.")


def test_a_journey_by_keyboard_alone(visitor: Visitor) -> None:
    page, keyboard = visitor.page, Keyboard(visitor.page)
    page.goto("/")
    keyboard.enter(page.get_by_role("link", name="Start the check"))
    visitor.journey = page.url.split("/check/")[1].split("/")[0]
    radios = {
        "country": {"country": "MX"},
        "status": {"status": "citizen"},
        "education": {"education_level": "bachelor", "degree_field_related": "true"},
        "experience": {"experience_part_time": "false"},
        "licence": {"licence_needed": "false"},
        "language": {"works_in_english_or_french": "true"},
        "offer": {"job_offer": "written", "wage_period": "hour", "controls_employer": "false"},
        "situation": {},
    }
    texts = {"education_years": "4", "experience_years": "5", "wage_amount": "60"}
    for step in ENGINEER_STEPS:
        assert visitor.step == step
        if step == "occupation":
            keyboard.go_to(page.locator("input[type=search]"))
            page.keyboard.type("software engineer")
            with page.expect_navigation():
                keyboard.press("Enter")
            keyboard.choose(visitor.field("occupation-noc"), "21231")
        elif step == "place":
            keyboard.go_to(visitor.field("place-region"))
            page.keyboard.type("Toronto")
        elif step == "language":
            keyboard.choose(visitor.field("language-works_in_english_or_french"), "true")
            keyboard.go_to(visitor.field("language-language_evidence", "work"))
            keyboard.press("Space")
        else:
            fields = {one.get_attribute("name"): one for one in page.locator(f"{QUESTION_FORM} [name]").all()}
            for name in [str(one) for one in fields if str(one).startswith(f"{step}-")]:
                field = name.removeprefix(f"{step}-")
                if field in radios[step]:
                    keyboard.choose(visitor.field(name), radios[step][field])
                elif field in texts:
                    keyboard.go_to(visitor.field(name))
                    page.keyboard.type(texts[field])
        keyboard.enter(page.get_by_role("button", name="Continue"))
    keyboard.enter(page.get_by_role("link", name="See my result"))
    expect_result(page, "eligible")


def test_the_first_tab_offers_to_skip_to_the_content(visitor: Visitor) -> None:
    visitor.page.goto("/")
    visitor.page.keyboard.press("Tab")
    link = visitor.page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


# --- Back, forward, refresh, tabs -------------------------------------------------------------------------


def test_refreshing_every_question_keeps_its_answer(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    for step in ENGINEER_STEPS:
        visitor.open(step)
        before = visitor.typed()
        visitor.page.reload()
        assert visitor.step == step
        assert visitor.typed() == before
        assert any(value and value != ["unknown"] for value in before.values())


def test_refreshing_the_summary_and_the_result_shows_them_again(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    for step in ("answers", "result", "result", "answers"):
        visitor.open(step)
        visitor.page.reload()
        assert visitor.step == step


def test_back_and_forward_of_the_browser_keep_the_answers(visitor: Visitor) -> None:
    visitor.start()
    visitor.answer_up_to(people.ENGINEER, until="education")
    for step in ("occupation", "status", "country"):
        while visitor.step != step:
            visitor.page.go_back()
    assert visitor.typed()["country-country"] == ["MX"]
    while visitor.step != "education":
        visitor.page.go_forward()
    visitor.answer_up_to(people.ENGINEER)
    visitor.open("result")
    expect_result(visitor.page, "eligible")


def test_the_back_link_leads_through_every_question_to_the_start(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    visitor.open("answers")
    for step in reversed(ENGINEER_STEPS):
        visitor.follow("Back")
        assert visitor.step == step
        assert visitor.typed()
    visitor.follow("Back")
    expect(visitor.page.get_by_role("link", name="Start the check")).to_be_visible()


def test_two_tabs_are_two_journeys(visitor: Visitor, live_site: str) -> None:
    other = Visitor(visitor.page.context.new_page(), live_site)
    visitor.start()
    other.start()
    nurse = {**people.ENGINEER, **people.NURSE}
    for step in ("status", "occupation", "education"):
        visitor.page.bring_to_front()
        visitor.answer_up_to(people.ENGINEER, until=step)
        other.page.bring_to_front()
        other.answer_up_to(nurse, until=step)
    visitor.page.bring_to_front()
    visitor.walk_on(people.ENGINEER)
    expect_result(visitor.page, "eligible")
    other.open("result")
    expect_result(other.page, "not_eligible")
    visitor.page.reload()
    expect_result(visitor.page, "eligible")


# --- The end of a journey ---------------------------------------------------------------------------------


def test_an_expired_journey_says_so_and_offers_a_new_start(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER, until="offer")
    visitor.open("offer")
    visitor.fill(people.ENGINEER)
    name = f"journey-{visitor.journey}"
    visitor.page.context.clear_cookies(name=re.compile(re.escape(name)))
    visitor.submit()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Your answers are no longer here")
    visitor.follow("Start again")
    visitor.follow("Start the check")
    assert visitor.step == "country"


@pytest.mark.parametrize("step", ["education", "answers", "result"])
def test_starting_again_erases_the_answers(visitor: Visitor, step: str) -> None:
    visitor.walk(people.ENGINEER)
    visitor.open(step)
    visitor.press(visitor.page.get_by_role("button", name="Start again and erase my answers"))
    expect(visitor.page.get_by_role("link", name="Start the check")).to_be_visible()
    assert [one["name"] for one in visitor.page.context.cookies() if "journey-" in one["name"]] == []
    visitor.page.go_back()
    visitor.open("answers")
    assert visitor.step == "country"
    assert visitor.field("country-country").and_(visitor.page.locator(":checked")).count() == 0


def test_an_early_result_is_offered_and_the_visitor_may_go_on(visitor: Visitor) -> None:
    nurse = {**people.ENGINEER, **people.NURSE}
    visitor.start()
    visitor.answer_up_to(nurse, until="education")
    notice = visitor.page.get_by_role("region", name="One of your answers already settles the result")
    expect(notice).to_contain_text("Registered nurses")
    visitor.answer(nurse)
    assert visitor.step == "experience"
    visitor.follow("See my result now")
    expect_result(visitor.page, "not_eligible")
    first = visitor.page.locator("[data-criterion]").first
    expect(first).to_have_attribute("data-criterion", "occupation")
    expect(first).to_have_attribute("data-outcome", "fail")


# --- Change an answer -------------------------------------------------------------------------------------


def change(visitor: Visitor, question: str) -> None:
    visitor.open("answers")
    visitor.follow(f"Change {question}")


def test_a_changed_answer_returns_to_the_summary(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    change(visitor, "How many years of paid work do you have in the field of the job?")
    visitor.field("experience-experience_years").fill("1.5")
    visitor.press(visitor.page.get_by_role("button", name="Save and return to your answers"))
    assert visitor.step == "answers"
    expect(visitor.page.locator("main")).to_contain_text("1.5 years")
    visitor.follow("See my result")
    expect_result(visitor.page, "not_eligible")


def test_every_change_link_leads_to_its_question_and_back(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    visitor.open("answers")
    links = visitor.page.get_by_role("link", name=re.compile("^Change ."))
    names = [" ".join(one.inner_text().split()) for one in links.all()]
    assert len(set(names)) == len(names) >= len(ENGINEER_STEPS)
    steps = set()
    addresses = [str(one.get_attribute("href")) for one in links.all()]
    for address in {address.partition("#")[0]: address for address in addresses}.values():
        visitor.page.goto(address)
        steps.add(visitor.step)
        visitor.submit()
        assert visitor.step == "answers"
    assert steps == set(ENGINEER_STEPS)


def test_a_change_that_opens_new_questions_asks_only_those(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    change(visitor, "The occupation of the job")
    visitor.choose_occupation("22300")
    visitor.submit()
    asked = []
    while visitor.step != "answers":
        asked.append(visitor.step)
        expect(visitor.page.locator(".notice.warning")).to_contain_text("You changed an earlier answer")
        visitor.answer({**people.ENGINEER, "experience_years": "5"})
    assert "experience" in asked
    assert set(asked) < set(ENGINEER_STEPS) - {"country", "status", "place", "language", "situation"}
    expect(visitor.page.locator("main")).to_contain_text("22300")
