"""What each visitor of `make load` sends and must get: whole journeys of the reference cases, without a pause.

Every page and answer of a journey is asked for and judged: the status, the question that the page asks, the address
that an answer leads to, and the outcome on the result page. Each visitor keeps cookies of their own and sends back the
token of the page. What a case sends to a page is worked out once, from its first reading, by the walker of the tests.

As browsers do, they ask for gzip; pages with a form are unpacked, because its token is sent back, and the result,
because its outcome is judged. Styles and scripts are not asked for: a browser has them after its first page.

Started by `make load` (bench/load.py): `python -m bench.visitors PORT VISITORS SECONDS` writes a line when it begins to
measure, which is when all visitors have come, one by one, and every case has been walked once; and a JSON object at the
end.
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.client import HOST
from bench.crowd import Ask, Crowd, Reply, Tally, Visit, WrongError
from scripts.drills.visitors import cases
from scripts.ending import end_on_signals
from tests.eligibility.walker import LONGEST_WALK, filled, form_in

TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
SUMMARY = "answers"
MEASURING = "measuring"
SECONDS_A_LOOK = 1.0
SECONDS_TO_ARRIVE = 10
SEED = 7
_TOKEN_HERE, _JOURNEY_HERE = "TOKEN-GOES-HERE", "JOURNEY-GOES-HERE"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
_STEP = re.compile(rb'name="[\w-]{12}-current_step" value="(\w+)"')
_MAIN = re.compile(rb"<main\b[^>]*>")
_OUTCOME = re.compile(rb'data-outcome="(\w+)"')
_EDITION = re.compile(rb'data-edition="([\w-]+)"')
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]*)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=\r]+)=([^;\r]*)", re.IGNORECASE)
_IS_GZIP = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)

Place = tuple[int, int]
"""Number of the case, and of the page in its journey: a step can come twice."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a case sends to a question, and the step that this leads to."""

    body: bytes
    """With marks where the page's token and the journey belong."""
    leads_to: bytes


class Journeys:
    """Journeys of the reference cases that name a country: each of them once, then drawn by lot.

    By lot, because visitors who all began together with the same length of journey would march in step: everybody
    would ask for the result at one time.
    """

    def __init__(self, port: int) -> None:
        host = f"Host: {HOST}:{port}\r\n"
        browser = (
            "User-Agent: Mozilla/5.0 (load)\r\nAccept: text/html\r\nAccept-Language: en\r\n"
            "Accept-Encoding: gzip, deflate\r\n"
        )
        self._head = (host + browser).encode()
        self._form_head = (
            f"Origin: http://{HOST}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n".encode()
        )
        self.cases = cases()
        self._lot = Random(SEED)
        self._known: dict[Place, Known] = {}
        self._walked: set[int] = set()

    @property
    def are_known(self) -> bool:
        """Whether every case has been walked to its end."""
        return len(self._walked) == len(self.cases)

    def journey(self, number: int) -> Visit:
        """A visitor's whole journey, in a browser without cookies. Raises WrongError where it is not as it must be."""
        case = number if number < len(self.cases) else self._lot.randrange(len(self.cases))
        cookies: dict[bytes, bytes] = {}
        reply = yield self._get("begin", b"/check/", cookies)
        address = _address(reply)
        journey, step = _parts(address)
        for turn in range(LONGEST_WALK):
            if step == SUMMARY.encode():
                break
            name = step.decode()
            reply = yield self._get(f"question {name}", address, cookies)
            page = _page(reply, cookies)
            token, known = self._form((case, turn), journey, step, page)
            reply = yield self._post(f"answer {name}", address, cookies, known.body, token, journey)
            address = _address(reply, cookies)
            step = self._led((case, turn), address, known)
        reply = yield self._get("summary", address, cookies)
        _must_be(reply, b"200")
        reply = yield self._get("result", address.replace(b"/answers/", b"/result/"), cookies)
        self._judge(case, _page(reply, cookies))
        self._walked.add(case)

    def _get(self, name: str, address: bytes, cookies: Mapping[bytes, bytes]) -> Ask:
        return Ask(name, b"GET %b HTTP/1.1\r\n%b%b\r\n" % (address, self._head, _cookie_line(cookies)))

    def _post(
        self,
        name: str,
        address: bytes,
        cookies: Mapping[bytes, bytes],
        body: bytes,
        token: bytes,
        journey: bytes,
    ) -> Ask:
        sent = body.replace(_TOKEN_HERE.encode(), token).replace(_JOURNEY_HERE.encode(), journey)
        head = b"POST %b HTTP/1.1\r\n%b%b%bContent-Length: %d\r\n\r\n"
        return Ask(
            name, head % (address, self._head, self._form_head, _cookie_line(cookies), len(sent)) + sent
        )

    def _form(self, place: Place, journey: bytes, step: bytes, page: bytes) -> tuple[bytes, Known]:
        """The token of the page, and what the case sends to it."""
        token, asked = _TOKEN.search(page), _STEP.search(page)
        if token is None or asked is None or asked[1] != step:
            raise WrongError("the page does not ask this question")
        known = self._known.get(place)
        return token[1], known or Known(self._worked_out(place[0], journey, step, page), b"")

    def _worked_out(self, case: int, journey: bytes, step: bytes, page: bytes) -> bytes:
        form = form_in(page.decode())
        management = f"{journey.decode()}-current_step"
        if set(form.hidden) != {TOKEN_FIELD, management}:
            raise WrongError(f"the page has other hidden fields than are known here: {sorted(form.hidden)}")
        answers: dict[str, Any] = self.cases[case]["answers"]
        body = filled(form, step.decode(), answers) | {TOKEN_FIELD: _TOKEN_HERE}
        body[f"{_JOURNEY_HERE}-current_step"] = body.pop(management)
        return urlencode(body, doseq=True).encode()

    def _led(self, place: Place, address: bytes, known: Known) -> bytes:
        """The step that the answer led to: always the same one for a case."""
        leads_to = _parts(address)[1]
        if b"notice=" in address:
            raise WrongError("the answer was not taken")
        if not known.leads_to:
            self._known[place] = Known(known.body, leads_to)
        elif known.leads_to != leads_to:
            raise WrongError(f"the answer led to {leads_to.decode()}, not to {known.leads_to.decode()}")
        return leads_to

    def _judge(self, case: int, page: bytes) -> None:
        main = _MAIN.search(page)
        outcome, edition = (_OUTCOME.search(main[0]), _EDITION.search(main[0])) if main else (None, None)
        if outcome is None or edition is None:
            raise WrongError("the result page gives no answer")
        expected = self.cases[case]["expected"][edition[1].decode()]["outcome"]
        if outcome[1].decode() != expected:
            raise WrongError(f"{self.cases[case]['id']} was told {outcome[1].decode()}, not {expected}")


def _must_be(reply: Reply, status: bytes) -> None:
    if reply.status != status:
        raise WrongError(f"status {reply.status.decode(errors='replace')}")


def _parts(address: bytes) -> tuple[bytes, bytes]:
    """Journey and step of an address."""
    parts = address.split(b"/")
    if len(parts) < 4:
        raise WrongError(f"led to {address.decode(errors='replace')}")
    return parts[2], parts[3]


def _address(reply: Reply, cookies: dict[bytes, bytes] | None = None) -> bytes:
    """Where a redirect leads to; its cookies are kept."""
    _must_be(reply, b"302")
    location = _LOCATION.search(reply.head)
    if location is None:
        raise WrongError("a redirect without an address")
    if cookies is not None:
        _keep(reply, cookies)
    return location[1]


def _page(reply: Reply, cookies: dict[bytes, bytes]) -> bytes:
    """The source of a page; its cookies are kept."""
    _must_be(reply, b"200")
    _keep(reply, cookies)
    return zlib.decompress(reply.body, 31) if _IS_GZIP.search(reply.head) else reply.body


def _keep(reply: Reply, cookies: dict[bytes, bytes]) -> None:
    for name, value in _COOKIE.findall(reply.head):
        if value in (b"", b'""'):
            cookies.pop(name, None)
        else:
            cookies[name] = value


def _cookie_line(cookies: Mapping[bytes, bytes]) -> bytes:
    if not cookies:
        return b""
    return b"Cookie: " + b"; ".join(b"%b=%b" % pair for pair in cookies.items()) + b"\r\n"


def main(arguments: list[str]) -> int:
    end_on_signals()
    port, visitors, seconds = (int(argument) for argument in arguments)
    journeys = Journeys(port)
    crowd = Crowd(port, journeys.journey)
    for _visitor in range(visitors):
        crowd.one_more()
        crowd.walk(SECONDS_TO_ARRIVE / visitors)
    while not (journeys.are_known or crowd.tally.failures):
        crowd.walk(SECONDS_A_LOOK)
    crowd.tally = Tally(failures=crowd.tally.failures)
    gc.collect()
    gc.freeze()
    sys.stdout.write(f"{MEASURING}\n")
    sys.stdout.flush()
    began, processor = time.perf_counter(), time.process_time()
    crowd.walk(seconds, is_last=True)
    told = crowd.tally.as_json(time.perf_counter() - began, time.process_time() - processor)
    sys.stdout.write(f"{json.dumps(told)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
