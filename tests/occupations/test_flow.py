"""The way of an edition to the public: submitted, approved by a second person, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from occupations import publishing, snapshots
from occupations.drafting import start_draft
from occupations.history import acting
from occupations.models import (
    Change,
    Condition,
    Edition,
    EditionAuthor,
    EditionReview,
    OccupationRule,
    PeriodInForce,
    Requirement,
)
from occupations.publishing import (
    Refused,
    approve_edition,
    checklist,
    publish_edition,
    put_in_force,
    return_edition,
    reviews,
    submit_edition,
    withdraw_edition,
)
from occupations.publishing.checklist import Check, Problem
from occupations.snapshots import today
from tests.occupations.database import ARTICLE, FAR, OFFICIAL, draft_with_rules, execute, refusal, value
from tests.staff import person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Plan = list[tuple[str, date, date | None]]


@pytest.fixture
def author() -> User:
    return person("anna")


@pytest.fixture
def reviewer() -> User:
    return person("bert")


@pytest.fixture
def edition() -> Edition:
    return draft_with_rules(like=OFFICIAL)


@pytest.fixture
def submitted(edition: Edition, author: User) -> Edition:
    submit_edition(edition, "IRCC changed its page.", author)
    return edition


@pytest.fixture
def approved(submitted: Edition, reviewer: User) -> Edition:
    approve_edition(submitted, "Compared with the page.", reviewer)
    return submitted


def plan() -> Plan:
    periods = PeriodInForce.objects.order_by("days")
    return [(period.edition_id, period.days.lower, period.days.upper) for period in periods]


def steps() -> list[tuple[str, str, str]]:
    return list(EditionReview.objects.values_list("step", "who", "reason"))


def changed_in_review(edition: Edition) -> None:
    """What somebody with raw SQL might do behind the reviewer's back."""
    execute("UPDATE occupations_edition SET state = 'draft' WHERE slug = %s", edition.pk)
    execute("UPDATE occupations_requirement SET min_experience_years = 1 WHERE edition_id = %s", edition.pk)
    execute("UPDATE occupations_edition SET state = 'in_review' WHERE slug = %s", edition.pk)


# --- Submitting, approving, returning ---------------------------------------------------------------------


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


# --- Publishing -------------------------------------------------------------------------------------------


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


# --- The checklist ----------------------------------------------------------------------------------------


def add_contradiction(edition: Edition) -> None:
    line = OccupationRule.objects.filter(edition=edition, effect="exclude", unit_group__isnull=False).first()
    assert line is not None
    line.pk, line.position, line.effect = None, 9000, "include"
    line.when = line.unless = None
    line.save()
    OccupationRule.objects.filter(edition=edition, effect="exclude", unit_group=line.unit_group).update(
        when=None, unless=None
    )


def problems(edition: Edition, slug: str) -> list[Problem]:
    (found,) = [line.problems for line in checklist.lines(edition) if line.slug == slug]
    return list(found)


def test_a_copy_of_the_edition_in_force_has_nothing_to_mend(edition: Edition) -> None:
    assert [line.slug for line in checklist.lines(edition) if line.stops] == []
    assert checklist.registered()[:6] == (
        "complete",
        "contradictions",
        "teers",
        "conditions",
        "condition-texts",
        "citations",
    )


def test_a_contradiction_stops_approval_and_publication(
    edition: Edition, author: User, reviewer: User, settings: Settings
) -> None:
    add_contradiction(edition)
    submit_edition(edition, "Look at it.", author)
    with pytest.raises(Refused, match=r"is not in order yet. .* excludes it in every such case"):
        approve_edition(edition, "Fine.", reviewer)
    settings.SINGLE_STAFF_MEMBER = True
    with pytest.raises(Refused, match="is not in order yet"):
        publish_edition(edition, today(), "Now.", author)


def test_a_code_of_another_category_is_named_with_its_page(edition: Edition) -> None:
    line = OccupationRule.objects.filter(edition=edition, category="professional").exclude(unit_group=None)[0]
    OccupationRule.objects.filter(pk=line.pk).update(category="technician")
    (problem,) = problems(edition, "teers")
    assert "is not of a TEER of this category" in problem.text
    assert problem.url == f"/admin/occupations/occupationrule/{line.pk}/change/"


def test_a_condition_that_no_line_names_is_found(edition: Edition) -> None:
    added = Condition.objects.create(edition=edition, slug="sailing", position=90, question="Sailing?")
    (problem,) = problems(edition, "conditions")
    assert problem.text.startswith("No line names the condition sailing")
    assert problem.url == f"/admin/occupations/condition/{added.pk}/change/"


def test_a_question_without_a_translation_is_found_for_each_language(
    edition: Edition, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("ja", "日本語")]
    OccupationRule.objects.filter(edition=edition).update(when=None, unless=None)
    Condition.objects.filter(edition=edition).delete()
    Condition.objects.create(
        edition=edition, slug="sailing", position=90, question="Sailing?", help="At sea."
    )
    found = problems(edition, "condition-texts")
    assert [problem.text for problem in found] == [
        "The new condition sailing has no text in French, Japanese: “Sailing?”",
        "The new condition sailing has no text in French, Japanese: “At sea.”",
    ]
    execute(
        "INSERT INTO occupations_translation (context, english, language, text) "
        "VALUES ('condition.question', 'Sailing?', 'fr', 'En mer ?')"
    )
    assert problems(edition, "condition-texts")[0].text.endswith("no text in Japanese: “Sailing?”")


def test_a_fact_without_a_source_is_found(edition: Edition) -> None:
    gone = edition.citation_set.filter(fact="F-05")
    assert gone.delete()[0]
    (problem,) = problems(edition, "citations")
    assert problem.text == "Rows rest on the fact F-05, for which the edition cites no source."


def test_a_missing_table_or_criterion_is_found(edition: Edition) -> None:
    edition.criterionfacts_set.filter(criterion="wage").delete()
    assert [problem.text for problem in problems(edition, "complete")] == [
        "The criterion wage rests on no fact."
    ]
    edition.requirement_set.all().delete()
    assert problems(edition, "complete")[0].text == "The edition has no requirements."


def test_another_package_adds_a_line_that_stops(
    monkeypatch: pytest.MonkeyPatch, submitted: Edition, reviewer: User
) -> None:
    monkeypatch.setattr(checklist, "_checks", dict(checklist._checks))
    mine = Check("cases", "Reference cases stay", lambda edition: [Problem("Case 7 turns.", "/x/")])
    checklist.register(mine)
    with pytest.raises(Refused, match=r"is not in order yet. Case 7 turns.$"):
        approve_edition(submitted, "Fine.", reviewer)
    checklist.register(Check("cases", "Reference cases stay", mine.examine, blocks=False))
    approve_edition(submitted, "Fine.", reviewer)


# --- Withdrawing ------------------------------------------------------------------------------------------


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


# --- What the database itself refuses -----------------------------------------------------------------------

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
