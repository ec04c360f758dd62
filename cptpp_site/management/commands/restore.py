"""`manage.py restore FILE`: put a backup in the place of everything in the database, and prove that it is the same."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import connection

from cptpp_site.backups.archive import Manifest, put_back, read_manifest, restored_state
from cptpp_site.backups.programs import BackupError
from cptpp_site.migrations_state import unapplied


class Command(BaseCommand):
    help = "Replace everything in the database by a backup; asks first, and compares afterwards."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the .dump file of a backup; its .json lies beside it")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = read_manifest(options["file"])
            if not options["yes"]:
                self._ask(manifest)
            put_back(options["file"])
            self._compare_tables(manifest)
            if unapplied():
                self.stdout.write("The backup is of an older release; its tables are brought up to this one.")
                call_command("migrate", interactive=False, verbosity=0)
            self._compare_answers(manifest)
        except (BackupError, DatabaseError) as error:
            raise CommandError(str(error)) from error

    def _ask(self, manifest: Manifest) -> None:
        """Raises CommandError unless the name of the database is typed."""
        connection.ensure_connection()
        name, where = connection.settings_dict["NAME"], connection.settings_dict["HOST"]
        self.stdout.write(
            f"Everything in the database {name} on {where} will be replaced by the backup of {manifest.made_at} "
            f"(data revision {manifest.state.revision}). What was entered since then is lost, and staff sign in again."
        )
        try:
            typed = input(f"Type {name} to go on: ").strip()
        except EOFError:
            typed = ""
        if typed != name:
            raise CommandError("Nothing was changed. Where there is no terminal to ask, give --yes.")

    def _compare_tables(self, manifest: Manifest) -> None:
        found = restored_state(date.fromisoformat(manifest.state.on), with_cases=False)
        wrong = [
            name for name in found.differences(manifest.state) if name.startswith(("table ", "sequence "))
        ]
        if wrong:
            raise CommandError(
                f"The backup is back, but these are not as they were: {', '.join(wrong)}. Somebody may be writing "
                "to them already; if nobody is, restore another backup."
            )
        rows = sum(int(count) for count, _ in found.tables.values())
        self.stdout.write(f"The same: checksums of {len(found.tables)} tables, {rows:,} rows.")

    def _compare_answers(self, manifest: Manifest) -> None:
        found = restored_state(date.fromisoformat(manifest.state.on))
        if (found.revision, found.cases) != (manifest.state.revision, manifest.state.cases):
            raise CommandError(
                "The tables are back, but the reference cases are answered otherwise than when the backup was made. "
                "This release may assess otherwise than the one that made it: see CHANGELOG.md."
            )
        self.stdout.write(
            f"The same: data revision {found.revision}, answers to the reference cases on {found.on}."
        )
