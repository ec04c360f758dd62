"""Running PostgreSQL's programs as the right account, and telling its processes from others."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from cptpp_site.embedded_places import Account, EmbeddedPostgresError

NAMES = {"postgres", "initdb"}
LONGEST_OUTPUT = 2000


def run_program(
    command: Sequence[str | Path], *, folder: Path, account: Account | None, stdin: str, seconds: float
) -> str:
    """Run a program in `folder`, in a session of its own; returns what it wrote.

    Nothing of our environment reaches it: PGPORT, PGDATA or a locale would change the server. Raises
    `EmbeddedPostgresError` when it cannot run, fails, or takes longer than `seconds`.
    """
    try:
        done = subprocess.run(  # noqa: S603 (a program of the wheel, arguments of ours, no shell)
            command,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            umask=0o077,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            timeout=seconds,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedPostgresError(
            f"The embedded database could not run {command[0]}: {error}. "
            "Set DATABASE_URL to a PostgreSQL server if this machine does not allow it."
        ) from error
    if done.returncode != 0:
        output = done.stdout.strip()[-LONGEST_OUTPUT:]
        raise EmbeddedPostgresError(f"{command[0]} failed (status {done.returncode}): {output}")
    return done.stdout


def works_in(process: psutil.Process, works_here: Callable[[Path], bool]) -> bool:
    """Whether it is a live PostgreSQL process whose working folder is wanted.

    Every process of a server works inside its data folder; a zombie or a stranger that was given the same PID
    does not.
    """
    try:
        if process.name() not in NAMES or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return works_here(Path(process.cwd()))
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
