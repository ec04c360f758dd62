"""`python manage.py load_data`: store the tables that ship with the project."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from occupations.history import acting
from occupations.loading import BadData
from occupations.loading.storing import ContentRefused, LoadReport, store_shipped
from occupations.shipped import DATA_FOLDER


class Command(BaseCommand):
    help = (
        "Store the shipped tables: editions, occupations, wages, regions. The same files again change "
        "nothing, and either everything is stored or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=DATA_FOLDER, help="another folder with the same layout"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        self.quiet = options["verbosity"] < 1
        try:
            with acting(None, "The shipped data was stored.", "load_data"):
                report = store_shipped(options["folder"], self._say)
        except BadData as error:
            raise CommandError(f"Nothing was stored, because rows are wrong:\n{error}") from error
        except ContentRefused as error:
            raise CommandError(f"Nothing was stored. {error}") from error
        self._say(_summary(report, time.monotonic() - began))

    def _say(self, sentence: str) -> None:
        if not self.quiet:
            self.stdout.write(sentence)
            self.stdout.flush()


def _summary(report: LoadReport, seconds: float) -> str:
    rows = sum(report.rows.values())
    if not report.stored:
        return f"All {rows:,} shipped rows are stored already; nothing to do ({seconds:.1f} s)."
    return f"Stored {sum(report.stored.values()):,} rows of {len(report.stored)} tables in {seconds:.1f} s."
