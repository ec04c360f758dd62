"""Storing: new data years beside the others, all or nothing, on record, and seen by the running site."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from occupations import snapshots
from occupations.importing import running, wage_plan
from occupations.importing.files import SourceFile
from occupations.importing.plans import Report
from occupations.importing.problems import FileRefused
from occupations.importing.wage_plan import WagePlan
from occupations.importing.wages import known_to_us
from occupations.loading.storing import store_shipped
from occupations.models import ImportRecord, LoadedFile, Source, Wage, WageVintage
from occupations.shipped import DATA_FOLDER
from occupations.snapshots import today
from tests.occupations.database import refusal, revision
from tests.occupations.importing import official

REASON = "the wages of the year"


CODES = frozenset({"00010", "00013", "21232"})
ROWS = len(CODES) * 86


@pytest.fixture(autouse=True)
def _few_occupations(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is whole with three occupations; test_full_size.py imports all of them."""
    monkeypatch.setattr(wage_plan, "known_to_us", lambda version: replace(known_to_us(version), codes=CODES))


def small_file() -> SourceFile:
    table = official.wages(codes=CODES)
    return table.with_cell(table.index("21232", "ER1110"), "Median_Wage_Salaire_Median", "30.00").file()


@pytest.fixture
def file(db: None) -> SourceFile:
    return small_file()


def store(file: SourceFile, **options: object) -> Report:
    return running.store("wages", [file], options, who="anna", reason=REASON)


def test_a_dry_run_says_what_would_change_and_writes_nothing(file: SourceFile) -> None:
    before = revision()
    report = running.check("wages", [file], {})
    assert (report.target, report.added) == ("2025-2", ROWS)
    assert "The wages of 1 occupation are amounts per year." in report.sentences
    assert report.changes[0].row.endswith("ER00")
    assert revision() == before
    assert WageVintage.objects.count() == 2


def test_a_file_becomes_a_new_data_year_that_assessments_use_from_today(file: SourceFile) -> None:
    before, old = revision(), snapshots.refresh()
    old_rows = Wage.objects.filter(vintage="2025").count()
    report = store(file)
    assert report.target == "2025-2"
    vintage = WageVintage.objects.get(pk="2025-2")
    assert vintage.available_from == today()
    assert vintage.source_id == "WAGE-2025"
    assert Wage.objects.filter(vintage=vintage).count() == ROWS
    assert Wage.objects.filter(vintage="2025").count() == old_rows
    assert revision() > before
    new = snapshots.refresh()
    row = new.rulebook(today()).wage("21232", "ER1110")
    assert row is not None
    assert row.vintage.edition == "2025-2"
    yesterday = today() - timedelta(days=1)
    assert new.rulebook(yesterday).wage("21232", "ER1110") == old.rulebook(yesterday).wage("21232", "ER1110")


def test_the_import_is_on_record_and_the_record_stays(file: SourceFile) -> None:
    store(file)
    record = ImportRecord.objects.get()
    assert (record.kind, record.target, record.who, record.reason) == ("wages", "2025-2", "anna", REASON)
    assert record.added == ROWS
    assert record.files == [{"name": file.name, "sha256": file.sha256, "bytes": len(file.content)}]
    for statement in (
        "UPDATE occupations_importrecord SET who = 'somebody else'",
        "DELETE FROM occupations_importrecord",
        "TRUNCATE occupations_importrecord",
    ):
        assert refusal(statement).startswith("The record of imports stays as it is.")


def test_the_same_file_again_does_nothing_and_says_so(file: SourceFile) -> None:
    store(file)
    before = revision()
    report = store(file)
    assert report.nothing_to_do == "The data year 2025-2 holds the very same wages."
    assert revision() == before
    assert ImportRecord.objects.count() == 1


def test_a_correction_stands_beside_and_begins_on_the_next_free_day(file: SourceFile) -> None:
    store(file)
    corrected = SourceFile(file.name, file.content.replace(b",2023-2024,", b",2024,"))
    assert store(corrected).target == "2025-3"
    assert WageVintage.objects.get(pk="2025-3").available_from == today() + timedelta(days=1)
    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        Wage.objects.filter(vintage="2025-2").update(median=1)


def test_a_stored_data_year_and_a_past_or_taken_day_are_refused(file: SourceFile) -> None:
    with pytest.raises(FileRefused, match="data year 2025 are stored already"):
        store(file, vintage="2025")
    with pytest.raises(FileRefused, match="is in the past"):
        store(file, available_from=today() - timedelta(days=1))
    day = today() + timedelta(days=30)
    assert store(file, vintage="2026", available_from=day).target == "2026"
    with pytest.raises(FileRefused, match="Another data year begins on"):
        store(SourceFile("x.csv", file.content.replace(b",2024,", b",2023,")), available_from=day)


def test_a_year_without_a_source_gets_one(file: SourceFile) -> None:
    later = SourceFile(file.name, file.content.replace(b"2025-11-19", b"2026-11-18"))
    assert store(later).target == "2026"
    source = Source.objects.get(pk="WAGE-2026")
    assert source.dated is not None
    assert source.dated.isoformat() == "2026-11-18"
    assert snapshots.refresh().rulebook(today()).wage("21232", "ER00") is not None


def test_a_later_release_leaves_out_the_wages_that_were_imported_here(file: SourceFile) -> None:
    LoadedFile.objects.filter(file__startswith="wages/2024").delete()
    said: list[str] = []
    store_shipped(DATA_FOLDER, said.append)
    assert any("wages of 2024: imported here before" in line for line in said)
    assert Wage.objects.filter(vintage="2024").count() == 11_606


class PulledOut(Exception):
    """Something breaks in the middle."""


def test_an_error_in_the_middle_leaves_nothing(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = small_file(), revision()
    whole = WagePlan.store

    def store_and_break(plan: WagePlan) -> None:
        whole(plan)
        assert Wage.objects.filter(vintage="2025-2").count() == ROWS
        raise PulledOut

    monkeypatch.setattr(WagePlan, "store", store_and_break)
    with pytest.raises(PulledOut):
        store(file)
    assert not WageVintage.objects.filter(pk="2025-2").exists()
    assert not ImportRecord.objects.exists()
    assert revision() == before


def test_a_connection_that_dies_in_the_middle_leaves_nothing(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = small_file(), revision()
    whole = WagePlan.store

    def store_and_be_cut_off(plan: WagePlan) -> None:
        whole(plan)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            row = cursor.fetchone()
        assert row is not None
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [row[0]])
        other.close()

    monkeypatch.setattr(WagePlan, "store", store_and_be_cut_off)
    with pytest.raises(DatabaseError):
        store(file)
    connection.close()
    assert not WageVintage.objects.filter(pk="2025-2").exists()
    assert not ImportRecord.objects.exists()
    assert revision() == before


# --- The commands ------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path, db: None) -> Path:
    table = official.concordance().with_cell(0, " GSIM Type of Change", "VC2")
    path = tmp_path / table.name
    path.write_bytes(table.bytes())
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_command_looks_first(path: Path) -> None:
    said = run("import_concordance", path, "--dry-run")
    assert "Would import NOC 2021 V1.0: 0 rows new, 1 changed, 0 removed." in said
    assert "changed 0011 → 00010: change: VC1 VC2 → VC2" in said
    assert not ImportRecord.objects.exists()


def test_a_command_imports_with_a_reason_and_a_name(path: Path) -> None:
    said = run("import_concordance", path, "--reason", "a correction", "--who", "anna")
    assert "Imported NOC 2021 V1.0" in said
    record = ImportRecord.objects.get()
    assert (record.who, record.reason) == ("anna", "a correction")
    assert "There is nothing to do." in run("import_concordance", path, "--reason", "again")


def test_a_command_needs_a_reason(path: Path) -> None:
    with pytest.raises(CommandError, match="Say why with --reason"):
        run("import_concordance", path)


def test_a_command_refuses_with_sentences_and_changes_nothing(path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        run("import_wages", path, "--reason", "the wrong file")
    assert "Nothing was changed." in str(caught.value)
    assert "The column “NOC_CNP” is missing." in str(caught.value)


def test_a_command_says_when_a_file_cannot_be_read(path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_noc", path.with_name("missing.csv"), "--dry-run")


def test_the_commands_take_their_own_options(path: Path) -> None:
    titles = path.with_name("titles.csv")
    titles.write_bytes(official.elements("fr").bytes())
    assert "There is nothing to do." in run("import_noc", titles, "--dry-run")
    with pytest.raises(CommandError):
        run("import_wages", path, "--dry-run", "--data-year", "2026", "--available-from", today().isoformat())
