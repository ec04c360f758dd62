"""Which row of one edition is which row of the other. Pure functions over rows of one table."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models

from occupations.models import (
    Citation,
    Condition,
    Country,
    CriterionFacts,
    Edition,
    OccupationRule,
    Requirement,
    UncodedEntry,
)
from occupations.models.editions import EditionRow

Row = Any
"""An instance of one of the models of `TABLES`."""
if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field
Columns = Sequence[str]

CODE = "code"
CITED = ("country", "category", CODE, "teers")
PAIRED_BY: Final[Mapping[type[EditionRow], Sequence[Columns]]] = {
    Country: (["country"],),
    Requirement: (["country", "category"],),
    OccupationRule: (
        [*CITED, "effect", "when", "unless", "list_entry"],
        [*CITED, "effect", "when", "unless"],
        [*CITED, "effect"],
        [*CITED],
        ["country", "category", "list_entry"],
    ),
    UncodedEntry: (["country", "category", "effect", "list_entry"], ["country", "category", "list_entry"]),
    Condition: (["slug"],),
    CriterionFacts: (["criterion"],),
    Citation: (["fact_id", "source_id"],),
}
"""Table of an edition -> columns by which its rows are paired, the closest likeness first."""
ORDERED_WITHIN: Final[Mapping[type[EditionRow], Columns]] = {
    OccupationRule: ["country", "category"],
    UncodedEntry: ["country", "category"],
    Citation: ["fact_id"],
}
"""Table -> columns of the list in which the place of a row counts; else the whole table is one list."""
POSITION = "position"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row before and after; one of the two is missing where it was added or removed."""

    before: Row | None
    after: Row | None
    moved: bool = False
    """Whether the row changed its place among the rows that stand in both editions."""

    @property
    def row(self) -> Row:
        return self.before if self.after is None else self.after


def columns(model: type[models.Model]) -> list[Field]:
    """Every column that says something: all but the row's number, its edition, and an edition's own name and state."""
    silent = {"slug", "state"} if model is Edition else {"id", "edition"}
    return [field for field in model._meta.concrete_fields if field.name not in silent]


def value(row: Row, field: Field) -> Any:
    """A column's value so that two of them can be compared."""
    found = getattr(row, field.attname)
    if isinstance(found, list):
        return tuple(sorted(found))
    return "" if found is None else found


def pairs(model: type[EditionRow], before: Iterable[Row], after: Iterable[Row]) -> list[Pair]:
    """Every row of both sides once, in the order of `after`, then what was removed."""
    left, right = list(before), list(after)
    found: dict[int, Row] = {}
    same = [field.attname for field in columns(model) if field.name != POSITION]
    for names in (same, *PAIRED_BY[model]):
        waiting: dict[Hashable, list[Row]] = defaultdict(list)
        for row in left:
            waiting[_key(row, names)].append(row)
        for row in right:
            if row.pk not in found and (group := waiting.get(_key(row, names))):
                found[row.pk] = group.pop(0)
        taken = {row.pk for row in found.values()}
        left = [row for row in left if row.pk not in taken]
    moved = _moved(model, [(found[row.pk], row) for row in right if row.pk in found])
    return [
        *(Pair(found.get(row.pk), row, row.pk in moved) for row in right),
        *(Pair(row, None) for row in left),
    ]


def places(model: type[EditionRow], rows: Iterable[Row]) -> dict[int, int]:
    """Primary key -> place of the row in its list, from 1 on."""
    counted: dict[Hashable, int] = defaultdict(int)
    found = {}
    for row in sorted(rows, key=lambda row: getattr(row, POSITION)):
        key = _key(row, ORDERED_WITHIN.get(model, []))
        counted[key] += 1
        found[row.pk] = counted[key]
    return found


def _key(row: Row, names: Columns) -> Hashable:
    found = [_code(row) if name == CODE else getattr(row, name) for name in names]
    return tuple(tuple(each) if isinstance(each, list) else each for each in found)


def _code(rule: OccupationRule) -> str | None:
    """The code itself, which means the same occupation in every release of a classification."""
    return None if rule.unit_group is None else rule.unit_group.code


def _moved(model: type[EditionRow], paired: list[tuple[Row, Row]]) -> set[int]:
    """Rows of `after` that stand elsewhere among their kept neighbours; as few as explain the new order."""
    if not any(field.name == POSITION for field in columns(model)):
        return set()
    lists: dict[Hashable, list[tuple[Row, Row]]] = defaultdict(list)
    for before, after in paired:
        lists[_key(after, ORDERED_WITHIN.get(model, []))].append((before, after))
    moved: set[int] = set()
    for rows in lists.values():
        rows.sort(key=lambda pair: pair[1].position)
        kept = _longest_rising([before.position for before, _after in rows])
        moved |= {after.pk for index, (_before, after) in enumerate(rows) if index not in kept}
    return moved


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Indices of a longest rising subsequence."""
    ends: list[int] = []
    ends_at: list[int] = []
    earlier: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        earlier.append(ends_at[place - 1] if place else -1)
        if place == len(ends):
            ends.append(number)
            ends_at.append(index)
        else:
            ends[place], ends_at[place] = number, index
    kept: set[int] = set()
    index = ends_at[-1] if ends_at else -1
    while index >= 0:
        kept.add(index)
        index = earlier[index]
    return kept
