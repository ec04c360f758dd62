"""A column's value in words: names of countries, questions of conditions, titles of facts instead of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

from django.db import models
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from occupations.comparing.matching import POSITION, Field, Row, columns, places, value
from occupations.models import Condition, CountryName, Edition, Fact
from occupations.models.editions import EditionRow
from occupations.rulebook import DEFAULT_LANGUAGE, EVERY_COUNTRY

CRITERIA: Final[Mapping[str, str | Promise]] = {
    "country-status": gettext_lazy("country and status"),
    "job-offer": gettext_lazy("job offer"),
    "occupation": gettext_lazy("occupation"),
    "education": gettext_lazy("education"),
    "experience": gettext_lazy("work experience"),
    "wage": gettext_lazy("wage"),
    "licensing": gettext_lazy("licence"),
    "language": gettext_lazy("language"),
    "self-employment": gettext_lazy("control of the employer"),
}
STATUSES: Final[Mapping[str, str | Promise]] = {
    "citizen": gettext_lazy("citizens"),
    "permanent_resident": gettext_lazy("permanent residents"),
}
COUNTRIES = {"country", "equivalent_country"}
CONDITIONS = {"when", "unless"}
LISTS_OF_STATUSES = {"statuses", "spouse_statuses"}

Part = tuple[str, bool]
"""A piece of a text, and whether it stands on one side only."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column, before and after; an empty text where nothing stands there."""

    name: str
    label: str
    before: str
    after: str

    @property
    def parts(self) -> tuple[list[Part], list[Part]]:
        """Both texts in pieces, with what only one of them has."""
        return marked(self.before, self.after)


@dataclass(slots=True)
class Words:
    """The names that values of two editions need, read once."""

    editions: Sequence[Edition]
    countries: dict[str, str] = field(default_factory=dict)
    questions: dict[tuple[str, str], str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[type[EditionRow], int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        language = (get_language() or DEFAULT_LANGUAGE).split("-")[0]
        names = CountryName.objects.filter(language__in=[DEFAULT_LANGUAGE, language])
        for name in sorted(names, key=lambda name: name.language == language):
            self.countries[name.country] = name.name
        for condition in Condition.objects.filter(edition__in=self.editions):
            self.questions[condition.edition_id, condition.slug] = condition.question
        self.facts = {fact.pk: str(fact) for fact in Fact.objects.all()}

    def place(self, model: type[EditionRow], rows: Sequence[Row]) -> None:
        """Note the places of the rows of one edition, for columns that say an order."""
        if any(column.name == POSITION for column in columns(model)):
            self.places |= {(model, pk): place for pk, place in places(model, rows).items()}

    def country(self, code: str) -> str:
        if code == EVERY_COUNTRY:
            return _("every country without its own row")
        return self.countries.get(code, code)

    def said(self, row: Row, column: Field) -> str:
        """The value in words; "" where the row says nothing."""
        found = value(row, column)
        if found in ("", ()):
            return ""
        if column.name == POSITION:
            return formats.number_format(self.places[type(row), row.pk])
        if isinstance(column, models.ForeignKey):
            return str(getattr(row, column.name))
        if column.name in COUNTRIES:
            return self.country(str(found))
        if column.name in CONDITIONS:
            return self.questions.get((row.edition_id, str(found)), str(found))
        if isinstance(found, tuple):
            return self._several(column, found)
        return _plain(row, column, found)

    def _several(self, column: Field, found: tuple[Any, ...]) -> str:
        if column.name in LISTS_OF_STATUSES:
            return ", ".join(str(STATUSES.get(each, each)) for each in found)
        if column.name == "fact_ids":
            return "; ".join(self.facts.get(each, each) for each in found)
        return ", ".join(str(each) for each in found)


def _plain(row: Row, column: Field, found: Any) -> str:
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, Decimal):
        return formats.number_format(found.normalize() if found % 1 else int(found))
    if isinstance(found, date):
        return formats.date_format(found, "DATE_FORMAT")
    if column.name == "criterion":
        return str(CRITERIA.get(found, found))
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return str(found)


def label(column: Field) -> str:
    """How a column is called, as on its form."""
    if column.name == POSITION:
        return _("Place in the list")
    said = str(column.verbose_name)
    return said[:1].upper() + said[1:]


def marked(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """Both texts in pieces of whole words; a text that has nothing in common with the other is one piece."""
    old, new = _words(before), _words(after)
    left: list[Part] = []
    right: list[Part] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += [("".join(old[i1:i2]), kind != "equal")] * (i2 > i1)
        right += [("".join(new[j1:j2]), kind != "equal")] * (j2 > j1)
    return left, right


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
