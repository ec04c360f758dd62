"""The translations of one object: what its block shows, and what is stored of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from occupations import texts
from occupations.admin import versions
from occupations.admin.versions import Change, Conflict
from occupations.guide_texts import CONTEXT, fault
from occupations.models import Translation
from occupations.publishing import Refused
from occupations.texts import Text

EDITING = [f"occupations.{action}_translation" for action in ("add", "change", "delete")]


@dataclass(frozen=True, slots=True)
class Field:
    """One text in one language; `name` belongs to this very English wording."""

    language: str
    language_name: str
    name: str
    value: str

    @property
    def is_missing(self) -> bool:
        return not self.value


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    english: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Block:
    """What the block of an object shows. `token` says what its reader saw."""

    entries: Sequence[Entry]
    action: str
    token: str
    may_edit: bool

    @property
    def missing(self) -> int:
        return sum(field.is_missing for entry in self.entries for field in entry.fields)


def block_of(request: HttpRequest, obj: models.Model, typed: Mapping[str, str] | None = None) -> Block | None:
    """The block of an object; None where it has no text to translate or the person may not see it."""
    own = texts.texts_on(obj)
    if not own or not texts.languages() or not request.user.has_perm("occupations.view_translation"):
        return None
    state = state_of(own)
    entries = []
    for text in own:
        fields = [
            Field(
                code,
                name,
                field_name(text, code),
                (typed or {}).get(field_name(text, code), state[field_name(text, code)]),
            )
            for code, name in texts.languages().items()
            if texts.is_needed(text.context, code)
        ]
        if fields:
            entries.append(Entry(text.label[:1].upper() + text.label[1:], text.english, fields))
    return Block(entries, address_of(obj), versions.token_of(obj, state), request.user.has_perms(EDITING))


def address_of(obj: models.Model) -> str:
    return reverse("admin:occupations_translation_of", args=[obj._meta.model_name, obj.pk])


def field_name(text: Text, language: str) -> str:
    digest = hashlib.sha256(f"{text.context}\n{text.english}".encode()).hexdigest()
    return f"text-{digest[:12]}-{language}"


def state_of(own: Sequence[Text]) -> dict[str, str]:
    """Name of the field -> the translation, empty where there is none."""
    known = texts.translations_of(own)
    return {
        field_name(text, code): known[text.context, text.english].get(code, "")
        for text in own
        for code in texts.languages()
        if texts.is_needed(text.context, code)
    }


def typed_in(post: QueryDict) -> dict[str, str]:
    return {
        name: str(value).replace("\x00", "").replace("\r\n", "\n").strip()
        for name, value in post.items()
        if name.startswith("text-")
    }


def conflict_in(
    own: Sequence[Text], state: Mapping[str, str], seen: versions.State | None, typed: Mapping[str, str]
) -> Conflict | None:
    """What another person changed of the texts that this one saw, or would overwrite without having seen it."""
    labels = {
        field_name(text, code): f"{name}: {text.label}"
        for text in own
        for code, name in texts.languages().items()
    }
    known = state if seen is None else seen
    changed = [name for name in state if state[name] != known.get(name, "")]
    gone = [name for name in typed if name not in state]
    if seen is None:
        changed = [name for name, value in typed.items() if state.get(name, value) != value]
    if not changed and not gone:
        return None
    empty = _("(empty)")
    changes = [
        Change(
            labels[name],
            None if seen is None else known.get(name, "") or empty,
            state[name] or empty,
            typed.get(name, "") or empty,
            typed.get(name, "") != known.get(name, ""),
        )
        for name in changed
    ]
    if gone:
        changes.append(
            Change(_("English text"), None, _("It has been changed; translate the new one."), None, False)
        )
    return Conflict(changes, "")


def store(text: Text, language: str, state: Mapping[str, str], typed: Mapping[str, str]) -> int:
    """Write one translation where it differs; returns how many rows changed. Raises Refused."""
    name = field_name(text, language)
    if name not in typed or name not in state or typed[name] == state[name]:
        return 0
    refuse_unsound(text.context, text.english, typed[name])
    rows = Translation.objects.filter(context=text.context, english=text.english, language=language)
    if not typed[name]:
        rows.delete()
    elif not rows.update(text=typed[name]):
        Translation.objects.create(
            context=text.context, english=text.english, language=language, text=typed[name]
        )
    return 1


def refuse_unsound(context: str, english: str, translation: str) -> None:
    """Raises Refused where the guide could not show the translation of a wording."""
    found = fault(english, translation) if context == CONTEXT else ""
    if found:
        raise Refused(_("“%(text)s” is not saved. %(why)s") % {"text": translation[:60], "why": found})
