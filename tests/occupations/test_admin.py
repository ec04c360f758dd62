"""The staff's screens: every list opens, drafts can be edited, refusals are sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from occupations.models import Condition, Edition, EditionCheck, OccupationRule, PeriodInForce, Requirement
from occupations.snapshots import today
from tests.occupations.admin.forms import form_of, send
from tests.occupations.database import ARTICLE, OFFICIAL, draft, draft_with_rules
from tests.staff import administrator

pytestmark = pytest.mark.django_db
SCREENS = sorted(
    model._meta.model_name
    for model in apps.get_app_config("occupations").get_models()
    if admin.site.is_registered(model) and model._meta.model_name
)
EDITION_ROWS = (
    "country",
    "requirement",
    "condition",
    "occupationrule",
    "uncodedentry",
    "criterionfacts",
    "citation",
)


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


def address(screen: str, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:occupations_{screen}_{page}", args=args)


def text_after(client: Client, path: str, data: Mapping[str, object]) -> str:
    response = client.post(path, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_list_opens_and_can_be_searched(staff: Client, screen: str) -> None:
    assert staff.get(address(screen)).status_code == 200
    searchable = admin.site.get_model_admin(apps.get_model("occupations", screen)).search_fields
    if searchable:
        assert staff.get(address(screen), {"q": "21231"}).status_code == 200


@pytest.mark.parametrize("screen", ["edition", *EDITION_ROWS])
def test_a_published_row_can_be_read_and_not_saved(staff: Client, screen: str) -> None:
    model = apps.get_model("occupations", screen)
    row = model.objects.filter(**({"pk": OFFICIAL} if screen == "edition" else {"edition": OFFICIAL})).first()
    assert row is not None
    page = staff.get(address(screen, "change", row.pk))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert staff.post(address(screen, "change", row.pk), {}).status_code == 403
    assert staff.post(address(screen, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("screen", ["unitgroup", "jobtitle", "wage", "regulation", "region", "fact"])
def test_reference_lists_are_for_looking_things_up(staff: Client, screen: str) -> None:
    assert staff.get(address(screen, "add")).status_code == 403


def test_a_threshold_of_a_draft_can_be_edited(staff: Client) -> None:
    draft_with_rules()
    row = Requirement.objects.get(edition="trial-2027", country="AU", category="professional")
    said = send(staff, address("requirement", "change", row.pk), {"min_experience_years": "3"})
    assert "was changed successfully" in said.content.decode()
    row.refresh_from_db()
    assert row.min_experience_years == 3


LINE = {
    "edition": "trial-2027",
    "country": "AU",
    "category": "technician",
    "effect": "include",
    "certain": "on",
    "teers": "2",
    "list_entry": "a new entry",
    "confidence": "primary",
    "fact_ids": "F-06",
}


def test_a_new_line_goes_to_the_end_of_the_list(staff: Client) -> None:
    draft_with_rules()
    assert "was added successfully" in text_after(staff, address("occupationrule", "add"), LINE)
    assert OccupationRule.objects.get(list_entry="a new entry").position == 265


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"when": "no-such"}, "This edition has no condition with that slug; add it first."),
        ({"country": "FR"}, "This edition does not know that country; add it first."),
        ({"fact_ids": "F-99"}, "There is no fact F-99."),
        ({"teers": []}, "Give either a unit group or TEERs, not both."),
    ],
)
def test_a_line_that_does_not_fit_is_explained(staff: Client, change: dict[str, object], said: str) -> None:
    draft_with_rules()
    assert said in text_after(staff, address("occupationrule", "add"), {**LINE, **change})
    assert not OccupationRule.objects.filter(list_entry="a new entry").exists()


def test_a_condition_that_rules_name_cannot_be_taken_away_unseen(staff: Client) -> None:
    draft_with_rules()
    condition = Condition.objects.get(edition="trial-2027", slug="supervisor")
    page = address("condition", "delete", condition.pk)
    said = text_after(staff, page, form_of(staff.get(page), ""))
    assert "An occupation rule names a condition that its edition does not have." in said
    assert Condition.objects.filter(pk=condition.pk).exists()


def test_the_list_of_editions_leads_to_the_page_where_each_is_published(staff: Client) -> None:
    page = staff.get(address("edition")).content.decode()
    assert f'href="/admin/publishing/edition/{OFFICIAL}/"' in page


@pytest.mark.parametrize("action", ["send_to_review", "return_to_draft", "publish", "withdraw"])
def test_no_action_of_the_list_changes_a_state_past_the_review(staff: Client, action: str) -> None:
    text_after(staff, address("edition"), {"action": action, "_selected_action": [ARTICLE]})
    assert Edition.objects.get(pk=ARTICLE).state == "published"


def test_a_draft_can_be_deleted_and_a_published_edition_cannot(staff: Client) -> None:
    draft()
    page = address("edition", "delete", "trial-2027")
    assert "was deleted successfully" in text_after(staff, page, form_of(staff.get(page), ""))
    chosen = {"action": "delete_selected", "_selected_action": [ARTICLE], "post": "yes"}
    assert "has been published, so it stays" in staff.post(address("edition"), chosen).content.decode()
    assert Edition.objects.filter(pk=ARTICLE).exists()


def test_adding_a_period_lets_another_edition_decide(staff: Client) -> None:
    first_day = today() + timedelta(days=7)
    said = text_after(
        staff,
        address("periodinforce", "add"),
        {"edition": ARTICLE, "first_day": first_day.isoformat(), "reason": "A trial."},
    )
    assert "was added successfully" in said
    added = PeriodInForce.objects.get(edition=ARTICLE)
    assert (added.days.lower, added.who, added.reason) == (first_day, "anna", "A trial.")
    assert PeriodInForce.objects.get(edition=OFFICIAL).days.upper == first_day


def test_a_period_in_the_past_is_explained(staff: Client) -> None:
    said = text_after(
        staff,
        address("periodinforce", "add"),
        {"edition": ARTICLE, "first_day": "2025-01-01", "reason": "A trial."},
    )
    assert "The first day, 2025-01-01, is in the past. Choose today or a later day." in said
    assert PeriodInForce.objects.count() == 1


def test_the_list_of_periods_says_first_and_last_day(staff: Client) -> None:
    page = staff.get(address("periodinforce")).content.decode()
    assert "Oct. 3, 2024" in page
    assert "until further notice" in page
    period = PeriodInForce.objects.get()
    assert "until further notice" in staff.get(address("periodinforce", "change", period.pk)).content.decode()


def test_the_list_of_rules_says_which_occupations_a_line_means(staff: Client) -> None:
    narrowed = {"edition": OFFICIAL, "country": "AU"}
    assert "every one of TEER 0, 1" in staff.get(address("occupationrule"), narrowed).content.decode()
    found = staff.get(address("occupationrule"), {**narrowed, "q": "10030"}).content.decode()
    assert "Telecommunication carriers managers" in found
    assert "every one of TEER" not in found


def test_a_check_of_a_published_edition_is_signed_by_the_account(staff: Client) -> None:
    text_after(
        staff,
        address("editioncheck", "add"),
        {"edition": OFFICIAL, "checked_on": today().isoformat(), "finding": "Nothing has changed."},
    )
    assert EditionCheck.objects.get().who == "anna"


def test_a_visitor_sees_no_screen(client: Client) -> None:
    assert client.get(address("edition")).status_code == 302
