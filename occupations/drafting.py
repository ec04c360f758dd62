"""Starting a new draft: an edition is copied with everything that belongs to it, in one statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import connection, models
from django.utils.translation import gettext as _
from psycopg import sql

from occupations.models import DifferenceText, DraftStart, Edition
from occupations.models.choices import State
from occupations.models.editions import EditionRow
from occupations.publishing import Refused, explained

NEW_IN_A_DRAFT = ("slug", "title", "state")
"""Columns of an edition that its copy does not take over."""


def row_models() -> list[type[models.Model]]:
    """Every table whose rows belong to an edition; a new subclass of `EditionRow` is in it by itself.

    Translated texts are found by their English wording, so they serve the copy as they are.
    """
    found = [model for model in _below(EditionRow) if not (model._meta.abstract or model._meta.proxy)]
    return [*sorted(found, key=lambda model: model._meta.db_table), DifferenceText]


def start_draft(source: Edition, slug: str, title: str, who: str, reason: str) -> Edition:
    """Copy `source`, whatever its state, to a new draft named `slug`; visitors see nothing of it.

    `who` (a user name) and `reason` stay on record as its `DraftStart`. Raises Refused for a slug that is taken
    or misspelt, an empty or overlong title, reason or name, or a source that has been deleted meanwhile.
    """
    slug, title, reason, who = slug.strip(), title.strip(), reason.strip(), who.strip()
    _check(slug, title, who, reason)
    with explained(), connection.cursor() as cursor:
        cursor.execute(
            copying_statement(),
            {"source": source.pk, "slug": slug, "title": title, "who": who, "reason": reason},
        )
        if cursor.fetchone() is None:
            raise Refused(
                _("The edition %(edition)s does not exist any more, so it cannot be copied.")
                % {"edition": source.pk}
            )
    return Edition.objects.get(pk=slug)


def _check(slug: str, title: str, who: str, reason: str) -> None:
    if not who or not reason:
        raise Refused(_("Say why you start a draft, and who you are; both stay on record."))
    for model, values in (
        (Edition, {"slug": slug, "title": title}),
        (DraftStart, {"reason": reason, "who": who}),
    ):
        for name, value in values.items():
            _check_field(model._meta.get_field(name), value)
    if Edition.objects.filter(pk=slug).exists():
        raise Refused(_("There is an edition %(slug)s already. Choose another short name.") % {"slug": slug})


def _check_field(field: Any, value: str) -> None:
    try:
        field.clean(value, None)
        ProhibitNullCharactersValidator()(value)
    except ValidationError as error:
        words = {"field": str(field.verbose_name).capitalize(), "problem": " ".join(error.messages)}
        raise Refused(_("%(field)s: %(problem)s") % words) from error


def copying_statement() -> sql.Composed:
    """One statement, made from the models' columns. Parameters: source, slug, title, who, reason.

    Its parts see the tables as they were before it, so every insertion waits for nothing; the guards look when
    all rows are there.
    """
    copies = [_copy_of_edition(), _start(), *(_copy_of_rows(model) for model in row_models())]
    return sql.SQL("WITH {} SELECT slug FROM draft").format(sql.SQL(",\n").join(copies))


def _copy_of_edition() -> sql.Composed:
    columns = [name for name in _columns(Edition) if name not in NEW_IN_A_DRAFT]
    return sql.SQL(
        "draft AS (INSERT INTO {table} (slug, title, state, {columns}) "
        "SELECT %(slug)s, %(title)s, {state}, {columns} FROM {table} WHERE slug = %(source)s RETURNING slug)"
    ).format(table=_table(Edition), columns=_list(columns), state=sql.Literal(State.DRAFT.value))


def _start() -> sql.Composed:
    return sql.SQL(
        "started AS (INSERT INTO {table} (edition_id, source_id, who, reason) "
        "SELECT slug, %(source)s, %(who)s, %(reason)s FROM draft)"
    ).format(table=_table(DraftStart))


def _copy_of_rows(model: type[models.Model]) -> sql.Composed:
    columns = [name for name in _columns(model) if name not in ("id", "edition_id")]
    rows = sql.SQL(", ").join(
        sql.SQL("{}.{}").format(_table(model), sql.Identifier(name)) for name in columns
    )
    return sql.SQL(
        "{name} AS (INSERT INTO {table} (edition_id, {columns}) "
        "SELECT draft.slug, {rows} FROM {table} CROSS JOIN draft WHERE {table}.edition_id = %(source)s)"
    ).format(
        name=sql.Identifier(f"copied_{model._meta.model_name}"),
        table=_table(model),
        columns=_list(columns),
        rows=rows,
    )


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column is not None]


def _list(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _below(model: type[models.Model]) -> Iterator[type[Any]]:
    for below in model.__subclasses__():
        yield below
        yield from _below(below)
