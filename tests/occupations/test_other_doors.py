"""Other permits to ask about: the shipped rows, what staff do with them, and the snapshot that shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from occupations.building import build_snapshot
from occupations.loading import BadData
from occupations.models import DataRevision, OtherDoor
from occupations.rulebook import EVERY_COUNTRY, Snapshot
from occupations.shipped import DATA_FOLDER, shipped_payload
from occupations.stored import stored_rows
from tests.occupations.admin.forms import send
from tests.staff import administrator


def stored() -> Snapshot:
    return build_snapshot(stored_rows().payload)


def names(snapshot: Snapshot) -> list[str]:
    return [door.name["en"] for door in snapshot.reference.other_doors]


def revision() -> int:
    return DataRevision.objects.values_list("number", flat=True).get()


def test_a_door_for_everyone_comes_last() -> None:
    doors = build_snapshot(shipped_payload()).reference.other_doors
    assert [door.country for door in doors] == ["CL", "GB", "MX", "PE", EVERY_COUNTRY]
    assert all(door.fact_ids == ("F-38",) for door in doors)


@pytest.mark.django_db
def test_the_database_gives_the_same_doors_as_the_files() -> None:
    assert stored().reference.other_doors == build_snapshot(shipped_payload()).reference.other_doors


@pytest.mark.django_db
def test_a_change_by_staff_is_shown_at_once_and_raises_the_revision() -> None:
    before = revision()
    OtherDoor.objects.create(country="AU", name="A new agreement", text="It exists.", fact_ids=["F-38"])
    assert revision() == before + 1
    assert "A new agreement" in names(stored())


@pytest.mark.django_db
def test_a_hidden_door_is_not_shown_and_stays_hidden_after_an_update(tmp_path: Path) -> None:
    OtherDoor.objects.filter(country="PE").update(hidden=True)
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    with (folder / "other_doors.csv").open("a", encoding="utf-8") as file:
        file.write("JP,Another agreement,,It exists.,F-38\n")
    call_command("load_data", folder=folder, verbosity=0)
    shown = names(stored())
    assert "Another agreement" in shown
    assert not [name for name in shown if "Peru" in name]


@pytest.mark.django_db
@pytest.mark.parametrize("country", ["mx", "M", "", "**"])
def test_a_country_has_two_capital_letters_or_a_star(country: str) -> None:
    with pytest.raises(IntegrityError, match="other_door_country_form"), transaction.atomic():
        OtherDoor.objects.create(country=country, name="x", text="x", fact_ids=["F-38"])


@pytest.mark.django_db
def test_a_door_is_named_once_a_country() -> None:
    with pytest.raises(IntegrityError, match="other_door_once_a_country"), transaction.atomic():
        OtherDoor.objects.create(country="MX", name="CUSMA professionals", text="x", fact_ids=["F-38"])


def test_a_door_must_rest_on_a_known_fact(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    with (folder / "other_doors.csv").open("a", encoding="utf-8") as file:
        file.write("JP,Another agreement,,It exists.,F-99\n")
    with pytest.raises(BadData, match="F-99"):
        shipped_payload(folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "said"), [("F-38", "was changed successfully"), ("F-99", "There is no fact F-99.")]
)
def test_staff_can_change_a_door_that_rests_on_known_facts(facts: str, said: str) -> None:
    client = administrator()
    door = OtherDoor.objects.get(country="MX")
    address = reverse("admin:occupations_otherdoor_change", args=[door.pk])
    page = send(client, address, {"text": "Ask about it.", "fact_ids": facts})
    assert said in page.content.decode()
    door.refresh_from_db()
    assert (door.text == "Ask about it.") == (facts == "F-38")
