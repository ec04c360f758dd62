"""Rows of a draft: choices of that edition, contradictions said at once, refusals that lead on."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from occupations import drafting
from occupations.models import Condition, Country, DraftStart, Edition, OccupationRule, Requirement, UnitGroup
from tests.occupations.admin.forms import changed, form_of, send
from tests.occupations.database import ARTICLE, OFFICIAL, draft
from tests.staff import administrator

pytestmark = pytest.mark.django_db
SLUG = "trial-2027"


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


@pytest.fixture
def copy(db: None) -> Edition:
    return drafting.start_draft(Edition.objects.get(pk=OFFICIAL), SLUG, "A trial", "anna", "To try.")


def address(screen: str, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:occupations_{screen}_{page}", args=args)


def unit_group(code: str) -> int:
    return UnitGroup.objects.get(code=code).pk


def line(**given: Any) -> dict[str, Any]:
    return {
        "country": "AU",
        "category": "technician",
        "effect": "include",
        "list_entry": "a new entry",
        "certain": "on",
        "unit_group": unit_group("22300"),
        "confidence": "primary",
        "fact_ids": "F-06",
        **given,
    }


def added(client: Client, **given: Any) -> str:
    response = send(client, f"{address('occupationrule', 'add')}?edition={SLUG}", line(**given))
    return response.content.decode()


# --- Choices ------------------------------------------------------------------------------------------------


def test_a_line_offers_the_countries_and_conditions_of_its_own_draft(staff: Client, copy: Edition) -> None:
    Condition.objects.create(edition=copy, slug="only-here", question="Only here?", position=99)
    draft("another-draft")
    here = staff.get(f"{address('occupationrule', 'add')}?edition={SLUG}").content.decode()
    assert "Only here? [only-here]" in here
    assert "Brunei (BN)" in here
    there = staff.get(f"{address('occupationrule', 'add')}?edition=another-draft").content.decode()
    assert "only-here" not in there
    assert "Brunei" not in there


def test_every_row_of_a_copied_edition_can_be_opened_and_saved_as_it_is(staff: Client, copy: Edition) -> None:
    for screen in (
        "country",
        "requirement",
        "condition",
        "occupationrule",
        "uncodedentry",
        "criterionfacts",
        "citation",
    ):
        row: Any = getattr(copy, f"{screen}_set").order_by("?").first()
        assert row is not None
        response = send(staff, address(screen, "change", row.pk), {}, follow=False)
        assert response.status_code == 302, (screen, row)


def test_the_draft_is_asked_for_where_there_are_several_and_none_where_there_is_one(staff: Client) -> None:
    without = staff.get(address("condition", "add")).content.decode()
    assert "Rows are added to a draft, and there is none." in without
    assert address("edition", "start_draft", OFFICIAL) in without
    draft("first-draft")
    assert "first-draft" in staff.get(address("condition", "add")).content.decode()
    draft("second-draft")
    choice = staff.get(address("condition", "add")).content.decode()
    assert "Which draft is the new row for?" in choice
    assert f"{address('condition', 'add')}?edition=second-draft" in choice


def test_a_new_line_begins_with_what_the_list_was_narrowed_by_and_leads_back_there(
    staff: Client, copy: Edition
) -> None:
    narrowed = f"edition%3D{SLUG}%26country%3DJP%26category__exact%3Dtechnician"
    path = f"{address('occupationrule', 'add')}?_changelist_filters={narrowed}"
    body = form_of(staff.get(path))
    assert (body["country"], body["category"], body["edition"]) == (["JP"], ["technician"], [SLUG])
    response = staff.post(path, changed(body, line(country="JP", unit_group=unit_group("72200"))))
    assert unquote(response["Location"]).endswith(f"?{unquote(narrowed)}")


def test_a_row_cannot_move_to_another_edition(staff: Client, copy: Edition) -> None:
    row = Condition.objects.filter(edition=copy).earliest("position")
    send(staff, address("condition", "change", row.pk), {"edition": ARTICLE, "help": "Stays here."})
    row.refresh_from_db()
    assert (row.edition_id, row.help) == (SLUG, "Stays here.")


# --- What contradicts ---------------------------------------------------------------------------------------


def test_a_line_that_fits_is_saved(staff: Client, copy: Edition) -> None:
    assert "was added successfully" in added(staff, unit_group=unit_group("32120"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"code": "21231"},
            "As a technician a person needs work of TEER 2, 3, so this line could never count.",
        ),
        ({"unit_group": "", "teers": ["1", "2"]}, "As a technician a person needs work of TEER 2, 3"),
        ({"code": "22300", "list_entry": "twice"}, "This line stands already: “civil"),
        ({"code": "22300", "effect": "exclude"}, "includes the same work and would never count."),
        ({"code": "22300", "teers": ["2"]}, "Give either a unit group or TEERs, not both."),
        ({"unit_group": "", "teers": []}, "Give either a unit group or TEERs, not both."),
        ({"when": "research-job", "unless": "research-job"}, "so it never applies"),
        ({"country": "FR"}, "This edition does not know that country; add it first."),
        ({"when": "no-such"}, "This edition has no condition with that slug; add it first."),
        ({"fact_ids": "F-05,F-99"}, "There is no fact F-99."),
        ({"unit_group": "999999999999"}, "Select a valid choice."),
        ({"teers": ["9"], "unit_group": ""}, "Select a valid choice. 9 is not one of the available choices."),
        ({"list_entry": "x" * 251}, "Ensure this value has at most 250 characters"),
        ({"list_entry": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_a_contradiction_is_said_beside_the_field(
    staff: Client, copy: Edition, given: dict[str, Any], said: str
) -> None:
    code = given.pop("code", None)
    before = OccupationRule.objects.count()
    page = added(staff, **({"unit_group": unit_group(code)} if code else {}), **given)
    assert said in page
    assert OccupationRule.objects.count() == before


def test_a_condition_makes_room_for_both_lines(staff: Client, copy: Edition) -> None:
    assert "was added successfully" in added(
        staff, unit_group=unit_group("22300"), effect="exclude", when="research-job"
    )


def test_a_country_stands_once_in_an_edition_and_the_form_says_so(staff: Client, copy: Edition) -> None:
    row: dict[str, Any] = {"country": "AU", "covered": None, "statuses": [], "fact_ids": "F-01"}
    page = send(staff, f"{address('country', 'add')}?edition={SLUG}", row).content.decode()
    assert "Country with this Edition and Country already exists." in page
    wrong = send(
        staff, f"{address('country', 'add')}?edition={SLUG}", {**row, "country": "FR", "covered": "on"}
    )
    assert "A covered country needs an accepted status" in wrong.content.decode()


def test_what_the_database_alone_refuses_keeps_what_was_typed(staff: Client, copy: Edition) -> None:
    condition = Condition.objects.get(edition=copy, slug="research-job")
    page = send(staff, address("condition", "change", condition.pk), {"slug": "renamed", "help": "Typed."})
    said = page.content.decode()
    assert "An occupation rule names a condition that its edition does not have." in said
    assert form_of(page)["help"] == ["Typed."]
    condition.refresh_from_db()
    assert condition.slug == "research-job"


# --- Refusals that lead on ----------------------------------------------------------------------------------


def test_a_published_row_says_why_it_stays_and_leads_to_the_same_row_of_the_draft(
    staff: Client, copy: Edition
) -> None:
    published = Requirement.objects.get(edition=OFFICIAL, country="JP", category="technician")
    same = Requirement.objects.get(edition=copy, country="JP", category="technician")
    page = staff.get(address("requirement", "change", published.pk)).content.decode()
    assert "has been published, so this stays as it is" in page
    assert address("requirement", "change", same.pk) in page
    assert address("edition", "start_draft", OFFICIAL) in page
    refused = staff.post(address("requirement", "change", published.pk), {})
    assert refused.status_code == 403
    assert "the database itself refuses every change to it" in refused.content.decode()
    assert "translations of its texts" in refused.content.decode()
    assert address("requirement", "change", same.pk) in refused.content.decode()


@pytest.mark.parametrize("page", ["change", "delete"])
def test_a_published_edition_is_refused_with_the_way_on(staff: Client, page: str) -> None:
    refused = staff.post(address("edition", page, OFFICIAL), {"post": "yes"})
    assert refused.status_code == 403
    assert address("edition", "start_draft", OFFICIAL) in refused.content.decode()


def test_adding_to_a_published_edition_is_refused_with_the_way_on(staff: Client) -> None:
    refused = staff.post(address("condition", "add"), {"edition": OFFICIAL, "slug": "new"})
    assert refused.status_code == 403
    assert "Start a new draft from this edition" in refused.content.decode()


def test_rows_of_a_published_edition_that_are_chosen_for_deletion_stay(staff: Client) -> None:
    row = Country.objects.filter(edition=OFFICIAL).earliest("pk")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    said = staff.post(address("country"), chosen).content.decode()
    assert "its edition has been published, so it stays" in said
    assert Country.objects.filter(pk=row.pk).exists()


# --- Starting a draft ---------------------------------------------------------------------------------------


def test_a_draft_is_started_from_the_edition_in_force_by_a_form(staff: Client) -> None:
    home = staff.get("/admin/").content.decode()
    path = address("edition", "start_draft", OFFICIAL)
    assert path in home
    page = staff.get(path)
    body = form_of(page, "draft_form")
    assert body["slug"][0].startswith("ircc-20")
    said = staff.post(path, changed(body, {"slug": SLUG, "reason": "IRCC changed its page."}), follow=True)
    assert "is a draft now" in said.content.decode()
    assert "What stands in it" in said.content.decode()
    assert DraftStart.objects.get(edition=SLUG).who == "anna"
    assert Country.objects.filter(edition=SLUG).count() == Country.objects.filter(edition=OFFICIAL).count()


def test_a_draft_that_cannot_be_started_is_explained_and_what_was_typed_stays(staff: Client) -> None:
    path = address("edition", "start_draft", OFFICIAL)
    page = staff.post(path, {"slug": ARTICLE, "title": "Mine", "reason": "Why not."})
    assert "There is an edition article-2026 already." in page.content.decode()
    assert form_of(page, "draft_form")["title"] == ["Mine"]
    assert "This field is required." in staff.post(path, {}).content.decode()


def test_an_edition_shows_what_stands_in_it_and_who_started_it(staff: Client, copy: Edition) -> None:
    page = staff.get(address("edition", "change", SLUG)).content.decode()
    assert f"{address('occupationrule')}?edition={SLUG}" in page
    assert f'<span class="count">{OccupationRule.objects.filter(edition=SLUG).count()}</span>' in page
    assert "anna started it on" in page
    assert "To try." in page


def test_the_facts_of_a_row_are_linked_with_their_sources(staff: Client, copy: Edition) -> None:
    row = Requirement.objects.get(edition=copy, country="AU", category="professional")
    page = staff.get(address("requirement", "change", row.pk)).content.decode()
    assert address("fact", "change", "F-10") in page
    assert '<span class="sources"><a href="/admin/occupations/source/' in page
