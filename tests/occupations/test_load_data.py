"""`load_data`: once, whole or not at all, and never over something that must stay."""

from __future__ import annotations

import csv
import io
import shutil
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from occupations.loading.layout import APPLYING_TABLES
from occupations.models import (
    ConcordancePair,
    CountryName,
    Edition,
    JobTitle,
    LoadedFile,
    NocGroup,
    OccupationRule,
    PeriodInForce,
    Region,
    Regulation,
    Source,
    Translation,
    UnitGroup,
    Wage,
)
from occupations.shipped import DATA_FOLDER
from tests.occupations.database import ARTICLE, OFFICIAL, execute, revision, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    return folder


def load(folder: Path | None = None) -> str:
    out = io.StringIO()
    call_command("load_data", stdout=out, **({"folder": folder} if folder else {}))
    return out.getvalue()


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def add_edition(folder: Path, slug: str) -> None:
    shutil.copytree(folder / "editions" / ARTICLE, folder / "editions" / slug)
    change(folder, f"editions/{slug}/edition.json", ARTICLE, slug)


def test_everything_is_in_the_database() -> None:
    assert UnitGroup.objects.count() == 516
    assert NocGroup.objects.count() + UnitGroup.objects.count() == 822
    assert JobTitle.objects.filter(language="en").count() == 27_935
    assert JobTitle.objects.filter(language="fr").count() == 29_767
    assert ConcordancePair.objects.count() == 585
    assert Region.objects.count() == 86
    assert Wage.objects.count() == 12_822
    assert Regulation.objects.count() == 430
    assert CountryName.objects.count() == 996
    assert OccupationRule.objects.filter(edition=OFFICIAL).count() == 514
    assert OccupationRule.objects.filter(edition=ARTICLE).count() == 264
    assert set(Edition.objects.values_list("state", flat=True)) == {"published"}


def test_the_first_period_begins_where_the_official_edition_does() -> None:
    period = PeriodInForce.objects.get()
    assert (period.edition_id, period.days.lower.isoformat(), period.days.upper) == (
        OFFICIAL,
        "2024-10-03",
        None,
    )
    assert period.who == "load_data"


def test_the_same_files_again_change_nothing_and_take_no_time() -> None:
    before = revision()
    began = time.monotonic()
    said = load()
    assert time.monotonic() - began < 2
    assert "shipped rows are stored already; nothing to do" in said
    assert revision() == before


def test_a_bad_row_is_reported_with_file_and_line_and_nothing_is_stored(data: Path) -> None:
    change(data, "sources.csv", "CPTPP overview", "An overview")
    change(data, "regions.csv", "ER3530,economic_region", "ER3530,somewhere")
    with pytest.raises(
        CommandError, match=r"Nothing was stored.*\nregions.csv, line \d+: `level` is 'somewhere'"
    ):
        load(data)
    assert not Source.objects.filter(title="An overview").exists()


def test_a_refusal_in_the_middle_leaves_everything_as_it_was(data: Path) -> None:
    change(data, "sources.csv", "CPTPP overview", "An overview")
    add_edition(data, "trial-2027")
    change(data, "wages/2025.csv", "84000", "84001")
    before = revision()
    with pytest.raises(CommandError, match=r"The wages of 2025 .* published wages never change"):
        load(data)
    assert not Source.objects.filter(title="An overview").exists()
    assert not Edition.objects.filter(pk="trial-2027").exists()
    assert revision() == before


@pytest.mark.parametrize("file", ["edition.json", "requirements.csv", "citations.csv"])
def test_other_content_under_a_published_slug_is_refused(data: Path, file: str) -> None:
    path = data / "editions" / OFFICIAL / file
    path.write_text(path.read_text(encoding="utf-8") + "\n" * (file == "edition.json"), encoding="utf-8")
    if file == "requirements.csv":
        change(data, f"editions/{OFFICIAL}/{file}", "AU,professional,0;1,4", "AU,professional,0;1,3")
    if file == "citations.csv":
        change(data, f"editions/{OFFICIAL}/{file}", "S-01;S-02", "S-02;S-01")
    with pytest.raises(CommandError, match=f"The files of the edition {OFFICIAL} differ .* a new slug"):
        load(data)


def test_a_new_edition_is_published_with_all_its_rows_and_does_not_decide(data: Path) -> None:
    add_edition(data, "trial-2027")
    load(data)
    assert Edition.objects.get(pk="trial-2027").state == "published"
    assert OccupationRule.objects.filter(edition="trial-2027").count() == 264
    assert PeriodInForce.objects.get().edition_id == OFFICIAL


def test_a_new_year_of_wages_is_added_beside_the_others(data: Path) -> None:
    change(
        data,
        "wage_vintages.csv",
        "2025,2025-11-19",
        "2026,2026-12-01,NOC 2021 V1.0,WAGE-2025\n2025,2025-11-19",
    )
    header = "noc,region,low,median,high,annual,reference_period,origin\n"
    (data / "wages" / "2026.csv").write_text(header + "21231,ER00,30,60,90,no,2026,test\n", encoding="utf-8")
    load(data)
    assert Wage.objects.filter(vintage="2026").count() == 1
    assert Wage.objects.count() == 12_823


def test_a_corrected_source_is_brought_up_to_date_and_what_staff_added_stays(data: Path) -> None:
    execute("INSERT INTO occupations_source VALUES ('X-01', 'Ours', 'We', '', NULL, '2026-01-01')")
    change(data, "sources.csv", "CPTPP overview", "An overview")
    said = load(data)
    assert Source.objects.get(pk="S-02").title == "An overview"
    assert Source.objects.filter(pk="X-01").exists()
    assert "sources: 34 rows" in said
    assert "wages" not in said


def test_rows_taken_out_of_a_replaced_table_disappear(data: Path) -> None:
    path = data / "regulations.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").split("\n")[:11]) + "\n", encoding="utf-8")
    load(data)
    assert Regulation.objects.count() == 10


def test_the_digest_of_every_file_is_kept() -> None:
    files = {path.relative_to(DATA_FOLDER).as_posix() for path in DATA_FOLDER.rglob("*") if path.is_file()}
    assert set(LoadedFile.objects.values_list("file", flat=True)) == files - {"README.md"}
    kept_by_staff = "'synonyms.csv', " + ", ".join(f"'{table.files}'" for table in APPLYING_TABLES)
    counted = f"SELECT sum(rows) FROM occupations_loadedfile WHERE file NOT IN ({kept_by_staff})"
    counted += " AND file !~ '^translations/'"
    assert value(counted) == 75_068


def test_translations_of_a_published_edition_can_ship_later(data: Path) -> None:
    english = Edition.objects.get(slug=OFFICIAL).summary
    LoadedFile.objects.create(file="translations.csv", sha256="0" * 64, rows=0)  # as it once shipped
    with (data / "translations" / "ja.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [["context", "english", "text"], ["edition.summary", english, "日本語の要約。"]]
        csv.writer(file, lineterminator="\n").writerows(rows)
    before = revision()
    load(data)
    assert Translation.objects.get(language="ja", english=english).text == "日本語の要約。"
    assert revision() > before
    assert "nothing to do" in load(data)


def test_a_translation_that_was_mended_replaces_the_one_before(data: Path) -> None:
    for text in ("Premier essai.", "Deuxième essai."):
        (data / "translations" / "fr.csv").write_text(
            f"context,english,text\nregulation.note,no regulator,{text}\n", encoding="utf-8"
        )
        load(data)
    assert Translation.objects.get(language="fr", english="no regulator").text == "Deuxième essai."
