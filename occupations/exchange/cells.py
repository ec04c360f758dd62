"""One value in a spreadsheet: how it is written, and how it is read back. Codes stay text, so zeros survive."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from occupations.importing.cells import day, spoiled_code
from occupations.importing.headers import nearest_of
from occupations.models import Classification, UnitGroup

BETWEEN = ";"
"""Stands between several values in one cell, as in the files that ship with the project."""
Cell = str


class ColumnCells:
    """The cells of one column. `read` raises ValueError with a sentence that says what to write instead."""

    def write(self, value: Any) -> Cell:
        return "" if value is None else str(value)

    def read(self, cell: Cell, row: dict[str, Cell]) -> Any:
        return cell


class TextCells(ColumnCells):
    """Text as it is; an empty cell is an empty text, or no value in a column that tells the two apart."""

    def __init__(self, is_null: bool) -> None:
        self.is_null = is_null

    def read(self, cell: Cell, row: dict[str, Cell]) -> str | None:
        return None if not cell and self.is_null else cell


class ChoiceCells(TextCells):
    """One of a few words."""

    def __init__(self, is_null: bool, words: tuple[str, ...]) -> None:
        super().__init__(is_null)
        self.words = words

    def read(self, cell: Cell, row: dict[str, Cell]) -> str | None:
        cell = cell.strip()
        if cell and cell not in self.words:
            nearest = nearest_of(cell, self.words)
            if nearest is not None and len(self.words) > 12:
                said = _("“%(cell)s” is not known; the nearest known one is “%(nearest)s”.")
                raise ValueError(said % {"cell": cell, "nearest": nearest})
            said = _("“%(cell)s” is not known. Write one of: %(words)s.")
            raise ValueError(said % {"cell": cell, "words": ", ".join(self.words)})
        return super().read(cell, row)


class YesNoCells(ColumnCells):
    def write(self, value: Any) -> Cell:
        return "yes" if value else "no"

    def read(self, cell: Cell, row: dict[str, Cell]) -> bool:
        word = cell.strip().lower()
        if word not in {"yes", "no"}:
            raise ValueError(_("“%(cell)s” is neither yes nor no.") % {"cell": cell})
        return word == "yes"


class WholeCells(ColumnCells):
    def read(self, cell: Cell, row: dict[str, Cell]) -> int | None:
        if not cell.strip():
            return None
        if not re.fullmatch(r"\d{1,9}", cell.strip()):
            raise ValueError(_("“%(cell)s” is no whole number.") % {"cell": cell})
        return int(cell)


class DecimalCells(ColumnCells):
    def read(self, cell: Cell, row: dict[str, Cell]) -> Decimal | None:
        if not cell.strip():
            return None
        try:
            if not re.fullmatch(r"\d{1,10}(\.\d{1,6})?", cell.strip()):
                raise InvalidOperation
            return Decimal(cell.strip())
        except InvalidOperation:
            said = _("“%(cell)s” is no number. Write digits with a point, such as 38.46.")
            raise ValueError(said % {"cell": cell}) from None


class DayCells(ColumnCells):
    def write(self, value: Any) -> Cell:
        if isinstance(value, datetime):
            return localtime(value).strftime("%Y-%m-%d %H:%M")
        return value.isoformat() if isinstance(value, date) else ""

    def read(self, cell: Cell, row: dict[str, Cell]) -> date | None:
        return day(cell.strip()) if cell.strip() else None


class SeveralCells(ColumnCells):
    """Several values, written with semicolons between them and read with commas too."""

    def __init__(self, each: ColumnCells) -> None:
        self.each = each

    def write(self, value: Any) -> Cell:
        return BETWEEN.join(self.each.write(item) for item in value or [])

    def read(self, cell: Cell, row: dict[str, Cell]) -> list[Any]:
        parts = [part.strip() for part in re.split(r"[;,]", cell)] if cell.strip() else []
        return [self.each.read(part, row) for part in parts]


class RowCells(ColumnCells):
    """Another table's row, by its key. The rows are fetched once."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self._rows: dict[str, models.Model] | None = None

    def write(self, value: Any) -> Cell:
        return "" if value is None else str(value.pk)

    def read(self, cell: Cell, row: dict[str, Cell]) -> models.Model | None:
        if self._rows is None:
            self._rows = {str(each.pk): each for each in self.model._default_manager.all()}
        key = cell.strip()
        if not key:
            return None
        if key not in self._rows:
            said = _("“%(cell)s” does not stand in the table “%(table)s”.")
            table = self.model._meta.verbose_name_plural
            nearest = nearest_of(key, self._rows)
            if nearest is not None:
                said = _("“%(cell)s” does not stand in the table “%(table)s”; the nearest is “%(nearest)s”.")
            raise ValueError(said % {"cell": cell, "table": table, "nearest": nearest})
        return self._rows[key]


class CodeCells(ColumnCells):
    """A unit group by its five digits, in the classification of the row's edition or else the current one."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], UnitGroup] | None = None
        self._current = ""
        self._of_edition: dict[str, str] = {}

    def write(self, value: Any) -> Cell:
        return "" if value is None else str(value.code)

    def read(self, cell: Cell, row: dict[str, Cell]) -> UnitGroup | None:
        code = cell.strip()
        if not code:
            return None
        if not re.fullmatch(r"\d{5}", code):
            raise ValueError(spoiled_code(code, 5))
        if self._groups is None:
            self._fetch()
        assert self._groups is not None  # noqa: S101 (for the types: `_fetch` has just set it)
        version = self._of_edition.get(row.get("edition", ""), self._current)
        if (version, code) not in self._groups:
            said = _("%(code)s is no unit group of %(version)s.")
            raise ValueError(said % {"code": code, "version": version})
        return self._groups[version, code]

    def _fetch(self) -> None:
        from occupations.models import Edition

        self._groups = {(one.classification_id, one.code): one for one in UnitGroup.objects.all()}
        self._current = Classification.objects.get(is_current=True).pk
        self._of_edition = dict(Edition.objects.values_list("pk", "classification_id"))


def cells_of(field: models.Field[Any, Any]) -> ColumnCells:
    """How the values of a model's field stand in a spreadsheet."""
    if isinstance(field, ArrayField):
        return SeveralCells(cells_of(field.base_field))
    if isinstance(field, models.ForeignKey):
        return CodeCells() if field.related_model is UnitGroup else RowCells(field.related_model)
    if field.choices:
        words = tuple(str(word) for word, _label in field.flatchoices)
        return ChoiceCells(field.null, words)
    for kind, make in KINDS:
        if isinstance(field, kind):
            return make()
    return TextCells(field.null)


KINDS: tuple[tuple[type[models.Field[Any, Any]], Callable[[], ColumnCells]], ...] = (
    (models.BooleanField, YesNoCells),
    (models.DecimalField, DecimalCells),
    (models.DateField, DayCells),
    (models.IntegerField, WholeCells),
)
