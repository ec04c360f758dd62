"""Which migrations of this release the database has not seen."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.loader import MigrationLoader


def unapplied() -> list[str]:
    """Their names, such as `occupations.0012_roles`; empty when the tables are those of this release.

    What a newer release has applied beyond ours is no fault: a roll-out passes through that state.
    """
    loader = MigrationLoader(connection)
    return sorted(
        f"{app}.{name}" for app, name in loader.disk_migrations.keys() - loader.applied_migrations.keys()
    )
