"""The history: every change is in it, however it was made; nobody can take it out; it says who, when, why, what."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eligibility.models import EmbeddingSite
from occupations.history import acting, because, reading, words
from occupations.history.tables import NOT_FOLLOWED, follow_tables, followed
from occupations.models import Change, Edition, OccupationRule, Requirement, Source
from tests.occupations.database import draft, draft_with_rules, execute, refusal
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
LOG = "/admin/occupations/change/"


def newest(table: str = "occupations_source") -> Change:
    return Change.objects.filter(table=table).order_by("-id")[0]


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_every_table_is_followed_or_named_as_not_followed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'keep_history' "
            "INTERSECT SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'keep_history_truncate'"
        )
        there = {table.strip('"') for (table,) in cursor.fetchall()}
    assert there == {model._meta.db_table for model in followed()}
    assert all(apps.get_model(label) for label in NOT_FOLLOWED)


def test_whatever_staff_can_edit_has_a_history() -> None:
    tables = {model._meta.db_table for model in followed()}
    for model, screen in admin.site._registry.items():
        request = type(
            "Request", (), {"user": User(is_superuser=True, is_active=True), "resolver_match": None}
        )()
        if screen.has_add_permission(request) or screen.has_change_permission(request):
            assert model._meta.db_table in tables, model


def test_a_change_on_a_page_says_who_when_why_and_what(client: Client) -> None:
    administrator(client)
    form = {
        "origin": "https://www.example.org",
        "note": "Asked in May",
        "active": "on",
        "_reason": "They asked.",
    }
    client.post(reverse("admin:eligibility_embeddingsite_add"), form)
    site = EmbeddingSite.objects.get()
    address = reverse("admin:eligibility_embeddingsite_change", args=[site.pk])
    seen = re.search(r'name="seen" value="([^"]*)"', text(client.get(address)))
    form |= {"note": "Asked in June", "_reason": "It was June.", "seen": seen[1] if seen else ""}
    client.post(address, form)
    added, changed = Change.objects.filter(table="eligibility_embeddingsite").order_by("id")
    assert (added.action, changed.action) == ("added", "changed")
    assert (changed.who, changed.why) == ("anna", "It was June.")
    assert changed.where == address
    assert changed.fields == ["note"]
    assert words.lines(changed) == [words.Line("Note", "Asked in May", "Asked in June")]
    assert timezone.now() - changed.at < timedelta(minutes=1)
    assert added.batch != changed.batch


def test_raw_sql_is_in_it_with_the_role_of_the_database() -> None:
    execute("UPDATE occupations_source SET title = 'Another title' WHERE id = 'S-01'")
    change = newest()
    assert change.who == ""
    assert change.role
    assert change.before is not None
    assert change.after is not None
    assert change.before["title"] != change.after["title"] == "Another title"


def test_pgtrigger_ignore_does_not_switch_it_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{occupations_source:keep_history}', true)")
    execute("DELETE FROM occupations_countryname WHERE country = 'AU'")
    execute("UPDATE occupations_source SET title = 'Quietly' WHERE id = 'S-01'")
    assert newest().after["title"] == "Quietly"  # type: ignore[index]
    assert newest("occupations_countryname").action == "removed"


def test_a_truncate_is_in_it_row_by_row() -> None:
    rows = Source.objects.count()
    held = EmbeddingSite.objects.create(origin="https://www.example.org")
    execute("TRUNCATE eligibility_embeddingsite")
    gone = newest("eligibility_embeddingsite")
    assert (gone.action, gone.row) == ("removed", str(held.pk))
    assert gone.before["origin"] == "https://www.example.org"  # type: ignore[index]
    assert Source.objects.count() == rows


def test_a_statement_that_changes_nothing_leaves_no_line() -> None:
    before = Change.objects.count()
    execute("UPDATE occupations_source SET title = title")
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE occupations_change SET who = 'somebody'",
        "DELETE FROM occupations_change WHERE id = (SELECT min(id) FROM occupations_change)",
        "TRUNCATE occupations_change",
    ],
)
def test_nobody_changes_or_erases_the_history(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{occupations_change:guard_history}', true)")
    assert refusal(statement) == "The history cannot be changed or erased, only read."


@pytest.mark.parametrize("action", ["added", "kept"])
def test_nobody_writes_a_line_that_did_not_happen(action: str) -> None:
    said = refusal(
        'INSERT INTO occupations_change (at, action, "table", "row", edition, fields, who, role, why, "where") '
        "VALUES (clock_timestamp(), %s, 'occupations_source', 'S-01', '', '{}', 'ben', '', '', '')",
        action,
    )
    assert said.startswith("The history is written by the database itself.")


def test_it_outlives_the_object_and_the_person() -> None:
    ben = person("ben")
    with acting(ben, "Tidy up"):
        site = EmbeddingSite.objects.create(origin="https://www.example.org")
        key = str(site.pk)
        site.delete()
    ben.delete()
    lines = Change.objects.filter(table="eligibility_embeddingsite", row=key)
    assert [(line.action, line.who, line.why) for line in lines] == [
        ("removed", "ben", "Tidy up"),
        ("added", "ben", "Tidy up"),
    ]
    assert words.title(lines[0]) == "https://www.example.org"


def test_secrets_of_accounts_are_not_kept_but_that_they_changed_is() -> None:
    ben = person("ben", password="first long password")
    ben.set_password("second long password")
    ben.save()
    change = newest("auth_user")
    assert change.fields == ["password"]
    assert change.before["password"] == change.after["password"] == "***"  # type: ignore[index]
    assert "pbkdf2" not in str(change.before)
    assert [line.field for line in words.lines(change)] == ["Password"]


def test_a_sign_in_leaves_no_line_and_a_change_of_groups_does(client: Client) -> None:
    ben = person("ben")
    before = Change.objects.filter(table="auth_user").count()
    signed_in(ben, client)
    assert Change.objects.filter(table="auth_user").count() == before
    group = Group.objects.create(name="Proofreaders")
    ben.groups.add(group)
    assert words.title(newest("auth_user_groups")) == "ben, Proofreaders"


def test_reasons_stand_in_each_other_and_end_with_their_block() -> None:
    ben = person("ben")
    with acting(ben, "First"):
        Source.objects.filter(pk="S-01").update(title="1")
        with because("Second"):
            Source.objects.filter(pk="S-01").update(title="2")
        Source.objects.filter(pk="S-01").update(title="3")
    Source.objects.filter(pk="S-01").update(title="4")
    fourth, third, second, first = Change.objects.filter(table="occupations_source").order_by("-id")[:4]
    assert [(line.who, line.why) for line in (first, second, third, fourth)] == [
        ("ben", "First"),
        ("ben", "Second"),
        ("ben", "First"),
        ("", ""),
    ]
    assert first.batch == second.batch == third.batch
    assert isinstance(first.batch, UUID)
    assert fourth.batch is None


def test_a_failed_block_leaves_nothing_behind() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), acting(person("ben"), "Wrong"):
        Source.objects.create(id="S-99", title="No date")
    Source.objects.filter(pk="S-01").update(title="Later")
    assert newest().why == ""


def test_the_shipped_data_is_one_batch_with_its_reason() -> None:
    rows = Change.objects.filter(where="load_data")
    assert rows.count() > 4000
    assert rows.values("batch").distinct().count() == 1
    assert set(rows.values_list("why", flat=True)) == {"The shipped data was stored."}


def test_rows_that_were_there_before_are_noted_once() -> None:
    execute("DROP TRIGGER keep_history ON occupations_source")
    execute("DROP TRIGGER keep_history_truncate ON occupations_source")
    assert Change.objects.filter(table="auth_permission").count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT occupations_follow_table('auth_permission', 'id', '', '')")
        cursor.execute("SELECT occupations_follow_table('auth_permission', 'id', '', '')")
    kept = Change.objects.filter(table="auth_permission")
    assert {line.action for line in kept} == {"kept"}
    assert kept.count() == apps.get_model("auth", "Permission").objects.count()


def test_migrating_again_puts_no_trigger_twice() -> None:
    before = Change.objects.count()
    follow_tables(apps.get_app_config("occupations"), using="default")
    assert Change.objects.count() == before


def test_a_row_and_a_list_can_be_read_as_they_were() -> None:
    slug = draft_with_rules().pk
    begun = timezone.now()
    rule = OccupationRule.objects.filter(edition=slug).first()
    assert rule is not None
    rows = OccupationRule.objects.filter(edition=slug).count()
    OccupationRule.objects.filter(pk=rule.pk).update(note="Later")
    table = rule._meta.db_table
    now = timezone.now()
    assert reading.row_as_of(table, str(rule.pk), begun)["note"] == rule.note  # type: ignore[index]
    assert reading.row_as_of(table, str(rule.pk), now)["note"] == "Later"  # type: ignore[index]
    rule.delete()
    assert len(reading.rows_as_of(table, begun, slug)) == rows
    assert len(reading.rows_as_of(table, timezone.now(), slug)) == rows - 1
    assert reading.row_as_of(table, "999999", now) is None


def test_words_take_the_place_of_codes() -> None:
    slug = draft_with_rules().pk
    row = Requirement.objects.filter(edition=slug).first()
    assert row is not None
    lines = {line.field: line.after for line in words.lines(newest(row._meta.db_table))}
    assert lines["Country"] == "every country" or "(" in lines["Country"]
    period = Change.objects.filter(table="occupations_periodinforce").earliest("id")
    assert "from 3 October 2024 until further notice" in {line.after for line in words.lines(period)}


def test_the_draft_edition_and_its_rows_are_found_by_edition() -> None:
    slug = draft().pk
    assert Change.objects.filter(edition=slug, table="occupations_edition", action="added").exists()
    Edition.objects.filter(pk=slug).delete()
    assert newest("occupations_edition").action == "removed"


def test_load_data_again_adds_no_history() -> None:
    before = Change.objects.count()
    call_command("load_data", verbosity=0)
    assert Change.objects.count() == before
