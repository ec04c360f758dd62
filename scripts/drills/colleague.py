"""A member of staff who works while things break: signs in over HTTP and fills in the staff's own forms."""

from __future__ import annotations

import secrets
import time
from base64 import b32decode
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from re import search
from typing import Final

from django_otp.oath import TOTP

from scripts.drills.visitors import Answer, Browser, Tally
from scripts.topology.running import Topology
from scripts.topology.web import manage

PASSWORD: Final = "of-this-drill-only"  # noqa: S105 (an account of a database that is gone afterwards)
PERIOD: Final = "/admin/occupations/periodinforce/add/"


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer to staff, and the seconds that it took."""

    answer: Answer
    seconds: float

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        return self.answer.content.decode()


class Colleague:
    """Signed in as somebody who may do everything. What it meets is in no visitor's tally."""

    def __init__(self, topology: Topology) -> None:
        account = {**topology.environment, "STAFF_PASSWORD": PASSWORD}
        self.name = f"drill-{secrets.token_hex(4)}"
        manage(account, topology.folder, "add_staff", f"--name={self.name}", "--superuser")
        self.browser = Browser(topology.address, Tally())
        self._sign_in()

    def get(self, path: str) -> Seen:
        began = time.monotonic()
        return Seen(self.browser.get(path), time.monotonic() - began)

    def send(self, path: str, fields: Mapping[str, str]) -> Seen:
        """Fill in the form of a page and send it."""
        return self.post(path, {**hidden_inputs(self.get(path).text), **fields})

    def post(self, path: str, fields: Mapping[str, str]) -> Seen:
        began = time.monotonic()
        return Seen(self.browser.post(path, fields), time.monotonic() - began)

    def _sign_in(self) -> None:
        entered = self.send("/admin/login/", {"username": self.name, "password": PASSWORD})
        page = self.get("/admin/set-up/").text
        secret = search(r'class="secret">([A-Z2-7 ]+)<', page)
        if entered.status != 302 or secret is None:
            raise RuntimeError(f"The colleague of the drill could not sign in: {entered.status}.")
        letters = secret[1].replace(" ", "")
        key = b32decode(letters + "=" * (-len(letters) % 8))
        confirmed = self.send("/admin/set-up/", {"code": f"{TOTP(key).token():06d}"})
        if confirmed.status != 302 or self.get("/admin/").status != 200:
            raise RuntimeError(f"The colleague of the drill was not let in: {confirmed.status}.")


class _Hidden(HTMLParser):
    """The hidden inputs of the last form of a page that is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.found = {}
        if tag == "input" and given.get("type") == "hidden":
            self.found[given["name"] or ""] = given.get("value") or ""


def hidden_inputs(page: str) -> dict[str, str]:
    """Name and value of what a form sends without being filled in."""
    reader = _Hidden()
    reader.feed(page)
    return reader.found
