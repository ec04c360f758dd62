"""What the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from occupations import snapshots
from tests import databases


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """Each test begins without a snapshot in memory and leaves none behind."""
    snapshots.hold(None)
    yield
    snapshots.hold(None)


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own with tables and no rows, for one test that may commit."""
    name = databases.name_of("empty")
    with django_db_blocker.unblock():
        databases.drop(name)
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with databases.connected_to(name):
            call_command("migrate", verbosity=0, interactive=False)
            yield name
        databases.drop(name)
