"""Opens any state in a browser: walks once for each person, keeps what the browser complains about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Response, Route

from tests.browser.people import Person
from tests.browser.states import State
from tests.browser.visitor import QUESTION_FORM, Visitor

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass
class Opened:
    """A state on the screen."""

    state: State
    page: Page
    status: int
    source: str
    """What the server sent."""
    complaints: list[str]
    """What the console said, refused resources and violations of the content security policy included."""


@dataclass
class Gallery:
    """One page of one browser context that shows state after state."""

    page: Page
    base: str
    base_without_rules: str
    _walks: dict[str, tuple[str, dict[str, list[Any]]]] = field(default_factory=dict)
    _answers: list[Response] = field(default_factory=list)
    _complaints: list[str] = field(default_factory=list)
    _language: str = "en"

    def __post_init__(self) -> None:
        self.page.on("response", self._keep_document)
        watch(self.page, self._complaints)

    def _keep_document(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._answers.append(response)

    def open(self, state: State, language: str = "en") -> Opened:
        """Show the state. Fails where the page is another one than the state says, or in another language."""
        self._language = language
        self._answers.clear()
        self._complaints.clear()
        self.page.context.clear_cookies()
        self.page.set_viewport_size({"width": 1280, "height": 900})
        if state.template:
            self._draw(state)
        else:
            self.page.goto(self._address(state))
        if state.typed is not None:
            self._send(state)
        if state.then_link:
            self.page.goto(
                self.page.locator("textarea.link").input_value().replace("/r/", f"{self._prefix}/r/")
            )
        shown = self._answers[-1]
        opened = Opened(state, self.page, shown.status, shown.text(), [*self._complaints])
        assert opened.status == state.status, f"{state.name}: {shown.url} answered {shown.status}."
        if language == "en":
            assert state.expects in self.page.locator("body").inner_text(), f"{state.name} is not shown."
        assert self.page.locator("html").get_attribute("lang") == language
        return opened

    @property
    def _prefix(self) -> str:
        return "" if self._language == "en" else f"/{self._language}"

    def _address(self, state: State) -> str:
        if state.without_rules:
            return self.base_without_rules + self._prefix + state.path
        if state.person is None:
            return self.base + self._prefix + state.path
        journey, cookies = self._walk(state.person, state.until)
        self.page.context.add_cookies(cookies)
        return f"{self.base}{self._prefix}/check/{journey}/{state.path}"

    def _walk(self, person: Person, until: str) -> tuple[str, list[Any]]:
        key = repr(person)
        if key not in self._walks or until not in self._walks[key][1]:
            visitor = Visitor(self.page, self.base)
            cookies = visitor.walk(person, until)
            self.page.context.clear_cookies()
            self._walks[key] = (visitor.journey, cookies)
        journey, cookies = self._walks[key]
        return journey, cookies[until]

    def _draw(self, state: State) -> None:
        with translation.override(self._language):
            address, html = f"{self.base}/drawn/", render_to_string(state.template, dict(state.context))

        def answer(route: Route) -> None:
            route.fulfill(status=state.status, body=html, content_type="text/html; charset=utf-8")

        self.page.route(address, answer)
        self.page.goto(address)
        self.page.unroute(address)

    def _send(self, state: State) -> None:
        visitor = Visitor(self.page, self.base, self._language)
        for name, value in (state.typed or {}).items():
            visitor.give(name, value)
        if state.tamper:
            state.tamper(self.page)
        self._complaints.clear()
        if state.press:
            pressed = self.page.locator(QUESTION_FORM).get_by_role("button", name=visitor.said(state.press))
            with self.page.expect_navigation():
                pressed.click()
        else:
            visitor.submit()


def watch(page: Page, complaints: list[str]) -> None:
    """Note every console message and page error; that of a status we wanted (404 and the like) is none."""
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            None
            if "Failed to load resource" in message.text and message.location["url"] == page.url
            else complaints.append(f"{message.type}: {message.text}")
        ),
    )
