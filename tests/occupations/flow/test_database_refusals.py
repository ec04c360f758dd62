"""What the database refuses by itself, whoever asks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from occupations import publishing
from occupations.history import acting
from occupations.models import (
    Edition,
    EditionReview,
    Requirement,
)
from occupations.publishing import (
    Refused,
    return_edition,
    reviews,
)
from tests.occupations.database import execute, refusal
from tests.occupations.flow.plan import changed_in_review, steps

pytestmark = pytest.mark.django_db


APPROVE = (
    "INSERT INTO occupations_editionreview (edition_id, step, account, who, reason, digest) "
    "VALUES ('trial-2027', %s, %s, 'x', 'why', '')"
)


def test_the_database_refuses_an_approval_by_an_author(
    submitted: Edition, author: User, reviewer: User
) -> None:
    said = refusal(APPROVE, "approve", author.pk)
    assert said == "x submitted or changed the edition trial-2027, so somebody else must approve it."
    assert refusal(APPROVE, "approve", None) == "review_approved_by_an_account"
    assert execute(APPROVE, "approve", reviewer.pk) == 1
    assert reviews.approval(submitted) is not None


def test_the_database_refuses_to_publish_what_nobody_approved(submitted: Edition, reviewer: User) -> None:
    assert refusal(APPROVE, "publish", reviewer.pk).startswith(
        "Nobody has approved the edition trial-2027 as it is now."
    )
    publish = "UPDATE occupations_edition SET state = 'published' WHERE slug = 'trial-2027'"
    assert "its publication is not on record" in refusal(publish)
    execute(APPROVE, "approve", reviewer.pk)
    assert "its publication is not on record" in refusal(publish)
    execute(APPROVE, "publish", reviewer.pk)
    assert execute(publish) == 1


def test_the_database_refuses_other_content_than_was_to_be_published(
    approved: Edition, reviewer: User
) -> None:
    execute(APPROVE, "publish", reviewer.pk)
    changed_in_review(approved)
    with pytest.raises(Refused, match="its publication is not on record"):
        publishing.publish(approved)


def test_a_draft_that_somebody_wrote_here_cannot_go_past_the_review(edition: Edition, author: User) -> None:
    with acting(author):
        Requirement.objects.filter(edition=edition).update(min_experience_years=3)
    publishing.send_to_review(edition)
    with pytest.raises(Refused, match="its publication is not on record"):
        publishing.publish(edition)


@pytest.mark.parametrize("table", ["editionreview", "editionauthor"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE occupations_{} SET who = 'x'", "DELETE FROM occupations_{}", "TRUNCATE occupations_{}"],
)
def test_the_record_is_never_changed(approved: Edition, table: str, statement: str) -> None:
    assert "cannot be changed or erased" in refusal(statement.format(table))


def test_the_record_of_a_deleted_draft_stays(submitted: Edition, reviewer: User) -> None:
    return_edition(submitted, "Not needed.", reviewer)
    submitted.delete()
    assert [step for step, *_rest in steps()] == ["submit", "return"]


def test_the_database_gives_time_and_digest_itself(submitted: Edition, reviewer: User) -> None:
    execute(
        APPROVE.replace("digest", "digest, at").replace("''", "'x', '2000-01-01'"), "approve", reviewer.pk
    )
    row = EditionReview.objects.last()
    assert row is not None
    assert row.at.year >= 2026
    assert len(row.digest) == 64
