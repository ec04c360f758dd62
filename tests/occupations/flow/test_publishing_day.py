"""An approved edition is published, on a day that is today or later."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from occupations import snapshots
from occupations.models import (
    Edition,
)
from occupations.publishing import (
    Refused,
    approve_edition,
    publish_edition,
    reviews,
    submit_edition,
)
from occupations.snapshots import today
from tests.occupations.database import ARTICLE, FAR, OFFICIAL, draft_with_rules, value
from tests.occupations.flow.plan import DAY, changed_in_review, plan, steps

pytestmark = pytest.mark.django_db


def test_nobody_publishes_alone(submitted: Edition, author: User, reviewer: User) -> None:
    for user in (author, reviewer):
        with pytest.raises(Refused, match="A second person, who is none of its authors"):
            publish_edition(submitted, today(), "Now.", user)
    assert submitted.state == "in_review"


def test_content_that_changed_after_the_approval_is_not_published(approved: Edition, reviewer: User) -> None:
    changed_in_review(approved)
    with pytest.raises(Refused, match="Nobody has approved the edition trial-2027 as it is now"):
        publish_edition(approved, today(), "Now.", reviewer)


def test_the_approval_counts_again_for_the_very_content(approved: Edition, reviewer: User) -> None:
    before = value("SELECT occupations_content_digest('trial-2027')")
    changed_in_review(approved)
    assert value("SELECT occupations_content_digest('trial-2027')") != before
    assert reviews.approval(approved) is None


def test_yesterday_is_refused_and_nothing_has_happened(approved: Edition, reviewer: User) -> None:
    before = plan()
    with pytest.raises(Refused, match="is in the past"):
        publish_edition(approved, today() - DAY, "Late.", reviewer)
    approved.refresh_from_db()
    assert (approved.state, plan()) == ("in_review", before)
    assert [step for step, *_rest in steps()] == ["submit", "approve"]


def test_today_and_a_later_day_are_accepted(approved: Edition, reviewer: User) -> None:
    first = plan()[0][1]
    publish_edition(approved, today() + FAR, "From then on.", reviewer)
    assert plan() == [(OFFICIAL, first, today() + FAR), ("trial-2027", today() + FAR, None)]
    assert snapshots.refresh().slug_in_force(today() + FAR - DAY) == OFFICIAL


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 5, 0, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 2, 3, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 2, 4, 0, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_changes_at_midnight_in_toronto(
    monkeypatch: pytest.MonkeyPatch, approved: Edition, reviewer: User, moment: datetime, day: date
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert today() == day
    with pytest.raises(Refused, match=f"The first day, {day - DAY}, is in the past"):
        publish_edition(approved, day - DAY, "Late.", reviewer)


def test_only_a_comparison_is_published_without_a_day(
    approved: Edition, author: User, reviewer: User
) -> None:
    with pytest.raises(Refused, match="Choose the day"):
        publish_edition(approved, None, "Now.", reviewer)
    other = draft_with_rules("trial-2028", ARTICLE)
    before = plan()
    submit_edition(other, "For comparison.", author)
    approve_edition(other, "Fine.", reviewer)
    publish_edition(other, None, "For comparison.", reviewer)
    assert (other.state, plan()) == ("published", before)


def test_a_single_member_of_staff_publishes_alone_and_the_record_says_so(
    submitted: Edition, author: User, settings: Settings
) -> None:
    settings.SINGLE_STAFF_MEMBER = True
    assert publish_edition(submitted, today(), "Now.", author).alone
    assert submitted.state == "published"


def test_an_approved_edition_is_not_published_alone_whatever_the_setting(
    approved: Edition, author: User, settings: Settings
) -> None:
    settings.SINGLE_STAFF_MEMBER = True
    with pytest.raises(Refused, match="somebody else must approve"):
        approve_edition(approved, "Fine.", author)
    assert not publish_edition(approved, today(), "Now.", author).alone
