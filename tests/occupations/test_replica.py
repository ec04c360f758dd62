"""The replica: read first, asked about twice, never a step back. Two real databases stand for primary and replica."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import Error as DatabaseError
from django.db import connection, connections

from cptpp_site.environment import replica_from_url
from occupations import replica, snapshot_file, snapshots, stored
from occupations.replica import REPLICA, Places, deciding
from occupations.stored import Revision
from tests import databases
from tests.live import free_port
from tests.occupations.database import execute, revision
from tests.occupations.test_snapshots import wait_until, watching

__all__ = ["watching"]

OLD, NEW = Revision(40, "2026-01-01T00:00:00+00:00"), Revision(50, "2026-02-01T00:00:00+00:00")
OTHER = Revision(50, "2026-03-01T00:00:00+00:00")
CHANGE = "UPDATE occupations_source SET title = title || '.' WHERE id = 'S-01'"


@pytest.mark.parametrize(
    ("held", "at_replica", "at_primary", "wanted"),
    [
        pytest.param(None, OLD, None, OLD, id="anything is better than nothing"),
        pytest.param(OLD, NEW, None, NEW, id="the replica has something newer"),
        pytest.param(NEW, OLD, None, NEW, id="the replica lags"),
        pytest.param(NEW, OTHER, None, NEW, id="another state of the same number may be older"),
        pytest.param(NEW, None, None, NEW, id="nobody answers"),
        pytest.param(NEW, OLD, NEW, NEW, id="the primary confirms what is held"),
        pytest.param(OLD, OLD, NEW, NEW, id="the replica has stopped following"),
        pytest.param(NEW, NEW, OLD, OLD, id="a backup was restored on the primary"),
        pytest.param(NEW, OTHER, OTHER, OTHER, id="a backup of the same number was restored"),
    ],
)
def test_the_primary_decides_and_without_it_only_a_higher_revision_is_taken(
    held: Revision | None, at_replica: Revision | None, at_primary: Revision | None, wanted: Revision
) -> None:
    assert deciding(held, at_replica, at_primary) == wanted


# --- Two databases ----------------------------------------------------------------------------------------


@pytest.fixture
def copy(shipped_database: str, committed_database: str) -> Iterator[str]:
    """The name of a database beside the committed one, set as its replica; nothing follows by itself."""
    name = databases.name_of("replica")
    databases.copy(shipped_database, name)
    with databases.beside_the_default(replica_from_url(databases.url_of(name), "postgresql://primary/check")):
        yield name
    databases.drop(name)


@contextmanager
def away(alias: str) -> Iterator[None]:
    """Nobody listens where this database was."""
    absent = {"HOST": "127.0.0.1", "PORT": str(free_port()), "ENGINE": "django.db.backends.postgresql"}
    with mock.patch.dict(connections.settings, {alias: {**connections.settings[alias], **absent}}):
        yield


def changed(name: str) -> Revision:
    """Change a rule in a database; its revision afterwards."""
    with databases.connected_to(name):
        execute(CHANGE)
        return stored.revision()


@pytest.fixture
def places(copy: str) -> Iterator[Places]:
    made = Places()
    yield made
    made.close()


def read_by(places: Places, held: Revision | None) -> tuple[Revision, str] | None:
    found = places.changed_rows(held)
    return None if found is None else (Revision(found[0].revision, found[0].changed_at), found[1])


def test_rows_come_from_the_replica_and_then_it_alone_is_asked(places: Places) -> None:
    first = stored.revision()
    assert read_by(places, None) == (first, "replica")
    with mock.patch.object(places.primary, "asked", side_effect=AssertionError("the primary was asked")):
        assert read_by(places, first) is None
    assert places.answering() == {"primary": True, "replica": True}


def test_without_the_primary_a_process_starts_from_the_replica(copy: str) -> None:
    first = stored.revision()
    with away("default"):
        places = Places()
        assert read_by(places, None) == (first, "replica")
        newer = changed(copy)
        assert read_by(places, first) == (newer, "replica")
        places.close()


def test_without_the_replica_the_primary_is_read_and_the_log_says_so_once(
    copy: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = stored.revision()
    with away(REPLICA):
        places = Places()
        assert read_by(places, None) == (first, "primary")
        assert read_by(places, first) is None
        assert places.answering() == {"primary": True, "replica": False}
        places.close()
    assert caplog.text.count("The replica does not tell the rules") == 1


def test_a_replica_without_tables_is_as_good_as_none(copy: str) -> None:
    first = stored.revision()
    with mock.patch.dict(connections.settings[REPLICA], {"NAME": "postgres"}):
        places = Places()
        assert read_by(places, None) == (first, "primary")
        places.close()


def test_when_neither_answers_the_failure_of_the_primary_is_told(copy: str) -> None:
    with away("default"), away(REPLICA):
        places = Places()
        with pytest.raises(DatabaseError):
            places.changed_rows(OLD)


def test_a_replica_that_lags_takes_nobody_back(places: Places) -> None:
    newer = changed(connection.settings_dict["NAME"])
    assert read_by(places, newer) is None
    with mock.patch.object(places.primary, "asked", return_value=None):
        assert read_by(places, newer) is None


def test_a_replica_that_lags_is_not_read_when_the_primary_has_more(places: Places) -> None:
    first = stored.revision()
    places.changed_rows(first)
    newer = changed(connection.settings_dict["NAME"])
    assert read_by(places, first) is None
    with mock.patch.object(replica, "SECONDS_BETWEEN_CONFIRMATIONS", 0.0):
        assert read_by(places, first) == (newer, "primary")


def test_a_restored_backup_is_followed_although_its_number_is_lower(places: Places) -> None:
    held = Revision(revision() + 7, "2026-02-01T00:00:00+00:00")
    assert read_by(places, held) == (stored.revision(), "replica")


def test_the_replica_is_not_written_to(copy: str) -> None:
    own = replica.brief_connection(REPLICA)
    with pytest.raises(DatabaseError, match="read-only transaction"), own.cursor() as cursor:
        cursor.execute(CHANGE)
    own.close()


# --- The background thread --------------------------------------------------------------------------------


def test_a_change_reaches_the_rules_through_the_replica_alone(
    copy: str, watching: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "occupations.snapshots")
    with away("default"):
        first = snapshots.current()
        newer = changed_beside(copy)
        said = f"The rules are at data revision {newer}, read from the replica."
        wait_until(lambda: said in caplog.text)
        assert snapshots.answering() == {"primary": False, "replica": True}
    assert (first.revision, snapshots.current().revision) == (newer - 1, newer)
    assert snapshot_file.read(watching / "snapshot.json").revision == newer


def test_a_start_from_a_replica_that_lags_does_not_go_behind_the_file(copy: str, watching: Path) -> None:
    rows = stored.stored_rows()
    newer = stored.StoredRows(rows.revision + 3, "2026-02-01T00:00:00+00:00", rows.payload)
    snapshot_file.write(watching / "snapshot.json", newer)
    with away("default"):
        assert snapshots.current().revision == newer.revision
        looked = snapshots.looked_at()
        wait_until(lambda: snapshots.looked_at() != looked)
        assert snapshots.current().revision == newer.revision


def changed_beside(name: str) -> int:
    """Change a rule in a database without touching the settings of the default one."""
    own: Any = connections.create_connection(REPLICA)
    own.settings_dict = {**connections.settings[REPLICA], "OPTIONS": {}}
    with own.cursor() as cursor:
        cursor.execute(CHANGE)
        cursor.execute("SELECT number FROM occupations_datarevision")
        number = int(cursor.fetchone()[0])
    own.close()
    return number
