"""Statistics Canada's correspondence table from NOC 2016 to NOC 2021."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from occupations.importing.cells import spoiled_code
from occupations.importing.files import Progress, SourceFile, open_sheet, quietly
from occupations.importing.headers import Columns, match, nearest_of
from occupations.importing.problems import FileRefused, Flaw, Flaws
from occupations.importing.structure import version_in

OLD_CODE, OLD_TITLE, CHANGE, NOTES = (
    "NOC 2016 V1.3 Code",
    "NOC 2016 V1.3 Title",
    "GSIM Type of Change",
    "Notes",
)
NEW_COLUMNS = re.compile(r"NOC \d{4} V\d+\.\d+ (Code|Title)")
OLD_DIGITS, NEW_DIGITS = 4, 5
CHANGE_CODE = re.compile(r"\b(RC\d(?:\.\d)?|VC\d)\b", re.IGNORECASE)
WORDS = {
    "merger": "RC3.1",
    "take-over": "RC3.2",
    "takeover": "RC3.2",
    "breakdown": "RC4.1",
    "split-off": "RC4.2",
    "split off": "RC4.2",
    "transfer": "RC5",
    "code change": "VC1",
    "name change": "VC2",
}
"""The publisher's words for the codes of changes, which stand beside or instead of them."""


@dataclass(slots=True)
class Concordance:
    """Which codes of NOC 2016 share work with which unit groups."""

    file: SourceFile
    version: str
    """The version of the newer codes."""
    titles: dict[str, str]
    """NOC 2016 code -> title."""
    pairs: dict[tuple[str, str], str]
    """(NOC 2016 code, newer code) -> codes of the changes, sorted, with blanks between them."""
    padded: int = 0
    """How many codes had lost their leading zeros."""


def skill_level(code: str) -> str:
    """NOC 2016: management by the first digit, else A to D by pairs of second digits."""
    return "0" if code[0] == "0" else "AABBCCDD??"[int(code[1])]


def read_concordance(file: SourceFile, progress: Progress = quietly) -> Concordance:
    """The pairs in the file. Raises FileRefused."""
    sheet = open_sheet(file, progress)
    columns = match(sheet, (OLD_CODE, OLD_TITLE, CHANGE), (NOTES,), NEW_COLUMNS)
    new_code = next(
        (name for name in columns.index if re.fullmatch(r"NOC \d{4} .* Code", name) and name != OLD_CODE), ""
    )
    version = version_in(new_code)
    if version is None:
        said = _("The column with the newer codes is missing, such as “NOC 2021 V1.0 Code”.")
        raise FileRefused([Flaw(file.name, said, 1)])
    reader = _Reader(Flaws(file.name), columns, new_code, Concordance(file, version, {}, {}))
    for row, record in sheet.records:
        reader.take(row, record)
    if not reader.found.pairs:
        reader.flaws.add(_("The file has a header and no pairs. Download it again."))
    reader.flaws.stop()
    return reader.found


@dataclass(slots=True)
class _Reader:
    flaws: Flaws
    columns: Columns
    new_code: str
    found: Concordance

    def take(self, row: int, record: list[str]) -> None:
        old = self._code(row, record, OLD_CODE, OLD_DIGITS)
        new = self._code(row, record, self.new_code, NEW_DIGITS)
        changes = self._changes(row, record)
        title = record[self.columns.index[OLD_TITLE]].strip()
        if old is None or new is None or changes is None:
            return
        if "?" in skill_level(old):
            said = _("%(code)s is no code of NOC 2016: its second digit is more than 7.") % {"code": old}
            self.flaws.add(said, row, OLD_CODE)
        if not title:
            self.flaws.add(_("The title is missing."), row, OLD_TITLE)
        before = self.found.pairs.get((old, new))
        if before == changes:
            said = _("The pair %(old)s and %(new)s stands twice with the same change.")
            self.flaws.add(said % {"old": old, "new": new}, row)
        self.found.titles[old] = title
        both = {*(before or "").split(), *changes.split()}
        self.found.pairs[old, new] = " ".join(sorted(both))

    def _code(self, row: int, record: list[str], column: str, digits: int) -> str | None:
        """The code with its zeros; one copy of the file has lost them."""
        cell = record[self.columns.index[column]].strip()
        if not re.fullmatch(rf"\d{{1,{digits}}}", cell):
            self.flaws.add(spoiled_code(cell, digits), row, column)
            return None
        self.found.padded += len(cell) < digits
        return cell.zfill(digits)

    def _changes(self, row: int, record: list[str]) -> str | None:
        """The codes of the changes: "RC5", "RC5 - Transfer" and "Transfer" say the same."""
        cell = record[self.columns.index[CHANGE]].strip()
        codes = {found.upper() for found in CHANGE_CODE.findall(cell)}
        codes |= {code for word, code in WORDS.items() if word in cell.lower()}
        if codes:
            return " ".join(sorted(codes))
        nearest = nearest_of(cell, WORDS) if cell else None
        said = _("“%(cell)s” names no kind of change; the nearest known one is “%(nearest)s”.")
        if nearest is None:
            said = _("“%(cell)s” names no kind of change.")
        self.flaws.add(said % {"cell": cell, "nearest": nearest}, row, CHANGE)
        return None
