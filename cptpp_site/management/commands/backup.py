"""`manage.py backup`: one file with everything that staff keep, and one that says what is in it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from cptpp_site.backups.archive import back_up, manifest_path
from cptpp_site.backups.programs import BackupError

MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = "Write a backup of the database. It can run while the site does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=settings.DATA_DIR / "backups",
            help="the folder to write into (DATA_DIR/backups unless said otherwise)",
        )
        parser.add_argument(
            "--keep",
            type=int,
            default=0,
            help="afterwards delete all but so many of the newest (0: delete none)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 0:
            raise CommandError(f"--keep is {options['keep']}; give a number of backups, or 0 to keep all.")
        try:
            archive, manifest = back_up(options["to"])
        except (BackupError, DatabaseError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        rows = sum(int(count) for count, _ in manifest.state.tables.values())
        self.stdout.write(
            f"{archive}: {rows:,} rows of {len(manifest.state.tables)} tables, data revision "
            f"{manifest.state.revision}, {archive.stat().st_size / MEGABYTE:.1f} MB."
        )
        self._delete_older(options["to"], options["keep"])

    def _delete_older(self, folder: Path, keep: int) -> None:
        archives = sorted(folder.glob("cptpp-check-*.dump"))
        for archive in archives[:-keep] if keep else []:
            archive.unlink()
            manifest_path(archive).unlink(missing_ok=True)
            self.stdout.write(f"Deleted {archive}.")
