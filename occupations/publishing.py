"""Publishing editions and deciding when each of them is in force.

The database refuses what is not allowed; the functions here do the allowed steps in the right order and pass
a refusal on as `Refused`, whose text is the database's own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import UniqueConstraint
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from occupations.models import Edition, PeriodInForce
from occupations.models.choices import State
from occupations.snapshots import today

_CONDITION = gettext_noop(
    "An occupation rule names a condition that its edition does not have. Change the rule first, or add the "
    "condition."
)
_COUNTRY = gettext_noop(
    "A line of the list names a country that its edition does not have. Change the line first, or add the country."
)
OF_ITS_EDITION = {
    "occupation_rule_when_of_its_edition": _CONDITION,
    "occupation_rule_unless_of_its_edition": _CONDITION,
    "occupation_rule_country_of_its_edition": _COUNTRY,
    "uncoded_entry_country_of_its_edition": _COUNTRY,
}
"""Constraints that no model can state, and what each of them asks."""


class Refused(ValueError):
    """The step is not allowed; the text says why and what to do instead."""


@contextmanager
def explained() -> Iterator[None]:
    """Runs a step in a transaction and turns the database's refusal into `Refused`."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                # Checks that wait for the end of the transaction are made now, so that they can be explained.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError as error:
        raise Refused(refusal_of(error)) from error


def refusal_of(error: DatabaseError) -> str:
    """The sentence in which the database refused, or one for the constraint that the row breaks."""
    diagnosis = getattr(error.__cause__, "diag", None)
    constraint = getattr(diagnosis, "constraint_name", None)
    if constraint:
        return _broken(constraint)
    return getattr(diagnosis, "message_primary", None) or str(error)


def _broken(name: str) -> str:
    if name in OF_ITS_EDITION:
        return gettext(OF_ITS_EDITION[name])
    for model in apps.get_app_config("occupations").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, UniqueConstraint):
                return _("A row of the table “%(table)s” with the same key stands already.") % {
                    "table": model._meta.verbose_name
                }
            if (
                constraint.name == name
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return str(constraint.violation_error_message)
    return _("A row breaks the rule “%(rule)s” of the database.") % {"rule": name.replace("_", " ")}


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
        with connection.cursor() as cursor:
            # Two people at once: the second waits here and then sees what the first has done.
            cursor.execute("LOCK TABLE occupations_periodinforce IN SHARE ROW EXCLUSIVE MODE")
        periods = list(PeriodInForce.objects.order_by("days"))
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


def _end(period: PeriodInForce, before: date) -> None:
    """End a period the day before; nothing is left of one that begins on that day."""
    if period.days.lower == before:
        period.delete()
    else:
        period.days = DateRange(period.days.lower, before)
        period.save(update_fields=["days"])


def send_to_review(edition: Edition) -> None:
    """From draft to in review; the rules cannot be edited there. Raises Refused."""
    _move(edition, State.IN_REVIEW)


def return_to_draft(edition: Edition) -> None:
    """From in review back to draft. Raises Refused."""
    _move(edition, State.DRAFT)


def publish(edition: Edition) -> None:
    """From in review to published: nothing in it changes from now on. Raises Refused."""
    missing = [
        name
        for name, rows in (
            (_("countries"), edition.country_set),
            (_("requirements"), edition.requirement_set),
            (_("occupation rules"), edition.occupationrule_set),
            (_("facts of criteria"), edition.criterionfacts_set),
        )
        if not rows.exists()
    ]
    if missing:
        raise Refused(
            _("The edition %(edition)s cannot be published yet. It has no %(missing)s.")
            % {"edition": edition.pk, "missing": ", ".join(missing)}
        )
    _move(edition, State.PUBLISHED)


def withdraw(edition: Edition) -> None:
    """From published to withdrawn, once it decides on no day from today on. Raises Refused."""
    _move(edition, State.WITHDRAWN)


def _move(edition: Edition, state: State) -> None:
    with explained():
        Edition.objects.filter(pk=edition.pk).update(state=state)
    edition.refresh_from_db(fields=["state"])
