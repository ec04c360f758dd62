"""Statistics Canada's structure and elements files, in both languages and for a version that is yet to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection

from occupations import snapshots
from occupations.importing import running
from occupations.importing.elements import read_elements
from occupations.importing.files import SourceFile
from occupations.importing.problems import FileRefused
from occupations.importing.structure import read_structure
from occupations.models import Classification, ImportRecord, JobTitle, NocGroup, UnitGroup
from occupations.search import index_for
from tests.occupations.importing import official
from tests.occupations.importing.official import Table
from tests.staff import administrator

pytestmark = pytest.mark.django_db
NEXT = "NOC 2026 V1.0"
LANGUAGES = ("en", "fr")


def next_version() -> list[Table]:
    """The files of a generated NOC 2026: one unit group is split off, and titles are renamed."""
    tables = []
    for language in LANGUAGES:
        table = official.structure(language, NEXT)
        new = {**table.rows[-1], "code": "95108", "title": "Robot minders", "level": "5"}
        renamed = [{**row, "title": f"{row['title']} 2026"} for row in table.rows]
        tables.append(table.with_rows([*renamed, new]))
    for language in LANGUAGES:
        table = official.elements(language, NEXT)
        kind = table.rows[0]["kind"]
        new = {
            "level": "5",
            "code": "95108",
            "title": "Robot minders",
            "kind": kind,
            "text": "minder of robots",
        }
        rows: list[Mapping[str, str]] = [
            row for row in table.rows if row["code"][:1] == "0" or row["text"].endswith("r ")
        ]
        some = {row["code"]: row for row in table.rows if row["level"] == "5" and row["kind"] == kind}
        tables.append(table.with_rows([*rows, *some.values(), new]))
    return tables


def files(tables: list[Table]) -> list[SourceFile]:
    return [table.file() for table in tables]


def refusal(*given: SourceFile) -> str:
    with pytest.raises(FileRefused) as caught:
        running.check("noc", given, {})
    return str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_structure_has_822_codes_in_five_levels(language: str) -> None:
    read = read_structure(official.structure(language).file())
    assert read.version == "NOC 2021 V1.0"
    assert len(read.titles) == 822
    assert len(read.unit_groups()) == 516
    assert sorted({len(code) for code in read.titles}) == [1, 2, 3, 4, 5]


def test_the_french_header_keeps_the_slip_of_the_publisher() -> None:
    assert "Code dela CNP 2021 v1.0" in official.structure("fr").bytes().decode().splitlines()[0]
    assert read_structure(official.structure("fr").file()).titles["21232"].startswith("Développeurs")


def test_codes_keep_their_zeros_and_titles_their_pairs() -> None:
    read = read_structure(official.structure("fr").file())
    assert read.titles["00011"] == "Cadres supérieurs/cadres supérieures - administration publique"


@pytest.mark.parametrize("bom", [True, False])
def test_elements_are_read_with_and_without_a_byte_order_mark(bom: bool) -> None:
    read = read_elements(official.elements("en", bom=bom).file())
    assert sum(len(titles) for titles in read.titles.values()) == 27_935
    assert read.version == "NOC 2021 V1.0"


def test_an_illustrative_title_that_is_repeated_under_all_examples_is_one_title() -> None:
    read = read_elements(official.elements("en").file())
    assert sum(sum(titles.values()) for titles in read.titles.values()) == 4_768


def test_titles_lose_the_blank_at_their_end_and_begin_with_a_capital_letter() -> None:
    table = official.elements("en")
    assert {row["text"][0] for row in table.rows[:50]} <= set("abcdefghijklmnopqrstuvwxyz")
    assert table.rows[0]["text"].endswith(" ")
    assert "Aboriginal band chief" in read_elements(table.file()).titles["00010"]


def test_french_elements_have_typographic_or_plain_apostrophes_in_their_header() -> None:
    table = official.elements("fr")
    straight = SourceFile(table.name, table.bytes().replace("’".encode(), b"'"))
    assert read_elements(straight).titles == read_elements(table.file()).titles


def test_other_elements_are_counted_and_left_out() -> None:
    read = read_elements(official.elements("en").file())
    assert dict(read.left_out) == {"Main duties": 1, "Inclusion(s)": 1}


def test_the_stored_version_again_has_nothing_to_do() -> None:
    given = files(
        [kind(language) for kind in (official.structure, official.elements) for language in LANGUAGES]
    )
    report = running.store("noc", given, {}, who="anna", reason="again")
    assert report.nothing_to_do == "NOC 2021 V1.0 holds the very same titles."
    assert not ImportRecord.objects.exists()


def test_new_job_titles_are_added_and_others_taken_out() -> None:
    table = official.elements("fr")
    rows = [row for row in table.rows if row["text"] != "commissaire de conseil scolaire "]
    changed = table.with_rows([*rows, {**rows[0], "text": "élu municipal/élue municipale "}])
    report = running.store("noc", [changed.file()], {}, who="anna", reason="a correction")
    assert (report.target, report.added, report.removed) == ("NOC 2021 V1.0", 1, 1)
    titles = JobTitle.objects.filter(unit_group__code="00010", language="fr").values_list("title", flat=True)
    assert "Élu municipal/élue municipale" in titles
    assert "Commissaire de conseil scolaire" not in titles


def test_a_new_title_of_a_group_is_shown_before_and_after() -> None:
    table = official.structure("en")
    at = next(at for at, row in enumerate(table.rows) if row["code"] == "21232")
    changed = table.with_cell(at, "title", "Software people").file()
    report = running.check("noc", [changed], {})
    assert [(one.row, one.cells) for one in report.changes] == [
        ("21232", (("title_en", "Software developers and programmers", "Software people"),))
    ]
    assert UnitGroup.objects.get(code="21232").title_en == "Software developers and programmers"
    running.store("noc", [changed], {}, who="anna", reason="a correction")
    assert UnitGroup.objects.get(code="21232").title_en == "Software people"


def test_a_new_version_stands_beside_the_one_in_use_and_disturbs_nothing() -> None:
    before = snapshots.refresh()
    found = index_for(before).search("minder of robots")
    report = running.store("noc", files(next_version()), {}, who="anna", reason="NOC 2026 is published")
    assert report.target == NEXT
    assert Classification.objects.get(is_current=True).pk == "NOC 2021 V1.0"
    assert UnitGroup.objects.filter(classification=NEXT).count() == 517
    assert NocGroup.objects.filter(classification=NEXT).count() == 306
    assert JobTitle.objects.filter(unit_group__classification=NEXT, title="Minder of robots").count() == 2
    after = snapshots.refresh()
    assert index_for(after).search("minder of robots") == found
    assert after.revision > before.revision
    assert after.reference == before.reference
    assert after.editions == before.editions


def test_the_shipped_titles_can_be_loaded_again_beside_another_version() -> None:
    running.store("noc", files(next_version()), {}, who="anna", reason="NOC 2026 is published")
    kept = JobTitle.objects.filter(unit_group__classification=NEXT).count()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM occupations_loadedfile WHERE file LIKE 'noc2021/job_titles%%'")
    call_command("load_data", verbosity=0)
    assert JobTitle.objects.filter(unit_group__classification=NEXT).count() == kept
    assert JobTitle.objects.filter(unit_group__classification="NOC 2021 V1.0").count() == 57_702


def test_staff_are_offered_the_codes_of_the_version_in_use_only() -> None:
    structures = [official.structure(language, NEXT) for language in LANGUAGES]
    running.store("noc", files(structures), {}, who="anna", reason="NOC 2026 is published")
    asked = {
        "term": "21232",
        "app_label": "occupations",
        "model_name": "occupationrule",
        "field_name": "unit_group",
    }
    offered = administrator().get("/admin/autocomplete/", asked).json()["results"]
    assert [one["id"] for one in offered] == [
        str(UnitGroup.objects.get(code="21232", classification__is_current=True).pk)
    ]


def test_a_new_version_needs_both_languages() -> None:
    said = refusal(official.structure("en", NEXT).file())
    assert "NOC 2026 V1.0 is not stored yet. Import its structure in English and in French together." in said


def test_files_of_two_versions_are_not_mixed() -> None:
    said = refusal(official.structure("en").file(), official.structure("fr", NEXT).file())
    assert "different versions: NOC 2021 V1.0, NOC 2026 V1.0" in said


def test_both_languages_must_have_the_same_codes() -> None:
    english, french = (official.structure(language, NEXT) for language in LANGUAGES)
    said = refusal(english.file(), french.with_rows(french.rows[:-1]).file())
    assert f"it lacks 1 codes of NOC 2026 V1.0, first {french.rows[-1]['code']}" in said


FIRST = {"level": "1", "place": "", "code": "0", "title": "Legislative", "definition": ""}
Spoil = Callable[[], SourceFile]
STRUCTURES: list[tuple[str, Spoil, str]] = [
    (
        "half of it",
        lambda: official.structure("en").with_rows(official.structure("en").rows[:400]).file(),
        "cut off",
    ),
    (
        "a group without its parent",
        lambda: official.structure("en").with_rows(official.structure("en").rows[1:]).file(),
        "The group 0, to which 00 belongs, is missing.",
    ),
    (
        "zeros lost",
        lambda: official.structure("en").with_cell(4, "code", "10").file(),
        "“10” has lost its leading zeros, probably in a spreadsheet; it was “00010”",
    ),
    (
        "a code twice",
        lambda: (
            official.structure("en")
            .with_rows([*official.structure("en").rows, official.structure("en").rows[0]])
            .file()
        ),
        "row 824, column Code - NOC 2021 V1.0: The code 0 stands twice.",
    ),
    (
        "no title",
        lambda: official.structure("en").with_cell(4, "title", "").file(),
        "row 6, column Class title: The title is missing.",
    ),
    (
        "no level",
        lambda: official.structure("en").with_cell(4, "level", "Unit").file(),
        "“Unit” is no level",
    ),
    (
        "no version",
        lambda: replace(
            official.structure("en"), columns={**official.structure("en").columns, "code": "Code"}
        ).file(),
        "No column names a version",
    ),
    (
        "a title column by another name",
        lambda: replace(
            official.structure("en"), columns={**official.structure("en").columns, "title": "Class name"}
        ).file(),
        "“Class name” is not known; the nearest known one is “Class title”",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "said"), [one[1:] for one in STRUCTURES], ids=[one[0] for one in STRUCTURES]
)
def test_a_spoiled_structure_is_refused(spoil: Spoil, said: str) -> None:
    assert said in refusal(spoil())


def test_elements_that_end_too_early_are_refused() -> None:
    table = official.elements("en")
    said = refusal(table.with_rows(table.rows[: len(table.rows) // 2]).file())
    assert "it lacks" in said
    assert "codes of NOC 2021 V1.0" in said


def test_elements_with_a_spoiled_code_are_refused() -> None:
    said = refusal(official.elements("fr").with_cell(0, "code", "1.0E+01").file())
    assert "row 2, column Code de la CNP v1.0: “1.0E+01” is a number that a spreadsheet made" in said


def test_another_file_is_named_by_its_columns() -> None:
    said = refusal(SourceFile("pets.csv", b"name,age\r\nRex,4\r\n"))
    assert "neither a structure file nor an elements file" in said
    assert "name, age" in said


def test_the_same_kind_of_file_twice_is_refused() -> None:
    file = official.structure("en").file()
    assert "import one of them" in refusal(file, file)
