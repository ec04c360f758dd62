"""Telling that the database is away from everything else that a database can refuse."""

from __future__ import annotations

import traceback
from typing import Final

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from psycopg import Error as DriverError

AWAY: Final = (
    "08",  # the connection failed
    "25006",  # a standby, or a server that takes no changes for now
    "53300",  # it takes no more connections
    "57P",  # it is going down, has crashed or is starting
)
"""What the SQLSTATE of such a failure begins with."""


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, was lost on the way, or takes no changes."""
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    state = cause.sqlstate if isinstance(cause, DriverError) else None
    if state is not None:
        return state.startswith(AWAY)
    # Without a state nobody answered: the driver itself gave up.
    return isinstance(error, OperationalError | InterfaceError)


def broke_at_commit(error: BaseException) -> bool:
    """Whether the connection was lost while a transaction ended: nobody can tell then whether it was kept."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(
        frame.f_code.co_name == "_commit" and frame.f_globals.get("__name__", "").startswith("django.db.")
        for frame in frames
    )
