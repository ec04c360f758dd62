"""Pages that are alike for everybody: what search engines read of them, and that nothing is sent twice."""

from __future__ import annotations

import re

import pytest
from django.test import Client

PLAIN = ("/", "/about/", "/privacy/", "/accessibility/")
PUBLIC = (*PLAIN, "/guide/", "/guide/permit/", "/editions/", "/occupations/", "/occupations/mx/")
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]+)">')
LONGEST_SHOWN = 320
"""Characters of a description that search engines show at most."""

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PLAIN)
def test_a_page_without_anything_of_a_visitor_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/fr{path}", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert not first.cookies


@pytest.mark.parametrize("language", ["", "/fr", "/es", "/ja"])
def test_each_public_page_describes_itself_once_and_in_its_language(client: Client, language: str) -> None:
    said = {path: DESCRIPTION.findall(client.get(language + path).content.decode()) for path in PUBLIC}
    assert {path: len(texts) for path, texts in said.items()} == dict.fromkeys(PUBLIC, 1)
    assert all(len(texts[0]) <= LONGEST_SHOWN for texts in said.values())
    if language:
        english = DESCRIPTION.findall(client.get("/").content.decode())
        assert said["/"] != english
