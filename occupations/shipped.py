"""The tables that ship with the project, read from `occupations/data/` without a database."""

from __future__ import annotations

from pathlib import Path

from occupations.building import Payload
from occupations.loading import ReadTable, check_tables, read_tables

DATA_FOLDER = Path(__file__).resolve().parent / "data"


def shipped_tables(folder: Path = DATA_FOLDER) -> dict[str, ReadTable]:
    """Every shipped table with the place of each row. Raises BadData."""
    tables = read_tables(folder)
    check_tables(tables)
    return tables


def shipped_payload(folder: Path = DATA_FOLDER) -> Payload:
    """The shipped rows, ready for `building.build_snapshot`. Raises BadData."""
    return {name: table.rows for name, table in shipped_tables(folder).items()}
