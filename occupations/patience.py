"""Giving up on a database server that has stopped in its tracks.

It keeps its connections, takes a question and never answers; its own time-outs have stopped with it, and the system
takes the line for sound. So we hang up on it after a while, and the query fails as with any lost connection.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Error as DriverError

SECONDS_FOR_A_SIGN: Final = 3.0
"""A kept connection that does not answer an empty question for so long is of no use any more."""


@contextmanager
def hanging_up_after(seconds: float, own: BaseDatabaseWrapper) -> Iterator[None]:
    """Within it a query of this thread over that connection fails with OperationalError when it takes longer."""
    clock = threading.Timer(seconds, _hang_up, [own])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def drop_if_silent(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Before the first query of a request: close the kept connection when nobody answers, so that a new one is tried.

    It is Django's own check of a kept connection, once for each request, with an end.
    """
    own: Any = connections[alias]  # Its stubs know nothing of health checks.
    if own.connection is None or not own.health_check_enabled or own.health_check_done:
        return
    with hanging_up_after(SECONDS_FOR_A_SIGN, own):
        own.close_if_health_check_failed()


def _hang_up(own: BaseDatabaseWrapper) -> None:
    """End the connection under a query that waits in another thread. Before there is one, connect_timeout counts."""
    driver = own.connection
    if driver is None:
        return
    with suppress(OSError, DriverError), socket.socket(fileno=os.dup(driver.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
