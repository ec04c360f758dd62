"""Databases of a test run: shipped data is loaded once into a template, and tests work on copies of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import quote, urlencode

import psutil
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg import sql

from cptpp_site.environment import database_from_url
from eligibility import rate_limits
from occupations.replica import REPLICA

_PREFIX = "test_cptpp"
_LEFTOVER = re.compile(rf"^{_PREFIX}_(\d+)(_|$)")


def name_of(purpose: str = "") -> str:
    """A database name of this process, so that two runs at once never meet."""
    return "_".join(filter(None, [_PREFIX, str(os.getpid()), purpose]))


def create_template() -> str:
    """Migrate and load the shipped data into a fresh database; returns its name, nobody connected to it."""
    _drop_leftovers()
    name = name_of("shipped")
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    call_command("load_data", verbosity=0)
    connection.close()
    return name


def copy(template: str, name: str) -> None:
    """Make database `name` as a copy of `template` (nobody may be connected to that)."""
    _as_server(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)),
    )


def drop(*names: str) -> None:
    for name in names:
        _as_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point the default connection, in every thread, at another database for a while."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


@contextmanager
def default_is(settings: dict[str, Any]) -> Iterator[None]:
    """The default database is another one (settings as in DATABASES), in this thread and in new ones."""
    before = connections[DEFAULT_DB_ALIAS]
    known = connections.configure_settings({DEFAULT_DB_ALIAS: settings})
    with mock.patch.dict(connections.settings, known):
        connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS].close()
            connections[DEFAULT_DB_ALIAS] = before


@contextmanager
def nobody_at(port: int) -> Iterator[None]:
    """The default database is one on a port of this machine where no database answers."""
    with default_is(database_from_url(f"postgresql://site@127.0.0.1:{port}/check")):
        try:
            yield
        finally:
            # What the process remembers of an outage must not let the next test through.
            rate_limits.count_again()


@contextmanager
def beside_the_default(replica: dict[str, Any]) -> Iterator[None]:
    """Give the site a replica (settings as in DATABASES) for a while, in every thread."""
    known = connections.configure_settings({DEFAULT_DB_ALIAS: replica})
    with mock.patch.dict(connections.settings, {REPLICA: known[DEFAULT_DB_ALIAS]}):
        try:
            yield
        finally:
            connections[REPLICA].close()
            del connections[REPLICA]


def url_of(name: str) -> str:
    """The address of a database on the server of this run, as `DATABASE_URL` for another process."""
    connection.ensure_connection()
    settings = connection.settings_dict
    options = {"host": settings["HOST"], "port": settings["PORT"]}
    user = quote(settings["USER"], safe="")
    password = quote(settings["PASSWORD"], safe="")
    given = urlencode({key: value for key, value in options.items() if value})
    return f"postgresql://{user}:{password}@/{name}?{given}"


def _as_server(*statements: Any) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop_leftovers() -> None:
    """Drop what killed runs left behind on the embedded server (process ids mean nothing elsewhere)."""
    if "DATA_DIR" not in connection.settings_dict:
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        names = [row[0] for row in cursor.fetchall()]
    for name in names:
        match = _LEFTOVER.match(name)
        if match and not psutil.pid_exists(int(match[1])):
            drop(name)
