"""The servers of the drills: a copy that streams, on real PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from cptpp_site.environment import database_from_url, replica_from_url
from cptpp_site.health import readyz
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


def test_a_program_that_no_server_has_is_named_with_what_to_install() -> None:
    with pytest.raises(FileNotFoundError, match=r"pg_nothing is not in .* apt install postgresql"):
        programs_with("pg_nothing")
