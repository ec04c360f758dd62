"""Deletes feedback that has been kept long enough."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.models import Feedback
from occupations import snapshots

DAYS = 365


class Command(BaseCommand):
    help = "Delete feedback older than a number of days. Run it daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS,
            help=f"How many days feedback is kept ({DAYS} unless said otherwise).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if days < 0:
            raise CommandError(f"--days is {days}; give a number of days from 0 upwards.")
        try:
            before = snapshots.today() - timedelta(days=days)
        except OverflowError:
            raise CommandError(f"--days is {days}, which reaches back before the calendar begins.") from None
        deleted, _ = Feedback.objects.filter(day__lt=before).delete()
        entries = "entry" if deleted == 1 else "entries"
        self.stdout.write(f"Deleted {deleted} feedback {entries} from before {before.isoformat()}.")
