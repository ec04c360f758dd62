"""Rows into database tables by COPY: which table of the database takes which rows, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import LiteralString

from django.db import connection, models
from psycopg import sql

from occupations.loading.reading import Row
from occupations.models import (
    AdviceLine,
    ApplicationRoute,
    ApplicationRule,
    Citation,
    Classification,
    ConcordancePair,
    Condition,
    Country,
    CountryName,
    CriterionFacts,
    Difference,
    DifferenceText,
    Edition,
    Fact,
    Fee,
    JobTitle,
    Noc2016Group,
    NocGroup,
    OccupationRule,
    OccupationSynonym,
    OtherDoor,
    PermitTerm,
    Region,
    Regulation,
    Requirement,
    Source,
    Translation,
    UncodedEntry,
    UnitGroup,
    Wage,
    WageVintage,
)

Codes = Mapping[str, int]
"""NOC code -> key of its unit group in the database."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where rows of a shipped table go.

    `renamed` maps a column of the rows to a field of the model where the names differ; `noc` names the column
    with a NOC code, which becomes the unit group's key. `key` are the fields by which a row is found again.
    """

    model: type[models.Model]
    renamed: Mapping[str, str] = field(default_factory=dict)
    noc: str | None = None
    key: tuple[str, ...] = ()
    spread: Callable[[Row], Iterable[Row]] | None = None
    """Makes several database rows of one."""


def _each_source(row: Row) -> Iterator[Row]:
    for position, source in enumerate(row["sources"], start=1):
        yield {
            "edition": row["edition"],
            "fact": row["fact"],
            "source": source,
            "position": position,
        }


EDITIONS = Target(Edition)
RULES = {
    "countries": Target(Country),
    "requirements": Target(Requirement),
    "conditions": Target(Condition),
    "occupation_rules": Target(OccupationRule, noc="noc"),
    "uncoded_entries": Target(UncodedEntry),
    "criterion_facts": Target(CriterionFacts),
    "citations": Target(Citation, spread=_each_source),
}
MERGED = {
    "sources": Target(Source, key=("id",)),
    "facts": Target(Fact, key=("id",)),
    "differences": Target(Difference, renamed={"id": "fact"}, key=("fact",)),
    "classifications": Target(Classification, key=("version",)),
    "noc_groups": Target(NocGroup, key=("classification", "code")),
    "unit_groups": Target(UnitGroup, key=("classification", "code")),
    "noc2016_groups": Target(Noc2016Group, key=("code",)),
    "regions": Target(Region, key=("code",)),
    "application_routes": Target(ApplicationRoute, key=("slug",)),
    "application_rules": Target(ApplicationRule, key=("route", "reason")),
    "advice_lines": Target(AdviceLine, key=("slug",)),
    "fees": Target(Fee, key=("slug", "as_of")),
    "permit_terms": Target(PermitTerm, key=("slug", "as_of")),
}
"""A row that is there already is brought up to date; rows that only the database has stay."""
REPLACED = {
    "job_titles": Target(JobTitle, noc="code"),
    "concordance": Target(ConcordancePair, noc="noc2021"),
    "regulations": Target(Regulation, noc="noc"),
    "country_names": Target(CountryName),
}
"""The shipped rows take the place of all rows, but for those of other versions of the classification."""
MERGED_LAST = {
    "synonyms": Target(OccupationSynonym, noc="noc", key=("unit_group", "language", "phrase")),
    "other_doors": Target(OtherDoor, key=("country", "name")),
    "difference_texts": Target(DifferenceText, key=("difference", "edition")),
    "translations": Target(Translation, key=("context", "english", "language")),
}
VINTAGES = Target(WageVintage)
WAGES = Target(Wage, noc="noc")


def insert(target: Target, rows: Iterable[Row], codes: Codes) -> int:
    """Add the rows; returns how many the database table received."""
    wide = list(_spread(target, rows))
    if wide:
        _copy(target, sql.Identifier(target.model._meta.db_table), wide, codes)
    return len(wide)


def replace(target: Target, rows: Iterable[Row], codes: Codes) -> int:
    """Remove all rows and add these. Rows of another version of the classification stay."""
    table = sql.Identifier(target.model._meta.db_table)
    with connection.cursor() as cursor:
        if target.noc is None:
            cursor.execute(_statement("DELETE FROM {table}", table=table))
        else:
            of_this_version = "DELETE FROM {table} WHERE unit_group_id = ANY (%s)"
            cursor.execute(_statement(of_this_version, table=table), [list(codes.values())])
    return insert(target, rows, codes)


def merge(target: Target, rows: Iterable[Row], codes: Codes) -> int:
    """Add new rows and bring the others up to date, found by the target's key."""
    wide = list(_spread(target, rows))
    if not wide:
        return 0
    columns = [_column(target, name) for name in wide[0]]
    keys = [_field_column(target, name) for name in target.key]
    others = [column for column in columns if column not in keys]
    names = {
        "table": sql.Identifier(target.model._meta.db_table),
        "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
        "same_key": _pairs("kept.{0} = incoming.{0}", " AND ", keys),
        "settings": _pairs("{0} = incoming.{0}", ", ", others),
        "before": _pairs("kept.{0}", ", ", others),
        "after": _pairs("incoming.{0}", ", ", others),
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(INCOMING, **names))
        _copy(target, sql.Identifier("incoming_rows"), wide, codes)
        for statement in (UPDATE_KNOWN, INSERT_NEW, DROP_INCOMING):
            cursor.execute(_statement(statement, **names))
    return len(wide)


INCOMING = "CREATE TEMPORARY TABLE incoming_rows ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
UPDATE_KNOWN = (
    "UPDATE {table} AS kept SET {settings} FROM incoming_rows AS incoming "
    "WHERE {same_key} AND ({before}) IS DISTINCT FROM ({after})"
)
INSERT_NEW = (
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming_rows AS incoming "
    "WHERE NOT EXISTS (SELECT 1 FROM {table} AS kept WHERE {same_key})"
)
DROP_INCOMING = "DROP TABLE incoming_rows"


def _pairs(form: LiteralString, between: LiteralString, columns: Iterable[str]) -> sql.Composed:
    """The form filled in for each column, with `between` between them."""
    return sql.SQL(between).join(sql.SQL(form).format(sql.Identifier(column)) for column in columns)


def unit_group_keys(classification: str) -> dict[str, int]:
    """NOC code -> key, for one classification."""
    groups = UnitGroup.objects.filter(classification=classification)
    return dict(groups.values_list("code", "pk"))


def _spread(target: Target, rows: Iterable[Row]) -> Iterator[Row]:
    if target.spread is None:
        yield from rows
    else:
        for row in rows:
            yield from target.spread(row)


def _column(target: Target, name: str) -> str:
    if name == target.noc:
        return "unit_group_id"
    return _field_column(target, target.renamed.get(name, name))


def _field_column(target: Target, name: str) -> str:
    found = target.model._meta.get_field(name)
    if not isinstance(found, models.Field):
        raise TypeError(f"{name} is no column of {target.model._meta.label}.")
    return found.column or found.name


def _statement(form: LiteralString, **parts: sql.Composable) -> sql.Composed:
    return sql.SQL(form).format(**parts)


def _copy(target: Target, into: sql.Identifier, rows: Sequence[Row], codes: Codes) -> None:
    names = list(rows[0])
    columns = sql.SQL(", ").join(sql.Identifier(_column(target, name)) for name in names)
    with (
        connection.cursor() as cursor,
        cursor.copy(_statement("COPY {into} ({columns}) FROM STDIN", into=into, columns=columns)) as copy,
    ):
        for row in rows:
            copy.write_row(
                [
                    codes[row[name]] if name == target.noc and row[name] is not None else row[name]
                    for name in names
                ]
            )
