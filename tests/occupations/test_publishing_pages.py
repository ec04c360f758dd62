"""The staff's pages on publishing: who may see and do what, refusals beside the form, the comparison."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from occupations import snapshots
from occupations.models import Edition, EditionReview, OccupationRule, PeriodInForce, Requirement
from occupations.publishing import approve_edition, reviews, submit_edition
from occupations.snapshots import today
from tests.browser import html_check
from tests.occupations.admin.forms import form_of
from tests.occupations.database import ARTICLE, OFFICIAL, draft_with_rules
from tests.staff import person, signed_in

pytestmark = pytest.mark.django_db
DRAFT = "/admin/publishing/edition/trial-2027/"
COMPARE = "/admin/publishing/compare/"
FIRST = "publish-first_day"


def member(name: str, *permissions: str) -> User:
    """A member of staff who may look at editions, and what else is named."""
    user = person(name)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_edition", *permissions]))
    return user


@pytest.fixture
def editor() -> User:
    return member("anna", "submit_edition", "delete_requirement", "view_requirement")


@pytest.fixture
def reviewer() -> User:
    return member("bert", "approve_edition", "publish_edition")


@pytest.fixture
def auditor() -> User:
    return member("carl")


@pytest.fixture
def edition() -> Edition:
    return draft_with_rules(like=OFFICIAL)


def read(user: User, path: str, **query: str) -> str:
    response = signed_in(user).get(path, query)
    assert response.status_code == 200, path
    return response.content.decode()


def act(user: User, step: str, expected: int = 302, **given: str) -> str:
    """Take a step on the page of the draft; returns the page that follows."""
    client = signed_in(user)
    data = {f"{step}-{name}": value for name, value in given.items()}
    response = client.post(f"{DRAFT}{step}/", data)
    assert response.status_code == expected
    return client.get(DRAFT).content.decode() if expected == 302 else response.content.decode()


def test_the_whole_way_is_walked_on_the_pages(edition: Edition, editor: User, reviewer: User) -> None:
    assert "Submit for review" in read(editor, DRAFT)
    said = act(editor, "submit", reason="IRCC changed its page.")
    assert "The edition trial-2027 is in review now." in said
    assert "so somebody else must approve it" not in said
    said = act(reviewer, "approve", reason="Compared with the page.")
    assert "approved by bert" in said
    first = today() + timedelta(days=1)
    said = act(reviewer, "publish", first_day=first.isoformat(), reason="In force at IRCC from then on.")
    assert "The edition trial-2027 is published." in said
    assert "IRCC changed its page." in said
    assert [row.who for row in EditionReview.objects.all()] == ["anna", "bert", "bert"]
    rules = snapshots.refresh()
    assert (rules.slug_in_force(today()), rules.slug_in_force(first)) == (OFFICIAL, "trial-2027")
    said = act(reviewer, "withdraw", reason="IRCC took it back.")
    assert "The edition trial-2027 is withdrawn." in said
    assert snapshots.refresh().slug_in_force(first) == OFFICIAL


def test_an_author_with_every_permission_is_told_to_ask_somebody_else(edition: Edition) -> None:
    author = member("dora", "submit_edition", "approve_edition", "publish_edition")
    submit_edition(edition, "Ready.", author)
    page = read(author, DRAFT)
    assert "You submitted or changed this edition, so somebody else must approve it." in page
    assert 'name="approve-reason"' not in page
    assert 'name="return-reason"' in page
    said = act(author, "approve", 422, reason="Fine.")
    assert "You submitted or changed the edition trial-2027, so somebody else must approve it." in said
    said = act(author, "publish", 422, reason="Now.", first_day=today().isoformat())
    assert "A second person, who is none of its authors, must approve it first." in said
    assert Edition.objects.get(pk=edition.pk).state == "in_review"


def test_a_change_on_a_screen_makes_its_author_known(edition: Edition, editor: User, reviewer: User) -> None:
    row = Requirement.objects.get(edition=edition, country="AU", category="professional")
    address = f"/admin/occupations/requirement/{row.pk}/delete/"
    client = signed_in(editor)
    assert client.post(address, form_of(client.get(address), "")).status_code == 302
    assert reviews.authors(edition) == ["anna"]
    assert not reviews.is_author(edition, reviewer)


@pytest.mark.parametrize("step", ["submit", "approve", "return", "publish", "withdraw"])
def test_an_auditor_sees_everything_and_does_nothing(edition: Edition, auditor: User, step: str) -> None:
    if step in {"approve", "return", "publish"}:
        submit_edition(edition, "Ready.", person("anna"))
    assert "<form method=" not in read(auditor, DRAFT).split('id="content-main"')[1]
    assert signed_in(auditor).post(f"{DRAFT}{step}/", {f"{step}-reason": "x"}).status_code == 403
    assert EditionReview.objects.exclude(step="submit").count() == 0
    assert "trial-2027" in read(auditor, "/admin/publishing/")


@pytest.mark.parametrize(
    ("step", "who"), [("submit", "bert"), ("approve", "anna"), ("publish", "anna"), ("return", "anna")]
)
def test_each_role_takes_its_own_steps_only(
    edition: Edition, editor: User, reviewer: User, step: str, who: str
) -> None:
    user = {"anna": editor, "bert": reviewer}[who]
    assert signed_in(user).post(f"{DRAFT}{step}/", {f"{step}-reason": "x"}).status_code == 403


@pytest.mark.parametrize("path", ["/admin/publishing/", DRAFT, COMPARE])
def test_others_are_kept_out(edition: Edition, client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    stranger = person("eve")
    assert signed_in(stranger).get(path).status_code == 403


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    edition: Edition, editor: User, reviewer: User
) -> None:
    assert "Say why; the reason stays on record." in act(editor, "submit", 422, reason=" ")
    submit_edition(edition, "Ready.", editor)
    approve_edition(edition, "Fine.", reviewer)
    yesterday = (today() - timedelta(days=1)).isoformat()
    said = act(reviewer, "publish", 422, first_day=yesterday, reason="Too late, alas.")
    assert "is in the past. Choose today or a later day." in said
    assert "Too late, alas." in said
    assert "<title>Error: " in said
    assert "Choose the first day: today or a later one." in act(reviewer, "publish", 422, reason="Now.")
    said = act(reviewer, "publish", 422, first_day=today().isoformat(), reason="x" * 301)
    assert "The reason has 301 characters; use at most 300." in said
    assert PeriodInForce.objects.count() == 1


def test_a_step_that_somebody_else_took_meanwhile_is_refused_with_a_sentence(
    edition: Edition, editor: User
) -> None:
    submit_edition(edition, "Ready.", person("dora"))
    said = act(editor, "submit", 422, reason="Ready.")
    assert "The edition trial-2027 is “in review” now, so this step is not open." in said


def test_an_address_that_is_no_step_or_no_edition_is_not_found(edition: Edition, editor: User) -> None:
    client = signed_in(editor)
    assert client.post(f"{DRAFT}burn/").status_code == 404
    assert client.get("/admin/publishing/edition/nothing/").status_code == 404
    assert client.get(f"{DRAFT}submit/").headers["Location"] == DRAFT


def test_the_checklist_says_what_to_mend_and_where(edition: Edition, auditor: User) -> None:
    assert "Nothing stands in the way of this edition." in read(auditor, DRAFT)
    line = OccupationRule.objects.filter(edition=edition, category="professional").exclude(unit_group=None)[0]
    OccupationRule.objects.filter(pk=line.pk).update(category="technician")
    page = read(auditor, DRAFT)
    assert "This edition cannot be approved or published before" in page
    assert f'href="/admin/occupations/occupationrule/{line.pk}/change/"' in page


def test_withdrawing_says_beforehand_which_edition_decides_again(reviewer: User) -> None:
    page = read(reviewer, f"/admin/publishing/edition/{OFFICIAL}/")
    assert "no earlier published edition can return" in page


def test_a_site_with_one_member_of_staff_says_so(edition: Edition, editor: User, settings: Settings) -> None:
    settings.SINGLE_STAFF_MEMBER = True
    alone = member("dora", "submit_edition", "publish_edition")
    submit_edition(edition, "Ready.", alone)
    assert "set up for a single member of staff" in read(alone, DRAFT)
    said = act(alone, "publish", first_day=today().isoformat(), reason="Now.")
    assert "without a second person" in said


# --- The comparison ---------------------------------------------------------------------------------------


def test_the_comparison_shows_old_and_new_beside_each_other(edition: Edition, auditor: User) -> None:
    Requirement.objects.filter(edition=edition, country="AU", category="professional").update(
        min_experience_years=3
    )
    page = read(auditor, COMPARE, before=OFFICIAL, after="trial-2027")
    assert "<del>2</del>" in page
    assert "<ins>3</ins>" in page
    assert "Least years of experience" in page
    assert "Every column of every row was looked at." in page


def test_the_comparison_can_be_narrowed_to_a_country(auditor: User) -> None:
    page = read(auditor, COMPARE, before=ARTICLE, after=OFFICIAL, country="JP")
    assert '<h2 id="group-1">Japan</h2>' in page
    assert 'id="group-2"' not in page
    assert "changes elsewhere are not shown." in page
    assert '<option value="JP" selected>Japan</option>' in page
    whole = read(auditor, COMPARE, before=ARTICLE, after=OFFICIAL, country="XX")
    assert 'id="group-2"' in whole


def test_without_a_choice_the_edition_in_force_is_compared_with_a_draft(
    edition: Edition, auditor: User
) -> None:
    page = read(auditor, COMPARE)
    assert f'<option value="{OFFICIAL}" selected>' in page
    assert '<option value="trial-2027" selected>' in page
    assert "The two say the same, column by column." not in page
    assert "Removed" in page


def test_an_edition_compared_with_itself_differs_in_nothing(auditor: User) -> None:
    page = read(auditor, COMPARE, before=OFFICIAL, after=OFFICIAL)
    assert "The two say the same, column by column." in page


@pytest.mark.parametrize(
    "path", ["/admin/publishing/", DRAFT, COMPARE, f"{COMPARE}?before={ARTICLE}&after={OFFICIAL}"]
)
def test_the_pages_are_valid(edition: Edition, reviewer: User, path: str) -> None:
    submit_edition(edition, "Ready.", person("anna"))
    page = signed_in(reviewer).get(path).content.decode()
    main = page[page.index('<div id="content-main"') :]
    main = main[: main.index('<br class="clear">')]
    frame = '<!doctype html><html lang="en"><title>x</title><main><h1>x</h1>{}</main></html>'
    assert html_check.complaints(frame.format(main)) == []
