"""`make messages`: the texts of code and templates into catalogues, and the check that these are whole.

Two trees: `locale/` holds what a visitor can meet, `locale_staff/` what only staff see. A text of both stands in
the visitors' tree. Everything is done with Babel, so that no machine needs gettext's programs.

    python -m scripts.messages            update every .po from the code, and compile every .mo
    python -m scripts.messages --check    change nothing; exit status 1 with a sentence for each fault
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from scripts.message_faults import faults_of_catalogue, strings_of

ROOT: Final = Path(__file__).resolve().parent.parent
CODE: Final = ("cptpp_site", "eligibility", "occupations")
STAFF_PATHS: Final = (
    "occupations/",
    "eligibility/admin",
    "eligibility/models",
    "eligibility/staff/",
    "cptpp_site/staff/",
    "templates/admin/",
)
VISITORS_ALL_THE_SAME: Final = ("eligibility/models/feedback.py",)
"""Files below the staff's paths with texts that a visitor meets (the three answers of the feedback form)."""
KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURALS: Final = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "ja": "nplurals=1; plural=0;",
}
"""One and several; the third form of newer French and Spanish rules is for millions, which no text here counts."""
NO_DATE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Dates in the header would change with every run."""
_DATED_HEADER = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    r'|Report-Msgid-Bugs-To|Project-Id-Version): .*\\n"\n',
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Tree:
    """One folder of catalogues."""

    folder: str
    languages: tuple[str, ...]
    for_staff: bool

    def po(self, language: str) -> Path:
        return ROOT / self.folder / language / "LC_MESSAGES" / "django.po"


VISITORS: Final = Tree("locale", ("fr", "es", "ja"), for_staff=False)
STAFF: Final = Tree("locale_staff", ("fr",), for_staff=True)


def is_for_staff(path: str) -> bool:
    """Whether only staff see the texts of a file, given by its path below the project."""
    return path.startswith(STAFF_PATHS) and path not in VISITORS_ALL_THE_SAME


def source_files() -> Iterator[Path]:
    for package in CODE:
        yield from sorted((ROOT / package).rglob("*.py"))
    for folder in ("templates", *(f"{package}/templates" for package in CODE)):
        found = (ROOT / folder).rglob("*")
        yield from sorted(path for path in found if path.suffix in {".html", ".txt", ".xml"})


def python_of(path: Path) -> bytes:
    """A Python file as it is; a template as the calls of gettext that it amounts to."""
    if path.suffix == ".py":
        return path.read_bytes()
    if not settings.configured:
        settings.configure()
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # How a template is indented means nothing to Python.
    return "\n".join(line.lstrip() for line in calls.splitlines()).encode()


def templates() -> dict[Tree, Catalog]:
    """What the code says now: a catalogue without translations for each tree."""
    found = {VISITORS: Catalog(charset="utf-8"), STAFF: Catalog(charset="utf-8")}
    for path in source_files():
        shown = path.relative_to(ROOT).as_posix()
        catalog = found[STAFF if is_for_staff(shown) else VISITORS]
        source = io.BytesIO(python_of(path))
        for line, ids, comments, context in extract(
            "python", source, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            catalog.add(ids, locations=[(shown, line)], auto_comments=comments, context=context)
    for message in [each for each in found[STAFF] if each.id]:
        known = found[VISITORS].get(_first(message), message.context)
        if known is not None:
            known.locations = [*known.locations, *message.locations]
            found[STAFF].delete(_first(message), message.context)
    return found


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def stored(path: Path, language: str) -> Catalog:
    """The catalogue in a file, or an empty one."""
    content = path.read_bytes() if path.exists() else b""
    catalog = read_po(io.BytesIO(content), locale=language, charset="utf-8")
    catalog.creation_date = catalog.revision_date = NO_DATE
    catalog.fuzzy = False
    return catalog


def write(path: Path, catalog: Catalog, language: str) -> None:
    """The .po: names of files without lines, nothing wrapped, no dates; and the .mo beside it."""
    text = io.BytesIO()
    write_po(text, catalog, width=0, sort_by_file=True, include_lineno=False, include_previous=True)
    content = _DATED_HEADER.sub("", text.getvalue().decode("utf-8"))
    content = re.sub(
        r'^"Plural-Forms: .*\\n"$', f'"Plural-Forms: {PLURALS[language]}\\\\n"', content, flags=re.M
    )
    content = content[content.index("msgid") :]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
    path.with_suffix(".mo").write_bytes(compiled(stored(path, language)))


def compiled(catalog: Catalog) -> bytes:
    """Only what is translated; Babel would compile a missing plural as its English."""
    for message in [message for message in catalog if message.id and not all(strings_of(message))]:
        catalog.delete(message.id, message.context)
    binary = io.BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def update() -> None:
    """Bring every catalogue to what the code says; a reworded text keeps its translation, marked fuzzy.

    What no file says any more goes; git has it.
    """
    for tree, template in templates().items():
        for language in tree.languages:
            path = tree.po(language)
            catalog = stored(path, language)
            catalog.update(template)
            catalog.fuzzy = False
            catalog.obsolete.clear()
            for message in catalog:
                if message.id and not any(strings_of(message)):
                    message.flags.discard("fuzzy")
            write(path, catalog, language)
            sys.stdout.write(f"{path.relative_to(ROOT)}: {counted(stored(path, language))}\n")


def counted(catalog: Catalog) -> str:
    messages = [message for message in catalog if message.id]
    fuzzy = sum(message.fuzzy for message in messages)
    missing = sum(not all(strings_of(message)) for message in messages)
    return f"{len(messages)} texts, {missing} not translated, {fuzzy} fuzzy, {len(catalog.obsolete)} unused"


def faults() -> list[str]:
    """A sentence for everything that keeps the catalogues from being whole; none when they are."""
    sentences = []
    for tree, template in templates().items():
        for language in tree.languages:
            path = tree.po(language)
            catalog = stored(path, language)
            shown = path.relative_to(ROOT).as_posix()
            mo = path.with_suffix(".mo")
            content = mo.read_bytes() if mo.exists() else b""
            sentences += [
                f"{shown}: {fault}"
                for fault in faults_of_catalogue(template, catalog, content, PLURALS[language])
            ]
    return sentences


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Update the catalogues of texts, or check them.")
    parser.add_argument("--check", action="store_true", help="change nothing, only say what is wrong")
    if not parser.parse_args(arguments).check:
        update()
        return 0
    found = faults()
    for sentence in found:
        sys.stderr.write(f"{sentence}\n")
    if found:
        sys.stderr.write(f"{len(found)} faults. Run 'make messages', then translate what is missing.\n")
    else:
        sys.stdout.write("Every text is translated, and every .mo agrees with its .po.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
