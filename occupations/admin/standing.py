"""Which edition decides, which will, and what is not published yet: read once for all panels of a home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.db.models import Q
from django.http import HttpRequest

from occupations.models import Edition, PeriodInForce
from occupations.models.choices import State
from occupations.snapshots import today


@dataclass(frozen=True, slots=True)
class Standing:
    deciding: PeriodInForce | None
    coming: Sequence[PeriodInForce]
    """Later periods, the next one first."""
    unpublished: Sequence[Edition]
    """Drafts and editions in review, by their short names."""

    @property
    def in_review(self) -> list[Edition]:
        return [edition for edition in self.unpublished if edition.state == State.IN_REVIEW]


_read: WeakKeyDictionary[HttpRequest, Standing] = WeakKeyDictionary()


def standing(request: HttpRequest) -> Standing:
    """As it is while this request is answered. Two queries for the first panel that asks."""
    if request not in _read:
        day = today()
        unended = Q(days__upper_inf=True) | Q(days__endswith__gt=day)
        periods = list(PeriodInForce.objects.filter(unended).select_related("edition").order_by("days"))
        _read[request] = Standing(
            next((period for period in periods if period.days.lower <= day), None),
            [period for period in periods if period.days.lower > day],
            list(Edition.objects.filter(state__in=[State.DRAFT, State.IN_REVIEW]).order_by("slug")),
        )
    return _read[request]
