"""A new draft holds everything of the edition that it was copied from, and changes nothing for visitors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from occupations import drafting, publishing, snapshots
from occupations.models import DraftStart, Edition, Translation
from occupations.publishing import Refused
from tests.occupations.database import ARTICLE, OFFICIAL, execute, revision, value

pytestmark = pytest.mark.django_db
SLUG = "ircc-2027-01-01"


@pytest.fixture
def official() -> Edition:
    return Edition.objects.get(pk=OFFICIAL)


def start(source: Edition, **given: str) -> Edition:
    words = {"slug": SLUG, "title": "Instructions of 2027", "who": "anna", "reason": "IRCC changed its page."}
    return drafting.start_draft(source, **{**words, **given})


def tables_of_an_edition() -> list[str]:
    """Tables that the database guards as rules of an edition, and what editions say on differences."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE proname = 'occupations_guard_rules'"
        )
        guarded = [row[0] for row in cursor.fetchall()]
    return [*guarded, "occupations_differencetext"]


def rows(table: str, edition: str) -> list[str]:
    """Every column of every row but for its number and its edition."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(found) - 'id' - 'edition_id' FROM {table} AS found WHERE edition_id = %s",
            [edition],
        )
        found: list[Any] = [row[0] for row in cursor.fetchall()]
    return sorted(one if isinstance(one, str) else json.dumps(one, sort_keys=True) for one in found)


def test_every_table_of_an_edition_is_copied_column_for_column(official: Edition) -> None:
    start(official)
    tables = tables_of_an_edition()
    assert len(tables) == 8
    for table in tables:
        before = rows(table, OFFICIAL)
        assert before, table
        assert rows(table, SLUG) == before, table


def test_no_table_of_an_edition_is_forgotten() -> None:
    copied = {model._meta.db_table for model in drafting.row_models()}
    assert copied == set(tables_of_an_edition())


def test_the_edition_itself_is_copied_but_for_its_name_and_state(official: Edition) -> None:
    copy = start(official)
    assert (copy.title, copy.state) == ("Instructions of 2027", "draft")
    for field in Edition._meta.concrete_fields:
        if field.name not in drafting.NEW_IN_A_DRAFT:
            assert getattr(copy, field.attname) == getattr(official, field.attname), field.name


def test_the_copy_is_one_statement(official: Edition) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        start(official)
    writing = [query["sql"] for query in queries if "INSERT" in query["sql"]]
    assert len(writing) == 1


def test_who_started_it_and_why_stays_on_record(official: Edition) -> None:
    found = DraftStart.objects.get(edition=start(official))
    assert (found.source, found.who, found.reason) == (official, "anna", "IRCC changed its page.")
    assert found.started_at is not None


def test_visitors_notice_nothing(official: Edition) -> None:
    before = revision()
    copy = start(official)
    execute("UPDATE occupations_differencetext SET says = 'x' WHERE edition_id = %s", SLUG)
    assert revision() == before
    assert SLUG not in snapshots.refresh().editions
    copy.delete()
    assert revision() == before


def test_what_a_public_edition_says_on_a_difference_still_raises_the_revision() -> None:
    for statement in (
        "UPDATE occupations_differencetext SET says = 'x' WHERE edition_id = %s",
        "DELETE FROM occupations_differencetext WHERE edition_id = %s",
    ):
        before = revision()
        execute(statement, OFFICIAL)
        assert revision() == before + 1


def test_a_copy_answers_as_its_source_once_it_is_published(official: Edition) -> None:
    copy = start(official)
    for step in (publishing.send_to_review, publishing.publish):
        step(copy)
    editions = snapshots.refresh().editions
    ours, theirs = editions[SLUG], editions[OFFICIAL]
    assert ours.occupation_rules == theirs.occupation_rules
    assert ours.requirements == theirs.requirements
    assert ours.conditions == theirs.conditions


def test_translated_texts_serve_the_copy(official: Edition) -> None:
    question = official.condition_set.earliest("position").question
    Translation.objects.filter(context="condition.question", english=question, language="fr").update(
        text="Oui ?"
    )
    copy = start(official)
    for step in (publishing.send_to_review, publishing.publish):
        step(copy)
    condition = next(iter(snapshots.refresh().editions[SLUG].conditions.values()))
    assert condition.question["fr"] == "Oui ?"


def test_a_draft_can_be_copied_too(official: Edition) -> None:
    start(start(official), slug="second-draft")
    assert rows("occupations_condition", "second-draft") == rows("occupations_condition", OFFICIAL)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"slug": ARTICLE}, "There is an edition article-2026 already. Choose another short name."),
        ({"slug": "two words"}, "Slug: Enter a valid"),
        ({"slug": "x" * 61}, "Slug: Ensure this value has at most 60 characters"),
        ({"slug": " "}, "Slug: This field cannot be blank."),
        ({"title": ""}, "Title: This field cannot be blank."),
        ({"title": "x" * 201}, "Title: Ensure this value has at most 200 characters"),
        ({"reason": "  "}, "Say why you start a draft, and who you are; both stay on record."),
        ({"who": ""}, "Say why you start a draft, and who you are; both stay on record."),
        ({"reason": "x" * 301}, "Reason: Ensure this value has at most 300 characters"),
        ({"title": "a\x00b"}, "Title: Null characters are not allowed."),
    ],
)
def test_what_is_refused_is_explained(official: Edition, given: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said.replace("(", r"\(")):
        start(official, **given)
    assert value("SELECT count(*) FROM occupations_edition") == 2


def test_an_edition_that_was_deleted_meanwhile_is_explained(official: Edition) -> None:
    gone = start(official)
    Edition.objects.get(pk=SLUG).delete()
    with pytest.raises(Refused, match="does not exist any more"):
        start(gone, slug="another")
