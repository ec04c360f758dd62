"""What has not been compared with its source for too long.

Every row rests on documents: an edition on its own, its rules on the sources that it cites, fees, routes and advice on
the source that they name. So a check is of an edition or of a source, and covers every row that rests on it. Checks
are rows of their own (`EditionCheck`, `SourceCheck`), because published editions do not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from occupations.history import because
from occupations.models import (
    AdviceLine,
    ApplicationRoute,
    ApplicationRule,
    Citation,
    Edition,
    EditionCheck,
    Fee,
    OccupationRule,
    PermitTerm,
    Regulation,
    Source,
    SourceCheck,
    WageVintage,
)
from occupations.models.choices import State
from occupations.snapshots import today

Kind = Literal["edition", "source"]
CITING: tuple[type[Model], ...] = (
    AdviceLine,
    ApplicationRoute,
    ApplicationRule,
    Citation,
    Fee,
    PermitTerm,
    Regulation,
    WageVintage,
)
"""Tables whose rows name a source."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An edition or a source, and when somebody last compared it with the document."""

    kind: Kind
    key: str
    title: str
    publisher: str
    url: str
    last: date
    who: str
    rows: int
    """How many rows rest on it."""

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def days(self) -> int:
        """Days since then."""
        return (today() - self.last).days

    @property
    def due_on(self) -> date:
        return self.last + timedelta(days=settings.CHECK_AFTER_DAYS)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < today()


def all_checked() -> list[Checked]:
    """Published editions, and sources that something rests on; what was checked longest ago comes first."""
    return sorted(_checked(), key=lambda one: (one.last, one.kind, one.key))


def overdue(days: int | None = None) -> list[Checked]:
    """What was last checked more than `days` days ago (the setting CHECK_AFTER_DAYS)."""
    limit = settings.CHECK_AFTER_DAYS if days is None else days
    return [one for one in all_checked() if one.days > limit]


@transaction.atomic
def mark_checked(ids: Iterable[str], who: AbstractBaseUser | AnonymousUser, finding: str) -> int:
    """Note that `who` compared these today, by `Checked.id`; returns how many. Unknown ones are left out."""
    known = {one.id: one for one in all_checked()}
    chosen = [known[one] for one in dict.fromkeys(ids) if one in known]
    shared = {"checked_on": today(), "who": who.get_username(), "finding": finding}
    with because(finding):
        for one in chosen:
            if one.kind == "edition":
                EditionCheck.objects.create(edition_id=one.key, **shared)
            else:
                SourceCheck.objects.create(source_id=one.key, **shared)
    return len(chosen)


def _checked() -> Iterator[Checked]:
    """Three queries: what rests on what, the editions, the sources."""
    rows = _rows_on_each()
    published = Edition.objects.filter(state=State.PUBLISHED)
    for edition in _with_last_check(published, EditionCheck.objects.filter(edition=OuterRef("pk"))):
        yield _of("edition", edition, edition.read_on, rows["edition", edition.pk])
    used = [key for kind, key in rows if kind == "source"]
    of_source = SourceCheck.objects.filter(source=OuterRef("pk"))
    for source in _with_last_check(Source.objects.filter(pk__in=used), of_source):
        first = source.read_on or source.dated
        if first is not None:  # The database refuses a source without a date.
            yield _of("source", source, first, rows["source", source.pk])


def _rows_on_each() -> Counter[tuple[str, str]]:
    """("edition" or "source", key) -> how many rows rest on it."""
    tables: list[tuple[Kind, type[Model], str]] = [("edition", OccupationRule, "edition_id")]
    tables += [("source", model, "source_id") for model in CITING]
    first, *others = (
        model._default_manager.order_by()
        .values_list(Value(kind, output_field=TextField()), Cast(column, TextField()))
        .annotate(Count("pk"))
        for kind, model, column in tables
    )
    found: Counter[tuple[str, str]] = Counter()
    for kind, key, count in first.union(*others, all=True):
        found[kind, key] += count
    return found


def _with_last_check(rows: QuerySet[Any], checks: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with the day of their last check as `checked_on` and who made it as `checked_by`."""
    last = checks.order_by("-checked_on", "-pk")
    day, who = Subquery(last.values("checked_on")[:1]), Subquery(last.values("who")[:1])
    found: QuerySet[Any] = rows.annotate(checked_on=day, checked_by=who)
    return found


def _of(kind: Kind, row: Any, read_on: date, rows: int) -> Checked:
    """With the day of the last check and who made it; the day of reading where nobody has checked since."""
    is_checked = row.checked_on is not None and row.checked_on >= read_on
    last, who = (row.checked_on, row.checked_by) if is_checked else (read_on, "")
    return Checked(kind, row.pk, row.title, row.publisher, row.url, last, who, rows)
