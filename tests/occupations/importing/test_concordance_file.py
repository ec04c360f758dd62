"""The correspondence table from NOC 2016: its quirks, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from occupations.importing import running
from occupations.importing.concordance import read_concordance, skill_level
from occupations.importing.files import SourceFile
from occupations.importing.problems import FileRefused
from occupations.models import ConcordancePair, ImportRecord, Noc2016Group
from tests.occupations.importing import official
from tests.occupations.importing.official import CONCORDANCE, Table

pytestmark = pytest.mark.django_db
OLD, TITLE, CHANGE, NEW, _new_title, _notes = CONCORDANCE


def refusal(table: Table) -> str:
    with pytest.raises(FileRefused) as caught:
        running.check("concordance", [table.file()], {})
    return str(caught.value)


def test_the_stored_pairs_in_the_official_layout_have_nothing_to_do() -> None:
    report = running.store("concordance", [official.concordance().file()], {}, who="anna", reason="again")
    assert report.nothing_to_do == "The very same pairs are stored already."
    assert report.unchanged == 585
    assert not ImportRecord.objects.exists()


def test_notes_with_line_breaks_are_one_record() -> None:
    table = official.concordance()
    assert len(table.bytes().splitlines()) > 800
    assert len(read_concordance(table.file()).pairs) == 585


def test_lost_zeros_are_filled_up_and_said() -> None:
    report = running.check("concordance", [official.concordance(lost_zeros=True).file()], {})
    assert report.nothing_to_do
    assert "had lost their leading zeros" in report.warnings[0]


def test_a_trailing_empty_column_does_no_harm() -> None:
    table = official.concordance(trailing_column=True)
    assert table.bytes().split(b"\r\n")[0].endswith(b"Notes,")
    assert len(read_concordance(table.file()).pairs) == 585


def test_the_blank_before_gsim_may_be_there_or_not() -> None:
    table = official.concordance()
    assert b", GSIM Type" in table.bytes()
    tidy = replace(table, columns={CHANGE: CHANGE.strip()})
    assert read_concordance(tidy.file()).pairs == read_concordance(table.file()).pairs


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("RC5", "RC5"),
        ("RC5 - Transfer", "RC5"),
        ("Transfer", "RC5"),
        ("RC4.2 - Split off, VC2", "RC4.2 VC2"),
        ("rc3.1", "RC3.1"),
        ("Take-over", "RC3.2"),
        ("VC1\nVC2", "VC1 VC2"),
    ],
)
def test_the_kind_of_change_is_typed_in_several_ways(written: str, read: str) -> None:
    table = official.concordance().with_cell(0, CHANGE, written)
    assert read_concordance(table.file()).pairs["0011", "00010"] == read


def test_a_word_like_a_change_is_refused_with_the_nearest() -> None:
    said = refusal(official.concordance().with_cell(0, CHANGE, "Tranfser"))
    assert "row 2, column GSIM Type of Change" in said
    assert "the nearest known one is “transfer”" in said


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (NEW, "1.1E+04", "“1.1E+04” is a number that a spreadsheet made of a code"),
        (OLD, "2011-01-01", "“2011-01-01” is a date that a spreadsheet made of a code"),
        (NEW, "99999", "99999 is no unit group of NOC 2021 V1.0"),
        (OLD, "1911", "1911 is no code of NOC 2016"),
        (TITLE, "", "The title is missing."),
    ],
)
def test_a_spoiled_cell_is_refused(column: str, value: str, said: str) -> None:
    assert said in refusal(official.concordance().with_cell(100, column, value))


def test_the_same_pair_twice_is_refused() -> None:
    table = official.concordance()
    assert "0011 and 00010 stands twice" in refusal(table.with_rows([*table.rows, table.rows[0]]))


def test_a_table_that_ends_too_early_is_refused() -> None:
    table = official.concordance()
    said = refusal(table.with_rows(table.rows[:-20]))
    assert "codes of NOC 2021 V1.0" in said
    assert "codes of NOC 2016" in said


def test_a_missing_column_is_named() -> None:
    said = refusal(replace(official.concordance(), columns={OLD: "NOC 2016 Code"}))
    assert "“NOC 2016 V1.3 Code” is missing" in said
    assert "the nearest known one is “NOC 2016 V1.3 Code”" in said


def test_a_table_to_a_version_that_is_not_stored_is_refused() -> None:
    table = official.concordance()
    later = SourceFile(table.name, table.bytes().replace(b"NOC 2021 V1.0", b"NOC 2026 V1.0"))
    with pytest.raises(FileRefused, match=r"NOC 2026 V1\.0 is not stored yet"):
        running.check("concordance", [later], {})


def test_a_changed_pair_is_shown_and_stored() -> None:
    table = official.concordance().with_cell(0, CHANGE, "VC2").with_cell(1, TITLE, "Managers of government")
    report = running.store("concordance", [table.file()], {}, who="anna", reason="a correction")
    assert {(one.kind, one.row) for one in report.changes} == {
        ("changed", "0011 → 00010"),
        ("changed", "0012"),
    }
    assert ConcordancePair.objects.get(noc2016="0011", unit_group__code="00010").change == "VC2"
    assert Noc2016Group.objects.get(pk="0012").title == "Managers of government"
    assert ConcordancePair.objects.count() == 585


def test_skill_levels_follow_the_rule_of_noc_2016() -> None:
    stored = dict(Noc2016Group.objects.values_list("code", "skill_level"))
    assert len(stored) == 500
    assert {code: skill_level(code) for code in stored} == stored
