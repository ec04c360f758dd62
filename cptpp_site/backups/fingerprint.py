"""What tells whether two states of the database are the same: a checksum of each table, and what the rules answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from psycopg import sql

from eligibility.impact.cases import SHIPPED
from eligibility.lines import lines_of, read_line
from eligibility.presenting import brief
from eligibility.rules.assessment import assess
from occupations import stored
from occupations.building import build_snapshot

PASSING: Final = ("django_session", "eligibility_requestcount")
"""Tables of the moment, which a backup leaves out: who is signed in, and who has asked how often just now."""

_TABLES = """
    SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL(%s) ORDER BY tablename
"""
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"
)
# The order of rows in a table is nobody's business, so they are hashed one by one and sorted.
_CHECKSUM = """
    SELECT count(*), encode(sha256(coalesce(string_agg(hash, '' ORDER BY hash), '')::bytea), 'hex')
    FROM (SELECT md5(row_of::text) AS hash FROM {table} AS row_of) AS rows
"""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A state of the database.

    `tables`: name -> [rows, SHA-256]. `sequences`: name -> last number given out. `cases`: SHA-256 of the brief
    assessments of the shipped reference cases on the day `on`, or empty when no rules are stored.
    """

    tables: dict[str, list[int | str]]
    sequences: dict[str, int | None]
    revision: int
    on: str
    cases: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def differences(self, other: Fingerprint) -> list[str]:
        """Names of what is not the same in both; empty when all is."""
        found = [
            f"table {name}"
            for name in self.tables | other.tables
            if self.tables.get(name) != other.tables.get(name)
        ]
        found += [
            f"sequence {name}"
            for name in self.sequences | other.sequences
            if self.sequences.get(name) != other.sequences.get(name)
        ]
        if self.revision != other.revision:
            found.append("data revision")
        if self.cases != other.cases:
            found.append("assessments of the reference cases")
        return sorted(found)


def fingerprint(on: date, *, with_cases: bool = True) -> Fingerprint:
    """The state now. Inside a transaction that reads one moment, all parts are of that moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLES, [list(PASSING)])
        names = [str(row[0]) for row in cursor.fetchall()]
        tables: dict[str, list[int | str]] = {}
        for name in names:
            cursor.execute(sql.SQL(_CHECKSUM).format(table=sql.Identifier(name)))
            tables[name] = list(cursor.fetchone())
        cursor.execute(_SEQUENCES)
        sequences = {str(name): value for name, value in cursor.fetchall()}
    revision, cases = assessed(on) if with_cases else (0, "")
    return Fingerprint(tables, sequences, revision, on.isoformat(), cases)


def assessed(on: date) -> tuple[int, str]:
    """The data revision, and a checksum of the answers to the reference cases; 0 and "" without rules."""
    try:
        rows = stored.stored_rows()
    except stored.NothingStored:
        return 0, ""
    rulebook = build_snapshot(rows.payload, rows.revision).rulebook(on)
    digest = hashlib.sha256()
    with SHIPPED.open("rb") as stream:
        for line in lines_of(stream):
            case_id, answers = read_line(line, rulebook.reference)
            digest.update(
                json.dumps(brief(assess(answers, rulebook), rulebook, case_id), sort_keys=True).encode()
            )
    return rows.revision, digest.hexdigest()
