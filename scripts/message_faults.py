"""What keeps a catalogue from being whole: texts missing, in doubt, unused, or with other placeholders."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}|</?[a-z][^>]*>")
"""What a translation must keep: named and plain placeholders, and the tags of HTML with their attributes."""
_COUNTRY_FORM: Final = re.compile(r"(%\(\w*country)_(?:of|in|the)\)")
"""A translation may take another form of a country's name: eligibility/french_names.py."""
_BLANK: Final = (" ", "\n", "\t")


def faults_of_catalogue(template: Catalog, catalog: Catalog, mo: bytes, plurals: str) -> Iterator[str]:
    """Full sentences. `template` is what the code says, `mo` the compiled file, `plurals` the rule of the language."""
    in_code = {_key(message): message for message in template if message.id}
    in_file = {_key(message): message for message in catalog if message.id}
    for key in in_code.keys() - in_file.keys():
        yield f"{_shown(key)} is not in the catalogue."
    for key in in_file.keys() - in_code.keys():
        yield f"{_shown(key)} is in no file any more."
    for obsolete in catalog.obsolete.values():
        yield f"{_shown(_key(obsolete))} is unused; remove it."
    count = int(plurals.removeprefix("nplurals=").split(";")[0])
    for key in sorted(in_code.keys() & in_file.keys()):
        for fault in _faults_of_message(in_code[key], in_file[key], count):
            yield f"{_shown(key)} {fault}"
    yield from _faults_of_compiled(in_file, mo, plurals)


Key = tuple[str, str, str]
"""Context, text, plural; empty where there is none."""


def _key(message: Message) -> Key:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    context: str | bytes = message.context or ""
    if isinstance(context, bytes):  # Babel's reader of .mo decodes everything but the context.
        context = context.decode()
    return (context, ids[0], ids[1] if len(ids) > 1 else "")


def _shown(key: Key) -> str:
    text = key[1] if len(key[1]) <= 80 else f"{key[1][:77]}..."
    return f"{text!r} ({key[0]})" if key[0] else repr(text)


def strings_of(message: Message) -> tuple[str, ...]:
    """The translation in each of its forms; empty texts where there is none."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _faults_of_message(said: Message, message: Message, plural_count: int) -> Iterator[str]:
    strings = strings_of(message)
    if message.fuzzy:
        yield "is fuzzy: check the translation and remove the mark."
    due = plural_count if said.pluralizable else 1
    if len(strings) != due:
        yield f"has {len(strings)} forms where the language has {due}."
    if not all(strings):
        yield "is not translated."
        return
    ids = (said.id,) if isinstance(said.id, str) else tuple(said.id)
    allowed = [_placeholders(each) for each in (ids if due > 1 or not said.pluralizable else ids[1:])]
    for string in strings:
        if _placeholders(string) not in allowed:
            yield f"has other placeholders or tags in {string!r}."
        if string.startswith(_BLANK) != ids[0].startswith(_BLANK) or string.endswith(_BLANK) != ids[
            0
        ].endswith(_BLANK):
            yield f"begins or ends with other white space in {string!r}."


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(_COUNTRY_FORM.sub(r"\1)", text)))


def _faults_of_compiled(in_file: dict[Key, Message], mo: bytes, plurals: str) -> Iterator[str]:
    if not mo:
        yield "the .mo is missing."
        return
    compiled = read_mo(io.BytesIO(mo))
    in_mo = {_key(message): strings_of(message) for message in compiled if message.id}
    for key, message in sorted(in_file.items()):
        due = None if message.fuzzy or not all(strings_of(message)) else strings_of(message)
        if in_mo.pop(key, None) != due:
            yield f"{_shown(key)} differs in the .mo."
    for key in sorted(in_mo):
        yield f"{_shown(key)} stands only in the .mo."
    if compiled.plural_forms != plurals:
        yield f"the rule for plurals must be {plurals}"
