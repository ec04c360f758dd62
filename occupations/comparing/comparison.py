"""Two editions side by side: what was added, removed and changed, by country and category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from occupations.comparing.matching import PAIRED_BY, POSITION, Pair, Row, columns, pairs, value
from occupations.comparing.wording import CRITERIA, FieldChange, Words, label
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
from occupations.models.choices import Category
from occupations.models.editions import EditionRow
from occupations.rulebook import EVERY_COUNTRY
from occupations.search.text import fold

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
HEADINGS = {"country", "category"}
"""Columns that stand above an added or removed row already."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added, removed or changed, with every column that says something or has changed."""

    kind: str
    table: str
    title: str
    fields: Sequence[FieldChange]


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one category, or those that belong to neither (`category` is "")."""

    category: str
    label: str
    changes: list[RowChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one country; `country` is "" for what holds for the edition as a whole."""

    country: str
    name: str
    sections: list[Section] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(section.changes) for section in self.sections)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference between two editions, what holds for all countries first, then country by country."""

    before: Edition
    after: Edition
    groups: Sequence[Group]
    countries: Sequence[tuple[str, str]]
    """Code and name of every country in either edition, by name."""

    def count(self, kind: str = "") -> int:
        return sum(
            kind in ("", change.kind)
            for group in self.groups
            for section in group.sections
            for change in section.changes
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were added, removed and changed."""
        return {kind: self.count(kind) for kind in (ADDED, REMOVED, CHANGED)}

    def of_country(self, country: str) -> Comparison:
        """Only the changes of one country."""
        groups = [group for group in self.groups if group.country == country]
        return Comparison(self.before, self.after, groups, self.countries)


def compare(before: Edition, after: Edition) -> Comparison:
    """Every row of every table of two editions, of whatever state."""
    words = Words([before, after])
    found: dict[tuple[str, str], list[RowChange]] = {}
    if own := _fields(Pair(before, after), words):
        found["", ""] = [RowChange(CHANGED, _("Edition"), _("Texts and dates of the edition"), own)]
    seen: Counter[str] = Counter()
    for model in PAIRED_BY:
        rows = [_rows(model, edition) for edition in (before, after)]
        for side in rows:
            words.place(model, side)
            seen.update(country for row in side if (country := getattr(row, "country", "")))
        for change_of, key in _changes(model, pairs(model, *rows), words):
            found.setdefault(key, []).append(change_of)
    countries = sorted(
        ((code, words.country(code)) for code in seen),
        key=lambda each: (each[0] != EVERY_COUNTRY, fold(each[1])),
    )
    return Comparison(before, after, list(_groups(found, countries)), countries)


def _rows(model: type[EditionRow], edition: Edition) -> list[Row]:
    related = [column.name for column in columns(model) if column.is_relation]
    return list(model._default_manager.filter(edition=edition).select_related(*related))


def _changes(
    model: type[EditionRow], paired: Iterable[Pair], words: Words
) -> Iterator[tuple[RowChange, tuple[str, str]]]:
    for pair in paired:
        fields = _fields(pair, words)
        if not fields:
            continue
        kind = CHANGED if pair.before and pair.after else ADDED if pair.after else REMOVED
        row = pair.row
        key = (getattr(row, "country", ""), getattr(row, "category", ""))
        yield RowChange(kind, _table(model), _title(row, words), fields), key


def _fields(pair: Pair, words: Words) -> list[FieldChange]:
    """The columns that changed; of an added or removed row, all that say something."""
    found = []
    for column in columns(type(pair.row)):
        if pair.before and pair.after:
            same = value(pair.before, column) == value(pair.after, column)
            if not (pair.moved if column.name == POSITION else not same):
                continue
        elif column.name in HEADINGS:
            continue
        sides = [row for row in (pair.before, pair.after) if row is not None]
        said = [words.said(row, column) for row in sides]
        if len(sides) == 2 and said[0] == said[1]:
            # The same words for two values: without the values themselves the change could not be seen.
            said = [f"{text} [{value(row, column)}]" for text, row in zip(said, sides, strict=True)]
        if any(said):
            before = said[0] if pair.before else ""
            after = said[-1] if pair.after else ""
            found.append(FieldChange(column.name, label(column), before, after))
    return found


def _table(model: type[EditionRow]) -> str:
    said = str(model._meta.verbose_name)
    return said[:1].upper() + said[1:]


def _title(row: Row, words: Words) -> str:
    """What a reader calls the row."""
    if isinstance(row, OccupationRule):
        if row.unit_group is not None:
            return str(row.unit_group)
        return _("Every occupation of TEER %(teers)s") % {"teers": ", ".join(map(str, row.teers))}
    if isinstance(row, UncodedEntry):
        return row.list_entry
    if isinstance(row, Condition):
        return row.question
    if isinstance(row, CriterionFacts):
        return str(CRITERIA.get(row.criterion, row.criterion))
    if isinstance(row, Citation):
        return str(row.fact)
    if isinstance(row, Country | Requirement):
        return words.country(row.country)
    return str(row)


def _groups(
    found: dict[tuple[str, str], list[RowChange]], countries: Sequence[tuple[str, str]]
) -> Iterator[Group]:
    for code, name in [("", _("The edition as a whole")), *countries]:
        sections = [
            Section(category, _category(category), found[code, category])
            for category in ("", *Category.values)
            if (code, category) in found
        ]
        if sections:
            yield Group(code, name, sections)


def _category(category: str) -> str:
    if category == Category.PROFESSIONAL:
        return _("Professionals")
    if category == Category.TECHNICIAN:
        return _("Technicians")
    return ""
