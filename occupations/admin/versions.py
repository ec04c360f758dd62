"""Two people at one row: what somebody saw, what stands there now, and what they would write.

A page carries what its reader saw as a signed token. When it is sent, the token is compared with the row as it
is by then; what another person changed meanwhile is shown before anything is overwritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

SALT = "occupations.admin.seen"
FIELD = "seen"
"""The name under which a page sends its token."""
State = Mapping[str, Any]
"""Name of a field -> its plain value; rows that are edited with an object as `model:key:field`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of which another person changed the value since it was seen. Texts as a person reads them."""

    field: str
    seen: str | None
    """None where it is not known what was seen."""
    theirs: str
    yours: str | None
    """None where nothing was typed for it, because the row is only to be deleted."""
    touched: bool
    """Whether you changed it too; otherwise their value is kept."""


@dataclass(frozen=True, slots=True)
class Conflict:
    changes: Sequence[Change]
    by: str
    """Who saved last and when, as a phrase; empty where that is not known."""


def state_of(obj: models.Model, related: Iterable[models.Model] = ()) -> dict[str, Any]:
    """The plain values of an object's own editable fields, and of the rows that are edited with it."""
    state = {field.name: _plain(field, obj) for field in _fields(type(obj))}
    for row in related:
        for field in _fields(type(row)):
            state[f"{type(row)._meta.model_name}:{row.pk}:{field.name}"] = _plain(field, row)
    return state


def token_of(obj: models.Model, state: State) -> str:
    return signing.dumps({"of": _name(obj), "state": dict(state)}, salt=SALT, compress=True)


def token_of_rows(rows: Iterable[models.Model]) -> str:
    """What was seen of several rows, as digests."""
    return signing.dumps(digests(rows), salt=f"{SALT}.rows")


def digests(rows: Iterable[models.Model]) -> dict[str, str]:
    """Name of each row -> digest of its values."""
    return {
        _name(row): hashlib.sha256(json.dumps(state_of(row), sort_keys=True).encode()).hexdigest()[:16]
        for row in rows
    }


def changed_rows(token: str, rows: Iterable[models.Model]) -> list[models.Model]:
    """Those of the rows that are not as the token says; all of them where it says nothing."""
    try:
        seen = signing.loads(token, salt=f"{SALT}.rows")
    except signing.BadSignature:
        seen = {}
    rows = list(rows)
    now = digests(rows)
    return [row for row in rows if seen.get(_name(row)) != now[_name(row)]]


def seen_in(token: str, obj: models.Model) -> State | None:
    """What the sender saw of this object; None for a token that is missing, forged or another object's."""
    try:
        told = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if not isinstance(told, dict) or told.get("of") != _name(obj):
        return None
    state: State = told["state"]
    return state


def changed_since(seen: State | None, now: State) -> list[str]:
    """Names of what is not as it was seen; everything where nothing is known of that."""
    if seen is None:
        return list(now)
    return [name for name in {**seen, **now} if seen.get(name) != now.get(name)]


def readable(obj: models.Model, name: str, value: Any) -> str:
    """A plain value as staff read it."""
    if value in (None, "", []):
        return _("(empty)")
    field = _field(obj, name)
    if isinstance(field, models.ForeignKey):
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found or value)
    if isinstance(field, models.BooleanField):
        return _("yes") if value in (True, "True", "true", "on") else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(field, models.Field) and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


def label_of(obj: models.Model, name: str) -> str:
    field = _field(obj, name)
    label = str(field.verbose_name) if isinstance(field, models.Field) else name
    if ":" in name:
        row = _related_model(name)._base_manager.filter(pk=name.split(":")[1]).first()
        label = f"{row or _('deleted line')}: {label}"
    return label[:1].upper() + label[1:]


def last_saved(obj: models.Model) -> str:
    """Who saved an object last on the staff's pages, and when."""
    entry = (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(type(obj)), object_id=str(obj.pk)
        )
        .select_related("user")
        .order_by("-action_time")
        .first()
    )
    if entry is None:
        return ""
    words = {
        "who": entry.user.get_username(),
        "when": date_format(localtime(entry.action_time), "DATETIME_FORMAT"),
    }
    return _("%(who)s saved it last (%(when)s).") % words


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _plain(field: models.Field[Any, Any], obj: models.Model) -> Any:
    value = field.value_from_object(obj)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(field, ArrayField):
        return json.loads(json.dumps(list(value), default=str))
    return str(value)


def _field(obj: models.Model, name: str) -> Any:
    model: type[models.Model] = type(obj) if ":" not in name else _related_model(name)
    fields = {field.name: field for field in model._meta.concrete_fields}
    return fields.get(name.rsplit(":", 1)[-1])


def _related_model(name: str) -> type[models.Model]:
    model: type[models.Model] = apps.get_model("occupations", name.split(":")[0])
    return model


def _name(obj: models.Model) -> str:
    return f"{obj._meta.label_lower}:{obj.pk}"
