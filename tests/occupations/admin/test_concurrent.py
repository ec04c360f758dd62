"""Two people at the same row: nothing is overwritten or deleted unseen."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from occupations.models import Condition, Difference, DifferenceText, OccupationRule, Requirement, Source
from tests.occupations.admin.forms import Body, changed, form_of
from tests.occupations.database import draft_with_rules
from tests.staff import administrator, person, signed_in

WARNING = "Somebody changed this while you had it open"


@pytest.fixture
def anna(db: None) -> Client:
    return administrator()


@pytest.fixture
def ben(db: None) -> Client:
    return signed_in(person("ben", ["editor"]))


@pytest.fixture
def condition(db: None) -> Condition:
    draft_with_rules()
    return Condition.objects.filter(edition="trial-2027").earliest("position")


def address(obj: object, page: str = "change") -> str:
    return reverse(f"admin:occupations_{obj._meta.model_name}_{page}", args=[obj.pk])  # type: ignore[attr-defined]


def opened(client: Client, obj: object) -> Body:
    return form_of(client.get(address(obj)))


def test_the_later_save_is_warned_and_shown_both_versions(
    anna: Client, ben: Client, condition: Condition
) -> None:
    hers, his = opened(anna, condition), opened(ben, condition)
    ben.post(address(condition), changed(his, {"question": "Does Ben ask this?", "help": "Ben explains."}))
    page = anna.post(address(condition), changed(hers, {"question": "Does Anna ask this?"}))
    said = page.content.decode()
    assert WARNING in said
    assert "ben saved it last" in said
    assert condition.question in said
    assert "Does Ben ask this?" in said
    assert "<strong>Does Anna ask this?</strong>" in said
    condition.refresh_from_db()
    assert condition.question == "Does Ben ask this?"


def test_the_form_then_holds_yours_where_you_changed_and_theirs_elsewhere(
    anna: Client, ben: Client, condition: Condition
) -> None:
    hers, his = opened(anna, condition), opened(ben, condition)
    ben.post(address(condition), changed(his, {"question": "Does Ben ask this?", "help": "Ben explains."}))
    page = anna.post(address(condition), changed(hers, {"question": "Does Anna ask this?"}))
    assert "You did not change it, so theirs stays." in page.content.decode()
    merged = form_of(page)
    assert (merged["question"], merged["help"]) == (["Does Anna ask this?"], ["Ben explains."])
    assert anna.post(address(condition), merged).status_code == 302
    condition.refresh_from_db()
    assert (condition.question, condition.help) == ("Does Anna ask this?", "Ben explains.")


def test_a_third_save_in_between_warns_again(anna: Client, ben: Client, condition: Condition) -> None:
    hers = opened(anna, condition)
    ben.post(address(condition), changed(opened(ben, condition), {"help": "One."}))
    merged = form_of(anna.post(address(condition), changed(hers, {"question": "Hers?"})))
    ben.post(address(condition), changed(opened(ben, condition), {"help": "Two."}))
    assert WARNING in anna.post(address(condition), merged).content.decode()


def test_boxes_numbers_and_choices_are_shown_in_words(anna: Client, ben: Client) -> None:
    draft_with_rules()
    row = Requirement.objects.get(edition="trial-2027", country="AU", category="professional")
    hers, his = opened(anna, row), opened(ben, row)
    ben.post(address(row), changed(his, {"teers": ["0"], "credential_rule": "degree_or_technical"}))
    box = {"degree_field_related_required": None, "teers": ["0", "1", "2"]}
    page = anna.post(address(row), changed(hers, box))
    said = page.content.decode()
    assert "a degree, associate degree or diploma" in said
    assert "<td>0</td>" in said
    assert "<strong>0, 1, 2</strong>" in said
    merged = form_of(page)
    assert merged["teers"] == ["0", "1", "2"]
    assert merged["credential_rule"] == ["degree_or_technical"]
    assert "degree_field_related_required" not in merged


def test_a_save_of_what_nobody_else_touched_is_not_held_up(anna: Client, condition: Condition) -> None:
    assert (
        anna.post(address(condition), changed(opened(anna, condition), {"help": "Mine."})).status_code == 302
    )


@pytest.mark.parametrize("token", [None, "", "forged", "eyJ4IjoxfQ:1:2"])
def test_a_form_that_does_not_say_what_was_seen_is_not_saved(
    anna: Client, condition: Condition, token: str | None
) -> None:
    page = anna.post(address(condition), changed(opened(anna, condition), {"seen": token, "help": "New."}))
    assert WARNING in page.content.decode()
    condition.refresh_from_db()
    assert condition.help != "New."


def test_what_was_seen_of_another_row_does_not_count(anna: Client, condition: Condition) -> None:
    other = Condition.objects.filter(edition="trial-2027").latest("position")
    token = opened(anna, other)["seen"][0]
    assert (
        WARNING
        in anna.post(address(condition), changed(opened(anna, condition), {"seen": token})).content.decode()
    )


def test_an_error_is_said_without_forgetting_what_was_seen(
    anna: Client, ben: Client, condition: Condition
) -> None:
    hers = opened(anna, condition)
    wrong = form_of(anna.post(address(condition), changed(hers, {"question": ""})))
    assert wrong["seen"] == hers["seen"]
    ben.post(address(condition), changed(opened(ben, condition), {"help": "His."}))
    assert WARNING in anna.post(address(condition), changed(wrong, {"question": "Hers?"})).content.decode()


def test_rows_that_are_edited_with_an_object_count_too(anna: Client) -> None:
    difference = Difference.objects.get(pk="D-01")
    hers = opened(anna, difference)
    DifferenceText.objects.filter(difference=difference).update(says="Somebody else was here.")
    page = anna.post(address(difference), changed(hers, {"topic": "Mine"})).content.decode()
    assert WARNING in page
    assert "Somebody else was here." in page


def test_a_row_that_has_changed_is_not_deleted_unseen(anna: Client, ben: Client) -> None:
    draft_with_rules()
    row = OccupationRule.objects.filter(edition="trial-2027").earliest("position")
    asking = form_of(anna.get(address(row, "delete")), "")
    ben.post(address(row), changed(opened(ben, row), {"note": "Ben needs this line."}))
    page = anna.post(address(row, "delete"), asking)
    assert WARNING in page.content.decode()
    assert "Ben needs this line." in page.content.decode()
    assert OccupationRule.objects.filter(pk=row.pk).exists()
    assert anna.post(address(row, "delete"), form_of(page, "")).status_code == 302
    assert not OccupationRule.objects.filter(pk=row.pk).exists()


def test_rows_chosen_in_a_list_are_not_deleted_once_they_have_changed(anna: Client, ben: Client) -> None:
    source = Source.objects.create(id="S-98", title="Old", publisher="x", read_on="2026-01-01")
    listed = reverse("admin:occupations_source_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [source.pk]}
    asking = form_of(anna.post(listed, chosen), "")
    ben.post(address(source), changed(opened(ben, source), {"title": "New"}))
    page = anna.post(listed, asking)
    assert "has been changed since you chose it" in page.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()
    anna.post(listed, form_of(page, ""))
    assert not Source.objects.filter(pk=source.pk).exists()


def test_a_row_that_somebody_deleted_is_explained(anna: Client, condition: Condition) -> None:
    hers = opened(anna, condition)
    page = address(condition)
    OccupationRule.objects.filter(edition="trial-2027").delete()
    condition.delete()
    response = anna.post(page, changed(hers, {"question": "Mine?"}))
    assert response.status_code == 404
    assert "Perhaps a colleague has deleted it" in response.content.decode()


def test_of_two_who_save_at_the_same_moment_one_is_warned(committed_database: str) -> None:
    draft_with_rules()
    condition = Condition.objects.filter(edition="trial-2027").earliest("position")
    clients = [administrator(), signed_in(person("ben", superuser=True))]
    bodies = [changed(opened(each, condition), {"help": str(each)}) for each in clients]
    together = threading.Barrier(2)
    statuses: list[int] = []

    def save(client: Client, body: Body) -> None:
        together.wait()
        statuses.append(client.post(address(condition), body).status_code)
        connections.close_all()

    threads = [threading.Thread(target=save, args=pair) for pair in zip(clients, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    assert sorted(statuses) == [200, 302]
