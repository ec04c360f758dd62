"""Storing the shipped tables: once, in one transaction, and never over something that must stay.

* The same content again does nothing: a digest of every file is kept in the database.
* An edition and a year of wages never change. Other content under a slug or year that is stored already is
  refused; a correction ships as a new slug or year.
* A new edition goes in as a draft with all its rows, then through review to published, and the first period
  in force is set only where the database has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from psycopg.types.range import DateRange

from occupations.loading import copying
from occupations.loading.checks import check_tables
from occupations.loading.layout import TABLES
from occupations.loading.problems import Place
from occupations.loading.reading import ReadTable, Row, read_tables
from occupations.models import Edition, LoadedFile, PeriodInForce, WageVintage
from occupations.models.choices import State

Say = Callable[[str], None]
LOADED_BY = "load_data"
ONE_LOAD_AT_A_TIME = 5_252_001
"""Key of the advisory lock that a second load waits for."""


class ContentRefused(ValueError):
    """A shipped file has changed where the stored content must stay as it is."""


@dataclass(slots=True)
class LoadReport:
    """How many rows each table holds in the files, and which tables were stored this time."""

    rows: dict[str, int] = field(default_factory=dict)
    stored: dict[str, int] = field(default_factory=dict)


def store_shipped(folder: Path, say: Say) -> LoadReport:
    """Bring the database up to the files. Raises BadData, ContentRefused; then nothing has changed."""
    digests = _digests(folder)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_LOAD_AT_A_TIME])
        known = dict(LoadedFile.objects.values_list("file", "sha256"))
        changed = {file for file, digest in digests.items() if known.get(file) != digest}
        if not changed:
            return _nothing_to_do()
        say("Reading and checking the shipped tables ...")
        tables = read_tables(folder)
        check_tables(tables)
        report = LoadReport(rows={name: len(table.rows) for name, table in tables.items()})
        _Load(tables, changed, known, report, say).run()
        _remember(tables, digests, changed)
    return report


def _digests(folder: Path) -> dict[str, str]:
    """File, by its path below the folder -> SHA-256 of its content."""
    files = sorted({path for table in TABLES for path in folder.glob(table.files)})
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def _nothing_to_do() -> LoadReport:
    report = LoadReport()
    for file, rows in LoadedFile.objects.values_list("file", "rows"):
        name = _table_of(file)
        report.rows[name] = report.rows.get(name, 0) + rows
    return report


def _table_of(file: str) -> str:
    return next(table.name for table in TABLES if Path(file).match(table.files))


def _remember(tables: Mapping[str, ReadTable], digests: Mapping[str, str], changed: set[str]) -> None:
    # A file that no longer ships must not be looked for among the tables.
    LoadedFile.objects.exclude(file__in=digests).delete()
    rows: dict[str, int] = dict.fromkeys(digests, 0)
    for table in tables.values():
        for place in table.places:
            rows[place.file] += 1
    LoadedFile.objects.bulk_create(
        [LoadedFile(file=file, sha256=digests[file], rows=rows[file]) for file in sorted(changed)],
        update_conflicts=True,
        unique_fields=["file"],
        update_fields=["sha256", "rows", "loaded_at"],
    )


@dataclass(slots=True)
class _Load:
    """One run over tables whose files have changed."""

    tables: Mapping[str, ReadTable]
    changed: set[str]
    known: Mapping[str, str]
    report: LoadReport
    say: Say

    def run(self) -> None:
        self._merge(copying.MERGED, {})
        codes = copying.unit_group_keys(self._classification())
        for name, target in copying.REPLACED.items():
            if self._has_changed(name):
                self._stored(name, copying.replace(target, self.tables[name].rows, codes))
        self._editions(codes)
        self._wages(codes)
        self._merge(copying.MERGED_LAST, codes)

    def _merge(self, targets: Mapping[str, copying.Target], codes: copying.Codes) -> None:
        for name, target in targets.items():
            if self._has_changed(name):
                rows = self.tables[name].rows
                if name in {"noc_groups", "unit_groups"}:
                    rows = [{"classification": self._classification(), **row} for row in rows]
                self._stored(name, copying.merge(target, rows, codes))

    def _classification(self) -> str:
        rows = self.tables["classifications"].rows
        return next(str(row["version"]) for row in rows if row["is_current"])

    def _has_changed(self, name: str) -> bool:
        return any(_table_of(file) == name for file in self.changed)

    def _stored(self, name: str, rows: int) -> None:
        if rows:
            self.report.stored[name] = self.report.stored.get(name, 0) + rows
            self.say(f"  {name.replace('_', ' ')}: {rows:,} rows")

    def _editions(self, codes: copying.Codes) -> None:
        there = set(Edition.objects.values_list("slug", flat=True))
        new: list[Row] = []
        for row in self.tables["editions"].rows:
            if row["slug"] not in there:
                new.append(row)
            elif any(file.startswith(f"editions/{row['slug']}/") for file in self.changed):
                raise _other_edition(row["slug"])
        slugs = {row["slug"] for row in new}
        self._stored("editions", copying.insert(copying.EDITIONS, new, codes))
        for name, target in copying.RULES.items():
            rows = [row for row in self.tables[name].rows if row["edition"] in slugs]
            self._stored(name, copying.insert(target, rows, codes))
        for state in (State.IN_REVIEW, State.PUBLISHED):
            Edition.objects.filter(slug__in=slugs).update(state=state)
        if not PeriodInForce.objects.exists():
            self._first_periods()

    def _first_periods(self) -> None:
        rows = self.tables["periods_in_force"].rows
        PeriodInForce.objects.bulk_create(
            PeriodInForce(
                edition_id=row["edition"],
                days=DateRange(date.fromisoformat(row["first_day"]), _day_after(row["last_day"])),
                reason=row["reason"],
                who=LOADED_BY,
            )
            for row in rows
        )
        self._stored("periods_in_force", len(rows))

    def _wages(self, codes: copying.Codes) -> None:
        there = {vintage.edition: vintage for vintage in WageVintage.objects.all()}
        new = []
        for row, place in zip(
            self.tables["wage_vintages"].rows, self.tables["wage_vintages"].places, strict=True
        ):
            vintage = there.get(row["edition"])
            if vintage is None:
                new.append(row)
            elif f"wages/{row['edition']}.csv" not in self.known:
                self.say(
                    f"  wages of {row['edition']}: imported here before, so the shipped ones are left out"
                )
            elif f"wages/{row['edition']}.csv" in self.changed or not _same_vintage(vintage, row):
                raise _other_wages(row["edition"], place)
        years = {row["edition"] for row in new}
        rows = [row for row in self.tables["wages"].rows if row["vintage"] in years]
        self._stored("wage_vintages", copying.insert(copying.VINTAGES, new, codes))
        self._stored("wages", copying.insert(copying.WAGES, rows, codes))


def _day_after(last_day: str | None) -> date | None:
    return None if last_day is None else date.fromisoformat(last_day) + timedelta(days=1)


def _same_vintage(vintage: WageVintage, row: Row) -> bool:
    stored = (vintage.available_from.isoformat(), vintage.classification_id, vintage.source_id)
    return stored == (row["available_from"], row["classification"], row["source"])


def _other_edition(slug: str) -> ContentRefused:
    return ContentRefused(
        f"The files of the edition {slug} differ from what is stored under that name, and an edition never "
        f"changes. Restore the files in editions/{slug}/, and ship the correction as a new folder with a new "
        "slug."
    )


def _other_wages(year: str, place: Place) -> ContentRefused:
    return ContentRefused(
        f"The wages of {year} ({place}) differ from what is stored, and published wages never change. "
        f"Restore wages/{year}.csv and its line, and ship the correction as a new year such as {year}-2."
    )
