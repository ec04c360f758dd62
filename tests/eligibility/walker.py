"""A plain client that walks the question pages as a browser without JavaScript does.

It reads each page's form, sends back every hidden input, fills in the fields it has answers for and follows
redirects. It knows the names of the answers contract and nothing of our code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

UNKNOWN = "unknown"
Page = Any
"""The test client's response."""
LONGEST_WALK = 40


@dataclass
class Form:
    """The form of a question page: hidden inputs, and each named field with the values it offers."""

    hidden: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def names(self) -> list[str]:
        return list(self.offered)


class _FormReader(HTMLParser):
    """Collects the fields of the page's question form: the last post form that is not "erase"."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Form]] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form()
            if given.get("method") == "post" and "erase" not in given.get("class", ""):
                self.forms.append((given.get("action", ""), self._form))
        elif self._form is None:
            return
        elif tag == "input" and given.get("type") == "hidden":
            self._form.hidden[given["name"]] = given.get("value", "")
        elif tag == "input" and given.get("name"):
            self._form.offered.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "select":
            self._select = given["name"]
            self._form.offered[self._select] = []
        elif tag == "option":
            self._form.offered[self._select].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def form_in(html: str) -> Form:
    """The question form of a page's source."""
    reader = _FormReader()
    reader.feed(html)
    return reader.forms[-1][1]


def read_form(response: Page) -> Form:
    """The question form of a page."""
    return form_in(response.content.decode())


def value_for(name: str, offered: list[str], answers: Mapping[str, Any]) -> str | list[str]:
    """What to send for a field of the answers contract; "not known" where the case has no answer."""
    given = answers.get(name)
    if name == "country" and given not in offered:
        return "other"
    if name == "other_country":
        return str(answers["country"]) if answers["country"] in offered else ""
    if name == "licence_needed" and "licence_needed" not in answers:
        return "table" if "table" in offered else UNKNOWN
    if name == "prevailing_wage_source":
        if "prevailing_wage_hourly" not in answers:
            return "table"
        return "none" if answers["prevailing_wage_hourly"] is None else "own"
    if name == "language_evidence":
        return list(given or [])
    if isinstance(given, bool):
        return "true" if given else "false"
    if given is not None:
        return str(given)
    return UNKNOWN if UNKNOWN in offered else ""


def filled(form: Form, step: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a POST: hidden inputs and a value for every field of the step."""
    flat = {**answers, **answers.get("conditions", {})}
    body: dict[str, Any] = dict(form.hidden)
    for name in form.names():
        if name.startswith(f"{step}-"):
            body[name] = value_for(name.removeprefix(f"{step}-"), form.offered[name], flat)
    if step == "occupation":
        body["occupation-noc"] = str(flat.get("noc") or UNKNOWN)
    return body


def step_of(address: str) -> str:
    return address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]


class Walker:
    """One visitor. `visited` lists the steps in the order in which they were answered."""

    def __init__(self, client: Client | None = None, prefix: str = "") -> None:
        self.client = client or Client()
        self.visited: list[str] = []
        response = self.client.get(f"{prefix}/check/")
        assert response.status_code == 302
        self.address = str(response["Location"])

    @property
    def journey(self) -> str:
        return self.address.split("/check/")[1].split("/")[0]

    @property
    def step(self) -> str:
        return step_of(self.address)

    def page(self) -> Page:
        return self.client.get(self.address)

    def send(self, body: Mapping[str, Any]) -> Page:
        """POST to the page at hand and go where it leads."""
        response = self.client.post(self.address, body)
        if response.status_code == 302:
            self.visited.append(self.step)
            self.address = str(response["Location"])
        return response

    def answer(self, answers: Mapping[str, Any]) -> Page:
        """Answer the page at hand from a case."""
        return self.send(filled(read_form(self.page()), self.step, answers))

    def walk(self, answers: Mapping[str, Any], until: str = "answers") -> None:
        """Answer every page up to `until`."""
        for _turn in range(LONGEST_WALK):
            if self.step == until:
                return
            response = self.answer(answers)
            assert response.status_code == 302, f"{self.step} was refused: {response.content.decode()}"
        raise AssertionError(f"The walk did not reach {until} but went {self.visited}.")

    def result(self) -> Page:
        return self.client.get(self.address.split("/check/")[0] + f"/check/{self.journey}/result/")


def marks(response: Page) -> dict[str, Any]:
    """The marks of a result page: outcome, category, edition and each criterion's outcome."""
    reader = _MarkReader()
    reader.feed(response.content.decode())
    return {**reader.main, "criteria": reader.criteria}


class _MarkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.main: dict[str, str] = {}
        self.criteria: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.main = {
                "outcome": given.get("data-outcome", ""),
                "category": given.get("data-category", ""),
                "edition": given.get("data-edition", ""),
            }
        elif "data-criterion" in given:
            self.criteria[given["data-criterion"]] = given["data-outcome"]
