"""Visitors who walk whole journeys over HTTP as fast as they can, and what they met."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.test import Client

from eligibility.impact.cases import SHIPPED
from tests.eligibility.walker import Walker, marks

SECONDS_TO_WAIT = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, as far as the walker looks at it."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.headers[name]


@dataclass
class Tally:
    """What all visitors met. `failures`: status or error -> number; `seconds`: of each answer."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    requests: int = 0
    journeys: int = 0
    wrong: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def note(self, seconds: float, failure: str = "") -> None:
        with self.lock:
            self.requests += 1
            self.seconds.append(seconds)
            if failure:
                self.failures[failure] += 1

    def slowest(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        ordered = sorted(self.seconds) or [0.0]
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Browser:
    """A client with cookies and a kept connection, in the shape of Django's test client."""

    def __init__(self, address: str, tally: Tally) -> None:
        self.netloc = urlsplit(address).netloc
        self.tally = tally
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        return self._ask("POST", path, urlencode(body, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://{self.netloc}",
            }
        began = time.monotonic()
        connection = HTTPConnection(self.netloc, timeout=SECONDS_TO_WAIT)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException) as error:
            self.tally.note(time.monotonic() - began, type(error).__name__)
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        failed = response.status >= 500 or response.status in {400, 403, 404, 410, 429}
        self.tally.note(time.monotonic() - began, str(response.status) if failed else "")
        return Answer(response.status, content, dict(response.getheaders()))

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def cases() -> list[dict[str, Any]]:
    """Reference cases that name a country, with what the edition in force must answer."""
    lines = [json.loads(line) for line in SHIPPED.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["answers"].get("country")]


class Crowd:
    """So many visitors at once, each one journey after the other until the end is called."""

    def __init__(self, address: str, visitors: int, pause: float = 0.0) -> None:
        self.address = address
        self.tally = Tally()
        self.pause = pause
        self.ended = threading.Event()
        self.threads = [
            threading.Thread(target=self._visit, args=(number,), daemon=True) for number in range(visitors)
        ]

    def _visit(self, number: int) -> None:
        known = cases()
        while not self.ended.is_set():
            try:
                self.journey(known[number % len(known)]["answers"])
            except (ConnectionError, AssertionError, IndexError, KeyError):
                # A failed answer is in the tally; an assertion of the walker is an answer that was lost.
                with self.tally.lock:
                    self.tally.wrong += 1
            number += len(self.threads)

    def begin(self, answers: Mapping[str, Any]) -> tuple[Browser, str]:
        """A browser that has answered the first question, and the address of the next one."""
        browser = Browser(self.address, self.tally)
        walker = Walker(cast(Client, browser))
        walker.answer(answers)
        return browser, walker.address

    def journey(self, answers: Mapping[str, Any]) -> None:
        """Every question, the summary, the result; what was answered must still be there at each page."""
        browser = Browser(self.address, self.tally)
        walker = Walker(cast(Client, browser))
        while walker.step != "answers":
            if self.pause:
                time.sleep(self.pause)
            response = walker.answer(answers)
            if response.status_code != 302:
                raise AssertionError(f"{walker.step} answered {response.status_code}")
            if "notice=" in walker.address:
                raise AssertionError("An answer was lost: the site asks again.")
        if not marks(walker.result())["outcome"]:
            raise AssertionError("The result page gives no answer.")
        with self.tally.lock:
            self.tally.journeys += 1


@contextmanager
def crowd(address: str, visitors: int, pause: float = 0.0) -> Iterator[Crowd]:
    """Visitors who walk while the block runs, and finish the journey they are on."""
    made = Crowd(address, visitors, pause)
    for thread in made.threads:
        thread.start()
    try:
        yield made
    finally:
        made.ended.set()
        for thread in made.threads:
            thread.join(timeout=120)
