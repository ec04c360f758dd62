"""What has not been compared with its source for too long.

Every row rests on documents: an edition on its own, its rules on the sources that it cites, fees, routes and advice on
the source that they name. So a check is of an edition or of a source, and covers every row that rests on it. Checks
are rows of their own (`EditionCheck`, `SourceCheck`), because published editions do not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import Model

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
    return sorted([*_editions(), *_sources()], key=lambda one: (one.last, one.kind, one.key))


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


def _editions() -> list[Checked]:
    editions = Edition.objects.filter(state=State.PUBLISHED).prefetch_related("checks")
    rows = Counter(OccupationRule.objects.values_list("edition_id", flat=True))
    found = []
    for edition in editions:
        check = edition.checks.first()
        last, who = _later(edition.read_on, check)
        found.append(
            Checked(
                "edition",
                edition.pk,
                edition.title,
                edition.publisher,
                edition.url,
                last,
                who,
                rows[edition.pk],
            )
        )
    return found


def _sources() -> list[Checked]:
    rows = Counter(
        key for model in CITING for key in model._default_manager.values_list("source_id", flat=True)
    )
    found = []
    for source in Source.objects.filter(pk__in=rows).prefetch_related("checks"):
        first = source.read_on or source.dated
        if first is None:
            continue  # The database refuses a source without a date.
        last, who = _later(first, source.checks.first())
        found.append(
            Checked(
                "source", source.pk, source.title, source.publisher, source.url, last, who, rows[source.pk]
            )
        )
    return found


def _later(read_on: date, check: EditionCheck | SourceCheck | None) -> tuple[date, str]:
    """The day of the last check and who did it; the day of reading where nobody has checked since."""
    if check is None or check.checked_on < read_on:
        return read_on, ""
    return check.checked_on, check.who
