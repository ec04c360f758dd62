"""Statistics Canada's elements of the classification: the job titles in them, in English and in French."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from occupations.importing.cells import spoiled_code
from occupations.importing.files import Progress, Sheet, SourceFile, open_sheet, quietly
from occupations.importing.headers import match, plain
from occupations.importing.problems import Flaws
from occupations.importing.structure import CODE_COLUMN, UNIT_GROUP_LEVEL, version_in

LEVEL = {"en": "Level", "fr": "Niveau"}
CLASS_TITLE = {"en": "Class title", "fr": "Titres de classes"}
KIND = {"en": "Element Type Label English", "fr": "Nom du type d’élément Français"}
TEXT = {"en": "Element Description English", "fr": "Description d’élément Français"}
ILLUSTRATIVE = {"en": "Illustrative example(s)", "fr": "Exemple(s) illustratif(s)"}
EVERY_EXAMPLE = {"en": "All examples", "fr": "Tous les exemples"}
LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class Elements:
    """The job titles of one language. `version` is None where the header does not name a year."""

    file: SourceFile
    version: str | None
    language: str
    titles: dict[str, dict[str, bool]]
    """Code of a unit group -> title -> whether it is one of the illustrative ones."""
    left_out: Counter[str]
    """Kinds of elements that are not titles -> how many."""


def language_of(sheet: Sheet) -> str | None:
    """The language of an elements file; None for another file."""
    names = {plain(name) for name in sheet.header}
    return next((language for language, name in KIND.items() if plain(name) in names), None)


def read_elements(file: SourceFile, progress: Progress = quietly) -> Elements:
    """The job titles in the file. Raises FileRefused."""
    sheet = open_sheet(file, progress)
    language = language_of(sheet) or "en"
    kind_name, text_name, level_name = KIND[language], TEXT[language], LEVEL[language]
    columns = match(sheet, (level_name, kind_name, text_name), (CLASS_TITLE[language],), CODE_COLUMN)
    flaws = Flaws(file.name)
    code_name = next((name for name in columns.index if CODE_COLUMN.fullmatch(name)), "")
    if not code_name:
        flaws.add(_("The column with the codes is missing."), 1)
        flaws.stop()
    titles: dict[str, dict[str, bool]] = {}
    left_out: Counter[str] = Counter()
    at = {name: columns.index[plain(name)] for name in (level_name, kind_name, text_name, code_name)}
    for row, record in sheet.records:
        code, level = record[at[code_name]].strip(), record[at[level_name]].strip()
        kind = record[at[kind_name]].strip()
        if not re.fullmatch(r"[1-5]", level):
            said = _("“%(cell)s” is no level; levels are 1 to 5.") % {"cell": level}
            flaws.add(said, row, level_name)
        elif not re.fullmatch(rf"\d{{{level}}}", code):
            flaws.add(spoiled_code(code, int(level)), row, code_name)
        elif len(code) < UNIT_GROUP_LEVEL or kind not in (ILLUSTRATIVE[language], EVERY_EXAMPLE[language]):
            left_out[kind] += 1
        else:
            title = _title(record[at[text_name]])
            if not title or len(title) > LONGEST_TITLE:
                flaws.add(_bad_title(title), row, text_name)
            of_code = titles.setdefault(code, {})
            of_code[title] = of_code.get(title, False) or kind == ILLUSTRATIVE[language]
    if not titles:
        flaws.add(_("The file holds no job titles. Download it again."))
    flaws.stop()
    return Elements(file, version_in(code_name), language, titles, left_out)


def _title(cell: str) -> str:
    """Titles end with a blank and begin with a small letter at the publisher's."""
    text = unicodedata.normalize("NFC", cell).strip()
    return text[:1].upper() + text[1:]


def _bad_title(title: str) -> str:
    if not title:
        return _("The job title is missing.")
    return _("The job title has more than %(longest)s characters.") % {"longest": LONGEST_TITLE}
