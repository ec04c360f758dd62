"""Which language a page is in: prefixes, the first visit, the switch, the cookie, headers and alternates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import clear_url_caches
from django.utils import translation

from eligibility.languages import address_in, language_of_path, switch_links
from tests.eligibility.test_wizard_guards import MEXICAN
from tests.eligibility.walker import Page, Walker

pytestmark = pytest.mark.django_db

OTHERS = ["fr", "es", "ja"]
PUBLIC = [
    "/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/guide/",
    "/guide/permit/",
    "/editions/",
    "/occupations/",
]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    translation.activate("en")


def without_token(response: Page) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())


def get(path: str, accept: str = "", cookie: str = "") -> Page:
    client = Client(headers={"Accept-Language": accept} if accept else {})
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    return client.get(path)


@pytest.mark.parametrize(
    ("accept", "cookie", "leads_to"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "", "/fr/"),
        ("es-419", "", "/es/"),
        ("ja-JP,en;q=0.5", "", "/ja/"),
        ("en-AU,ja;q=0.9", "", None),
        ("de,ja;q=0.5", "", "/ja/"),
        ("de", "", None),
        ("", "", None),
        ("ja", "es", "/es/"),
        ("ja", "en", None),
        ("ja", "xx", "/ja/"),
    ],
)
def test_a_first_visit_opens_in_the_language_chosen_or_read(
    accept: str, cookie: str, leads_to: str | None
) -> None:
    response = get("/", accept, cookie)
    assert response.status_code == (302 if leads_to else 200)
    assert response.headers.get("Location") == leads_to
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].replace(" ", "").split(","))
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/about/", "/check/", "/guide/", "/occupations/noc/21231/", "/nothing/"])
def test_no_other_page_changes_its_language_by_itself(path: str) -> None:
    response = get(path, "ja", "ja")
    assert not response.headers.get("Location", "").startswith("/ja/")
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_choice_leads_to_the_same_page_and_is_remembered(language: str) -> None:
    client = Client()
    response = client.get(f"/fr/occupations/?q=a+b&language={language}&country=MX")
    prefix = "" if language == "en" else f"/{language}"
    assert response["Location"] == f"{prefix}/occupations/?q=a+b&country=MX"
    assert "no-store" in response["Cache-Control"]
    morsel = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (morsel.value, morsel["path"], morsel["samesite"]) == (language, "/", "Lax")
    assert morsel["httponly"]
    assert client.get("/", headers={"Accept-Language": "pt"}).headers.get("Location") == (
        None if language == "en" else f"{prefix}/"
    )


@pytest.mark.parametrize("choice", ["xx", "", "en/../..", "FR"])
def test_an_unknown_choice_is_nothing(choice: str) -> None:
    response = get(f"/about/?language={choice}")
    assert response.status_code == 200
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_a_choice_never_leads_to_another_site() -> None:
    for path in (
        "//evil.example/?language=en",
        "/fr//evil.example/?language=en",
        "/fr/%2Fevil.example/?language=en",
    ):
        location = get(path).headers.get("Location", "")
        assert not location.startswith(("//", "/\\", "http")), location


@pytest.mark.parametrize(
    "path", ["/api/v1/editions?language=fr", "/healthz?language=fr", "/robots.txt?language=fr"]
)
def test_what_has_no_languages_is_left_alone(path: str) -> None:
    assert get(path).status_code == 200


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", [*PUBLIC, "/nothing/", "/check/", "/occupations/search", "/r/x/"])
def test_a_page_says_which_language_it_is_in(language: str, path: str) -> None:
    response = Client().get(f"/{language}{path}", follow=True)
    page = response.content.decode()
    assert response["Content-Language"] == language
    assert f'<html lang="{language}">' in page
    for code, name in settings.LANGUAGES:
        assert re.search(rf'lang="{code}"[^>]*>{name}<', page), code


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_names_itself_in_every_language(path: str) -> None:
    page = Client().get(f"/ja{path}").content.decode()
    here = "http://testserver"
    assert f'<link rel="canonical" href="{here}/ja{path}">' in page
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
    expected = {code: f"{here}/{code}{path}" for code in OTHERS}
    assert found == {**expected, "en": f"{here}{path}", "x-default": f"{here}{path}"}


@pytest.mark.parametrize("step", ["country", "offer", "answers", "result"])
def test_a_change_of_language_keeps_the_step_and_the_answers(step: str) -> None:
    walker = Walker()
    walker.walk(MEXICAN)
    there = walker.address.replace("/answers/", f"/{step}/")
    page = walker.client.get(there).content.decode()
    link = re.search(r'href="(\?language=fr)"', page)
    assert link, "There is no way to French."
    french = walker.client.get(f"{there}{unescape(link[1])}", follow=True)
    assert french.redirect_chain[-1][0] == f"/fr{there}"
    assert french.status_code == 200
    back = walker.client.get(f"/fr{there}?language=en", follow=True)
    assert without_token(back) == without_token(walker.client.get(there))


def test_a_link_to_share_opens_in_the_language_of_the_reader() -> None:
    walker = Walker()
    walker.walk(MEXICAN)
    share = walker.address.replace("/answers/", "/share/")
    page = walker.client.post(f"/fr{share}").content.decode()
    link = re.search(r"http://testserver(/r/[^/]+/)", page)
    assert link, "The link has the prefix of a language, or there is none."
    assert get(link[1], "ja").headers["Location"] == f"/ja{link[1]}"
    assert get(link[1], "en").status_code == 200


def test_a_page_that_answers_a_form_can_change_its_language() -> None:
    walker = Walker()
    walker.walk(MEXICAN)
    share = walker.address.replace("/answers/", "/share/")
    response = walker.client.get(f"{share}?language=es", follow=True)
    assert response.redirect_chain[-1][0] == f"/es{share.replace('/share/', '/result/')}"
    assert response.status_code == 200


def test_addresses_of_other_languages_are_worked_out_from_the_path_alone() -> None:
    assert [language_of_path(path) for path in ("/", "/fr/", "/fr", "/france/", "/ja/x/", "")] == [
        "en",
        "fr",
        "en",
        "en",
        "ja",
        "en",
    ]
    assert address_in("/fr/about/", "en") == "/about/"
    assert address_in("/about/", "ja") == "/ja/about/"
    assert address_in("/es/", "fr") == "/fr/"


def test_the_page_for_a_fault_of_ours_offers_the_languages_that_there_are() -> None:
    page = (settings.BASE_DIR / "templates" / "500.html").read_text(encoding="utf-8")
    for link in switch_links("en"):
        assert (
            f'<a href="{link["url"]}" lang="{link["code"]}" hreflang="{link["code"]}">{link["name"]}</a>'
            in page
        )


@override_settings(LANGUAGES=[("en", "English"), ("fr", "Français")])
def test_a_language_that_is_taken_away_is_no_choice() -> None:
    clear_url_caches()
    assert get("/about/?language=ja").status_code == 200
