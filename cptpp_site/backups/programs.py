"""PostgreSQL's own programs: found in the version that fits the server, and run against the site's database."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.db import connection

from cptpp_site.embedded_places import EmbeddedPostgresError, installed_binaries

FOLDERS: Final = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/local/opt/postgresql@*/bin",
    "usr/local/bin",
)
NEEDED: Final = ("pg_dump", "pg_restore", "psql")
LONGEST_MESSAGE: Final = 2000


class BackupError(RuntimeError):
    """A backup could not be made or put back; the text says why and what to do."""


def programs_for(version: int) -> Path:
    """The folder of the oldest programs that can serve a server of this major version.

    Older programs refuse a newer server. Raises BackupError where none fit.
    """
    fitting = {found: folder for folder in _folders() if (found := _version(folder)) >= version}
    if not fitting:
        raise BackupError(
            f"The server is PostgreSQL {version}, and no pg_dump of that version or a newer one was found. "
            f"Install PostgreSQL's client programs (on Debian or Ubuntu: apt install postgresql-client-{version})."
        )
    return fitting[min(fitting)]


def server_version() -> int:
    """The server's major version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::integer / 10000")
        return int(cursor.fetchone()[0])


def run(command: Sequence[str | Path], stdin: Path | None = None) -> str:
    """Run one of the programs against the site's database; returns what it wrote. Raises BackupError.

    The password goes by the environment: a command line is seen by everybody on the machine.
    """
    with open(stdin or os.devnull, "rb") as given:
        done = subprocess.run(  # noqa: S603 (a program of PostgreSQL, arguments of ours, no shell)
            [str(word) for word in command],
            stdin=given,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env={"PATH": os.defpath, "LC_ALL": "C", **_libpq_environment()},
        )
    if done.returncode != 0:
        message = done.stderr.strip()[-LONGEST_MESSAGE:]
        raise BackupError(f"{Path(command[0]).name} failed (status {done.returncode}): {message}")
    return done.stdout


def _libpq_environment() -> Mapping[str, str]:
    connection.ensure_connection()
    settings = connection.settings_dict
    options = settings.get("OPTIONS") or {}
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
        "PGCONNECT_TIMEOUT": options.get("connect_timeout", ""),
    }
    return {name: str(value) for name, value in given.items() if value}


def _folders() -> Iterator[Path]:
    candidates = [path for pattern in FOLDERS for path in sorted(Path("/").glob(pattern))]
    if on_path := shutil.which("pg_dump"):
        # Debian's is a script that chooses a version by itself; the folders above have the programs.
        candidates.append(Path(on_path).parent)
    with suppress(EmbeddedPostgresError):  # Without the wheel there are only the installed ones.
        candidates.append(installed_binaries() / "bin")
    for folder in candidates:
        if all((folder / name).exists() for name in NEEDED):
            yield folder


def _version(folder: Path) -> int:
    """The major version of a folder's programs; 0 where they do not run."""
    try:
        done = subprocess.run(  # noqa: S603 (found above)
            [folder / "pg_dump", "--version"], capture_output=True, text=True, check=True
        )
        return int(done.stdout.split()[2].partition(".")[0])
    except (OSError, subprocess.SubprocessError, IndexError, ValueError):
        return 0
