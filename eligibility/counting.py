"""Anonymous counts: journeys begun and finished, by day, country and outcome.

A request only adds to numbers in memory. One background thread a process adds them to the table each minute, with a
connection of its own; while the database is away they stay in memory, and a crash may lose a minute. Nothing ties a
number to a visitor: no address, no journey, no time of day.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections import Counter
from datetime import date
from typing import Final, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db import Error as DatabaseError

from eligibility import mounts
from eligibility.models.counts import DailyCount
from eligibility.replay import Replay
from eligibility.rules.assessment import assess, settled_failures
from occupations import snapshots
from occupations.replica import brief_connection
from occupations.rulebook import Rulebook

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_FLUSHES: Final = 60.0
OTHER: Final = "other"
"""Stands for every country that the edition does not name."""
_ADD: Final = """
    INSERT INTO eligibility_dailycount AS known (day, event, country, outcome, number) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (day, event, country, outcome) DO UPDATE SET number = known.number + excluded.number
"""


class Key(NamedTuple):
    day: date
    event: str
    country: str
    outcome: str


class _Process:
    """What this process has counted and not stored yet. A child process begins anew."""

    def __init__(self) -> None:
        self.numbers: Counter[Key] = Counter()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.healthy = True


_process = _Process()


def _begin_anew() -> None:
    global _process
    _process = _Process()


os.register_at_fork(after_in_child=_begin_anew)


def answered(before: Replay, after: Replay, rulebook: Rulebook) -> None:
    """Count what one stored answer did: it may begin a journey, and it may give the journey its result.

    A preview of the staff is not counted.
    """
    mount = mounts.current()
    if mount is not None and not mount.is_counted:
        return
    country = _country(after, rulebook)
    if not before.begun:
        add(DailyCount.Event.BEGUN, country, "")
    if _has_result(after, rulebook) and not (before.begun and _has_result(before, rulebook)):
        add(DailyCount.Event.FINISHED, country, assess(after.answers, rulebook).outcome.value)


def add(event: DailyCount.Event, country: str, outcome: str) -> None:
    """One more of it today; in memory."""
    process = _process
    with process.lock:
        process.numbers[Key(snapshots.today(), event.value, country, outcome)] += 1
        if process.thread is None and getattr(settings, "SNAPSHOT_WATCH", True):
            process.thread = threading.Thread(target=_flush_for_ever, name="counting", daemon=True)
            process.thread.start()
            atexit.register(flush)


def flush() -> None:
    """Add what is in memory to the table, in the caller's connection; on a database error it stays in memory."""
    process = _process
    with process.lock:
        numbers, process.numbers = process.numbers, Counter()
    if not numbers:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # In one order for all processes, so that two never wait for each other.
            cursor.executemany(_ADD, [(*key, number) for key, number in sorted(numbers.items())])
    except DatabaseError as error:
        with process.lock:
            process.numbers.update(numbers)
        if process.healthy:
            logger.warning("The counts stay in memory, because the database does not answer: %s", error)
        process.healthy = False
    else:
        process.healthy = True


def in_memory() -> Counter[Key]:
    """What is not stored yet."""
    with _process.lock:
        return Counter(_process.numbers)


def forget() -> None:
    """Drop what is in memory (tests)."""
    _begin_anew()


def _flush_for_ever() -> None:
    connections[DEFAULT_DB_ALIAS] = brief_connection()
    pause = threading.Event()
    while True:
        pause.wait(SECONDS_BETWEEN_FLUSHES)
        flush()
        connection.close()


def _country(replayed: Replay, rulebook: Rulebook) -> str:
    country = replayed.answers.country
    if country is None:
        return ""
    return country if country in rulebook.edition.countries else OTHER


def _has_result(replayed: Replay, rulebook: Rulebook) -> bool:
    return replayed.first_open is None or bool(settled_failures(replayed.answers, rulebook))
