"""An edition is submitted, looked at by a second person, approved or returned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from occupations import snapshots
from occupations.drafting import start_draft
from occupations.history import acting
from occupations.models import (
    Change,
    Condition,
    Edition,
    EditionAuthor,
    Requirement,
)
from occupations.publishing import (
    Refused,
    approve_edition,
    publish_edition,
    return_edition,
    reviews,
    submit_edition,
    withdraw_edition,
)
from occupations.snapshots import today
from tests.occupations.database import OFFICIAL
from tests.occupations.flow.plan import DAY, plan, steps
from tests.staff import person

pytestmark = pytest.mark.django_db


def test_a_draft_is_submitted_approved_and_published(edition: Edition, author: User, reviewer: User) -> None:
    first = plan()[0][1]
    submit_edition(edition, " IRCC changed its page. ", author)
    assert edition.state == "in_review"
    approve_edition(edition, "Compared with the page.", reviewer)
    assert edition.state == "in_review"
    done = publish_edition(edition, today(), "In force at IRCC.", author)
    assert edition.state == "published"
    assert (done.first_day, done.alone) == (today(), False)
    assert plan() == [(OFFICIAL, first, today()), ("trial-2027", today(), None)]
    assert steps() == [
        ("submit", "anna", "IRCC changed its page."),
        ("approve", "bert", "Compared with the page."),
        ("publish", "anna", "In force at IRCC."),
    ]
    assert snapshots.refresh().slug_in_force(today()) == "trial-2027"
    assert snapshots.refresh().slug_in_force(today() - DAY) == OFFICIAL


def test_the_author_cannot_approve_and_another_can(submitted: Edition, author: User, reviewer: User) -> None:
    with pytest.raises(Refused, match=r"You submitted or changed .* somebody else must approve it"):
        approve_edition(submitted, "Fine.", author)
    assert reviews.approval(submitted) is None
    assert approve_edition(submitted, "Fine.", reviewer) == reviews.approval(submitted)


def test_whoever_changed_the_draft_is_an_author_too(edition: Edition, author: User, reviewer: User) -> None:
    with acting(reviewer):
        Requirement.objects.filter(edition=edition, country="AU").update(min_experience_years=3)
    submit_edition(edition, "IRCC changed its page.", author)
    assert reviews.authors(edition) == ["bert", "anna"]
    with pytest.raises(Refused, match="somebody else must approve it"):
        approve_edition(edition, "Fine.", reviewer)
    approve_edition(edition, "Fine.", person("carl"))


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.occupationrule_set.all().delete(),
        lambda edition: edition.citation_set.filter(fact="F-05").delete(),
        lambda edition: Edition.objects.filter(pk=edition.pk).update(title="Another"),
        lambda edition: Condition.objects.create(edition=edition, slug="x", position=90, question="X?"),
    ],
    ids=["delete", "delete one", "title", "add"],
)
def test_every_kind_of_change_makes_an_author(
    edition: Edition, reviewer: User, change: Callable[[Edition], object]
) -> None:
    with acting(reviewer):
        change(edition)
    assert reviews.is_author(edition, reviewer)
    assert list(EditionAuthor.objects.values_list("edition", "account", "who")) == [
        ("trial-2027", reviewer.pk, "bert")
    ]


def test_a_step_stands_in_the_history_with_its_reason(edition: Edition, author: User) -> None:
    submit_edition(edition, "IRCC changed its page.", author)
    told = Change.objects.filter(table="occupations_edition", row="trial-2027").order_by("pk").last()
    assert told is not None
    assert (told.who, told.why, told.fields) == ("anna", "IRCC changed its page.", ["state"])


def test_whoever_starts_a_draft_is_its_author(author: User) -> None:
    with acting(author):
        draft = start_draft(Edition.objects.get(pk=OFFICIAL), "trial-2029", "A trial", "anna", "A trial.")
    assert reviews.authors(draft) == ["anna"]


def test_looking_at_a_draft_and_reviewing_it_makes_no_author(submitted: Edition, reviewer: User) -> None:
    with acting(reviewer):
        return_edition(submitted, "Line 3 is wrong.", reviewer)
    assert not reviews.is_author(submitted, reviewer)


def test_a_returned_edition_is_a_draft_again_and_its_approval_has_ended(
    approved: Edition, author: User, reviewer: User
) -> None:
    return_edition(approved, "Line 3 is wrong.", reviewer)
    assert approved.state == "draft"
    submit_edition(approved, "The same again.", author)
    assert reviews.approval(approved) is None
    with pytest.raises(Refused, match="Nobody has approved"):
        publish_edition(approved, today(), "Now.", author)


def test_an_edition_is_approved_once(approved: Edition) -> None:
    with pytest.raises(Refused, match="is approved already"):
        approve_edition(approved, "Me too.", person("carl"))


def test_a_step_out_of_turn_is_refused(edition: Edition, author: User, reviewer: User) -> None:
    with pytest.raises(Refused, match="is “draft” now, so this step is not open"):
        approve_edition(edition, "Fine.", reviewer)
    with pytest.raises(Refused, match="is “draft” now"):
        publish_edition(edition, today(), "Now.", reviewer)
    with pytest.raises(Refused, match="is “draft” now"):
        withdraw_edition(edition, "No.", reviewer)
    submit_edition(edition, "Ready.", author)
    with pytest.raises(Refused, match="is “in review” now"):
        submit_edition(edition, "Ready.", author)


@pytest.mark.parametrize("reason", ["", "   "])
def test_every_step_needs_a_reason(submitted: Edition, reviewer: User, reason: str) -> None:
    for step in (approve_edition, return_edition, submit_edition, withdraw_edition):
        with pytest.raises(Refused, match="Say why"):
            step(submitted, reason, reviewer)
    with pytest.raises(Refused, match="Say why"):
        publish_edition(submitted, today(), reason, reviewer)
