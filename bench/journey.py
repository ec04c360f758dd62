"""Whole journeys, drawn up once by a plain client and then sent again and again: each page's GET and POST as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from bench.client import Request
from tests.browser.people import CHEMIST, ENGINEER
from tests.eligibility.walker import Walker, filled, read_form, step_of

PLAIN_START = "/bench/plain/country/"


@dataclass(frozen=True, slots=True)
class Target:
    """A page to measure, and the status that it answers with."""

    name: str
    request: Request
    status: int


@dataclass(frozen=True, slots=True)
class Journey:
    questions: list[Target]
    answers: list[Target]
    """The POST of each question, in the same order."""
    summary: Target
    result: Target
    fragment: Target


def engineer() -> Journey:
    """The journey of somebody who answers everything; the conditions are those that a chemist is asked."""
    questions, posts, walker = _walked(ENGINEER)
    more, more_posts, _walker = _walked(CHEMIST)
    at = next(index for index, target in enumerate(more) if target.name == "conditions")
    cookies = _cookies(walker.client)
    whole = walker.address.rsplit("/answers/", 1)[0]
    found = Request(
        "GET", f"{whole}/occupation/?q=software+engineer", cookies, headers={"HX-Request": "true"}
    )
    return Journey(
        questions=[*questions, more[at]],
        answers=[*posts, more_posts[at]],
        summary=Target("summary", Request("GET", f"{whole}/answers/", cookies), 200),
        result=Target("result", Request("GET", f"{whole}/result/", cookies), 200),
        fragment=Target("search fragment", found, 200),
    )


def _walked(person: dict[str, Any]) -> tuple[list[Target], list[Target], Walker]:
    walker = Walker()
    questions, posts = [], []
    while walker.step != "answers":
        step, address = walker.step, walker.address
        body = filled(read_form(walker.page()), step, person)
        cookies = _cookies(walker.client)
        questions.append(Target(step, Request("GET", address, cookies), 200))
        posts.append(Target(step, Request("POST", address, cookies, body), 302))
        walker.send(body)
    return questions, posts, walker


def plain() -> tuple[list[Target], list[Target]]:
    """The same journey on the plain wizard: GET and POST of each question. Its session stays in the database."""
    client, address = Client(), PLAIN_START
    questions, posts = [], []
    while address.rstrip("/").rsplit("/", 1)[-1] != "done":
        step = step_of(address)
        page = client.get(address)
        body = filled(read_form(page), step, ENGINEER)
        cookies = _cookies(client)
        questions.append(Target(step, Request("GET", address, cookies), 200))
        posts.append(Target(step, Request("POST", address, cookies, body), 302))
        response = client.post(address, body)
        if response.status_code != 302:
            raise RuntimeError(f"The plain wizard refused the answers to {step}.")
        address = str(response["Location"])
    return questions, posts


def _cookies(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}
