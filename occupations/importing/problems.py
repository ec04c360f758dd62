"""What is wrong with a file, said so that the person who sends it can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

SHOWN = 50
MOST = 1000
"""After so many flaws the rest of a file is not looked at: it is the wrong file."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: a full sentence, with the file and, where known, row and column.

    Rows are counted as a spreadsheet counts them: the header is row 1, and a note that holds line breaks is
    still one row.
    """

    file: str
    sentence: str
    row: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        names = {"file": self.file, "row": self.row, "column": self.column}
        if self.row is None and self.column is None:
            return self.file
        if self.row is None:
            return _("%(file)s, column %(column)s") % names
        if self.column is None:
            return _("%(file)s, row %(row)s") % names
        return _("%(file)s, row %(row)s, column %(column)s") % names

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class FileRefused(ValueError):
    """The files cannot be imported; `flaws` says why. Nothing has changed."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        self.flaws = tuple(flaws)
        lines = [str(flaw) for flaw in self.flaws[:SHOWN]]
        if len(self.flaws) > SHOWN:
            lines.append(_("There are %(count)s more like these.") % {"count": len(self.flaws) - SHOWN})
        super().__init__("\n".join(lines))


class Flaws:
    """Collects the flaws of one file. `stop()` raises FileRefused when there are any."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Flaw] = []

    def add(self, sentence: str, row: int | None = None, column: str | None = None) -> None:
        """Raises FileRefused when there are too many to go on."""
        self.found.append(Flaw(self.file, sentence, row, column))
        if len(self.found) >= MOST:
            self.stop()

    def stop(self) -> None:
        if self.found:
            raise FileRefused(self.found)
