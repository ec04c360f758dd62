"""The way of an edition to the public: submitted, approved by a second person, published, withdrawn.

Each step is one transaction: everything it does holds, or nothing. Each leaves a row in the record of reviews, with
who, when, why and a digest of the content. Whoever submitted or changed an edition cannot approve it; the database
says so too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from occupations.history import acting
from occupations.models import Edition, EditionReview, ReviewStep
from occupations.models.choices import State
from occupations.publishing import checklist, reviews, states
from occupations.publishing.periods import put_in_force, withdraw_from_force
from occupations.publishing.refusals import Refused, explained

LONGEST_REASON = 300
"""A reason for a period in force, in characters."""


def submit_edition(edition: Edition, reason: str, by: User) -> EditionReview:
    """From draft to in review; nobody can change its rows there. Raises Refused."""
    with _step(edition, State.DRAFT, reason, by) as fresh:
        review = _record(fresh, ReviewStep.SUBMIT, reason, by)
        states.send_to_review(fresh)
    return _done(edition, review)


def approve_edition(edition: Edition, note: str, by: User) -> EditionReview:
    """A second person has looked at this very content. It stays in review until it is published.

    Raises Refused: by an author, while a check stops it, or where it is approved already.
    """
    with _step(edition, State.IN_REVIEW, note, by) as fresh:
        if reviews.is_author(fresh, by):
            raise Refused(
                _("You submitted or changed the edition %(edition)s, so somebody else must approve it.")
                % {"edition": fresh.pk}
            )
        if reviews.approval(fresh) is not None:
            raise Refused(_("The edition %(edition)s is approved already.") % {"edition": fresh.pk})
        checklist.demand(fresh)
        review = _record(fresh, ReviewStep.APPROVE, note, by)
    return _done(edition, review)


def return_edition(edition: Edition, note: str, by: User) -> EditionReview:
    """From in review back to draft, with a note on what to change; an approval ends. Raises Refused."""
    with _step(edition, State.IN_REVIEW, note, by) as fresh:
        review = _record(fresh, ReviewStep.RETURN, note, by)
        states.return_to_draft(fresh)
    return _done(edition, review)


def publish_edition(edition: Edition, first_day: date | None, reason: str, by: User) -> EditionReview:
    """Publish what was approved; it decides from `first_day` (Toronto; today or later) on.

    Without a first day it decides nothing and is only shown for comparison. With SINGLE_STAFF_MEMBER an edition
    that nobody approved can be published; the record says so for good. Raises Refused.
    """
    with _step(edition, State.IN_REVIEW, reason, by) as fresh:
        if first_day is None and not fresh.is_comparison:
            raise Refused(
                _("Choose the day from which the edition %(edition)s decides.") % {"edition": fresh.pk}
            )
        alone = reviews.approval(fresh) is None
        if alone and not settings.SINGLE_STAFF_MEMBER:
            raise Refused(
                _(
                    "Nobody has approved the edition %(edition)s as it is now. A second person, who is none "
                    "of its authors, must approve it first."
                )
                % {"edition": fresh.pk}
            )
        checklist.demand(fresh)
        review = _record(fresh, ReviewStep.PUBLISH, reason, by, first_day=first_day, alone=alone)
        states.publish(fresh)
        if first_day is not None:
            put_in_force(fresh, first_day, reason, by.get_username())
    return _done(edition, review)


def withdraw_edition(edition: Edition, reason: str, by: User) -> EditionReview:
    """Withdraw a published edition; where it decides today, the one before it decides again from today on.

    Days that were planned for it go to whatever is planned before them; past days stay. Raises Refused.
    """
    with _step(edition, State.PUBLISHED, reason, by) as fresh:
        withdraw_from_force(fresh, reason, by.get_username())
        review = _record(fresh, ReviewStep.WITHDRAW, reason, by)
        states.withdraw(fresh)
    return _done(edition, review)


@contextmanager
def _step(edition: Edition, due: State, reason: str, by: User) -> Iterator[Edition]:
    """The edition as it stands now, locked until the step is done. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Say why; the reason stays on record."))
    with acting(by, reason), explained():
        # Two people at once: the second waits here and then sees what the first has done.
        fresh = Edition.objects.select_for_update().filter(pk=edition.pk).first()
        if fresh is None:
            raise Refused(_("The edition %(edition)s is no longer there.") % {"edition": edition.pk})
        if fresh.state != due:
            raise Refused(
                _("The edition %(edition)s is “%(state)s” now, so this step is not open.")
                % {"edition": fresh.pk, "state": State(fresh.state).label}
            )
        yield fresh


def _record(
    edition: Edition,
    step: ReviewStep,
    reason: str,
    by: User,
    first_day: date | None = None,
    alone: bool = False,
) -> EditionReview:
    return EditionReview.objects.create(
        edition=edition,
        step=step,
        account=by.pk,
        who=by.get_username(),
        reason=reason.strip(),
        first_day=first_day,
        alone=alone,
    )


def _done(edition: Edition, review: EditionReview) -> EditionReview:
    """What the database filled in, for the caller's objects too."""
    edition.refresh_from_db(fields=["state"])
    review.refresh_from_db()
    return review
