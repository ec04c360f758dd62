"""`manage.py overdue_checks`: what has not been compared with its source for too long. Run it every day."""

from __future__ import annotations

import sys
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from occupations.overdue import overdue

SOMETHING_OVERDUE: Final = 3


class Command(BaseCommand):
    help = (
        "List editions and sources that nobody has compared with their document for more than CHECK_AFTER_DAYS "
        f"days. Exit status 0 when there are none, {SOMETHING_OVERDUE} when there are, 1 when the command failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, help="instead of CHECK_AFTER_DAYS")

    def handle(self, *args: Any, **options: Any) -> None:
        days = settings.CHECK_AFTER_DAYS if options["days"] is None else options["days"]
        found = overdue(days)
        if not found:
            self.stdout.write(f"Everything was checked within {days} days.")
            return
        self.stdout.write(
            f"Not checked for more than {days} days: {len(found)}. Mark them at /admin/ (Checks)."
        )
        for one in found:
            self.stdout.write(
                f"{one.last}  {one.days:4} days  {one.kind} {one.key}: {one.title} {one.url}".rstrip()
            )
        sys.exit(SOMETHING_OVERDUE)
