"""The steps of an edition as the pages offer them: who may take them, when, and with which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations import publishing
from occupations.admin.publishing.forms import ApproveForm, NoteForm, PublishForm, ReasonForm, ReturnForm
from occupations.models import Edition, EditionReview, ReviewStep
from occupations.models.choices import State
from occupations.publishing import reviews

SUBMIT, APPROVE, PUBLISH = (
    "occupations.submit_edition",
    "occupations.approve_edition",
    "occupations.publish_edition",
)
Act = Callable[[Edition, User, Mapping[str, Any]], EditionReview]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with an edition."""

    permission: str
    state: State
    form: type[NoteForm]
    act: Act
    title: Promise
    text: Promise
    """What happens then, in a sentence or two."""
    done: Promise
    is_grave: bool = False


STEPS: Final[Mapping[str, Step]] = {
    ReviewStep.SUBMIT: Step(
        SUBMIT,
        State.DRAFT,
        NoteForm,
        lambda edition, by, given: publishing.submit_edition(edition, given["reason"], by),
        gettext_lazy("Submit for review"),
        gettext_lazy("Nobody can change its rows while it is in review. You cannot approve it yourself."),
        gettext_lazy("The edition %(edition)s is in review now."),
    ),
    ReviewStep.APPROVE: Step(
        APPROVE,
        State.IN_REVIEW,
        ApproveForm,
        lambda edition, by, given: publishing.approve_edition(edition, given["reason"], by),
        gettext_lazy("Approve"),
        gettext_lazy(
            "You have compared it with its source. The approval counts for its content as it is now."
        ),
        gettext_lazy("The edition %(edition)s is approved and can be published."),
    ),
    ReviewStep.PUBLISH: Step(
        PUBLISH,
        State.IN_REVIEW,
        PublishForm,
        lambda edition, by, given: publishing.publish_edition(
            edition, given["first_day"], given["reason"], by
        ),
        gettext_lazy("Publish or schedule"),
        gettext_lazy("Nothing in it can change afterwards. A correction is an edition of its own."),
        gettext_lazy("The edition %(edition)s is published."),
        is_grave=True,
    ),
    ReviewStep.RETURN: Step(
        APPROVE,
        State.IN_REVIEW,
        ReturnForm,
        lambda edition, by, given: publishing.return_edition(edition, given["reason"], by),
        gettext_lazy("Return to the authors"),
        gettext_lazy("It becomes a draft again, with your note, and can be changed. An approval ends."),
        gettext_lazy("The edition %(edition)s is a draft again."),
    ),
    ReviewStep.WITHDRAW: Step(
        PUBLISH,
        State.PUBLISHED,
        ReasonForm,
        lambda edition, by, given: publishing.withdraw_edition(edition, given["reason"], by),
        gettext_lazy("Withdraw"),
        gettext_lazy(
            "It decides on no day from today on and cannot be published again. Past days stay as they were."
        ),
        gettext_lazy("The edition %(edition)s is withdrawn."),
        is_grave=True,
    ),
}


def why_not(name: str, edition: Edition, user: User) -> str:
    """Why the step is not offered though its turn has come; "" where it is."""
    step = STEPS[name]
    if not user.has_perm(step.permission):
        return _("You may look at this edition. This step is for a person with another role.")
    if name == ReviewStep.APPROVE:
        if reviews.approval(edition) is not None:
            return _("It is approved already.")
        if reviews.is_author(edition, user):
            return _("You submitted or changed this edition, so somebody else must approve it.")
    if name == ReviewStep.PUBLISH and reviews.approval(edition) is None and not settings.SINGLE_STAFF_MEMBER:
        return _("A second person, who is none of its authors, must approve it first.")
    return ""


def in_turn(edition: Edition) -> list[str]:
    """The steps that the state of the edition allows."""
    return [name for name, step in STEPS.items() if step.state == edition.state]
