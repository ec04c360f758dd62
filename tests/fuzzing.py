"""Requests that no browser would send, by the thousand, and what must hold for the answer to each.

A request is drawn by hypothesis from every address of the site, in every language, in a frame, with bodies, cookies and
headers that are right, nearly right or nonsense. What must hold: never a status of 500, never a field in a cookie that
no form declares, never a trace of another visitor, never a broken header.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.core import signing
from django.test import Client
from hypothesis import strategies as st

from eligibility import journeys
from eligibility.steps import STEPS
from tests.addresses import JOURNEY, every_address
from tests.browser import people
from tests.eligibility.walker import Walker

METHODS = ["GET", "GET", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
PREFIXES = ["", "", "", "/fr", "/es", "/ja", "/embed", "/embed/fr", "/embed/ja"]
SECRET = "Quetzalcoatl-77812"
"""In a cookie that is signed with another key: no answer may hold it."""
PAY = "777.43"
"""What the other visitor earns: no answer to anybody else may hold it."""
STRANGER = "zz-stranger-field"
TYPES = [
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/json",
    "text/plain; charset=utf-16", "application/x-www-form-urlencoded; charset=no-such-charset", "", "\x7f", "a/b; q=",
]  # fmt: skip
WORDS = [
    "", "0", "-1", "NaN", "1e999", "9" * 400, "true", "null", "unknown", "21231", "2026-02-30", "\x00", "a\x00b",
    "\ud7ff", "\u202e\u0000", "𝕏" * 50, "é" * 3000, "İıſ", "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}",
    "${7*7}", "../../etc/passwd", "%00", "%", "%zz", "\r\nSet-Cookie: a=b", "a" * 20000, "١٢٣", "１２", "1,5", "1 000",
    "NOC", "[]", "{}", "\ufeff", "MX", "CA",
]  # fmt: skip
FIELDS = [
    "country-country", "country-other_country", "status-status", "occupation-noc", "conditions-x", "education-level",
    "education-education_years", "experience-experience_years", "place-province", "place-region",
    "licence-licence_needed", "language-language_evidence", "offer-wage_amount", "offer-wage_period",
    "offer-hours_per_week", "offer-prevailing_wage_source", "offer-employer_scale_hourly", "situation-offer_months",
    "helpful", "text", "page", "outcome", "username", "password", "code", "next", "q", "csrfmiddlewaretoken", "convert",
    "look-up", STRANGER, f"{JOURNEY}-current_step",
]  # fmt: skip
HEADERS = {
    "Accept-Language": ["fr", "*", "xx-" * 300, "ja;q=9", "\xff"],
    "HX-Request": ["true", "1"],
    "If-None-Match": ['"x"', "*", "\xff"],
    "If-Modified-Since": ["yesterday", "Fri, 01 Jan 2100 00:00:00 GMT"],
    "X-Forwarded-For": ["1.2.3.4, 5.6.7.8", "not an address", "::1", ",,,"],
    "Referer": ["https://elsewhere.example/", "\xff", "/"],
    "Origin": ["null", "https://elsewhere.example"],
    "Range": ["bytes=0-", "bytes=9-1", "lines=1"],
    "X-HTTP-Method-Override": ["DELETE"],
    "Host": ["testserver", "elsewhere.example", "testserver:99999", "a b", "[::1"],
}  # fmt: skip

texts = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=40), st.text(st.characters(codec="latin-1"), max_size=40)
)
fields = st.dictionaries(st.one_of(st.sampled_from(FIELDS), st.text(max_size=12)), texts, max_size=6)

ANSWERS = [
    "country",
    "status",
    "noc",
    "education_level",
    "experience_years",
    "region",
    "wage_amount",
    "job_offer",
]
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
values = st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(texts, scalars, max_size=3))


@dataclass(frozen=True)
class Drawn:
    """One request."""

    method: str
    path: str
    body: bytes
    content_type: str
    cookies: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]


@dataclass
class World:
    """What the requests are drawn around: addresses, a victim's journey and cookies made with keys not ours."""

    addresses: list[str]
    """Of visitors and programs."""
    staff_addresses: list[str]
    steps: list[str]
    """The questions of two journeys: the fuzzer's own, and one that nobody has begun."""
    victim: str
    cookies: dict[str, str]
    statuses: Counter[int] = field(default_factory=Counter)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    """One for all, because each new one reads the settings and every static file again; its cookies are cleared."""


def world() -> World:
    """Walks the victim's journey and makes the cookies that the fuzzer bends."""
    victim = Walker()
    victim.walk({**people.ENGINEER, "wage_amount": PAY})
    assert PAY in victim.result().content.decode(), "The victim's own page does show it."
    own = Walker()
    own.walk(people.LOW_PAY)
    stolen = victim.client.cookies[journeys.cookie_name(victim.journey)].value
    valid = own.client.cookies[journeys.cookie_name(own.journey)].value
    payload = {"v": 1, "s": {step.slug: [{STRANGER: SECRET}, None] for step in STEPS}}
    cookies = {
        journeys.cookie_name(own.journey): valid,
        journeys.cookie_name(JOURNEY): valid,  # Replayed under another journey.
        f"{journeys.cookie_name(victim.journey)}x": stolen,
        "embed-" + journeys.cookie_name(own.journey): valid,
        journeys.cookie_name("another-key1"): signing.dumps(
            payload, key="another key", salt="eligibility.journeys:"
        ),
        "csrf": "a" * 32,
        "staff": "b" * 32,
        "language": "fr",
        "messages": valid,
    }
    everything = every_address()
    own_addresses = [address.replace(JOURNEY, own.journey) for address in everything if JOURNEY in address]
    steps = [f"/check/{journey}/{step.slug}/" for journey in (JOURNEY, own.journey) for step in STEPS]
    visitors = [address for address in everything if not address.startswith("/admin/")] + own_addresses
    staff = [address for address in everything if address.startswith("/admin/")]
    return World(visitors, staff, steps, victim.journey, cookies)


@st.composite
def drawn(draw: st.DrawFn, world: World) -> Drawn:
    """A request to some address of the site."""
    own = next(iter(world.cookies))
    kind = draw(st.integers(0, 9))
    path = draw(st.sampled_from(PREFIXES if kind < 8 else [""])) + draw(
        st.sampled_from(world.steps if kind < 4 else world.addresses if kind < 8 else world.staff_addresses)
    )
    body = draw(_answers(path) if kind < 3 else _bodies())
    if draw(st.integers(0, 4)) == 0:
        path = draw(_bent(path))
    if draw(st.integers(0, 2)) == 0:
        path += "?" + draw(st.one_of(fields.map(_encoded), texts.map(quote_any)))
    cookies = draw(st.lists(st.sampled_from(sorted(world.cookies)), max_size=4, unique=True))
    if kind < 5 and own not in cookies:
        cookies.append(own)
    names = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=2, unique=True))
    return Drawn(
        draw(st.sampled_from(METHODS)),
        path,
        body,
        draw(st.sampled_from([*TYPES[:1] * 6, *TYPES])),
        tuple((name, draw(_cookie(world.cookies[name]))) for name in cookies),
        tuple((name, draw(st.sampled_from(HEADERS[name]))) for name in names),
    )


def quote_any(text: str) -> str:
    return quote(text, errors="replace")


def _encoded(sent: Mapping[str, str]) -> str:
    return urlencode(list(sent.items()), errors="replace")


@st.composite
def _bent(draw: st.DrawFn, path: str) -> str:
    """The path with one part replaced."""
    parts = path.split("/")
    parts[draw(st.integers(1, len(parts) - 1))] = quote_any(draw(texts))
    return "/" + "/".join(parts).lstrip("/")


@st.composite
def _cookie(draw: st.DrawFn, value: str) -> str:
    """The cookie as it is, with one bit turned, cut short, or something else."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return draw(
            st.text(
                st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=';,"\\'), max_size=60
            )
        )
    if kind <= 2:
        place = draw(st.integers(0, len(value) - 1))
        turned = chr(ord(value[place]) ^ (1 << draw(st.integers(0, 6))))
        return (
            value[:place]
            + (turned if turned.isprintable() and turned not in ';," ' else "")
            + value[place + 1 :]
        )
    return value[: draw(st.integers(0, len(value)))] if kind == 3 else value


@st.composite
def _answers(draw: st.DrawFn, path: str) -> bytes:
    """A form of this question that names its step rightly, so that its fields are read."""
    _, journey, slug, _ = path.rsplit("/", 3)
    names = [name for name in FIELDS if name.startswith(f"{slug}-")] or FIELDS
    sent = draw(st.dictionaries(st.sampled_from([*names, STRANGER, f"{slug}-{STRANGER}"]), texts, max_size=6))
    return _encoded({f"{journey}-current_step": slug, **sent}).encode()


def _bodies() -> st.SearchStrategy[bytes]:
    part = b'--x\r\nContent-Disposition: form-data; name="text"; filename="%s"\r\n\r\n%s\r\n--x--\r\n'
    return st.one_of(
        st.just(b""),
        fields.map(_encoded).map(str.encode),
        st.binary(max_size=60),
        st.tuples(st.binary(max_size=20), st.binary(max_size=20)).map(lambda two: part % two),
        st.dictionaries(st.one_of(st.sampled_from(ANSWERS), texts), values, max_size=5).map(
            lambda answers: json.dumps({"id": "a", "answers": answers}).encode()
        ),
        st.sampled_from(
            [b"[" * 5000, b"a=b&" * 1200, b"x" * 70_000, b'{"answers":' * 300, b"\xff\xfe=\x80", b"%ff%fe=%"]
        ),
    )  # fmt: skip


def send(world: World, request: Drawn) -> list[str]:
    """Send it; what is wrong with the answer, in words."""
    client = world.client
    client.cookies.clear()
    for name, value in request.cookies:
        client.cookies[name] = value
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers}
    response = client.generic(request.method, request.path, request.body, request.content_type, **headers)  # type: ignore[arg-type]
    content = b"".join(response) if getattr(response, "streaming", False) else response.content
    world.statuses[response.status_code] += 1
    return list(_faults(world, request, response, content.decode("utf-8", "replace")))


def _faults(world: World, request: Drawn, response: Any, content: str) -> Any:
    if response.status_code == 500 or response.status_code > 503:
        yield f"status {response.status_code}"
    if any(trace in content for trace in (world.victim, SECRET, PAY)):
        yield "something of another visitor"
    if "default-src 'none'" not in response.get("Content-Security-Policy", "") or "nosniff" not in str(
        response.headers
    ):
        yield "a missing header"
    if any("\n" in value or "\r" in value for value in response.headers.values()):
        yield "a header of two lines"
    for name, cookie in response.cookies.items():
        yield from (f"{name} holds {stranger}" for stranger in strangers(name, cookie.value))


def strangers(name: str, value: str) -> set[str]:
    """Fields in a journey's cookie that no form declares. Empty for other cookies and for one that is being deleted."""
    plain = name.removeprefix("embed-")
    if not value or not plain.startswith(journeys.cookie_name("")):
        return set()
    journey = plain.removeprefix(journeys.cookie_name(""))
    salt = f"eligibility.journeys:{'embed-' if name != plain else ''}{journey}"
    payload = signing.loads(value, salt=salt)
    declared = {step.slug: set(step.form.declared_fields) for step in STEPS}
    return {
        key
        for slug, (values, _basis) in payload["s"].items()
        for key in values
        if slug != "conditions" and key not in declared.get(slug, set())
    }
