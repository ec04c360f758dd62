"""A published edition is withdrawn; the one before decides again, and past days stay as they were."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from occupations import snapshots
from occupations.models import (
    Edition,
    PeriodInForce,
)
from occupations.publishing import (
    Refused,
    publish_edition,
    put_in_force,
    submit_edition,
    withdraw_edition,
)
from occupations.snapshots import today
from tests.occupations.database import ARTICLE, FAR, OFFICIAL, draft_with_rules, execute
from tests.occupations.flow.plan import DAY, plan, steps

pytestmark = pytest.mark.django_db


def test_withdrawing_returns_to_the_edition_before_and_leaves_past_days(
    approved: Edition, reviewer: User
) -> None:
    first = plan()[0][1]
    publish_edition(approved, today(), "Now.", reviewer)
    withdraw_edition(approved, "It was wrong.", reviewer)
    assert approved.state == "withdrawn"
    assert plan() == [(OFFICIAL, first, today()), (OFFICIAL, today(), None)]
    assert steps()[-1] == ("withdraw", "bert", "It was wrong.")


def test_days_on_which_a_withdrawn_edition_decided_stay_its_own(reviewer: User) -> None:
    execute("ALTER TABLE occupations_periodinforce DISABLE TRIGGER guard_period")
    PeriodInForce.objects.all().delete()
    for slug, first, after in ((OFFICIAL, today() - FAR, today() - DAY), (ARTICLE, today() - DAY, None)):
        execute(
            "INSERT INTO occupations_periodinforce (edition_id, days, reason, who) "
            "VALUES (%s, daterange(%s, %s), 'why', 'me')",
            slug,
            first,
            after,
        )
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("SET CONSTRAINTS ALL DEFERRED")
    execute("ALTER TABLE occupations_periodinforce ENABLE TRIGGER guard_period")
    withdraw_edition(Edition.objects.get(pk=ARTICLE), "It was wrong.", reviewer)
    assert plan() == [
        (OFFICIAL, today() - FAR, today() - DAY),
        (ARTICLE, today() - DAY, today()),
        (OFFICIAL, today(), None),
    ]


def test_a_planned_edition_is_withdrawn_before_its_first_day(approved: Edition, reviewer: User) -> None:
    before = plan()
    publish_edition(approved, today() + FAR, "Later.", reviewer)
    put_in_force(Edition.objects.get(pk=ARTICLE), today() + 2 * FAR, "Later still.", "anna")
    withdraw_edition(approved, "Not after all.", reviewer)
    assert plan() == [
        (OFFICIAL, before[0][1], today() + 2 * FAR),
        (ARTICLE, today() + 2 * FAR, None),
    ]


def test_an_edition_that_decides_now_and_again_later_goes_from_both(
    approved: Edition, reviewer: User
) -> None:
    first = plan()[0][1]
    publish_edition(approved, today(), "Now.", reviewer)
    put_in_force(Edition.objects.get(pk=ARTICLE), today() + DAY, "A trial.", "anna")
    put_in_force(approved, today() + FAR, "Return.", "anna")
    withdraw_edition(approved, "It was wrong.", reviewer)
    assert plan() == [
        (OFFICIAL, first, today()),
        (OFFICIAL, today(), today() + DAY),
        (ARTICLE, today() + DAY, None),
    ]


def test_the_first_edition_of_all_cannot_be_withdrawn(reviewer: User) -> None:
    before = plan()
    with pytest.raises(Refused, match="no earlier published edition can return"):
        withdraw_edition(Edition.objects.get(pk=OFFICIAL), "No.", reviewer)
    assert plan() == before


def test_a_comparison_is_withdrawn_and_the_plan_stays(reviewer: User) -> None:
    before = plan()
    withdraw_edition(Edition.objects.get(pk=ARTICLE), "Out of date.", reviewer)
    assert plan() == before
    assert ARTICLE not in snapshots.refresh().editions


# --- What visitors are told -------------------------------------------------------------------------------


def test_the_public_is_told_who_looked_at_an_edition_and_when(
    approved: Edition, author: User, reviewer: User, settings: Settings
) -> None:
    assert snapshots.refresh().publications == {}
    publish_edition(approved, today(), "Now.", reviewer)
    told = snapshots.refresh().publications["trial-2027"]
    assert (told.published_on, told.approved, told.is_withdrawn) == (today(), True, False)
    settings.SINGLE_STAFF_MEMBER = True
    other = draft_with_rules("trial-2028", OFFICIAL)
    submit_edition(other, "Ready.", author)
    publish_edition(other, today() + DAY, "Later.", author)
    assert not snapshots.refresh().publications["trial-2028"].approved


def test_a_withdrawn_edition_that_never_decided_is_still_told_of(approved: Edition, reviewer: User) -> None:
    publish_edition(approved, today() + FAR, "Later.", reviewer)
    withdraw_edition(approved, "Not after all.", reviewer)
    built = snapshots.refresh()
    assert "trial-2027" not in built.editions
    told = built.publications["trial-2027"]
    assert (told.is_withdrawn, told.withdrawn_on, told.title["en"]) == (True, today(), approved.title)
