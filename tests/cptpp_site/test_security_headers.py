"""Every response of the site in production carries every security header: every address, every kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import OperationalError
from django.test import Client

from cptpp_site import health, uploads
from cptpp_site.security_headers import PERMISSIONS
from eligibility import embedding, pages
from eligibility.models import EmbeddingSite
from occupations.snapshots import SnapshotUnavailable
from tests import production
from tests.addresses import every_address
from tests.browser.people import ENGINEER
from tests.eligibility.walker import Walker
from tests.staff import administrator

ORIGIN = "https://www.consultant.example"
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}


@pytest.fixture(autouse=True)
def in_production(db: None) -> Iterator[None]:
    embedding.allowed.forget()
    with production.site():
        yield
    embedding.allowed.forget()


def policy_of(response: Any) -> dict[str, str]:
    directives = [each.strip() for each in response["Content-Security-Policy"].split(";")]
    return dict(each.split(" ", 1) for each in directives)


def lacks(response: Any, framed_by: str = "") -> list[str]:
    """What is wrong with the headers and cookies of a response; nothing when all is well."""
    expected = dict(EXPECTED)
    if framed_by:
        expected["Cross-Origin-Resource-Policy"] = "cross-origin"
        del expected["X-Frame-Options"]
    found = [f"{name}: {response.get(name)}" for name in expected if response.get(name) != expected[name]]
    if policy_of(response) != {**POLICY, "frame-ancestors": framed_by or "'none'"}:
        found.append(response["Content-Security-Policy"])
    for name, cookie in response.cookies.items():
        site = "None; Partitioned" if framed_by else "Lax"
        is_safe = cookie["secure"] and cookie["httponly"] and cookie["samesite"] == site
        is_bound = name.startswith("__Host-") and cookie["path"] == "/" and not cookie["domain"]
        if not (is_safe and is_bound):
            found.append(cookie.OutputString())
    return found


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_every_address_of_the_site_carries_them_for_every_method(method: str) -> None:
    client = production.client()
    addresses = every_address()
    assert len(addresses) > 200
    assert {"/healthz", "/check/abcdefghijkl/country/", "/api/v1/assess", "/admin/login/"} <= set(addresses)
    faults = {path: lacks(getattr(client, method)(path)) for path in addresses}
    assert {path: fault for path, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("prefix", ["/fr", "/es", "/ja", "/embed", "/embed/fr"])
def test_pages_in_other_languages_and_in_frames_carry_them(prefix: str) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    client = production.client()
    pages_of_visitors = [
        path for path in every_address() if not path.startswith(("/admin", "/api", "/sitemap"))
    ]
    framed_by = ORIGIN if prefix.startswith("/embed") else ""
    faults = {path: lacks(client.get(prefix + path), framed_by) for path in pages_of_visitors}
    assert {path: fault for path, fault in faults.items() if fault} == {}


def test_staff_pages_carry_them() -> None:
    client = administrator(production.client())
    seen = [
        client.get(path) for path in every_address() if path.startswith("/admin/") and path.count("/") < 5
    ]
    assert sum(response.status_code == 200 for response in seen) > 30
    assert [lacks(response) for response in seen if lacks(response)] == []


def test_a_whole_journey_in_production_carries_them() -> None:
    walker = Walker(production.client())
    walker.walk(ENGINEER)
    for response in (walker.page(), walker.result(), walker.client.post(f"/check/{walker.journey}/share/")):
        assert response.status_code == 200
        assert lacks(response) == []
    assert f"__Host-journey-{walker.journey}" in walker.client.cookies
    assert lacks(walker.client.post(f"/check/{walker.journey}/erase/")) == []


def refusing(error: Exception) -> Callable[..., Any]:
    def view(*args: Any, **kwargs: Any) -> Any:
        raise error

    return view


def answers() -> dict[str, tuple[int, Callable[[Client], Any]]]:
    """One response of each kind: its status and how to get it."""
    large = "x" * (uploads.MOST_OF_VISITORS + 1)
    form = "application/x-www-form-urlencoded"
    sheet = "css/site.css"
    return {
        "a page": (200, lambda client: client.get("/")),
        "a probe over plain http": (200, lambda client: client.get("/healthz")),
        "a static file": (200, lambda client: client.get(staticfiles_storage.url(sheet))),
        "a static file that is kept": (
            304,
            lambda client: client.get(
                staticfiles_storage.url(sheet), headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
            ),
        ),
        "a redirect": (302, lambda client: client.get("/check/")),
        "a missing slash": (301, lambda client: client.get("/about")),
        "a bad request": (400, lambda client: client.get("/", headers={"Host": "elsewhere.example"})),
        "a form without a token": (403, lambda client: strict().post("/feedback/", {})),
        "nothing there": (404, lambda client: client.get("/nowhere/")),
        "no such static file": (404, lambda client: client.get("/static/nowhere.css")),
        "a wrong method": (405, lambda client: client.delete("/about/")),
        "a broken journey": (410, lambda client: client.get("/check/abcdefghijkl/status/")),
        "too large": (413, lambda client: client.post("/feedback/", large, content_type=form)),
        "too large for the API": (
            413,
            lambda client: client.post("/api/v1/assess", "x" * 2_100_000, content_type="application/json"),
        ),
        "too many": (429, lambda client: client.get("/api/v1/editions")),
        "an error of ours": (500, lambda client: client.get("/about/")),
        "no rules": (503, lambda client: client.get("/guide/")),
        "no database": (503, lambda client: client.get("/readyz")),
    }


def strict() -> Client:
    return production.client(enforce_csrf_checks=True)


@pytest.mark.parametrize("kind", answers())
def test_every_kind_of_answer_carries_them(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, ask = answers()[kind]
    client = production.client()
    client.cookies["__Host-journey-abcdefghijkl"] = "broken"
    if kind == "too many":
        monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 0)
    if kind == "an error of ours":
        monkeypatch.setattr(pages, "render", refusing(RuntimeError("a fault of ours")))
    if kind == "no rules":
        monkeypatch.setattr("eligibility.guide.snapshots.rulebook", refusing(SnapshotUnavailable("none")))
    if kind == "no database":
        away = SimpleNamespace(cursor=refusing(OperationalError("away")))
        monkeypatch.setattr(health, "connection", away)
    response = ask(client)
    b"".join(response)
    assert response.status_code == status
    assert lacks(response) == []


def test_a_program_over_plain_http_is_refused_and_not_led_on() -> None:
    client = Client(headers={"Host": production.HOST})
    response = client.get("/api/v1/editions")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert "Ask over https." in response.json()["detail"]
    assert [each.split(":")[0] for each in lacks(response)] == ["Strict-Transport-Security"]
    docs = client.get("/api/v1/docs")
    assert (docs.status_code, docs["Location"]) == (301, f"https://{production.HOST}/api/v1/docs")


def test_plain_http_is_led_to_https_and_carries_them_too() -> None:
    response = Client(headers={"Host": production.HOST}).get("/about/")
    assert (response.status_code, response["Location"]) == (301, f"https://{production.HOST}/about/")
    # A browser takes HSTS from https alone, so Django says it there alone.
    assert [each.split(":")[0] for each in lacks(response)] == ["Strict-Transport-Security"]
