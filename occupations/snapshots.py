"""The current snapshot of the rules, held in memory.

A request only reads it. One background thread a process, with connections of its own, asks the database (the
replica, where there is one) each second whether the data revision has changed, and keeps the last good rows as a
file. Without `settings.SNAPSHOT_WATCH` (tests, commands) there is no thread, and `refresh()` reads in the caller's own
connection.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone

from occupations import snapshot_file, stored
from occupations.building import build_snapshot
from occupations.replica import Places
from occupations.rulebook import Rulebook, Snapshot
from occupations.search import index_for
from occupations.stored import TORONTO, Revision

logger = logging.getLogger(__name__)

FILE_NAME = "snapshot.json"
SECONDS_BETWEEN_LOOKS = 1.0
FIRST_ANSWER_SECONDS = 10.0
"""How long the first request of a process waits for the rules before it gives up."""


class SnapshotUnavailable(RuntimeError):
    """Neither the database nor a file has the rules."""


@dataclass(frozen=True, slots=True)
class Held:
    """A snapshot, and where and when it was read."""

    snapshot: Snapshot
    database: str | None
    """The name of the database it belongs to, whichever server gave it; None when it comes from the file."""
    changed_at: str
    read_at: datetime

    @property
    def revision(self) -> Revision:
        return Revision(self.snapshot.revision, self.changed_at)

    @property
    def changed(self) -> datetime | None:
        """When the data last changed; None for a snapshot that was put here without a database."""
        return datetime.fromisoformat(self.changed_at) if self.changed_at else None


class _Process:
    """What this process holds. A child process begins anew, because a thread does not survive a fork."""

    def __init__(self) -> None:
        self.held: Held | None = None
        self.answered = threading.Event()
        self.thread: threading.Thread | None = None
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.looked_at: datetime | None = None
        self.answering: dict[str, bool] = {}


_process = _Process()
_instead: ContextVar[Snapshot | None] = ContextVar("snapshot_instead", default=None)


@contextmanager
def deciding(snapshot: Snapshot) -> Iterator[None]:
    """Within it, in this thread, `current()` and `rulebook()` give this snapshot (the staff's preview)."""
    token = _instead.set(snapshot)
    try:
        yield
    finally:
        _instead.reset(token)


def begin_anew() -> None:
    """Forget everything that this process holds; its next request starts a thread of its own."""
    global _process
    _process = _Process()


os.register_at_fork(after_in_child=begin_anew)


def today() -> date:
    """The day in Toronto, which decides the edition in force."""
    return timezone.localdate(timezone=TORONTO)


def current() -> Snapshot:
    """The snapshot in memory. Raises SnapshotUnavailable when there is none yet."""
    instead = _instead.get()
    if instead is not None:
        return instead
    held = _process.held
    if getattr(settings, "SNAPSHOT_WATCH", True):
        if _process.thread is None:
            start_watching()
        if held is None:
            _process.answered.wait(FIRST_ANSWER_SECONDS)
            held = _process.held
        if held is None:
            raise SnapshotUnavailable("The rules cannot be read: neither the database nor a file has them.")
        return held.snapshot
    return held.snapshot if held is not None else refresh()


def rulebook(on: date | None = None, slug: str | None = None) -> Rulebook:
    """The rulebook of `slug`, or of the edition in force on the day; today when no day is given.

    Raises SnapshotUnavailable, NoEditionInForce, UnknownEdition.
    """
    return current().rulebook(on or today(), slug)


def refresh() -> Snapshot:
    """Read the database now, in the caller's own connection, unless what is held is what it has.

    Raises SnapshotUnavailable.
    """
    try:
        return _read_if_changed().snapshot
    except (DatabaseError, stored.NothingStored) as error:
        raise SnapshotUnavailable(f"The rules cannot be read from the database: {error}") from error


def hold(snapshot: Snapshot | None) -> None:
    """Put a snapshot in memory without a database (tests); None forgets what is held."""
    _process.held = None if snapshot is None else Held(snapshot, None, "", timezone.now())


def held() -> Held | None:
    """What is in memory, for the health page."""
    return _process.held


def looked_at() -> datetime | None:
    """When the background thread last found what is held to be what the database has; None while it has not."""
    return _process.looked_at


def file_path() -> Path:
    return Path(settings.DATA_DIR) / FILE_NAME


def start_watching() -> None:
    """Start this process's thread, once. Call it after the fork, or let the first request do it."""
    with _process.lock:
        if _process.thread is None:
            _process.thread = threading.Thread(
                target=_watch, args=(_process,), name="snapshot-watch", daemon=True
            )
            _process.thread.start()


def is_watching() -> bool:
    return _process.thread is not None and _process.thread.is_alive()


def stop_watching() -> None:
    """End the thread and wait for it; what is held stays."""
    _process.ended.set()
    if _process.thread is not None:
        _process.thread.join()


def answering() -> dict[str, bool]:
    """Whether `primary` and, where there is one, `replica` answered the thread; empty without a thread."""
    return _process.answering


def _read_if_changed() -> Held:
    held = _process.held
    if held is not None and held.database == _database() and held.revision == stored.revision():
        return held
    return _hold(stored.stored_rows())


def _hold(rows: stored.StoredRows) -> Held:
    held = Held(build_snapshot(rows.payload, rows.revision), _database(), rows.changed_at, timezone.now())
    _process.held = held
    return held


def _database() -> str:
    """The name of the primary; a replica may be reached under another one."""
    return str(connections.settings[DEFAULT_DB_ALIAS]["NAME"])


# --- The background thread --------------------------------------------------------------------------------


def _watch(process: _Process) -> None:
    places = Places()
    healthy = True
    while not process.ended.is_set():
        healthy = _look(places, healthy)
        process.answered.set()
        _prepare_search()
        process.ended.wait(SECONDS_BETWEEN_LOOKS)
    places.close()


def _look(places: Places, was_healthy: bool) -> bool:
    """One look at the databases; whatever goes wrong, what is held stays. Returns whether it went well."""
    try:
        _follow(places)
    except Exception as error:
        # Any failure at all: the thread must live on, and the next look may succeed.
        places.close()
        if was_healthy:
            logger.warning("The rules cannot be read from the database (%s); trying again.", error)
        if _process.held is None:
            _hold_file()
        return False
    finally:
        _process.answering = places.answering()
    if not was_healthy:
        logger.warning("The rules can be read from the database again.")
    return True


def _follow(places: Places) -> None:
    """Hold what the databases have, if that is something else. Raises whatever goes wrong."""
    held = _process.held
    is_theirs = held is not None and held.database == _database()
    found = places.changed_rows(held.revision if held else None, anew=not is_theirs)
    _process.looked_at = timezone.now()
    if found is None:
        return
    rows, giver = found
    if held is None and not places.answering()["primary"] and _is_behind_the_file(rows):
        # What was held before the start must not be older afterwards, and a replica may lag.
        _hold_file()
        if _process.held is not None:
            return
    _keep_file(rows)
    _hold(rows)
    logger.info("The rules are at data revision %s, read from the %s.", rows.revision, giver)


def _is_behind_the_file(rows: stored.StoredRows) -> bool:
    kept = snapshot_file.kept_revision(file_path())
    return kept is not None and kept > rows.revision


def _prepare_search() -> None:
    """Build the search index of what is held, here rather than in a visitor's request."""
    held = _process.held
    if held is None:
        return
    try:
        index_for(held.snapshot)
    except Exception:
        # The thread must live on; a search will try again and show what is wrong.
        logger.exception("The search index could not be built.")


def _hold_file() -> None:
    try:
        rows = snapshot_file.read(file_path())
        snapshot = build_snapshot(rows.payload, rows.revision)
    except Exception as error:
        # A file of whatever content must not end the thread; the database may come back.
        logger.debug("The copy of the rules cannot be used: %s", error)
        return
    _process.held = Held(snapshot, None, rows.changed_at, timezone.now())
    logger.warning("Serving the rules from the copy in %s, at data revision %s.", file_path(), rows.revision)


def _keep_file(rows: stored.StoredRows) -> None:
    try:
        snapshot_file.write(file_path(), rows)
    except OSError as error:
        logger.warning("The rules could not be kept in %s: %s.", file_path(), error)
