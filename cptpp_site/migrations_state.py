"""Which migrations of this release the database has not seen."""

from __future__ import annotations

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def unapplied() -> list[str]:
    """Their names, such as `occupations.0012_roles`; empty when the tables are those of this release.

    What a newer release has applied beyond ours is no fault: a roll-out passes through that state. One query.
    """
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return sorted(f"{app}.{name}" for app, name in _of_this_release() - applied)


@cache
def _of_this_release() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, replace_migrations=False).disk_migrations)
