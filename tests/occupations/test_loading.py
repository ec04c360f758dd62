"""Bad rows are named with their file, their line and the reason, before anything is stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from occupations.loading import BadData
from occupations.shipped import DATA_FOLDER, shipped_payload, shipped_tables

LONG_FILES = ("noc2021/job_titles_en.csv", "noc2021/job_titles_fr.csv", "wages/2024.csv")
RULES = "editions/ircc-2024-10-03/occupation_rules.csv"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped tables to spoil; the longest files are cut so that reading takes no time."""
    folder = tmp_path / "data"
    shutil.copytree(DATA_FOLDER, folder)
    for file in LONG_FILES:
        lines = (folder / file).read_text(encoding="utf-8").split("\n")
        (folder / file).write_text("\n".join([*lines[:50], ""]), encoding="utf-8")
    return folder


def change(folder: Path, file: str, line: int, old: str, new: str) -> None:
    path = folder / file
    lines = path.read_text(encoding="utf-8").split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def append(folder: Path, file: str, row: str) -> int:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    path.write_text(content + row + "\n", encoding="utf-8")
    return content.count("\n") + 1


def report(folder: Path) -> list[str]:
    with pytest.raises(BadData) as caught:
        shipped_tables(folder)
    return [str(problem) for problem in caught.value.problems]


BAD_CELLS = [
    ("editions/article-2026/countries.csv", 2, "yes", "maybe", "`covered` is 'maybe'; write yes or no."),
    ("editions/article-2026/countries.csv", 2, "AU", "Aus", "`country` is 'Aus'; write an ISO country code"),
    (
        "editions/article-2026/requirements.csv",
        2,
        ",4,",
        ",four,",
        "`min_education_years` is 'four'; write a decimal",
    ),
    (
        "editions/article-2026/requirements.csv",
        2,
        "0;1",
        "0;0",
        "`teers` is '0;0'; name each value only once.",
    ),
    (
        "editions/article-2026/requirements.csv",
        2,
        "0;1",
        "0;7",
        "`teers` is '0;7'; write a TEER from 0 to 5.",
    ),
    ("noc2021/unit_groups.csv", 2, "00010", "10", "`code` is '10'; write a NOC code of five digits."),
    ("regions.csv", 2, "Canada", "", "`name_en` is empty; it must be given."),
    ("wages/2025.csv", 2, "84000", "NaN", "`median` is 'NaN'; write a decimal number"),
    ("wages/2025.csv", 2, "84000", "-1", "`median` is '-1'; write a decimal number"),
    ("wage_vintages.csv", 2, "2024-12-11", "2024-13-11", "`available_from` is '2024-13-11'; write a date"),
    ("sources.csv", 2, "https://", "www.", "`url` is 'www.www.canada.ca/en/"),
]


@pytest.mark.parametrize(("file", "line", "old", "new", "reason"), BAD_CELLS)
def test_a_bad_cell_is_named_with_file_line_and_reason(
    data: Path, file: str, line: int, old: str, new: str, reason: str
) -> None:
    change(data, file, line, old, new)
    said = report(data)
    assert len(said) == 1
    assert said[0].startswith(f"{file}, line {line}: {reason}")


BAD_ROWS = [
    ("noc2021/unit_groups.csv", "00099,3,A,B", "`teer` is 3, but the second digit of 00099 is 0."),
    ("wages/2025.csv", "00010,ER10,5,4,6,no,,x", "must not decrease in this order"),
    ("wages/2025.csv", "00010,ER9999,,,,no,,x", "'ER9999', which does not stand in table regions"),
    (
        "regulations.csv",
        "99999,ON,licence,,,2026,REG-1",
        "'99999', which does not stand in table unit_groups",
    ),
    (RULES, "AU,technician,include,yes,22300,2;3,,,x,y,,,,F-06", "Give either a NOC code or TEERs"),
    (RULES, "AU,technician,include,yes,,,,,x,y,,,,F-06", "Give either a NOC code or TEERs"),
    (RULES, "AU,technician,include,yes,22300,,no-such,,x,y,,,,F-06", "'no-such', which is no condition of"),
    (RULES, "FR,technician,include,yes,22300,,,,x,y,,,,F-06", "'FR', which is no country of"),
    (RULES, "AU,technician,include,yes,22300,,,,x,y,,,,F-99", "'F-99', which does not stand in table facts"),
    ("noc2021/groups.csv", "77,minor_group,A,B", "A code of 2 digits is a major_group, not a minor_group."),
    ("regions.csv", "ER99,economic_region,,no,A,B,ON", "every other region has one"),
    ("editions/article-2026/countries.csv", "FR,yes,,,no,no,,F-01", "needs at least one accepted status"),
    (
        "editions/article-2026/requirements.csv",
        "CL,professional,0;1,4,degree,3,,2,yes,0,F-10",
        "Give the equivalent years and the equivalent country together",
    ),
    ("country_names.csv", "JP,en,Nippon", "stands already at country_names.csv, line"),
]


@pytest.mark.parametrize(("file", "row", "reason"), BAD_ROWS)
def test_a_row_that_does_not_fit_is_named_with_file_and_line(
    data: Path, file: str, row: str, reason: str
) -> None:
    line = append(data, file, row)
    said = report(data)
    assert any(text.startswith(f"{file}, line {line}: ") and reason in text for text in said), said


def test_a_row_with_too_few_cells_is_named(data: Path) -> None:
    line = append(data, "facts.csv", "F-77,only two")
    assert report(data) == [f"facts.csv, line {line}: The row has 2 cells where the header has 3."]


def test_a_wrong_header_is_named(data: Path) -> None:
    change(data, "facts.csv", 1, "title", "name")
    reason = "The first line must name these columns in this order: id,title,confidence."
    assert report(data) == [f"facts.csv, line 1: {reason}"]


def test_text_that_is_not_utf8_is_named_with_its_line(data: Path) -> None:
    path = data / "facts.csv"
    path.write_bytes(path.read_bytes() + "F-77,caf\xe9,open\n".encode("latin-1"))
    line = path.read_bytes().count(b"\n")
    assert report(data) == [f"facts.csv, line {line}: The text is not UTF-8; save the file as UTF-8."]


def test_an_open_quote_is_named(data: Path) -> None:
    line = append(data, "facts.csv", 'F-77,"open,x')
    assert any(text.startswith(f"facts.csv, line {line}: The row cannot be read") for text in report(data))


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "regions.csv").unlink()
    assert report(data) == ["regions.csv, line 0: The file is missing; put it back."]


def test_edition_json_with_another_field_is_named(data: Path) -> None:
    change(data, "editions/article-2026/edition.json", 2, '"slug"', '"name"')
    said = report(data)
    assert len(said) == 1
    assert said[0].startswith("editions/article-2026/edition.json, line 1: The file must hold one object")


def test_an_edition_that_cites_no_source_for_a_fact_is_named(data: Path) -> None:
    change(data, "editions/article-2026/citations.csv", 2, "F-01", "F-99")
    assert any("for which article-2026 cites no source" in text for text in report(data))


def test_periods_that_overlap_are_named(data: Path) -> None:
    append(data, "periods_in_force.csv", "article-2026,2026-12-01,,Trial.")
    reason = "periods_in_force.csv, line 2: The period reaches into the one that begins on 2026-12-01."
    assert report(data) == [reason]


def test_all_problems_are_reported_at_once_and_long_lists_are_cut(data: Path) -> None:
    for code in range(30):
        append(data, "facts.csv", f"F{code},title,open")
    with pytest.raises(BadData) as caught:
        shipped_tables(data)
    assert len(caught.value.problems) == 30
    assert str(caught.value).endswith("There are 10 more problems like these.")


def test_a_new_edition_needs_only_a_new_folder(data: Path) -> None:
    shutil.copytree(data / "editions/article-2026", data / "editions/trial-2027")
    change(data, "editions/trial-2027/edition.json", 2, "article-2026", "trial-2027")
    assert [row["slug"] for row in shipped_payload(data)["editions"]] == [
        "article-2026",
        "ircc-2024-10-03",
        "trial-2027",
    ]
