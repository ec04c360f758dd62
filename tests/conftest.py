"""Fixtures for every test: databases with the shipped data, the live site, the browser.

* `db` (pytest-django's) gives the shipped data, rolled back after each test.
* `committed_database` gives a copy of its own to a test that commits, uses threads or other processes. It
  takes the place of pytest-django's `transactional_db`, which would flush the shipped data away.
* `live_site` gives the address of a real server on another copy; browser tests use it with `page`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from cptpp_site.backend.base import DatabaseWrapper
from scripts import chromium
from tests import databases, live


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's loop stays in this thread once it has started."""
    items.sort(key=lambda item: "playwright" in _fixtures(item))
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or _fixtures(item) & {"db", "shipped_database"}:
            item.add_marker("database")
        if "playwright" in _fixtures(item):
            item.add_marker("browser")
        if (marker and marker.kwargs.get("transaction")) or "transactional_db" in _fixtures(item):
            raise pytest.UsageError(
                f"{item.nodeid} would flush the shipped data; use the fixture committed_database instead."
            )


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Templates name static files by their hash, so they are collected when they have changed."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    collected = manifest.stat().st_mtime if manifest.exists() else 0.0
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    if any(Path(file).stat().st_mtime > collected for file in files):
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def shipped_database(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of the template: migrated, shipped data loaded, never written to again."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        name = databases.create_template()
        connection.settings_dict["NAME"] = before
    yield name
    with django_db_blocker.unblock():
        databases.drop(name)
        connections.close_all()
        default = connections["default"]
        if isinstance(default, DatabaseWrapper):
            default.embedded_server.stop(only_if_idle=True)


@pytest.fixture(scope="session")
def django_db_setup(shipped_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What pytest-django's `db` works on: one copy of the template for the whole run."""
    name = databases.name_of()
    with django_db_blocker.unblock():
        databases.copy(shipped_database, name)
    with databases.connected_to(name):
        yield
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture
def committed_database(shipped_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a copy for one test, which may commit. Other processes reach it by `databases.url_of`."""
    name = databases.name_of("committed")
    with django_db_blocker.unblock():
        databases.copy(shipped_database, name)
        with databases.connected_to(name):
            yield name
        databases.drop(name)


@pytest.fixture(scope="session")
def live_site(
    shipped_database: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of the site, served by gunicorn on a copy of the shipped data that is never flushed."""
    name = databases.name_of("live")
    with django_db_blocker.unblock():
        databases.copy(shipped_database, name)
        address = databases.url_of(name)
        connection.close()
    log: Path = tmp_path_factory.mktemp("live_site") / "server.log"
    with live.gunicorn(live.environment_for(address, settings.DATA_DIR), log) as base:
        yield base
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="session")
def base_url(live_site: str) -> str:
    """Lets browser tests say `page.goto("/check/")`."""
    return live_site


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, quiet; without a sandbox only as root, where it refuses to have one."""
    # Playwright's loop now runs in this thread, and Django takes every query beside a loop for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.find_or_explain()),
        "args": chromium.launch_flags(),
    }
