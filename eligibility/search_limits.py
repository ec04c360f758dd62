"""A limit per client on searching, counted in memory: a search asks the database nothing, and so does its limit.

Each process counts at once. A thread adds what is new to the table of `rate_limits` each second and learns there what
the other processes and machines have counted, so the limit holds across all of them, at most a second late. While the
database is away each process goes by its own count.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from eligibility.occupation_cards import SEARCH
from eligibility.rate_limits import WINDOW_SECONDS, clear_now_and_then, count_many, key_of, too_many
from occupations.replica import brief_connection

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_SHARINGS: Final = 1.0
MOST_CLIENTS: Final = 50_000
"""Clients that a process remembers; beyond it newcomers are let through, so that nobody can fill the memory."""
NAME: Final = "search"


class Tally:
    """How often each client has searched in its current minute, as far as this process knows."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[int, float]] = {}
        """Key -> count, and when it begins anew."""
        self._new: Counter[str] = Counter()

    def spend(self, key: str, per_minute: int) -> int | None:
        """Count one. None when the client is within the limit, else the seconds to wait."""
        now = self._clock()
        with self._lock:
            count, until = self._known.get(key, (0, 0.0))
            if now >= until:
                if key not in self._known and len(self._known) >= MOST_CLIENTS:
                    return None
                count, until = 0, now + WINDOW_SECONDS
            self._known[key] = count + 1, until
            self._new[key] += 1
        return None if count < per_minute else max(1, ceil(until - now))

    def share(self) -> None:
        """Add what is new to the table and learn what others have counted. Raises DatabaseError."""
        with self._lock:
            sent, self._new = self._new, Counter()
            now = self._clock()
            self._known = {key: known for key, known in self._known.items() if known[1] > now}
        if not sent:
            return
        counted = count_many(sent)
        clear_now_and_then()
        now = self._clock()
        with self._lock:
            for key, (count, seconds) in counted.items():
                self._known[key] = count + self._new[key], now + seconds
            self._new += Counter()  # Drops the zeros that reading left.


class _Process:
    """What this process holds. A child process begins anew, because a thread does not survive a fork."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None


_process = _Process()


def _begin_anew() -> None:
    global _process
    _process = _Process()


os.register_at_fork(after_in_child=_begin_anew)


class SearchLimitMiddleware:
    """Refuses a search of a visitor who has searched too often. The API has a limit of its own, staff need none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seconds = _spend(request) if _is_search(request) else None
        if seconds is None:
            return self.get_response(request)
        response = too_many(request, seconds)
        response.headers["Retry-After"] = str(seconds)
        return response


def _is_search(request: HttpRequest) -> bool:
    """Every page of a visitor that searches takes its words from `?q=`."""
    if not request.META.get("QUERY_STRING") or request.path_info.startswith(("/api/", settings.STAFF_PATH)):
        return False
    return bool(request.GET.get(SEARCH, "").strip())


def _spend(request: HttpRequest) -> int | None:
    if getattr(settings, "SEARCH_COUNTS_IN_BACKGROUND", True):
        _start_sharing()
    return _process.tally.spend(key_of(request, NAME), settings.SEARCHES_PER_MINUTE)


def _start_sharing() -> None:
    process = _process
    if process.thread is not None:
        return
    with process.starting:
        if process.thread is None:
            process.thread = threading.Thread(
                target=_share_for_ever, args=(process.tally,), daemon=True, name="search-counts"
            )
            process.thread.start()


def _share_for_ever(tally: Tally) -> None:
    connections[DEFAULT_DB_ALIAS] = brief_connection()
    pause, was_healthy = threading.Event(), True
    while not pause.wait(SECONDS_BETWEEN_SHARINGS):
        try:
            tally.share()
            was_healthy = True
        except DatabaseError as error:
            connection.close()
            if was_healthy:
                logger.warning(
                    "Searches are counted by each process alone, because the database is away: %s", error
                )
            was_healthy = False
