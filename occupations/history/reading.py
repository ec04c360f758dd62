"""Reading the history: of one row, of one edition, as things were on a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from occupations.models import Change
from occupations.models.history import Action


def end_of(day: date) -> datetime:
    """The moment when a day in Toronto is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def changes_of(obj: models.Model) -> QuerySet[Change]:
    """Every change of one row, newest first."""
    return Change.objects.filter(table=obj._meta.db_table, row=str(obj.pk))


def row_as_of(table: str, row: str, moment: datetime) -> dict[str, Any] | None:
    """Column -> value of one row as it was at `moment`; None where it did not exist or is not known."""
    last = Change.objects.filter(table=table, row=row, at__lt=moment).order_by("-id").first()
    return None if last is None else last.after


def rows_as_of(table: str, moment: datetime, edition: str = "") -> list[Change]:
    """The last change of each row of a table that existed at `moment`; of one edition where it is given."""
    changes = Change.objects.filter(table=table, at__lt=moment)
    if edition:
        changes = changes.filter(edition=edition)
    latest = changes.order_by("row", "-id").distinct("row")
    return [change for change in latest if change.action != Action.REMOVED]


def history_begins() -> datetime | None:
    """When the first change was noted."""
    return Change.objects.order_by("id").values_list("at", flat=True).first()
