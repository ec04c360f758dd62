"""Which of the people who come out differently are looked at: the filters of the impact page and its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from eligibility.impact import Change, Origin
from eligibility.rules.outcomes import Criterion, OverallOutcome
from occupations.rulebook import Category

NOBODY = "none"
"""In place of a country code: those who named no country."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty means every one. Values that nothing knows are taken for empty."""

    country: str = ""
    category: str = ""
    criterion: str = ""
    origin: str = ""
    after: str = ""
    """The answer under the later edition."""
    all_changes: bool = False
    """Also those who keep their answer, but for whom a criterion comes out differently."""

    @classmethod
    def read(cls, query: QueryDict) -> Filter:
        return cls(
            country=query.get("country", "")[:4],
            category=_known(query.get("category", ""), Category),
            criterion=_known(query.get("criterion", ""), Criterion),
            origin=_known(query.get("origin", ""), Origin),
            after=_known(query.get("answer", ""), OverallOutcome),
            all_changes=query.get("all") == "1",
        )

    def chosen(self, changes: tuple[Change, ...]) -> Iterator[Change]:
        return (change for change in changes if self._takes(change))

    def _takes(self, change: Change) -> bool:
        return (
            (self.all_changes or change.flips)
            and (not self.country or self.country == (change.profile.answers.country or NOBODY))
            and (not self.category or self.category == change.after.category)
            and (not self.criterion or self.criterion in change.criteria)
            and (not self.origin or self.origin == change.profile.origin)
            and (not self.after or self.after == change.after.outcome)
        )

    def query(self, **changes: Any) -> str:
        """The filter as a part of an address, with some of it changed."""
        values = {
            "country": self.country,
            "category": self.category,
            "criterion": self.criterion,
            "origin": self.origin,
            "answer": self.after,
            "all": "1" if self.all_changes else "",
        }
        return urlencode({name: value for name, value in {**values, **changes}.items() if value})

    @property
    def is_empty(self) -> bool:
        return self == Filter()


def _known(value: str, words: Any) -> str:
    return value if value in {word.value for word in words} else ""
