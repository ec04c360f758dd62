"""`manage.py forget_old`: delete what has been kept long enough (the table is in docs/operation.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from eligibility.models import DailyCount, Feedback, RequestCount
from occupations import snapshots
from occupations.importing.uploads import KEPT
from occupations.models import Upload

DAYS_OF_FEEDBACK: Final = 365
DAYS_OF_SIGN_INS: Final = 180
DAYS_OF_COUNTS: Final = 3 * 365
HOURS_OF_REQUEST_COUNTS: Final = 1


def old() -> Iterator[tuple[str, QuerySet[Any]]]:
    """What is kept too long already, by the words of the report."""
    now, today = timezone.now(), snapshots.today()
    sign_ins = now - timedelta(days=DAYS_OF_SIGN_INS)
    yield "feedback", Feedback.objects.filter(day__lt=today - timedelta(days=DAYS_OF_FEEDBACK))
    yield "daily counts", DailyCount.objects.filter(day__lt=today - timedelta(days=DAYS_OF_COUNTS))
    yield (
        "request counts",
        RequestCount.objects.filter(since__lt=now - timedelta(hours=HOURS_OF_REQUEST_COUNTS)),
    )
    yield "staff sessions", Session.objects.filter(expire_date__lt=now)
    yield "sign-ins", AccessLog.objects.filter(attempt_time__lt=sign_ins)
    yield "failed sign-ins", AccessFailureLog.objects.filter(attempt_time__lt=sign_ins)
    yield "counts of wrong passwords", AccessAttempt.objects.filter(attempt_time__lt=sign_ins)
    yield "unfinished imports", Upload.objects.filter(created_at__lt=now - KEPT)


class Command(BaseCommand):
    help = "Delete everything that has been kept long enough. Run it daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        for words, rows in old():
            number = rows.count() if options["dry_run"] else rows.delete()[0]
            self.stdout.write(f"{words}: {number} {'to delete' if options['dry_run'] else 'deleted'}")
