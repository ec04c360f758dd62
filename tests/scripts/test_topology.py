"""The servers of the drills: a copy that streams, on real PostgreSQL."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from unittest import mock

import psycopg
import pytest
from django.db import connection
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from cptpp_site.environment import database_from_url, replica_from_url
from cptpp_site.health import readyz
from occupations import patience, stored
from occupations import replica as following
from occupations.replica import Places
from scripts.topology.database import Server, programs_with, wait_for_replica
from tests import databases


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Server, Server]]:
    """A primary and its streaming replica, without the tables of the site."""
    primary = Server(programs_with("pg_basebackup"))
    replica = Server(primary.programs)
    try:
        primary.create()
        replica.copy_of(primary)
        wait_for_replica(primary)
        yield primary, replica
    finally:
        replica.remove()
        primary.remove()


def test_what_the_primary_is_given_the_replica_has_and_takes_nothing_itself(
    pair: tuple[Server, Server],
) -> None:
    primary, replica = pair
    primary.execute("CREATE TABLE note AS SELECT 'streamed' AS text")
    wait_for_replica(primary)
    assert replica.execute("SELECT text, pg_is_in_recovery() FROM note") == [("streamed", True)]
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        replica.execute("INSERT INTO note VALUES ('its own')")


def test_readyz_tells_how_far_a_streaming_replica_is(
    pair: tuple[Server, Server], django_db_blocker: DjangoDbBlocker
) -> None:
    primary, replica = pair

    def told() -> dict[str, object]:
        body: dict[str, dict[str, object]] = json.loads(readyz(RequestFactory().get("/readyz")).content)
        return body["replica"]

    settings = replica_from_url(replica.url, primary.url)
    with (
        django_db_blocker.unblock(),
        databases.default_is(database_from_url(primary.url)),
        databases.beside_the_default(settings),
    ):
        wait_for_replica(primary)
        assert told() == {"configured": True, "reachable": True, "lag_bytes": 0, "lag_seconds": 0.0}
        replica.execute("SELECT pg_wal_replay_pause()")
        primary.execute("CREATE TABLE more AS SELECT generate_series(1, 1000) AS number")
        late = told()
        replica.execute("SELECT pg_wal_replay_resume()")
    assert isinstance(late["lag_bytes"], int)
    assert late["lag_bytes"] > 1000


def test_a_replica_that_hangs_is_given_up_and_the_primary_is_asked(
    pair: tuple[Server, Server], django_db_blocker: DjangoDbBlocker
) -> None:
    primary, replica = pair
    primary.execute(
        "CREATE TABLE occupations_datarevision (id int PRIMARY KEY, number int, changed_at timestamptz)"
    )
    primary.execute("INSERT INTO occupations_datarevision VALUES (1, 7, '2026-01-01')")
    wait_for_replica(primary)
    with (
        django_db_blocker.unblock(),
        databases.default_is(database_from_url(primary.url)),
        databases.beside_the_default(replica_from_url(replica.url, primary.url)),
        mock.patch.object(following, "SECONDS_TO_ANSWER", 1.0),
    ):
        places = Places()
        held = stored.revision()
        assert (held.number, places.changed_rows(held)) == (7, None)
        replica.freeze()
        began = time.monotonic()
        assert places.changed_rows(held) is None
        assert time.monotonic() - began < 3
        assert places.answering() == {"primary": True, "replica": False}
        replica.thaw()
        assert places.changed_rows(held) is None
        assert places.answering() == {"primary": True, "replica": True}
        places.close()


def test_a_kept_connection_that_nobody_answers_is_dropped_before_it_holds_a_request_up(
    pair: tuple[Server, Server], django_db_blocker: DjangoDbBlocker
) -> None:
    primary, _ = pair
    checked = {**database_from_url(primary.url), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    with (
        django_db_blocker.unblock(),
        databases.default_is(checked),
        mock.patch.object(patience, "SECONDS_FOR_A_SIGN", 0.5),
    ):
        connection.ensure_connection()
        kept = connection.connection
        connection.close_if_unusable_or_obsolete()  # As at the beginning of each request.
        patience.drop_if_silent()
        assert connection.connection is kept
        connection.close_if_unusable_or_obsolete()
        primary.freeze()
        began = time.monotonic()
        patience.drop_if_silent()
        assert (connection.connection, time.monotonic() - began < 2) == (None, True)
        primary.thaw()
        connection.ensure_connection()


def test_a_program_that_no_server_has_is_named_with_what_to_install() -> None:
    with pytest.raises(FileNotFoundError, match=r"pg_nothing is not in .* apt install postgresql"):
        programs_with("pg_nothing")
