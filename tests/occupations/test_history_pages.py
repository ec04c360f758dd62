"""The pages of the history: the log, one row, a day, the file for an auditor."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eligibility.models import EmbeddingSite
from occupations.history import acting
from occupations.models import Change, Source
from tests.occupations.database import OFFICIAL
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
LOG = "/admin/occupations/change/"


def newest(table: str = "occupations_source") -> Change:
    return Change.objects.filter(table=table).order_by("-id")[0]


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_log_is_searched_filtered_and_read(client: Client) -> None:
    administrator(client)
    with acting(person("ben"), "IRCC changed its page"):
        Source.objects.filter(pk="S-01").update(title="Zebra title")
    found = text(client.get(LOG, {"q": "zebra"}))
    assert "Zebra title" in found
    assert "IRCC changed its page" in found
    assert "Zebra title" in text(client.get(LOG, {"person": "ben"}))
    assert "Zebra title" not in text(client.get(LOG, {"person": "anna"}))
    assert "Zebra title" in text(client.get(LOG, {"kind": "occupations_source", "action__exact": "changed"}))
    assert "Zebra title" not in text(client.get(LOG, {"kind": "occupations_fact"}))
    assert "Zebra title" not in text(client.get(LOG, {"at__year": "2020"}))
    one = text(client.get(reverse("admin:occupations_change_change", args=[newest().pk])))
    assert "Zebra title" in one
    assert "IRCC changed its page" in one
    assert client.post(reverse("admin:occupations_change_change", args=[newest().pk]), {}).status_code in {
        200,
        403,
    }
    assert client.get(reverse("admin:occupations_change_change", args=["none"])).status_code == 404
    assert client.get(reverse("admin:occupations_change_add")).status_code == 403
    assert client.get(reverse("admin:occupations_change_delete", args=[newest().pk])).status_code == 403


def test_an_object_shows_its_history_and_how_it_was(client: Client) -> None:
    administrator(client)
    Source.objects.filter(pk="S-01").update(title="Zebra title")
    address = reverse("admin:occupations_source_history", args=["S-01"])
    page = text(client.get(address))
    assert "Zebra title" in page
    today = timezone.localdate()
    assert "At the end of" in text(client.get(address, {"on": today.isoformat()}))
    assert "It was not there on that day" in text(client.get(address, {"on": "2001-01-01"}))
    assert text(client.get(address, {"on": "2026-99-99"}))


def test_the_list_of_an_edition_is_shown_as_it_was(client: Client) -> None:
    administrator(client)
    address = reverse("admin:occupations_change_as_of")
    asked = {"table": "occupations_country", "edition": OFFICIAL, "on": timezone.localdate().isoformat()}
    assert text(client.get(address, asked)).count("<summary>") == 11
    assert text(client.get(address, asked | {"on": "2001-01-01"})).count("<summary>") == 0
    assert text(client.get(address, {"table": "no_such_table"}))


def test_what_is_gone_has_its_history_too(client: Client) -> None:
    administrator(client)
    site = EmbeddingSite.objects.create(origin="https://www.example.org")
    key = site.pk
    site.delete()
    page = text(
        client.get(reverse("admin:occupations_change_of_row", args=["eligibility_embeddingsite", key]))
    )
    assert "https://www.example.org" in page
    missing = reverse("admin:occupations_change_of_row", args=["eligibility_embeddingsite", 0])
    assert client.get(missing).status_code == 404


def test_the_export_is_read_by_a_spreadsheet_without_running_anything(client: Client) -> None:
    administrator(client)
    with acting(person("ben"), '=HYPERLINK("https://example.org")'):
        Source.objects.filter(pk="S-01").update(title="+1 title")
    response = client.get(reverse("admin:occupations_change_export"), {"person": "ben"})
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(content)))
    assert len(rows) == 1
    assert rows[0]["who"] == "ben"
    assert rows[0]["field"] == "Title"
    assert rows[0]["after"] == "'+1 title"
    assert rows[0]["why"].startswith("'=HYPERLINK")


def test_who_may_not_look_at_accounts_sees_nothing_of_them(client: Client) -> None:
    from django.contrib.auth.models import Permission

    ben = person("ben")
    ben.user_permissions.add(Permission.objects.get(codename="view_change"))
    signed_in(ben, client)
    assert "auth_user" not in text(client.get(LOG, {"q": "ben"}))
    assert (
        client.get(reverse("admin:occupations_change_of_row", args=["auth_user", ben.pk])).status_code == 404
    )
    stranger = signed_in(person("carla"))
    for name in ("changelist", "export", "as_of"):
        assert stranger.get(reverse(f"admin:occupations_change_{name}")).status_code == 403
