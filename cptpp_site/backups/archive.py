"""A backup: PostgreSQL's archive, and beside it a file that says what state it holds.

`NAME.dump` is what `pg_dump --format=custom` writes, `NAME.json` its `Manifest`. Both are of one moment, whatever
is written meanwhile, and only their owner may read them.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from cptpp_site.backups.fingerprint import PASSING, Fingerprint, fingerprint
from cptpp_site.backups.programs import BackupError, programs_for, run, server_version
from occupations import snapshots

LAYOUT: Final = 1
SECONDS_FOR_LOCKS: Final = 30
# What PostgreSQL 17 and newer programs write at the head of a script and older servers do not know.
_UNKNOWN_BEFORE_17: Final = "SET transaction_timeout"
_EMPTY = """
SET lock_timeout = '{seconds}s';
DO $empty$
DECLARE
    command text;
BEGIN
    -- All commands before the first is run: a name of what is gone already cannot be looked up. Tables take their
    -- sequences and triggers along, and what belongs to an extension stays.
    FOREACH command IN ARRAY ARRAY(
        SELECT format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW'
            WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
    ) || ARRAY(
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                AND d.deptype = 'e')
    )
    LOOP
        EXECUTE command;
    END LOOP;
END
$empty$;
"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made (UTC), of which server, the archive's SHA-256, and the state."""

    layout: int
    made_at: str
    postgresql: int
    sha256: str
    state: Fingerprint

    def to_text(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"


def manifest_path(archive: Path) -> Path:
    return archive.with_suffix(".json")


def back_up(folder: Path) -> tuple[Path, Manifest]:
    """Write a backup into `folder`; returns the archive's path. Raises BackupError.

    It appears under its name only when it is complete.
    """
    version = server_version()
    programs = programs_for(version)
    made_at = datetime.now(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        archive = folder / f"cptpp-check-{made_at:%Y%m%dT%H%M%SZ}.dump"
        with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as unfinished:
            draft = Path(unfinished) / archive.name
            with _one_moment() as moment:
                state = fingerprint(snapshots.today())
                run(
                    [
                        programs / "pg_dump",
                        "--format=custom",
                        "--schema=public",
                        "--no-owner",
                        "--no-privileges",
                        f"--snapshot={moment}",
                        *(f"--exclude-table-data=public.{name}" for name in PASSING),
                        f"--file={draft}",
                    ]
                )
            manifest = Manifest(LAYOUT, made_at.isoformat(timespec="seconds"), version, _sha256(draft), state)
            manifest_path(draft).write_text(manifest.to_text(), encoding="utf-8")
            for path in (draft, manifest_path(draft)):
                path.chmod(0o600)
            # The archive last: whoever sees it finds its manifest.
            manifest_path(draft).replace(manifest_path(archive))
            draft.replace(archive)
    except OSError as error:
        raise BackupError(
            f"The backup could not be written to {folder}: {error.strerror or error}."
        ) from error
    return archive, manifest


def read_manifest(archive: Path) -> Manifest:
    """The manifest of a backup whose archive is whole. Raises BackupError."""
    try:
        given: dict[str, Any] = json.loads(manifest_path(archive).read_text(encoding="utf-8"))
        manifest = Manifest(**{**given, "state": Fingerprint(**given["state"])})
        found = _sha256(archive)
    except OSError as error:
        raise BackupError(f"The backup cannot be read: {error.filename}: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{manifest_path(archive)} is not the manifest of a backup ({error}).") from error
    if manifest.layout != LAYOUT:
        raise BackupError(
            f"{archive} was made by another release of the site (layout {manifest.layout}, not {LAYOUT}). "
            "Restore it with that release."
        )
    if found != manifest.sha256:
        raise BackupError(
            f"{archive} is damaged: its checksum is not the one of the day it was made. Use another."
        )
    return manifest


def put_back(archive: Path) -> None:
    """Replace everything in the database by the archive, in one transaction: all or nothing. Raises BackupError."""
    version = server_version()
    programs = programs_for(max(version, read_manifest(archive).postgresql))
    connection.close()
    with tempfile.TemporaryDirectory(prefix="cptpp-restore-") as folder:
        wanted, script = Path(folder) / "wanted", Path(folder) / "script.sql"
        listed = run([programs / "pg_restore", "--list", archive]).splitlines(keepends=True)
        # The schema itself stays: on a managed server it may belong to somebody else.
        wanted.write_text("".join(line for line in listed if not _is_the_schema(line)), encoding="utf-8")
        run(
            [
                programs / "pg_restore",
                "--no-owner",
                "--no-privileges",
                f"--use-list={wanted}",
                f"--file={script}",
                archive,
            ]
        )
        if version < 17:
            _leave_out_unknown(script)
        empty = Path(folder) / "empty.sql"
        empty.write_text(_EMPTY.format(seconds=SECONDS_FOR_LOCKS), encoding="utf-8")
        stop = ["--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc"]
        run(
            [
                programs / "psql",
                *stop,
                "--single-transaction",
                "--output=/dev/null",
                "-f",
                empty,
                "-f",
                script,
            ]
        )


def restored_state(on: date, *, with_cases: bool = True) -> Fingerprint:
    """The state of the database that was just put back."""
    connection.close()
    return fingerprint(on, with_cases=with_cases)


def _is_the_schema(line: str) -> bool:
    words = line.partition(";")[2].split()
    return words[2:5] == ["SCHEMA", "-", "public"] or words[2:6] == ["COMMENT", "-", "SCHEMA", "public"]


def _leave_out_unknown(script: Path) -> None:
    """Cut the one line that servers before 17 do not know; it stands before any data."""
    shorter = script.with_suffix(".shorter")
    with script.open("rb") as source, shorter.open("wb") as target:
        in_head = True
        for line in source:
            in_head = in_head and not line.startswith(b"CREATE")
            if not (in_head and line.startswith(_UNKNOWN_BEFORE_17.encode())):
                target.write(line)
    shorter.replace(script)


@contextmanager
def _one_moment() -> Iterator[str]:
    """A transaction that sees one moment; gives the name under which pg_dump sees the same one."""
    with transaction.atomic(durable=False), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
