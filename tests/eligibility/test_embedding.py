"""The card in a frame: off by default, for the origins that staff allow and for no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.urls import reverse

from eligibility.models import EmbeddingSite
from tests.staff import administrator

pytestmark = pytest.mark.django_db
ORIGIN = "https://www.consultant.example"


def ancestors(response: Any) -> list[str]:
    """Who may frame the page."""
    policy = response["Content-Security-Policy"]
    (found,) = [each.strip() for each in policy.split(";") if each.strip().startswith("frame-ancestors")]
    return str(found).split()[1:]


def test_without_an_allowed_site_there_is_no_card(client: Client) -> None:
    assert client.get("/embed/").status_code == 404
    EmbeddingSite.objects.create(origin=ORIGIN, active=False)
    response = client.get("/embed/")
    assert response.status_code == 404
    assert response["X-Frame-Options"] == "DENY"
    assert ancestors(response) == ["'none'"]


def test_the_card_may_be_framed_by_active_sites_alone(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    EmbeddingSite.objects.create(origin="https://other.example:8443")
    EmbeddingSite.objects.create(origin="https://former.example", active=False)
    response = client.get("/embed/")
    assert response.status_code == 200
    assert ancestors(response) == ["https://other.example:8443", ORIGIN]
    assert "X-Frame-Options" not in response
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_every_other_page_stays_out_of_frames(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    for path in ("/", "/privacy/", "/occupations/", "/api/v1/docs"):
        response = client.get(path)
        assert response["X-Frame-Options"] == "DENY"
        assert ancestors(response) == ["'none'"]


def test_the_card_sets_no_cookie_and_every_link_opens_a_tab(client: Client) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)
    response = client.get("/embed/")
    assert not response.cookies
    page = response.content.decode()
    links = [each.split(">")[0] for each in page.split("<a ")[1:]]
    assert any(f'href="{reverse("check")}"' in link for link in links)
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert "<form" not in page
    assert "<script" not in page


def test_a_change_of_the_list_holds_from_the_next_request_on(client: Client) -> None:
    site = EmbeddingSite.objects.create(origin=ORIGIN)
    response = client.get("/embed/")
    assert response.status_code == 200
    assert "no-cache" in response["Cache-Control"]
    site.active = False
    site.save()
    assert client.get("/embed/").status_code == 404


def test_while_the_database_is_away_nobody_may_frame_the_card(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    EmbeddingSite.objects.create(origin=ORIGIN)

    def away(**kwargs: object) -> None:
        raise OperationalError("the server is away")

    monkeypatch.setattr(EmbeddingSite.objects, "filter", away)
    assert client.get("/embed/").status_code == 404


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
