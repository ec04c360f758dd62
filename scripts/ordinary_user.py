"""As root: prove `make run` as an account without privileges, on a fresh copy in a folder with a space.

`make test-ordinary-user`. Copies the tracked files, runs `make run` as `nobody` with a new HOME, asks the
site, presses Ctrl-C, does it again, kills the database and asks once more.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.live import free_port, status_of, wait_until_served

ROOT = Path(__file__).resolve().parent.parent
ACCOUNT = "nobody"
INTERPRETERS = ("/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3")


def copy_checkout(account: pwd.struct_passwd) -> Path:
    """A copy of the tracked files that belongs to the account, in a folder with a space in its name."""
    folder = Path(tempfile.mkdtemp(prefix="cptpp ordinary user "))
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    for name in filter(None, listed.stdout.split("\0")):
        (folder / "check out" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / "check out" / name)
    (folder / "home").mkdir()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid)
    return folder


def visit(folder: Path, account: pwd.struct_passwd, *, kill_database: bool = False) -> float:
    """Run `make run`, ask `/readyz`, press Ctrl-C; returns the seconds until it answered."""
    port = free_port()
    interpreter = next(path for path in INTERPRETERS if Path(path).exists())
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    environment |= {"HOME": str(folder / "home"), "PYTHON": interpreter, "PORT": str(port)}
    log = folder / "make-run.log"
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "run"],  # noqa: S607
            cwd=folder / "check out",
            env=environment,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_served(f"http://127.0.0.1:{port}/readyz", process, log, seconds=300)
        seconds = time.monotonic() - began
        if kill_database:
            pid_file = folder / "check out" / "var" / "postgres" / "data" / "postmaster.pid"
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
            while status_of(f"http://127.0.0.1:{port}/readyz") != 200:
                time.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
    if "The embedded database is stopped." not in log.read_text():
        raise AssertionError(f"The database was not stopped:\n{log.read_text()}")
    return seconds


def main() -> int:
    if os.geteuid() != 0:
        sys.stderr.write(
            "You are an ordinary user already: 'make run' and 'make test' prove it as they are.\n"
        )
        return 0
    account = pwd.getpwnam(ACCOUNT)
    folder = copy_checkout(account)
    try:
        for name, kill_database in (("first", False), ("second", False), ("third, database killed", True)):
            seconds = visit(folder, account, kill_database=kill_database)
            sys.stdout.write(f"make run as {ACCOUNT}, {name} run: answers after {seconds:.1f} s\n")
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
