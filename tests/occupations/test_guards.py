"""Published content stays as it is: every attempt here is raw SQL, past all Python."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import connection

from tests.occupations.database import (
    ARTICLE,
    FAR,
    OFFICIAL,
    database_day,
    draft,
    draft_with_rules,
    execute,
    refusal,
    revision,
)

pytestmark = pytest.mark.django_db

guards = importlib.import_module("occupations.migrations.0002_guards")
how_to_apply = importlib.import_module("occupations.migrations.0005_how_to_apply")
COPY_RULES = (
    "is published, so its rules cannot be changed. Copy it to a draft, change the draft and publish that."
)

LINE_COLUMNS = "position, country, category, effect, certain, list_entry, note, fact_ids"
LINE = "900, 'AU', 'technician', 'include', true, 'x', '', '{F-06}'"
ROWS = {
    "country": (
        "country, covered, statuses, spouse_statuses, visa_exempt, eta, note, fact_ids",
        "'AU', true, '{citizen}', '{}', true, true, '', '{F-01}'",
    ),
    "requirement": (
        (
            "country, category, teers, min_education_years, credential_rule, min_experience_years, "
            "degree_field_related_required, licence_grace_months, fact_ids"
        ),
        "'AU', 'technician', '{2,3}', 2, 'degree', 4, false, 0, '{F-11}'",
    ),
    "condition": ("position, slug, question, help", "1, 'extra', 'Extra?', ''"),
    "occupationrule": (
        f"{LINE_COLUMNS}, teers, confidence, education_note",
        f"{LINE}, '{{2}}', 'x', ''",
    ),
    "uncodedentry": (LINE_COLUMNS, LINE),
    "criterionfacts": ("criterion, fact_ids", "'wage', '{F-15}'"),
    "citation": ("fact_id, source_id, position", "'F-01', 'S-01', 1"),
}


def add_row(table: str) -> str:
    """An INSERT of one good row; its only parameter is the edition."""
    columns, values = ROWS[table]
    return f"INSERT INTO occupations_{table} (edition_id, {columns}) VALUES (%s, {values})"


def published_without_rules() -> None:
    draft()
    for state in ("in_review", "published"):
        execute("UPDATE occupations_edition SET state = %s WHERE slug = 'trial-2027'", state)


@pytest.mark.parametrize("table", guards.RULE_TABLES)
def test_rules_of_a_published_edition_cannot_be_updated(table: str) -> None:
    said = refusal(f"UPDATE occupations_{table} SET edition_id = edition_id WHERE edition_id = %s", OFFICIAL)
    assert said == f"The edition {OFFICIAL} {COPY_RULES}"


@pytest.mark.parametrize("table", guards.RULE_TABLES)
def test_rules_of_a_published_edition_cannot_be_deleted(table: str) -> None:
    said = refusal(f"DELETE FROM occupations_{table} WHERE edition_id = %s", OFFICIAL)
    assert said == f"The edition {OFFICIAL} {COPY_RULES}"


@pytest.mark.parametrize("table", guards.RULE_TABLES)
def test_rules_of_a_published_edition_cannot_be_truncated(table: str) -> None:
    assert refusal(f"TRUNCATE occupations_{table} CASCADE").endswith(COPY_RULES)


@pytest.mark.parametrize("table", guards.RULE_TABLES)
def test_rules_cannot_be_added_to_a_published_edition(table: str) -> None:
    published_without_rules()
    said = refusal(add_row(table), "trial-2027")
    assert said == f"The edition trial-2027 {COPY_RULES}"


@pytest.mark.parametrize("table", guards.RULE_TABLES)
def test_rules_cannot_be_moved_into_a_published_edition(table: str) -> None:
    published_without_rules()
    draft("trial-2028")
    if table != "country":
        execute(add_row("country"), "trial-2028")
    assert execute(add_row(table), "trial-2028") == 1
    said = refusal(
        f"UPDATE occupations_{table} SET edition_id = 'trial-2027' WHERE edition_id = 'trial-2028'"
    )
    assert said == f"The edition trial-2027 {COPY_RULES}"


def test_rules_of_a_draft_can_be_changed_and_deleted() -> None:
    draft_with_rules()
    assert execute(
        "UPDATE occupations_requirement SET min_experience_years = 3 WHERE edition_id = 'trial-2027'"
    )
    for table in ("occupationrule", "condition", "requirement", "country", "criterionfacts", "citation"):
        assert execute(f"DELETE FROM occupations_{table} WHERE edition_id = 'trial-2027'")
    assert execute("DELETE FROM occupations_edition WHERE slug = 'trial-2027'")


def test_rules_of_an_edition_in_review_wait_for_its_return_to_draft() -> None:
    draft_with_rules()
    change = "UPDATE occupations_requirement SET min_experience_years = 3 WHERE edition_id = 'trial-2027'"
    execute("UPDATE occupations_edition SET state = 'in_review' WHERE slug = 'trial-2027'")
    assert refusal(change).startswith("The edition trial-2027 is in review, so its rules cannot be changed.")
    execute("UPDATE occupations_edition SET state = 'draft' WHERE slug = 'trial-2027'")
    assert execute(change)


def test_an_edition_begins_as_a_draft() -> None:
    said = refusal(
        "INSERT INTO occupations_edition SELECT 'trial-2027', 'published', title, short_name, summary, "
        "publisher, url, source_modified, read_on, effective_from, effective_to, is_comparison, "
        "classification_id FROM occupations_edition LIMIT 1"
    )
    assert said.startswith("A new edition begins as a draft. Add trial-2027 as a draft")


STATES = ["draft", "in_review", "published", "withdrawn"]
ALLOWED = {
    ("draft", "in_review"),
    ("in_review", "draft"),
    ("in_review", "published"),
    ("published", "withdrawn"),
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_an_edition_goes_only_the_allowed_way(before: str, after: str) -> None:
    draft()
    step = "UPDATE occupations_edition SET state = %s WHERE slug = 'trial-2027'"
    for state in STATES[1 : STATES.index(before) + 1]:
        execute(step, state)
    if before == after or (before, after) in ALLOWED:
        assert execute(step, after) == 1
    else:
        shown = (before.replace("_", " "), after.replace("_", " "))
        assert f"cannot go from {shown[0]} to {shown[1]}" in refusal(step, after)


@pytest.mark.parametrize(
    "change", ["title = 'x'", "is_comparison = true", "effective_to = '2030-01-01'", "slug = 'x'"]
)
def test_texts_and_dates_of_a_published_edition_cannot_be_changed(change: str) -> None:
    said = refusal(f"UPDATE occupations_edition SET {change} WHERE slug = %s", OFFICIAL)
    assert said.startswith(f"The edition {OFFICIAL} is published, so its texts and dates cannot be changed.")


def test_content_cannot_slip_in_with_the_step_to_published() -> None:
    draft()
    execute("UPDATE occupations_edition SET state = 'in_review' WHERE slug = 'trial-2027'")
    said = refusal(
        "UPDATE occupations_edition SET state = 'published', title = 'x' WHERE slug = 'trial-2027'"
    )
    assert "its texts and dates cannot be changed" in said


def test_a_published_edition_cannot_be_deleted_or_truncated() -> None:
    said = refusal("DELETE FROM occupations_edition WHERE slug = %s", ARTICLE)
    assert said == f"The edition {ARTICLE} is published and cannot be deleted. Only a draft can be deleted."
    assert refusal("TRUNCATE occupations_edition CASCADE")


def test_an_edition_that_decides_cannot_be_withdrawn() -> None:
    said = refusal("UPDATE occupations_edition SET state = 'withdrawn' WHERE slug = %s", OFFICIAL)
    assert said.endswith("so it cannot be withdrawn. Put another edition in force first.")
    assert execute("UPDATE occupations_edition SET state = 'withdrawn' WHERE slug = %s", ARTICLE) == 1


def test_published_wages_stay_as_they_are() -> None:
    kept = "Wages that were published once stay as they are."
    for statement in (
        "UPDATE occupations_wage SET median = 1 WHERE id = (SELECT min(id) FROM occupations_wage)",
        "DELETE FROM occupations_wage",
        "TRUNCATE occupations_wage",
        "UPDATE occupations_wagevintage SET available_from = '2020-01-01' WHERE edition = '2025'",
        "DELETE FROM occupations_wagevintage",
        "TRUNCATE occupations_wagevintage CASCADE",
    ):
        assert refusal(statement).startswith(kept)


def test_wages_cannot_be_added_to_a_year_that_is_stored() -> None:
    said = refusal(
        "INSERT INTO occupations_wage "
        "(vintage_id, unit_group_id, region_id, annual, reference_period, origin) "
        "SELECT '2025', id, 'ER1010', false, '', 'x' FROM occupations_unitgroup WHERE code = '00011'"
    )
    assert said.startswith("Wages are stored together with their data year.")


def test_a_code_keeps_its_meaning() -> None:
    said = refusal("UPDATE occupations_unitgroup SET code = '99999', teer = 9 WHERE code = '21231'")
    assert said.startswith("The code 21231 keeps its meaning")
    assert execute("UPDATE occupations_unitgroup SET title_fr = 'x' WHERE code = '21231'") == 1


# --- Periods in force -------------------------------------------------------------------------------------

ADD = (
    "INSERT INTO occupations_periodinforce (edition_id, days, reason, who) "
    "VALUES (%s, daterange(%s, %s), 'why', 'me')"
)
END = "UPDATE occupations_periodinforce SET days = daterange(lower(days), %s) WHERE edition_id = %s"


def test_periods_never_overlap() -> None:
    assert "period_never_overlaps" in refusal(ADD, ARTICLE, database_day() + FAR, None)


def test_past_days_cannot_be_changed() -> None:
    today = database_day()
    for statement, *parameters in (
        (END, today - FAR, OFFICIAL),
        ("UPDATE occupations_periodinforce SET days = daterange('2024-01-01', NULL)",),
        ("UPDATE occupations_periodinforce SET edition_id = %s", ARTICLE),
        ("UPDATE occupations_periodinforce SET reason = 'another'",),
        ("UPDATE occupations_periodinforce SET added_at = now() + interval '1 day'",),
    ):
        assert refusal(statement, *parameters).startswith(
            f"Past days of the period of {OFFICIAL} stay as they are."
        )
    assert "has days in the past" in refusal("DELETE FROM occupations_periodinforce")
    assert refusal("TRUNCATE occupations_periodinforce").endswith("cannot be erased.")


def test_yesterday_is_past_and_today_is_not() -> None:
    today = database_day()
    assert "Past days" in refusal(END, today - FAR / 30, OFFICIAL)
    assert execute(END, today, OFFICIAL) == 1
    assert execute(ADD, ARTICLE, today, None) == 1
    execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_period_cannot_begin_in_the_past() -> None:
    assert refusal(ADD, ARTICLE, "2020-01-01", "2020-02-01").startswith("A period cannot begin in the past.")


def test_a_day_without_an_edition_is_refused() -> None:
    today = database_day()
    assert refusal(END, today + FAR, OFFICIAL).startswith(
        "Every day from the first period on needs an edition"
    )


def test_a_period_in_the_future_can_be_dropped() -> None:
    today = database_day()
    execute(END, today + FAR, OFFICIAL)
    execute(ADD, ARTICLE, today + FAR, None)
    assert execute("DELETE FROM occupations_periodinforce WHERE edition_id = %s", ARTICLE) == 1
    assert execute(END, None, OFFICIAL) == 1
    execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_only_a_published_edition_can_decide() -> None:
    draft()
    today = database_day()
    execute(END, today + FAR, OFFICIAL)
    said = refusal(ADD, "trial-2027", today + FAR, None)
    assert said == "The edition trial-2027 is a draft. Only a published edition can decide."
    execute(END, None, OFFICIAL)


def test_a_period_needs_a_first_day_a_reason_and_a_name() -> None:
    assert "period_has_a_first_day" in refusal(ADD, ARTICLE, "2099-01-01", "2099-01-01")
    today = database_day()
    execute(END, today + FAR, OFFICIAL)
    assert "period_says_why_and_who" in refusal(ADD.replace("'why'", "''"), ARTICLE, today + FAR, None)
    execute(END, None, OFFICIAL)


# --- Data revision ----------------------------------------------------------------------------------------


UNGUARDED = {
    "datarevision",
    "draftstart",
    "editionauthor",
    "editioncheck",
    "editionreview",
    "importrecord",
    "change",
    "sourcecheck",
    "loadedfile",
    "upload",
    "uploadedfile",
}
"""Tables that are neither rules nor read by the public pages."""


def test_every_table_has_its_guard_or_its_revision_trigger() -> None:
    ours = {
        model._meta.db_table.removeprefix("occupations_")
        for model in apps.get_app_config("occupations").get_models()
    }
    public = {*guards.PUBLIC_TABLES, "occupationsynonym", "otherdoor", "guidetext", *how_to_apply.TABLES}
    guarded = {*guards.RULE_TABLES, *public, "edition"}
    assert ours - guarded == UNGUARDED
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
            "WHERE tgname LIKE 'revision_%%' GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    assert found == {
        "occupations_edition": 1,
        **{f"occupations_{table}": 4 for table in public},
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE occupations_source SET title = 'x' WHERE id = 'S-01'",
        "INSERT INTO occupations_countryname (country, language, name) VALUES ('XX', 'en', 'Nowhere')",
        "DELETE FROM occupations_regulation",
        "TRUNCATE occupations_jobtitle",
        "UPDATE occupations_edition SET state = 'withdrawn' WHERE slug = 'article-2026'",
    ],
)
def test_a_public_change_raises_the_revision_once(statement: str) -> None:
    before = revision()
    execute(statement)
    assert revision() == before + 1


def test_a_statement_that_changes_nothing_does_not_raise_the_revision() -> None:
    before = revision()
    execute("DELETE FROM occupations_regulation WHERE false")
    assert revision() == before


def test_work_on_a_draft_does_not_raise_the_revision() -> None:
    before = revision()
    draft_with_rules()
    execute("UPDATE occupations_requirement SET min_experience_years = 3 WHERE edition_id = 'trial-2027'")
    execute("UPDATE occupations_edition SET title = 'x' WHERE slug = 'trial-2027'")
    execute("UPDATE occupations_edition SET state = 'in_review' WHERE slug = 'trial-2027'")
    assert revision() == before
    execute("UPDATE occupations_edition SET state = 'published' WHERE slug = 'trial-2027'")
    assert revision() == before + 1
