"""The synonym table: every shipped row is right, and what staff do outlives an update of the shipped file."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from occupations.building import Payload
from occupations.models import OccupationSynonym, UnitGroup
from occupations.shipped import DATA_FOLDER, shipped_payload

MEANT_OTHERWISE = {
    ("dental nurse", "33100"),  # a dental assistant in Britain and Australia, a hygienist's name in Canada
    ("product designer", "21233"),  # of software, while the official title is of goods
    ("marketing executive", "11202"),  # a junior in Britain and Australia, a manager in Canada
    ("fencer", "73200"),  # who builds fences in Australia, an athlete in Canada
}


@pytest.fixture(scope="module")
def payload() -> Payload:
    return shipped_payload()


def test_synonyms_are_many_in_every_language_and_say_why(payload: Payload) -> None:
    languages = Counter(row["language"] for row in payload["synonyms"])
    assert set(languages) == {"en", "fr", "es", "ja"}
    assert min(languages.values()) >= 100
    assert all(row["why"] and row["source"] == "our own" for row in payload["synonyms"])


def test_a_synonym_does_not_repeat_or_contradict_an_official_title(payload: Payload) -> None:
    owners = {(row["language"], row["title"].casefold()): row["code"] for row in payload["job_titles"]}
    for row in payload["unit_groups"]:
        owners["en", row["title_en"].casefold()] = owners["fr", row["title_fr"].casefold()] = row["code"]
    known = [
        (row["phrase"], row["noc"])
        for row in payload["synonyms"]
        if (row["language"], row["phrase"].casefold()) in owners
    ]
    assert set(known) == MEANT_OTHERWISE
    assert not [
        row
        for row in payload["synonyms"]
        if owners.get((row["language"], row["phrase"].casefold())) == row["noc"]
    ]


@pytest.fixture
def other_file(tmp_path: Path) -> Path:
    """The shipped tables with one more synonym."""
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    with (folder / "synonyms.csv").open("a", encoding="utf-8") as file:
        file.write("en,boffin,21100,British,our own\n")
    return folder


@pytest.mark.django_db
def test_an_update_of_the_shipped_file_keeps_what_staff_added_and_hid(other_file: Path) -> None:
    physicists = UnitGroup.objects.get(code="21100")
    OccupationSynonym.objects.create(
        unit_group=physicists, language="en", phrase="quark wrangler", why="asked by a visitor"
    )
    OccupationSynonym.objects.filter(phrase="sparky").update(hidden=True)
    before = OccupationSynonym.objects.count()
    call_command("load_data", folder=other_file, verbosity=0)
    assert OccupationSynonym.objects.count() == before + 1
    assert not OccupationSynonym.objects.get(phrase="boffin").hidden
    assert OccupationSynonym.objects.get(phrase="sparky").hidden
    assert OccupationSynonym.objects.filter(phrase="quark wrangler").exists()
