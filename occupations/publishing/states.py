"""The bare steps of an edition from state to state, for the shipped data and for `flow`.

They record nobody. The database lets no edition that was made on this site be published by them alone.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from occupations.models import Edition
from occupations.models.choices import State
from occupations.publishing.refusals import Refused, explained


def send_to_review(edition: Edition) -> None:
    """From draft to in review; the rules cannot be edited there. Raises Refused."""
    _move(edition, State.IN_REVIEW)


def return_to_draft(edition: Edition) -> None:
    """From in review back to draft. Raises Refused."""
    _move(edition, State.DRAFT)


def missing_tables(edition: Edition) -> list[str]:
    """Names of the tables without which an edition cannot decide and that it has no row in."""
    return [
        name
        for name, rows in (
            (_("countries"), edition.country_set),
            (_("requirements"), edition.requirement_set),
            (_("occupation rules"), edition.occupationrule_set),
            (_("facts of criteria"), edition.criterionfacts_set),
        )
        if not rows.exists()
    ]


def publish(edition: Edition) -> None:
    """From in review to published: nothing in it changes from now on. Raises Refused."""
    missing = missing_tables(edition)
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
