"""security.txt: who to tell, until when the file may be believed, and nothing where nobody is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from cptpp_site.environment import address_of_contact

ADDRESS = "/.well-known/security.txt"


def test_it_names_the_contact_and_when_it_expires(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert said["Contact"] == "mailto:security@example.org"
    assert said["Canonical"] == f"http://testserver{ADDRESS}"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=100) < left < timedelta(days=365), "RFC 9116 wants less than a year."


def test_it_is_not_there_while_nobody_is_named(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    "given", ["security@example.org", "http://example.org", "mailto:a b", "mailto:a\nExpires: x"]
)
def test_a_contact_that_nobody_could_use_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECURITY_CONTACT", given)
    with pytest.raises(ImproperlyConfigured, match="such as mailto:"):
        address_of_contact("SECURITY_CONTACT")
