"""Prove DATABASE_URL: start an installed PostgreSQL 15+ of our own, then migrate, load and test against it.

`python -m scripts.external_database [pytest arguments]`; `--find` prints the folder of the server's programs,
status 1 without one. The server listens on a free port of 127.0.0.1, asks for a password and is gone
afterwards.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live import free_port

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/local/bin",
)
PROGRAMS = ("initdb", "pg_ctl", "createdb")
OLDEST = 15


def find_server() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None where none of version 15 or newer is installed."""
    candidates = [path for pattern in FOLDERS for path in Path("/").glob(f"{pattern[1:]}/postgres")]
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path))
    complete = [path for path in candidates if all(path.with_name(name).exists() for name in PROGRAMS)]
    versions = {_version(path): path.parent for path in complete}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST else None


def _version(program: Path) -> int:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 (found)
    return int(done.stdout.split()[2].partition(".")[0])


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """A fresh server; gives the address of an empty database on it."""
    account = pwd.getpwnam("postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
    folder = Path(tempfile.mkdtemp(prefix="cptpp-external-"))
    password, port = secrets.token_urlsafe(16), free_port()

    def run(program: str, *arguments: str | Path) -> None:
        subprocess.run(  # noqa: S603 (a program of the server, arguments of ours)
            [programs / program, *arguments],
            check=True,
            cwd=folder,
            user=account.pw_uid if os.geteuid() == 0 else None,
            env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": password},
            stdout=subprocess.DEVNULL,
        )

    try:
        (folder / "password").write_text(password)
        for path in (folder, folder / "password"):
            os.chown(path, account.pw_uid, -1)
        run(
            "initdb",
            "-D",
            "data",
            "-U",
            "site",
            "--pwfile=password",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")
        try:
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "site", "check")
            yield f"postgresql://site:{password}@127.0.0.1:{port}/check?application_name=cptpp"
        finally:
            run("pg_ctl", "-D", "data", "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def main(arguments: list[str]) -> int:
    programs = find_server()
    if programs is None:
        sys.stderr.write(
            f"No PostgreSQL {OLDEST} or newer is installed; nothing to prove DATABASE_URL with.\n"
        )
        return 1
    if arguments == ["--find"]:
        sys.stdout.write(f"{programs}\n")
        return 0
    with running_server(programs) as url:
        environment = os.environ | {"DATABASE_URL": url, "SITE_MODE": "local"}
        manage = [sys.executable, "manage.py"]
        tests = [sys.executable, "-m", "pytest", "-m", "database and not browser", *arguments]
        for command in ([*manage, "migrate"], [*manage, "load_data"], tests):
            sys.stdout.write(f"PostgreSQL in {programs}: {' '.join(command[1:])}\n")
            sys.stdout.flush()
            done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603 (fixed)
            if done.returncode != 0:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
