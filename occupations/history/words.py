"""A change in words: names of fields instead of columns, labels instead of codes, dates written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from occupations.history.tables import model_of
from occupations.models import Change, CountryName, UnitGroup
from occupations.models.history import Action
from occupations.rulebook import EVERY_COUNTRY

NOT_KEPT = "***"

_names: ContextVar[dict[tuple[str, str, Any], str] | None] = ContextVar("_names", default=None)
"""Names of other rows that were looked up already, while `remembering` is on."""


@contextmanager
def remembering() -> Iterator[None]:
    """Look each name up once: for pages and files with many changes."""
    token = _names.set({})
    try:
        yield
    finally:
        _names.reset(token)


class Line(NamedTuple):
    """One field of a change."""

    field: str
    before: str
    after: str


def kind(change: Change) -> str:
    """What sort of thing was changed: "occupation rule"."""
    model = model_of(change.table)
    return change.table if model is None else str(model._meta.verbose_name)


def titles(changes: Iterable[Change]) -> list[str]:
    """`title` of each. The occupations that they name are looked up together."""
    found = list(changes)
    keys = {(each.after or each.before or {}).get("unit_group_id") for each in found} - {None}
    groups = UnitGroup.objects.in_bulk(keys) if keys else {}
    with remembering():
        return [title(each, groups) for each in found]


def title(change: Change, groups: Mapping[int, UnitGroup] = MappingProxyType({})) -> str:
    """The changed thing by name, as it was after the change, or before its removal.

    `groups` are occupations that are known already, by their keys.
    """
    values = change.after or change.before or {}
    model = model_of(change.table)
    if model is None:
        return change.row
    if model._meta.auto_created:
        keys = [field for field in model._meta.local_fields if field.is_relation]
        return ", ".join(in_words(model, str(field.column), values.get(str(field.column))) for field in keys)
    try:
        thing: Any = built(model, values)
        if values.get("unit_group_id") in groups:
            thing.unit_group = groups[values["unit_group_id"]]
        return str(thing)
    except (ObjectDoesNotExist, ValidationError, ValueError, TypeError, AttributeError):
        return change.row


def built(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """An object that is not stored, from the values of its columns. Raises what `to_python` raises."""
    obj = model()
    for field in model._meta.local_concrete_fields:
        value = values.get(str(field.column))
        if value is not None:
            target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
            setattr(obj, field.attname, target.to_python(value))
    return obj


def lines(change: Change) -> list[Line]:
    """What differs, field by field: all that was given for an added row, all that was lost for a removed one."""
    before, after = change.before or {}, change.after or {}
    model = model_of(change.table)
    columns = change.fields if change.action == Action.CHANGED else _telling(model, after or before)
    found = [
        Line(
            label(model, column),
            in_words(model, column, before.get(column)),
            in_words(model, column, after.get(column)),
        )
        for column in _in_order(model, columns)
    ]
    return [line for line in found if line.before != line.after or NOT_KEPT in line]


def _telling(model: type[models.Model] | None, values: dict[str, Any]) -> list[str]:
    """Every column but a number that only counts rows."""
    key = model._meta.pk if model else None
    return [column for column in values if not (isinstance(key, models.AutoField) and column == key.column)]


def _in_order(model: type[models.Model] | None, columns: list[str]) -> list[str]:
    """Columns in the order of the model's fields; what it no longer has comes last."""
    known = [field.column for field in model._meta.local_concrete_fields] if model else []
    return sorted(
        columns, key=lambda column: (known.index(column) if column in known else len(known), column)
    )


def field_of(model: type[models.Model] | None, column: str) -> models.Field[Any, Any] | None:
    if model is None:
        return None
    return next((field for field in model._meta.local_concrete_fields if field.column == column), None)


def label(model: type[models.Model] | None, column: str) -> str:
    field = field_of(model, column)
    return capfirst(str(field.verbose_name)) if field is not None else column


def in_words(model: type[models.Model] | None, column: str, value: Any) -> str:
    """A value as PostgreSQL writes it in JSON, as a person reads it."""
    if value is None or value in ("", []):
        return ""
    if value == NOT_KEPT:
        return NOT_KEPT
    field = field_of(model, column)
    if field is None:
        return str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if field.choices:
        return str(dict(_flat(field.choices)).get(value, value))
    if field.is_relation:
        return _related(field, value)
    if isinstance(field, DateRangeField):
        return _days(value)
    if column == "country":
        return _country(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _dated(field, value)


def _flat(choices: Any) -> list[tuple[Any, str | Promise]]:
    return [pair for pair in choices if not isinstance(pair[1], list | tuple)]


def _related(field: models.Field[Any, Any], value: Any) -> str:
    """The other row's name as it is today, beside its key; the key alone when it has gone."""
    relation: Any = field
    model, column = relation.related_model, relation.target_field.attname

    def look_up() -> str:
        other = model._default_manager.filter(**{column: value}).first()
        return _("%(key)s (no longer there)") % {"key": value} if other is None else str(other)

    return _once(model._meta.label, column, value, look_up)


def _once(kind: str, column: str, value: Any, look_up: Callable[[], str]) -> str:
    known = _names.get()
    if known is None:
        return look_up()
    key = (kind, column, value)
    if key not in known:
        known[key] = look_up()
    return known[key]


def _country(code: str) -> str:
    if code == EVERY_COUNTRY:
        return _("every country")

    def look_up() -> str:
        name = CountryName.objects.filter(country=code, language="en").values_list("name", flat=True).first()
        return f"{name} ({code})" if name else code

    return _once("country", "", code, look_up)


def _days(written: str) -> str:
    """A range of days as PostgreSQL writes it, [2024-10-03,2025-01-01), with its first and last day."""
    first, _comma, end = written.strip("[)").partition(",")
    begins = date_format(date.fromisoformat(first), "j F Y")
    if not end:
        return _("from %(first)s until further notice") % {"first": begins}
    last = date_format(date.fromisoformat(end) - timedelta(days=1), "j F Y")
    return _("from %(first)s to %(last)s") % {"first": begins, "last": last}


def _dated(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value), "j F Y")
    return str(value)


def as_it_was(change: Change) -> list[Line]:
    """Every field that had a value after the change; `before` is empty."""
    model, after = model_of(change.table), change.after or {}
    columns = _in_order(model, _telling(model, after))
    found = [Line(label(model, column), "", in_words(model, column, after[column])) for column in columns]
    return [line for line in found if line.after]
