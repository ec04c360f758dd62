"""A visitor in a real browser: knows the step table's field names and what is on a question page.

`walk` answers pages over plain HTTP with the browser's own cookies, to reach a page fast; `fill` and `submit`
do what a person does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import APIResponse, Locator, Page, expect

from tests.browser.people import Person
from tests.eligibility.walker import LONGEST_WALK, filled, form_in, step_of, value_for

QUESTION_FORM = "main form[method=post]:not(.erase)"


class Visitor:
    """One journey in one tab."""

    def __init__(self, page: Page, base: str, language: str = "en") -> None:
        self.page = page
        self.base = base
        self.journey = ""
        self.language = language
        self.prefix = "" if language == "en" else f"/{language}"

    # --- Over HTTP ----------------------------------------------------------------------------------------

    def begin(self) -> str:
        """Make a journey. Returns the address of its first question."""
        address = _goes_to(self.page.context.request.get(f"{self.base}/check/", max_redirects=0))
        self.journey = address.split("/check/")[1].split("/")[0]
        return address

    def walk(self, answers: Person, until: str = "answers") -> dict[str, list[Any]]:
        """Answer every page before `until`. Returns the browser's cookies as they were at each step."""
        http = self.page.context.request
        address = self.begin()
        cookies: dict[str, list[Any]] = {}
        for _turn in range(LONGEST_WALK):
            step = step_of(address)
            page = http.get(self.base + address)
            cookies[step] = list(self.page.context.cookies())
            if step == until:
                return cookies
            body = filled(form_in(page.text()), step, answers)
            sent = http.post(
                self.base + address,
                data=urlencode(body, doseq=True),
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                max_redirects=0,
            )
            address = _goes_to(sent)
        raise AssertionError(f"The walk did not reach {until}.")

    def address(self, step: str) -> str:
        return f"{self.base}{self.prefix}/check/{self.journey}/{step}/"

    def said(self, english: str) -> str:
        """A text of ours as this visitor's pages say it."""
        with translation.override(self.language):
            return gettext(english)

    # --- In the browser -----------------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step in the address bar."""
        return step_of(urlsplit(self.page.url).path)

    @property
    def errors(self) -> Locator:
        return self.page.locator(".error-summary")

    def open(self, step: str) -> None:
        self.page.goto(self.address(step))
        expect(self.page.locator("main")).to_be_visible()

    def start(self) -> None:
        """From the start page to the first question, as a person does."""
        self.page.goto(f"{self.base}{self.prefix}/")
        self.follow(self.said("Start the check"))
        self.journey = self.page.url.split("/check/")[1].split("/")[0]

    def field(self, name: str, value: str = "") -> Locator:
        """The input of a field `<step>-<field>`; with a value, that option of it."""
        chosen = f"[value='{value}']" if value else ""
        return self.page.locator(f"{QUESTION_FORM} [name='{name}']{chosen}")

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Give this page's answers: every field that is visible when its turn comes."""
        step = self.step
        flat = {**answers, **answers.get("conditions", {})}
        if step == "occupation":
            self.choose_occupation(str(flat.get("noc") or "unknown"))
            return
        form = form_in(self.page.content())
        for name, offered in form.offered.items():
            if name.startswith(f"{step}-"):
                self.give(name, value_for(name.removeprefix(f"{step}-"), offered, flat))

    def choose_occupation(self, code: str) -> None:
        if code != "unknown":
            self.page.locator("input[type=search]").fill(code)
            self.press(self.page.get_by_role("button", name=self.said("Search")))
        self.field("occupation-noc", code).check()

    def give(self, name: str, value: str | list[str]) -> None:
        """Type or choose one field's answer, where the page shows the field."""
        first = self.field(name).first
        if not first.is_visible():
            return
        if first.evaluate("one => one.tagName") == "SELECT":
            first.select_option(str(value))
        elif first.get_attribute("type") == "checkbox":
            for one in self.field(name).all():
                one.set_checked(one.get_attribute("value") in value)
        elif first.get_attribute("type") == "radio":
            if value:
                self.field(name, str(value)).check()
        else:
            first.fill(str(value))

    def submit(self) -> None:
        """Press the page's own button."""
        self.press(self.page.locator(f"{QUESTION_FORM} .actions button[type=submit]").last)

    def follow(self, link: str) -> None:
        self.press(self.page.get_by_role("link", name=link, exact=True))

    def press(self, target: Locator) -> None:
        """Click what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            target.click()

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Fill this page in and go on; fails where the page is refused."""
        self.fill(answers)
        self.submit()
        assert self.errors.count() == 0, f"{self.step} was refused: {self.errors.inner_text()}"

    def answer_up_to(self, answers: Mapping[str, Any], until: str = "answers") -> list[str]:
        """Answer pages in the browser up to `until`. Returns the steps answered."""
        steps: list[str] = []
        while self.step != until:
            assert len(steps) < LONGEST_WALK, f"The walk did not reach {until} but went {steps}."
            steps.append(self.step)
            self.answer(answers)
        return steps

    def walk_on(self, answers: Mapping[str, Any]) -> None:
        """Answer what is left and look at the result."""
        self.answer_up_to(answers)
        self.follow(self.said("See my result"))

    def typed(self) -> dict[str, list[str]]:
        """What the form holds now, as a browser would send it."""
        pairs: list[list[str]] = self.page.locator(QUESTION_FORM).evaluate(
            "form => [...new FormData(form)].map(([name, value]) => [name, String(value)])"
        )
        held: dict[str, list[str]] = {}
        for name, value in pairs:
            if name.startswith(f"{self.step}-"):
                held.setdefault(name, []).append(value)
        return held


def _goes_to(response: APIResponse) -> str:
    """The path that a redirect leads to."""
    assert response.status == 302, f"{response.url} answered {response.status}: {response.text()[:3000]}"
    address = urljoin(response.url, response.headers["location"])
    return "/" + address.split("/", 3)[3]
