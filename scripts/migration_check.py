"""Whether each migration suits the release before it and the one after (docs/operation.md, "Migrations without a gap").

`python -m scripts.migration_check`: status 1 when django-migration-linter finds an operation that would break
replicas of the older release.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Final

import django
from django_migration_linter import MigrationLinter

APPS: Final = ("occupations", "eligibility", "staff")


def linter() -> MigrationLinter:
    return MigrationLinter(
        include_apps=list(APPS),
        ignore_initial_migrations=True,
        no_cache=True,
        quiet=["ok", "ignore", "warning"],
        # The embedded database is PostgreSQL too, under another name.
        analyser_string="postgresql",
    )


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cptpp_site.settings")
    os.environ.setdefault("SITE_MODE", "local")
    django.setup()
    logging.getLogger("django_migration_linter").setLevel(logging.WARNING)
    found = linter()
    found.lint_all_migrations()
    found.print_summary()
    return 1 if found.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
