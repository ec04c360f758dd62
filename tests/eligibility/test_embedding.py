"""The check in a frame: off by default, for the origins that staff allow and for no other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from eligibility import embedding
from eligibility.models import EmbeddingSite
from tests.browser import people
from tests.eligibility.walker import Walker, marks
from tests.staff import administrator

pytestmark = pytest.mark.django_db
ORIGIN = "https://www.consultant.example"


@pytest.fixture(autouse=True)
def unread_list() -> Iterator[None]:
    """No test goes by what another one read of the list."""
    embedding.allowed.forget()
    yield
    embedding.allowed.forget()


def outward(page: str) -> list[str]:
    """The links of a page that lead to somebody else."""
    links = [each.split(">")[0] for each in page.split("<a ")[1:]]
    return [link for link in links if 'href="http' in link]


def ancestors(response: Any) -> list[str]:
    """Who may frame the page."""
    policy = response["Content-Security-Policy"]
    (found,) = [each.strip() for each in policy.split(";") if each.strip().startswith("frame-ancestors")]
    return str(found).split()[1:]


@pytest.mark.parametrize("path", ["", "/", "/check/", "/occupations/", "/r/token/"])
def test_without_an_allowed_site_nothing_can_be_framed(client: Client, path: str) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN, active=False)
    response = client.get(f"/embed{path}")
    assert response.status_code == 404
    assert response["X-Frame-Options"] == "DENY"
    assert ancestors(response) == ["'none'"]


def test_a_whole_check_can_be_walked_in_the_frame_without_leaving_it() -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    walker = Walker(prefix="/embed")
    walker.walk(people.ENGINEER)
    assert walker.address.startswith("/embed/check/")
    result = walker.result()
    assert marks(result)["outcome"] == "eligible"
    page = result.content.decode()
    inside = [part.split('"')[0] for part in page.split('href="/')[1:]]
    assert all(path.startswith(("embed/", "static/")) or path == "" for path in inside), inside
    forms = [part.split('"')[0] for part in page.split('action="/')[1:]]
    assert forms
    assert all(path.startswith("embed/check/") for path in forms)


def test_every_page_in_the_frame_may_be_framed_by_active_sites_alone(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    EmbeddingSite.objects.create(origin="https://other.example:8443")
    EmbeddingSite.objects.create(origin="https://former.example", active=False)
    for path in ("/embed/", "/embed/occupations/", "/embed/guide/permit/", "/embed/nowhere/"):
        response = client.get(path)
        assert ancestors(response) == ["https://other.example:8443", ORIGIN]
        assert "X-Frame-Options" not in response
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]


def test_every_other_page_stays_out_of_frames(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    for path in ("/", "/privacy/", "/occupations/", "/api/v1/docs", "/embedded/"):
        response = client.get(path)
        assert response["X-Frame-Options"] == "DENY"
        assert ancestors(response) == ["'none'"]


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/login/",
        "/api/v1/editions",
        "/healthz",
        "/readyz",
        "/embed/",
        "/sitemap.xml",
        "/static/css/site.css",
    ],
)
def test_nothing_but_the_visitors_pages_is_in_the_frame(client: Client, path: str) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    assert client.get(f"/embed{path}").status_code == 404


def test_a_change_of_language_stays_in_the_frame(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    assert client.get("/embed/", headers={"Accept-Language": "ja"}).headers["Location"] == "/embed/ja/"
    chosen = client.get("/embed/about/?language=es")
    assert chosen.headers["Location"] == "/embed/es/about/"
    assert settings.LANGUAGE_COOKIE_NAME not in chosen.cookies, "It is the site's own cookie."
    assert client.get("/embed/", headers={"Accept-Language": "ja"}).headers["Location"] == "/embed/es/"
    assert client.get("/").status_code == 200


def test_cookies_of_the_frame_have_names_and_a_jar_of_their_own() -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    walker = Walker(prefix="/embed")
    walker.walk(people.ENGINEER, until="status")
    cookies = walker.client.cookies
    assert {name.split("-")[0] for name in cookies} == {"embed"}
    assert f"embed-journey-{walker.journey}" in cookies
    for morsel in cookies.values():
        written = morsel.OutputString()
        assert "SameSite=None; Partitioned" in written
        assert "Secure" in written
        assert "Path=/" in written
    assert "HttpOnly" in cookies[f"embed-journey-{walker.journey}"].OutputString()


def test_answers_of_the_site_and_of_the_frame_cannot_be_read_in_one_another() -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    on_site = Walker()
    on_site.walk(people.ENGINEER, until="occupation")
    framed = on_site.client.get(f"/embed/check/{on_site.journey}/occupation/")
    assert framed.status_code == 302
    assert "/embed/check/" in framed["Location"]
    assert "country" in framed["Location"]
    in_frame = Walker(prefix="/embed")
    in_frame.walk(people.ENGINEER, until="occupation")
    outside = in_frame.client.get(f"/check/{in_frame.journey}/occupation/")
    assert outside.status_code == 302
    assert "country" in outside["Location"]


def test_a_browser_that_keeps_no_cookies_in_the_frame_is_led_to_a_tab() -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    client = Client(enforce_csrf_checks=True)
    walker = Walker(client, prefix="/embed")
    form = walker.page()
    client.cookies.clear()
    refused = client.post(walker.address, {"country-country": "JP"})
    page = refused.content.decode()
    assert form.status_code == 200
    assert refused.status_code == 403
    assert "does not keep answers inside another site" in page
    assert '<a class="button" href="/check/" target="_blank" rel="noopener">' in page


def test_a_link_to_share_leads_to_the_site_itself() -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    walker = Walker(prefix="/embed")
    walker.walk(people.ENGINEER)
    shared = walker.client.post(f"/embed/check/{walker.journey}/share/")
    assert "http://testserver/r/" in shared.content.decode()
    assert "/embed/r/" not in shared.content.decode()


def test_a_link_to_another_site_opens_a_tab_from_the_frame_only() -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    on_site, in_frame = Walker(), Walker(prefix="/embed")
    on_site.walk(people.ENGINEER)
    in_frame.walk(people.ENGINEER)
    links = outward(in_frame.result().content.decode())
    assert len(links) > 5
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert not any("target=" in link for link in outward(on_site.result().content.decode()))
    for path in (
        "/about/",
        "/editions/",
        "/guide/",
        "/guide/permit/",
        "/occupations/",
        "/occupations/mx/",
        "/occupations/noc/21231/",
    ):
        links = outward(in_frame.client.get(f"/embed{path}").content.decode())
        assert all('target="_blank"' in link for link in links if "testserver" not in link), path


def test_every_page_of_the_frame_says_whose_it_is_and_leads_out(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    for path in ("/embed/", "/embed/occupations/", "/embed/nowhere/"):
        page = client.get(path).content.decode()
        assert "the site around this frame does not see them" in page
        assert '<a href="/" target="_blank" rel="noopener">' in page
    assert "around this frame" not in client.get("/").content.decode()


def test_a_change_of_the_list_holds_from_the_next_request_on(client: Client) -> None:
    site = EmbeddingSite.objects.create(origin=ORIGIN)
    assert client.get("/embed/").status_code == 200
    site.active = False
    site.save()
    assert client.get("/embed/").status_code == 404
    site.active = True
    site.save()
    assert client.get("/embed/").status_code == 200
    site.delete()
    assert client.get("/embed/").status_code == 404


def test_a_change_made_by_another_process_holds_within_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/embed/").status_code == 404
    EmbeddingSite.objects.bulk_create([EmbeddingSite(origin=ORIGIN)])
    assert client.get("/embed/").status_code == 404
    later = time.monotonic() + embedding.SECONDS_KEPT
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert client.get("/embed/").status_code == 200


def test_pages_in_the_frame_ask_the_database_once_in_a_while_only(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    with django_assert_num_queries(1):
        client.get("/embed/")
    with django_assert_num_queries(0):
        Walker(client, prefix="/embed").walk(people.ENGINEER)


def test_without_the_database_the_last_known_list_holds_and_with_none_nobody_may_frame(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)

    def away(**kwargs: object) -> None:
        raise OperationalError("the server is away")

    known = embedding.Allowed()
    assert known.origins() == (ORIGIN,)
    monkeypatch.setattr(EmbeddingSite.objects, "filter", away)
    known.forget()
    assert known.origins() == (ORIGIN,)
    assert embedding.Allowed().origins() == ()


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "https://www.xn--bcher-kva.example",
        "https://a.b.example:65535",
        "http://127.0.0.1:8000",
        "http://localhost",
    ],
)
def test_an_origin_is_accepted(origin: str) -> None:
    EmbeddingSite(origin=origin).full_clean()
    EmbeddingSite.objects.create(origin=origin)


NO_ORIGINS = [
    "*",
    "https://*",
    "https://*.example.org",
    "https://example",
    "http://example.org",
    "https://example.org/",
    "https://example.org/path",
    "https://example.org; script-src *",
    "https://example.org https://other.example",
    "https://example.org\n",
    "https://Example.org",
    "https://user@example.org",
    "'self'",
    "data:",
    "https://example.org:0",
    "",
]


@pytest.mark.parametrize("origin", [*NO_ORIGINS, "https://example.org:65536"])
def test_what_is_not_one_origin_is_refused_on_the_screen(origin: str) -> None:
    with pytest.raises(ValidationError):
        EmbeddingSite(origin=origin).full_clean()


@pytest.mark.parametrize("origin", NO_ORIGINS)
def test_what_is_not_one_origin_is_refused_by_the_database(origin: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EmbeddingSite.objects.create(origin=origin)


def test_staff_keep_the_list(client: Client) -> None:
    administrator(client)
    added = client.post(
        reverse("admin:eligibility_embeddingsite_add"),
        {"origin": ORIGIN, "note": "Asked in May", "active": "on"},
    )
    assert added.status_code == 302
    assert EmbeddingSite.objects.get().active
    listed = client.get(reverse("admin:eligibility_embeddingsite_changelist"))
    assert ORIGIN in listed.content.decode()
    refused = client.post(reverse("admin:eligibility_embeddingsite_add"), {"origin": "https://*.example.org"})
    assert "there are no wildcards" in refused.content.decode()
