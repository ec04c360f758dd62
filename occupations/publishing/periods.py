"""Deciding on which days an edition is in force. Days are counted in Toronto; past ones stay as they are."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from occupations.models import Edition, PeriodInForce
from occupations.models.choices import State
from occupations.publishing.refusals import Refused, explained
from occupations.snapshots import today


def put_in_force(edition: Edition, first_day: date, reason: str, who: str) -> PeriodInForce:
    """Let `edition` decide from `first_day` (Toronto) on, until the next period that is planned, if any.

    The period that holds the first day ends the day before; one that begins on that very day is replaced.
    `reason` and `who` stay on record. Raises Refused for a day in the past, an edition that is not published,
    an empty reason or name, or an edition that decides on that day already.
    """
    if first_day < today():
        raise Refused(
            _("The first day, %(day)s, is in the past. Choose today or a later day.") % {"day": first_day}
        )
    if not reason.strip() or not who.strip():
        raise Refused(_("Say why, and who decides; both stay on record."))
    with explained():
        periods = _locked()
        running = next((period for period in periods if first_day in period.days), None)
        if running is not None and running.edition_id == edition.pk:
            raise Refused(
                _("The edition %(edition)s decides on %(day)s already.")
                % {"edition": edition.pk, "day": first_day}
            )
        if running is not None:
            _end(running, first_day)
        next_day = min((p.days.lower for p in periods if p.days.lower > first_day), default=None)
        return PeriodInForce.objects.create(
            edition=edition, days=DateRange(first_day, next_day), reason=reason.strip(), who=who.strip()
        )


def withdraw_from_force(edition: Edition, reason: str, who: str) -> PeriodInForce | None:
    """Let `edition` decide on no day from today (Toronto) on; the caller then withdraws it.

    Where it decides today, the edition that decided before takes its place from today on and the new period is
    returned. Days that were planned for it later go to whatever is planned before them. Past days stay as they
    are. Raises Refused where no earlier edition can return, or for an empty reason or name.
    """
    if not reason.strip() or not who.strip():
        raise Refused(_("Say why, and who decides; both stay on record."))
    with explained():
        periods = _locked()
        coming = [period for period in periods if period.days.upper is None or period.days.upper > today()]
        returned = None
        before = coming[0] if coming else None
        for period in coming[1:]:
            if period.edition_id == edition.pk:
                period.delete()
        if before is not None and before.edition_id == edition.pk:
            earlier, until = previous_edition(edition, periods), before.days.upper
            _end(before, today())
            before = returned = PeriodInForce.objects.create(
                edition=earlier,
                days=DateRange(today(), until),
                reason=reason.strip(),
                who=who.strip(),
            )
        _close_gaps(before, [period for period in coming[1:] if period.edition_id != edition.pk])
        return returned


def previous_edition(edition: Edition, periods: list[PeriodInForce] | None = None) -> Edition:
    """The published edition that decided last before `edition`, which decides today. Raises Refused."""
    known = PeriodInForce.objects.order_by("days") if periods is None else periods
    for period in reversed([period for period in known if period.days.lower <= today()]):
        if period.edition_id != edition.pk and period.edition.state == State.PUBLISHED:
            return period.edition
    raise Refused(
        _(
            "The edition %(edition)s decides today and no earlier published edition can return. "
            "Put another edition in force first."
        )
        % {"edition": edition.pk}
    )


def _locked() -> list[PeriodInForce]:
    """Every period in the order of its days. A second person waits here and then sees what the first has done."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE occupations_periodinforce IN SHARE ROW EXCLUSIVE MODE")
    return list(PeriodInForce.objects.select_related("edition").order_by("days"))


def _close_gaps(first: PeriodInForce | None, rest: list[PeriodInForce]) -> None:
    """Let each period reach to the next one, and the last one hold until further notice."""
    if first is None:
        return
    for period, following in zip([first, *rest], [*rest, None], strict=True):
        due = None if following is None else following.days.lower
        if period.days.upper != due:
            period.days = DateRange(period.days.lower, due)
            period.save(update_fields=["days"])


def _end(period: PeriodInForce, before: date) -> None:
    """End a period the day before; nothing is left of one that begins on that day."""
    if period.days.lower == before:
        period.delete()
    else:
        period.days = DateRange(period.days.lower, before)
        period.save(update_fields=["days"])
