"""Small helpers for tests that try what the database must refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from occupations.models import Edition
from occupations.publishing import refusal_of

OFFICIAL = "ircc-2024-10-03"
ARTICLE = "article-2026"
FAR = timedelta(days=30)


def execute(statement: str, *parameters: Any) -> int:
    """Run raw SQL; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def value(statement: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    assert row is not None
    return row[0]


def refusal(statement: str, *parameters: Any) -> str:
    """The sentence in which the database refuses the statement, or the name of the constraint that it breaks."""
    with pytest.raises(DatabaseError) as caught:
        _attempt(statement, *parameters)
    diagnosis = getattr(caught.value.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or refusal_of(caught.value)


def _attempt(statement: str, *parameters: Any) -> None:
    with transaction.atomic():
        execute(statement, *parameters)
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def revision() -> int:
    return int(value("SELECT number FROM occupations_datarevision"))


def draft(slug: str = "trial-2027", like: str = ARTICLE) -> Edition:
    """A draft with the title and dates of another edition, and no rules yet."""
    edition = Edition.objects.get(pk=like)
    edition.pk, edition.state = slug, "draft"
    edition._state.adding = True
    edition.save(force_insert=True)
    return edition


def draft_with_rules(slug: str = "trial-2027", like: str = ARTICLE) -> Edition:
    """A draft with every rule of another edition."""
    edition = draft(slug, like)
    for table in ("country", "requirement", "condition", "occupationrule", "criterionfacts", "citation"):
        columns = value(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
            "WHERE table_name = %s AND column_name NOT IN ('id', 'edition_id')",
            f"occupations_{table}",
        )
        execute(
            f"INSERT INTO occupations_{table} (edition_id, {columns}) "
            f"SELECT %s, {columns} FROM occupations_{table} WHERE edition_id = %s",
            slug,
            like,
        )
    return edition


def database_day() -> date:
    found = value("SELECT occupations_today()")
    assert isinstance(found, date)
    return found
