"""A PostgreSQL server of our own over TCP, which can be killed, started again, slowed down and replicated."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from cptpp_site.embedded_places import UNPRIVILEGED_ACCOUNTS, Account, usable_binaries
from scripts.external_database import find_server
from tests.live import free_port

ROLE = "site"
DATABASE = "check"
PASSWORD = "of-this-run-only"  # noqa: S105 (the server listens on 127.0.0.1 and is gone afterwards)
SECONDS_TO_END = 10


def programs_with(name: str) -> Path:
    """The folder of a server's programs that has this one too: the installed server, else the embedded one.

    Server, copy and tools come from one folder, so that their versions fit. Raises FileNotFoundError.
    """
    account = _account()
    folders = [
        find_server(),
        usable_binaries(Account(account.pw_name, account.pw_uid, account.pw_gid) if account else None),
    ]
    for folder in filter(None, folders):
        if (folder / name).exists():
            return folder
    looked = " nor in ".join(str(folder) for folder in folders if folder)
    raise FileNotFoundError(
        f"{name} is not in {looked}, so no streaming replica can be made. On Debian or Ubuntu: apt install postgresql"
    )


def _account() -> pwd.struct_passwd | None:
    """Whom the servers of root run as, because PostgreSQL refuses root. Raises FileNotFoundError."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED_ACCOUNTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise FileNotFoundError(
        "PostgreSQL refuses to run as root, and this machine has neither an account 'postgres' nor 'nobody'."
    )


class Server:
    """A server in a folder of its own, on a free port of 127.0.0.1. `port` stays the same over restarts."""

    def __init__(self, programs: Path | None = None) -> None:
        self.account = account = _account()
        self.programs = programs or programs_with("postgres")
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="cptpp-topology-"))
        if account:
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self.data = self.folder / "data"

    @property
    def url(self) -> str:
        return self.url_on(self.port)

    def url_on(self, port: int) -> str:
        """The address of the database through another port (a proxy of ours)."""
        return f"postgresql://{ROLE}:{quote(PASSWORD)}@127.0.0.1:{port}/{DATABASE}"

    def create(self) -> None:
        password = self.folder / "password"
        password.write_text(PASSWORD)
        if self.account:
            os.chown(password, self.account.pw_uid, -1)
        self._run(
            "initdb", "-D", self.data, "-U", ROLE, f"--pwfile={password}", "--auth=scram-sha-256", "-EUTF8"
        )
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host replication {ROLE} 127.0.0.1/32 scram-sha-256\n")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", ROLE, DATABASE)

    def copy_of(self, primary: Server) -> None:
        """Become a streaming replica of a running server. The programs must be those of its version."""
        where = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", ROLE]
        self._run("pg_basebackup", *where, "-D", self.data, "--wal-method=stream", "--checkpoint=fast", "-R")
        self.start()

    def start(self) -> None:
        """Returns when the server answers. What a killed one has left behind is cleared away."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60"
        )
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def kill(self) -> None:
        """As a lost machine would: nobody says goodbye, nothing is written any more."""
        self.freeze()
        processes = self._processes()
        for process in processes:
            process.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + SECONDS_TO_END
        while any(_is_alive(process) for process in processes) and time.monotonic() < deadline:
            time.sleep(0.02)

    def freeze(self) -> None:
        """As a machine that hangs: connections stay, nobody answers. `kill` works on it too."""
        for process in self._processes():
            process.suspend()

    def thaw(self) -> None:
        for process in self._processes():
            process.resume()

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Rows of one statement, outside of a transaction."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _postmaster(self) -> psutil.Process | None:
        try:
            return psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return None

    def _processes(self) -> list[psutil.Process]:
        postmaster = self._postmaster()
        return [postmaster, *postmaster.children(recursive=True)] if postmaster else []

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(  # noqa: S603 (a program of PostgreSQL, arguments of ours)
            [self.programs / program, *arguments],
            cwd=self.folder,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
            env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": PASSWORD},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()[-1000:]}")


def _is_alive(process: psutil.Process) -> bool:
    """A dead one that nobody has noticed yet (a zombie) does nothing any more."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def wait_for_replica(primary: Server, seconds: float = 20) -> None:
    """Returns when a replica streams and has everything. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    wanted = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn = sent_lsn"
    while primary.execute(wanted) != [(1,)]:
        if time.monotonic() > deadline:
            raise TimeoutError("The replica does not stream.")
        time.sleep(0.2)
