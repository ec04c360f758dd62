"""The Job Bank wages file: every quirk of the official layout, and every way in which a file can be spoiled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from occupations.importing.files import SourceFile
from occupations.importing.problems import FileRefused
from occupations.importing.wages import Known, WageFile, known_to_us, read_wages
from occupations.models import Region, UnitGroup
from occupations.models.choices import RegionLevel
from tests.occupations.importing import official
from tests.occupations.importing.official import Table

pytestmark = pytest.mark.django_db
CODES = ("00010", "00013", "21232")


@pytest.fixture
def known() -> Known:
    """Three occupations in all 86 regions, so that a whole file is small."""
    whole = known_to_us("NOC 2021 V1.0")
    assert len(whole.codes) == 516
    assert len(whole.regions) == 86
    return replace(whole, codes=frozenset(CODES))


@pytest.fixture
def table(db: None) -> Table:
    return official.wages(codes=frozenset(CODES))


def refusal(file: SourceFile, known: Known) -> str:
    with pytest.raises(FileRefused) as caught:
        read_wages(file, known)
    return str(caught.value)


def test_the_layout_of_2025_is_read_with_its_byte_order_mark(table: Table, known: Known) -> None:
    read = read_wages(table.file(), known)
    assert table.bytes().startswith(b"\xef\xbb\xbf")
    assert len(read.rows) == 3 * 86
    assert read.revised.isoformat() == "2025-11-19"
    assert read.ignored == ()


def test_the_example_row_of_the_official_file_is_read_as_published(table: Table, known: Known) -> None:
    row = {
        "Low_Wage_Salaire_Minium": "26.67",
        "Median_Wage_Salaire_Median": "38.46",
        "High_Wage_Salaire_Maximal": "53.85",
        "Reference_Period": "2023-2024",
        "Source2025_NHQ": "LFS 2023-24 PR NOC5",
        "Data_Source_E": "Labour Force Survey",
        "Annual_Wage_Flag_Salaire_annuel": "0",
    }
    at = table.index("21232", "ER1110")
    for column, value in row.items():
        table = table.with_cell(at, column, value)
    assert table.rows[at]["prov"] == "PEI"
    read = read_wages(table.file(), known).rows["21232", "ER1110"]
    assert (read.low, read.median, read.high) == (Decimal("26.67"), Decimal("38.46"), Decimal("53.85"))
    assert read.annual is False
    assert read.reference_period == "2023-2024"
    assert read.origin == "Labour Force Survey"


def test_the_layout_of_2024_is_read(table: Table, known: Known) -> None:
    older = replace(table, header=official.WAGES_2024)
    assert len(older.header) == 21
    read, newer = read_wages(older.file(), known), read_wages(table.file(), known)
    assert read.ignored == ()
    assert {key: row.median for key, row in read.rows.items()} == {
        key: row.median for key, row in newer.rows.items()
    }


def test_columns_are_found_by_name_and_in_any_order(table: Table, known: Known) -> None:
    turned = replace(table, header=list(reversed(table.header)))
    assert read_wages(turned.file(), known).rows == read_wages(table.file(), known).rows


def test_a_column_named_by_another_year_is_welcome(table: Table, known: Known) -> None:
    next_year = replace(table, columns={"Source2025_NHQ": "Source2026_NHQ"})
    read = read_wages(next_year.file(), known)
    assert read.ignored == ()
    assert read.rows == read_wages(table.file(), known).rows


def test_averages_sources_and_benefits_may_be_missing(table: Table, known: Known) -> None:
    needed = [name for name in table.header if not name.startswith(("Average", "Quartile", "Source", "Data"))]
    read = read_wages(replace(table, header=needed).file(), known)
    assert {row.origin for row in read.rows.values()} == {"official file", "not published"}


def test_a_column_that_no_layout_has_is_named_and_not_read(table: Table, known: Known) -> None:
    extra = replace(table, columns={"Non_WageBen_pct": "Mood"}, header=[*table.header, "Non_WageBen_pct"])
    assert read_wages(extra.file(), known).ignored == ("Mood",)


def test_upstream_names_of_provinces_are_known(known: Known) -> None:
    assert {known.regions[code] for code in ("ER1110", "ER6010", "ER6110", "ER6210")} == {
        "PEI",
        "YK",
        "NWT",
        "NU",
    }


@pytest.mark.parametrize("code", ["ER1110", "ER6010", "ER6110", "ER6210"])
def test_four_digits_can_be_the_total_of_a_province(code: str, table: Table, known: Known) -> None:
    assert Region.objects.get(pk=code).level == RegionLevel.PROVINCE
    at = table.index("21232", code)
    for column, value in (("Source2025_NHQ", "LFS 2023-24 PR NOC5"), ("Median_Wage_Salaire_Median", "60.00")):
        table = table.with_cell(at, column, value)
    table = table.with_cell(at, "Data_Source_E", "Labour Force Survey")
    table = table.with_cell(at, "Low_Wage_Salaire_Minium", "").with_cell(at, "High_Wage_Salaire_Maximal", "")
    assert read_wages(table.file(), known).rows["21232", code].origin == "Labour Force Survey"


def test_a_region_with_the_figures_of_its_province_says_so(table: Table, known: Known) -> None:
    at = next(
        at
        for at, row in enumerate(table.rows)
        if " PR " in row["Source2025_NHQ"] and row["ER_Code_Code_RE"] not in known.wide
    )
    row = table.rows[at]
    key = (row["NOC_CNP"].removeprefix("NOC_"), row["ER_Code_Code_RE"])
    assert read_wages(table.file(), known).rows[key].origin.endswith("(of the province)")


def test_regions_with_the_same_name_are_told_apart_by_their_code(table: Table, known: Known) -> None:
    names = {"ER3590": "Northeast", "ER5980": "Northeast"}
    for region, name in names.items():
        at = table.index("21232", region)
        table = table.with_cell(at, "ER_Name", name).with_cell(at, "Median_Wage_Salaire_Median", "")
        for column in ("Low_Wage_Salaire_Minium", "High_Wage_Salaire_Maximal"):
            table = table.with_cell(at, column, "")
    table = table.with_cell(table.index("21232", "ER5980"), "Median_Wage_Salaire_Median", "50.00")
    rows = read_wages(table.file(), known).rows
    assert rows["21232", "ER3590"].median is None
    assert rows["21232", "ER5980"].median == Decimal("50.00")


def test_a_suppressed_row_has_no_wage_and_its_commas_do_no_harm(table: Table, known: Known) -> None:
    row = table.rows[table.index("00013", "ER00")]
    assert row["Reference_Period"] == "NA"
    assert "," in row["Wage_Comment_E"]
    read = read_wages(table.file(), known).rows["00013", "ER00"]
    assert (read.low, read.median, read.high, read.annual) == (None, None, None, False)
    assert read.reference_period == ""
    assert read.origin == "not published"


def test_a_median_may_stand_alone(table: Table, known: Known) -> None:
    alone = [row for row in read_wages(table.file(), known).rows.values() if row.median and row.low is None]
    assert alone
    assert all(row.high is None for row in alone)


def test_the_annual_flag_belongs_to_the_row(table: Table, known: Known) -> None:
    rows = read_wages(table.file(), known).rows
    legislators = [row for (code, _region), row in rows.items() if code == "00010"]
    assert {row.annual for row in legislators if row.median is not None} == {True}
    assert {row.annual for row in legislators if row.median is None} == {False}


def test_the_reference_period_stays_text(table: Table, known: Known) -> None:
    found = {row.reference_period for row in read_wages(table.file(), known).rows.values()}
    assert found == {"", "2021", "2023-2024", "2024"}


def test_parts_of_a_cent_are_rounded_and_counted(table: Table, known: Known) -> None:
    at = table.index("21232", "ER00")
    whole = {"Low_Wage_Salaire_Minium": "20", "Median_Wage_Salaire_Median": "38.461538"}
    for column, value in whole.items():
        table = table.with_cell(at, column, value)
    table = table.with_cell(at, "High_Wage_Salaire_Maximal", "90.00")
    read = read_wages(table.file(), known)
    assert read.rows["21232", "ER00"].median == Decimal("38.46")
    assert read.rounded == 1


Spoil = Callable[[Table], SourceFile]


def cell(column: str, value: str, at: int = 0) -> Spoil:
    return lambda table: table.with_cell(at, column, value).file()


def raw(change: Callable[[bytes], bytes]) -> Spoil:
    return lambda table: SourceFile(table.name, change(table.bytes()))


SPOILED: list[tuple[str, Spoil, list[str]]] = [
    ("a code without zeros", cell("NOC_CNP", "NOC_10"), ["row 2, column NOC_CNP", "“NOC_00010”"]),
    ("a bare number", cell("NOC_CNP", "10"), ["“10” has lost its leading zeros", "“NOC_00010”"]),
    ("a code without its prefix", cell("NOC_CNP", "00010"), ["lacks what stands before", "“NOC_00010”"]),
    ("a number in scientific notation", cell("NOC_CNP", "1.1E+04"), ["“1.1E+04” is a number"]),
    ("a date for a code", cell("NOC_CNP", "2010-01-01"), ["“2010-01-01” is a date"]),
    ("a code of no occupation", cell("NOC_CNP", "NOC_99999"), ["99999 is no unit group of NOC 2021 V1.0"]),
    ("an unknown region", cell("ER_Code_Code_RE", "ER9999"), ["“ER9999” is no region that is known here"]),
    ("another province", cell("prov", "ON"), ["ER00 belongs to NAT", "column prov"]),
    ("words for an amount", cell("Low_Wage_Salaire_Minium", "twenty"), ["“twenty” is no amount"]),
    ("a decimal comma", cell("Low_Wage_Salaire_Minium", "26,67"), ["“26,67” is no amount", "38.46"]),
    ("a minus", cell("Low_Wage_Salaire_Minium", "-1.00"), ["“-1.00” is no amount"]),
    ("a flag of three", cell("Annual_Wage_Flag_Salaire_annuel", "3"), ["“3” is neither 1 (per year) nor 0"]),
    ("a date with the day first", cell("Revision_Date_Date_revision", "19/11/2025"), ["no date", "row 2"]),
    ("a day that does not exist", cell("Revision_Date_Date_revision", "2025-02-30"), ["no date"]),
    ("a long period", cell("Reference_Period", "from the first to the last day"), ["too long"]),
    ("the same row twice", lambda t: t.with_rows([*t.rows, t.rows[0]]).file(), ["in row 2", "row 260"]),
    ("a missing row", lambda t: t.with_rows(t.rows[:-1]).file(), ["make 258 rows, and it has 257", "21232, ER6210"]),
    ("half of a file", raw(lambda b: b[: b.rindex(b"NOC_21232") + 12]), ["cut off"]),
    ("an open quotation mark", raw(lambda b: b[: b.rindex(b'"')]), ["is not closed"]),
    ("no rows", lambda t: t.with_rows([]).file(), ["a header and no wages"]),
    ("nothing", raw(lambda b: b""), ["The file is empty."]),
    ("a workbook", raw(lambda b: b"PK\x03\x04" + b), ["Excel workbook (.xlsx), and a CSV file is needed"]),
    ("an old workbook", raw(lambda b: b"\xd0\xcf\x11\xe0" + b), ["old Excel workbook (.xls)"]),
    ("a web page", raw(lambda b: b"<!DOCTYPE html><html>" + b), ["web page, not a CSV file"]),
    ("UTF-16", raw(lambda b: b.decode("utf-8-sig").encode("utf-16")), ["UTF-16"]),
    ("Windows text", raw(lambda b: b.decode("utf-8-sig").encode("cp1252")), ["not in UTF-8: line 2"]),
    ("accents read wrongly", raw(lambda b: b.replace("é".encode(), "Ã©".encode())), ["Accents are spoiled"]),
    ("bytes that are no text", raw(lambda b: b + b"\x00"), ["no text"]),
    ("semicolons", raw(lambda b: b.replace(b",", b";")), ["not divided by commas"]),
    ("another file", lambda t: SourceFile("pets.csv", b"name,age\r\nRex,4\r\n"), ["“NOC_CNP” is missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [one[1:] for one in SPOILED], ids=[one[0] for one in SPOILED])
def test_a_spoiled_file_is_refused_with_a_sentence(
    spoil: Spoil, said: list[str], table: Table, known: Known
) -> None:
    refused = refusal(spoil(table), known)
    for part in said:
        assert part in refused


def test_low_median_and_high_must_rise(table: Table, known: Known) -> None:
    at = table.index("21232", "ER00")
    table = table.with_cell(at, "Low_Wage_Salaire_Minium", "99.00")
    table = table.with_cell(at, "Median_Wage_Salaire_Median", "50.00")
    said = refusal(table.file(), known)
    assert f"row {at + 2}, column Low_Wage_Salaire_Minium" in said
    assert "must not fall from low to median to high: 99.00, 50.00" in said


def test_a_changed_header_names_the_missing_column_and_the_nearest_known(table: Table, known: Known) -> None:
    changed = replace(table, columns={"Median_Wage_Salaire_Median": "Median_Salary"})
    said = refusal(changed.file(), known)
    assert "The column “Median_Wage_Salaire_Median” is missing." in said
    assert "“Median_Salary” is not known; the nearest known one is “Median_Wage_Salaire_Median”" in said


def test_a_column_that_stands_twice_is_refused(table: Table, known: Known) -> None:
    twice = replace(table, header=[*table.header, "prov"])
    assert "column prov: The column stands 2 times." in refusal(twice.file(), known)


def test_the_layout_of_2020_is_refused_because_of_its_occupations(table: Table, known: Known) -> None:
    header = ",".join(official.WAGES_2020).encode()
    said = refusal(SourceFile("wages2020.csv", header + b"\r\n"), known)
    assert "occupations of NOC 2016" in said


def test_every_flaw_is_named_at_once(table: Table, known: Known) -> None:
    for at in (0, 5, 9):
        table = table.with_cell(at, "NOC_CNP", "NOC_10")
    with pytest.raises(FileRefused) as caught:
        read_wages(table.file(), known)
    assert [(flaw.row, flaw.column) for flaw in caught.value.flaws] == [
        (2, "NOC_CNP"),
        (7, "NOC_CNP"),
        (11, "NOC_CNP"),
    ]


def test_a_file_that_is_too_large_is_not_looked_at(
    table: Table, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("occupations.importing.files.LARGEST", 1000)
    assert "the most that is accepted" in refusal(table.file(), known)


def test_progress_is_told_while_rows_are_read(known: Known) -> None:
    told: list[tuple[int, int]] = []
    whole = known_to_us("NOC 2021 V1.0")
    codes = frozenset(sorted(whole.codes)[:20])
    table = official.wages(codes=codes)
    read: WageFile = read_wages(
        table.file(), replace(whole, codes=codes), lambda done, total: told.append((done, total))
    )
    assert len(read.rows) == 20 * 86
    assert told == [(1000, 1720), (1720, 1720)]
    assert UnitGroup.objects.filter(code__in=codes).count() == 20
