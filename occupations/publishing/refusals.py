"""Refusals as sentences: the database's own, or one for the constraint that a row breaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import UniqueConstraint
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from occupations.outages import is_away

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
    """Runs a step in a transaction and turns the database's refusal into `Refused`; that it is away is none."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                # Checks that wait for the end of the transaction are made now, so that they can be explained.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError as error:
        if is_away(error):
            raise
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
