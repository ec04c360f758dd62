"""Statistics Canada's structure of the classification, in English and in French."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from occupations.importing.cells import spoiled_code
from occupations.importing.files import Progress, Sheet, SourceFile, open_sheet, quietly
from occupations.importing.headers import match, plain
from occupations.importing.problems import FileRefused, Flaw, Flaws

COLUMNS = {
    "en": ("Level", "Hierarchical structure", "Class title"),
    "fr": ("Niveau", "Structure hiérarchique", "Titres de classes"),
}
DEFINITION = {"en": "Class definition", "fr": "Définitions de la classe"}
CODE_COLUMN = re.compile(r"Code\b.*\b(?:NOC|CNP)\b.*", re.IGNORECASE)
"""`Code - NOC 2021 V1.0` and, with a slip of the publisher, `Code dela CNP 2021 v1.0`."""
VERSION = re.compile(r"(?:NOC|CNP)\s*(\d{4})\s*V(\d+\.\d+)", re.IGNORECASE)
UNIT_GROUP_LEVEL = 5
LONGEST = {"en": 200, "fr": 250}


@dataclass(frozen=True, slots=True)
class Structure:
    """One language of one version. Codes have one to five digits; the code of a group begins those below it."""

    file: SourceFile
    version: str
    language: str
    titles: dict[str, str]
    """Code -> title, all five levels."""

    def unit_groups(self) -> set[str]:
        return {code for code in self.titles if len(code) == UNIT_GROUP_LEVEL}


def version_in(name: str) -> str | None:
    """`NOC 2021 V1.0` for a column's name that holds a version in either language."""
    found = VERSION.search(name)
    return f"NOC {found[1]} V{found[2]}" if found else None


def language_of(sheet: Sheet) -> str | None:
    """The language of a structure file; None for another file."""
    names = {plain(name) for name in sheet.header}
    for language, columns in COLUMNS.items():
        if plain(columns[1]) in names:
            return language
    return None


def read_structure(file: SourceFile, progress: Progress = quietly) -> Structure:
    """The structure in the file. Raises FileRefused."""
    sheet = open_sheet(file, progress)
    language = language_of(sheet) or "en"
    level_name, _hierarchy, title_name = COLUMNS[language]
    columns = match(sheet, (level_name, title_name), COLUMNS[language] + (DEFINITION[language],), CODE_COLUMN)
    code_name = next((name for name in columns.index if CODE_COLUMN.fullmatch(name)), None)
    version = version_in(code_name or "")
    if code_name is None or version is None:
        raise FileRefused([Flaw(file.name, _no_version(), 1)])
    flaws = Flaws(file.name)
    titles: dict[str, str] = {}
    for row, record in sheet.records:
        code = record[columns.index[code_name]].strip()
        title = record[columns.index[plain(title_name)]].strip()
        level = record[columns.index[plain(level_name)]].strip()
        if not _code_fits(flaws, row, code, level, code_name, level_name):
            continue
        if code in titles:
            flaws.add(_("The code %(code)s stands twice.") % {"code": code}, row, code_name)
        if not title or len(title) > LONGEST[language]:
            flaws.add(_bad_title(title, LONGEST[language]), row, title_name)
        titles[code] = title
    _check_tree(flaws, titles)
    flaws.stop()
    return Structure(file, version, language, titles)


def _no_version() -> str:
    return _(
        "No column names a version of the classification, such as “Code - NOC 2021 V1.0”. Import the file as it was "
        "downloaded."
    )


def _bad_title(title: str, longest: int) -> str:
    if not title:
        return _("The title is missing.")
    return _("The title has more than %(longest)s characters.") % {"longest": longest}


def _code_fits(flaws: Flaws, row: int, code: str, level: str, code_name: str, level_name: str) -> bool:
    if not re.fullmatch(r"[1-5]", level):
        said = _("“%(cell)s” is no level; levels are 1 to 5.") % {"cell": level}
        flaws.add(said, row, level_name)
        return False
    if not re.fullmatch(rf"\d{{{level}}}", code):
        flaws.add(spoiled_code(code, int(level)), row, code_name)
        return False
    if len(code) == UNIT_GROUP_LEVEL and code[1] > "5":
        said = _("The second digit of %(code)s is its TEER and must be 0 to 5.") % {"code": code}
        flaws.add(said, row, code_name)
        return False
    return True


def _check_tree(flaws: Flaws, titles: dict[str, str]) -> None:
    """Every code but the broad categories has the group above it, and every group has codes below it."""
    parents = {code[:-1] for code in titles}
    for code in sorted(titles):
        if len(code) > 1 and code[:-1] not in titles:
            said = _("The group %(parent)s, to which %(code)s belongs, is missing.")
            flaws.add(said % {"parent": code[:-1], "code": code})
        if len(code) < UNIT_GROUP_LEVEL and code not in parents:
            said = _("The group %(code)s has nothing below it; the file is probably cut off.")
            flaws.add(said % {"code": code})
    if not titles:
        flaws.add(_("The file has a header and no codes. Download it again."))
