"""From which database the background look reads: the replica where there is one, else the primary.

A replica follows the primary, at once or late, so it is believed only in what cannot be a step back
(docs/decisions/0023-replica.md):

* it has what is held: nothing is to be done, and the primary is not asked;
* it has something else, or `SECONDS_BETWEEN_CONFIRMATIONS` are over: the primary is asked, and what it says decides;
* the primary does not answer: only a higher revision is taken from the replica.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from occupations import stored
from occupations.patience import hanging_up_after
from occupations.stored import NothingStored, Revision, StoredRows

logger = logging.getLogger(__name__)

REPLICA = "replica"
"""Its alias in `settings.DATABASES`, where DATABASE_REPLICA_URL is set."""
CONNECT_SECONDS = 1
STATEMENT_MILLISECONDS = 1000
SECONDS_TO_ANSWER = 4.0
"""For one look: time to connect and to be refused by the server's own time-out come first."""
SECONDS_TO_READ = 60.0
SECONDS_BETWEEN_CONFIRMATIONS = 10.0
"""How long a replica that has stopped following may hide a change of the primary."""


def is_set() -> bool:
    """Whether this site was given a replica."""
    return REPLICA in connections.settings


def brief_connection(alias: str = DEFAULT_DB_ALIAS) -> BaseDatabaseWrapper:
    """A connection for a background thread that never waits long, so that an outage is noticed."""
    own = connections.create_connection(alias)
    options = dict(own.settings_dict.get("OPTIONS", {}))
    options["connect_timeout"] = CONNECT_SECONDS
    options["options"] = f"{options.get('options', '')} -c statement_timeout={STATEMENT_MILLISECONDS}".strip()
    own.settings_dict = {**own.settings_dict, "OPTIONS": options}
    return own


def deciding(
    held: Revision | None, at_replica: Revision | None, at_primary: Revision | None
) -> Revision | None:
    """The revision to hold, of what is held and what the databases say (None: nothing); None when nobody knows any.

    The primary is always right, an older state included: somebody has restored a backup.
    """
    if at_primary is not None:
        return at_primary
    if at_replica is not None and (held is None or at_replica.number > held.number):
        return at_replica
    return held


@dataclass
class _Place:
    """A database, and what it last said."""

    name: str
    connection: BaseDatabaseWrapper
    error: DatabaseError | NothingStored | None = None
    """Why it does not answer; None while it does."""

    def asked(self) -> Revision | None:
        """The revision that it has; None when it does not answer or has no data, and `error` says why."""
        try:
            with _asking(self.connection, SECONDS_TO_ANSWER):
                found = stored.revision()
        except (DatabaseError, NothingStored) as error:
            self.failed(error)
            return None
        if self.error is not None and is_set():
            logger.warning("The %s answers again.", self.name)
        self.error = None
        return found

    def read(self) -> StoredRows | None:
        """All its rows; None when it stopped answering."""
        try:
            with _asking(self.connection, SECONDS_TO_READ):
                return stored.stored_rows()
        except (DatabaseError, NothingStored) as error:
            self.failed(error)
            return None

    def failed(self, error: DatabaseError | NothingStored) -> None:
        if self.error is None and is_set():
            logger.warning("The %s does not tell the rules: %s", self.name, error)
        self.error = error
        self.connection.close()


class Places:
    """The databases that one thread asks, with connections of its own."""

    def __init__(self) -> None:
        self.primary = _Place("primary", brief_connection())
        self.replica = _Place(REPLICA, brief_connection(REPLICA)) if is_set() else None
        self._confirmed_at = float("-inf")

    def changed_rows(self, held: Revision | None, *, anew: bool = False) -> tuple[StoredRows, str] | None:
        """The rows to take in the place of those held, and the name of the database that gave them.

        None when what is held is right; `anew` reads it all the same, if a database has it. Raises what the primary
        raised (DatabaseError, NothingStored) when no database says anything.
        """
        at_replica = self.replica.asked() if self.replica else None
        at_primary = None
        if at_replica is None or at_replica != held or self._is_time_to_confirm():
            at_primary = self.primary.asked()
            self._confirmed_at = time.monotonic()
        if at_replica is None and at_primary is None:
            raise self._error()
        wanted = deciding(held, at_replica, at_primary)
        if wanted == held and not anew:
            return None
        for place, said in ((self.replica, at_replica), (self.primary, at_primary)):
            if place is not None and said is not None and said == wanted:
                rows = place.read()
                if rows is not None:
                    return rows, place.name
        if wanted == held:
            return None
        raise self._error()

    def answering(self) -> dict[str, bool]:
        """By the name of each database, whether it answered when it was last asked."""
        return {place.name: place.error is None for place in (self.primary, self.replica) if place}

    def close(self) -> None:
        for place in (self.primary, self.replica):
            if place:
                place.connection.close()

    def _is_time_to_confirm(self) -> bool:
        return time.monotonic() - self._confirmed_at >= SECONDS_BETWEEN_CONFIRMATIONS

    def _error(self) -> DatabaseError | NothingStored:
        error = self.primary.error or (self.replica.error if self.replica else None)
        return error or NothingStored("No database was asked.")


@contextmanager
def _asking(own: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    """Within it, in this thread, every query that names no database goes through this connection, and ends in time."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with hanging_up_after(seconds, own):
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
