"""The shipped files as checked, plain rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from occupations.loading.layout import TABLES, Table
from occupations.loading.problems import BadData, Place, Problem

Row = Mapping[str, Any]
"""One row: column name -> JSON value. Decimals are text, dates ISO text, several values a list."""


@dataclass(slots=True)
class ReadTable:
    """Rows of one table, and beside each the place where it stands."""

    name: str
    key: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def read_tables(folder: Path) -> dict[str, ReadTable]:
    """Every table of the folder by its name, in the layout's order.

    Raises BadData with all rows that are malformed; whether rows fit together is for `check_tables`.
    """
    read: dict[str, ReadTable] = {}
    problems: list[Problem] = []
    for table in TABLES:
        into = read.setdefault(table.name, ReadTable(table.name, table.key))
        for path in _files(folder, table, problems):
            shown = path.relative_to(folder).as_posix()
            for place, cells in _records(path, shown, table, problems):
                row = _row(table, path, cells, place, problems)
                if row is not None:
                    into.rows.append(row)
                    into.places.append(place)
    if problems:
        raise BadData(problems)
    return read


def _files(folder: Path, table: Table, problems: list[Problem]) -> list[Path]:
    found = sorted(folder.glob(table.files))
    if not found:
        problems.append(Problem(Place(table.files, 0), "The file is missing; put it back."))
    return found


def _records(
    path: Path, shown: str, table: Table, problems: list[Problem]
) -> Iterator[tuple[Place, Mapping[str, str]]]:
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(Problem(Place(shown, line), "The text is not UTF-8; save the file as UTF-8."))
        return
    if path.suffix == ".json":
        yield from _json_record(content, shown, table, problems)
    else:
        yield from _csv_records(content, shown, table, problems)


def _json_record(
    content: str, shown: str, table: Table, problems: list[Problem]
) -> Iterator[tuple[Place, Mapping[str, str]]]:
    try:
        value = json.loads(content)
    except json.JSONDecodeError as error:
        problems.append(Problem(Place(shown, error.lineno), f"This is not valid JSON: {error.msg}."))
        return
    names = {column.name for column in table.columns}
    if not isinstance(value, dict) or set(value) != names:
        reason = f"The file must hold one object with exactly these fields: {', '.join(sorted(names))}."
        problems.append(Problem(Place(shown, 1), reason))
        return
    yield Place(shown, 1), {name: _cell(item) for name, item in value.items()}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _csv_records(
    content: str, shown: str, table: Table, problems: list[Problem]
) -> Iterator[tuple[Place, Mapping[str, str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    expected = [column.name for column in table.columns]
    first_line = 1
    try:
        header = next(reader, [])
        if header != expected:
            reason = f"The first line must name these columns in this order: {','.join(expected)}."
            problems.append(Problem(Place(shown, 1), reason))
            return
        first_line = reader.line_num + 1
        for cells in reader:
            place, first_line = Place(shown, first_line), reader.line_num + 1
            if len(cells) != len(expected):
                reason = f"The row has {len(cells)} cells where the header has {len(expected)}."
                problems.append(Problem(place, reason))
                continue
            yield place, dict(zip(expected, cells, strict=True))
    except csv.Error as error:
        problems.append(Problem(Place(shown, first_line), f"The row cannot be read as CSV: {error}."))


def _row(
    table: Table, path: Path, cells: Mapping[str, str], place: Place, problems: list[Problem]
) -> Row | None:
    row: dict[str, Any] = dict(table.added)
    good = True
    if table.folder is not None:
        row[table.folder] = path.stem if table.files.endswith("*.csv") else path.parent.name
    if table.numbered:
        row["position"] = place.line - 1
    for column in table.columns:
        cell = cells[column.name].strip()
        if not cell:
            row[column.name] = column.empty
            if column.required:
                problems.append(Problem(place, f"`{column.name}` is empty; it must be given."))
                good = False
            continue
        try:
            row[column.name] = column.parse(cell)
        except ValueError as error:
            problems.append(Problem(place, f"`{column.name}` is {cell!r}; {error}."))
            good = False
    return row if good else None
