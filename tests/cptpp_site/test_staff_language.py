"""Staff read their pages in English or French, as they chose."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.staff import person, signed_in

pytestmark = pytest.mark.django_db


def language_of(client: Client, path: str = "/admin/", accept: str = "") -> str:
    headers = {"Accept-Language": accept} if accept else {}
    page = client.get(path, headers=headers, follow=True)
    assert f'<html lang="{page["Content-Language"]}"' in page.content.decode()
    return str(page["Content-Language"])


def test_a_choice_holds_here_and_at_the_next_sign_in() -> None:
    anna = person(superuser=True)
    client = signed_in(anna)
    assert language_of(client) == "en"
    response = client.post("/admin/language/", {"language": "fr"})
    assert response["Location"] == "/admin/my-sign-in/"
    assert language_of(client) == "fr"
    assert language_of(signed_in(anna)) == "fr"
    assert language_of(signed_in(person("ben", superuser=True))) == "en"


@pytest.mark.parametrize("language", ["ja", "", "xx"])
def test_a_language_that_staff_pages_do_not_have_is_no_choice(language: str) -> None:
    client = signed_in(person(superuser=True))
    client.post("/admin/language/", {"language": language})
    assert language_of(client) == "en"


@pytest.mark.parametrize(("accept", "language"), [("fr-CA", "fr"), ("ja", "en"), ("en", "en"), ("", "en")])
def test_before_a_choice_the_browser_decides(accept: str, language: str) -> None:
    assert language_of(Client(), "/admin/login/", accept) == language


def test_a_link_changes_nobody_s_language() -> None:
    client = signed_in(person(superuser=True))
    assert client.get("/admin/language/?language=fr").status_code == 405
    assert language_of(client, "/admin/?language=fr") == "en"
