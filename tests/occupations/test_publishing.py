"""Which edition decides, and how an edition comes to be published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from occupations import publishing, snapshots
from occupations.models import Edition, PeriodInForce
from occupations.publishing import Refused, put_in_force
from occupations.snapshots import today
from tests.occupations.database import ARTICLE, FAR, OFFICIAL, draft, draft_with_rules, execute, revision

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def article() -> Edition:
    return Edition.objects.get(pk=ARTICLE)


@pytest.fixture
def official() -> Edition:
    return Edition.objects.get(pk=OFFICIAL)


def plan() -> list[tuple[str, object, object]]:
    periods = PeriodInForce.objects.order_by("days")
    return [(period.edition_id, period.days.lower, period.days.upper) for period in periods]


def test_another_edition_decides_from_today_and_the_past_stays(article: Edition) -> None:
    first = plan()[0][1]
    before = revision()
    added = put_in_force(article, today(), "A trial.", "anna")
    assert plan() == [(OFFICIAL, first, today()), (ARTICLE, today(), None)]
    assert (added.reason, added.who) == ("A trial.", "anna")
    assert revision() > before
    built = snapshots.refresh()
    assert built.slug_in_force(today() - DAY) == OFFICIAL
    assert built.slug_in_force(today()) == ARTICLE


def test_an_edition_is_scheduled_and_the_plan_can_be_taken_back(article: Edition, official: Edition) -> None:
    first = plan()[0][1]
    put_in_force(article, today() + FAR, "From the new year.", "anna")
    assert plan() == [(OFFICIAL, first, today() + FAR), (ARTICLE, today() + FAR, None)]
    put_in_force(official, today() + FAR, "Not after all.", "anna")
    assert plan() == [(OFFICIAL, first, today() + FAR), (OFFICIAL, today() + FAR, None)]


def test_a_period_lasts_until_the_next_one_that_is_planned(article: Edition, official: Edition) -> None:
    first = plan()[0][1]
    put_in_force(article, today() + FAR, "Later.", "anna")
    put_in_force(article, today(), "Now.", "anna")
    assert plan() == [
        (OFFICIAL, first, today()),
        (ARTICLE, today(), today() + FAR),
        (ARTICLE, today() + FAR, None),
    ]
    put_in_force(official, today() + DAY, "Return.", "anna")
    assert plan()[1:3] == [(ARTICLE, today(), today() + DAY), (OFFICIAL, today() + DAY, today() + FAR)]


def test_yesterday_is_refused(article: Edition) -> None:
    with pytest.raises(Refused, match=r"is in the past. Choose today or a later day."):
        put_in_force(article, today() - DAY, "Too late.", "anna")


def test_an_edition_that_decides_already_is_refused(official: Edition) -> None:
    with pytest.raises(Refused, match=r"decides on .* already"):
        put_in_force(official, today(), "Again.", "anna")


@pytest.mark.parametrize(("reason", "who"), [("", "anna"), ("  ", "anna"), ("A trial.", "")])
def test_a_reason_and_a_name_are_needed(article: Edition, reason: str, who: str) -> None:
    with pytest.raises(Refused, match=r"Say why, and who decides"):
        put_in_force(article, today(), reason, who)


def test_a_draft_cannot_decide_and_nothing_else_changes() -> None:
    before = plan()
    with pytest.raises(
        Refused, match=r"The edition trial-2027 is a draft. Only a published edition can decide."
    ):
        put_in_force(draft_with_rules(), today(), "A trial.", "anna")
    assert plan() == before


def test_an_edition_goes_through_review_to_published_and_withdrawn() -> None:
    edition = draft_with_rules()
    publishing.send_to_review(edition)
    publishing.return_to_draft(edition)
    publishing.send_to_review(edition)
    publishing.publish(edition)
    assert edition.state == "published"
    publishing.withdraw(edition)
    assert edition.state == "withdrawn"


def test_a_draft_cannot_skip_the_review() -> None:
    with pytest.raises(Refused, match=r"cannot go from draft to published"):
        publishing.publish(draft_with_rules())


def test_an_edition_without_rules_is_not_published() -> None:
    edition = draft()
    publishing.send_to_review(edition)
    with pytest.raises(
        Refused, match=r"It has no countries, requirements, occupation rules, facts of criteria."
    ):
        publishing.publish(edition)


def test_the_edition_in_force_cannot_be_withdrawn_until_another_decides(
    article: Edition, official: Edition
) -> None:
    with pytest.raises(Refused, match=r"Put another edition in force first."):
        publishing.withdraw(official)
    put_in_force(article, today(), "A trial.", "anna")
    publishing.withdraw(official)
    built = snapshots.refresh()
    assert built.rulebook(today() - DAY).edition.slug == OFFICIAL


def test_a_withdrawn_comparison_is_no_longer_shown() -> None:
    execute("UPDATE occupations_edition SET state = 'withdrawn' WHERE slug = %s", ARTICLE)
    assert ARTICLE not in snapshots.refresh().editions


def test_a_withdrawn_edition_that_has_decided_is_kept_but_not_compared_with(
    article: Edition, official: Edition
) -> None:
    put_in_force(article, today(), "A trial.", "anna")
    put_in_force(official, today() + FAR, "Return.", "anna")
    built = snapshots.refresh()
    assert list(built.comparisons(OFFICIAL)) == [ARTICLE]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT INTO occupations_countryname (country, language, name) VALUES ('JP', 'en', 'Nippon')",
            "A row of the table “country name” with the same key stands already.",
        ),
        (
            "UPDATE occupations_source SET dated = NULL, read_on = NULL",
            "Give the document's own date, or the day you read it.",
        ),
        (
            "UPDATE occupations_regulation SET kind = 'maybe'",
            "A row breaks the rule “regulation kind known” of the database.",
        ),
        ("DELETE FROM occupations_wage", "Wages that were published once stay as they are."),
    ],
)
def test_every_refusal_is_a_sentence(statement: str, said: str) -> None:
    with pytest.raises(Refused) as caught, publishing.explained():
        execute(statement)
    assert str(caught.value).startswith(said)
