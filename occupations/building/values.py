"""Plain rows, and the small values that every table holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from occupations import rulebook as rb

Row = Mapping[str, Any]
Payload = Mapping[str, Sequence[Row]]
"""Table name -> rows, all JSON values: decimals and dates are text, several values a list.

Names and columns are those of `occupations.loading.layout`.
"""

TextOf = Callable[[str, str], rb.Texts]
"""(context, English text) -> the text in every language that has it."""


def texts(translations: Iterable[Row]) -> TextOf:
    translated: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in translations:
        translated[row["context"], row["english"]][row["language"]] = row["text"]
    known: dict[tuple[str, str], rb.Texts] = {}

    def text_of(context: str, english: str) -> rb.Texts:
        key = (context, english)
        if key not in known:
            known[key] = {rb.DEFAULT_LANGUAGE: english, **translated.get(key, {})}
        return known[key]

    return text_of


def day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def amount(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def source(row: Row) -> rb.Source:
    return rb.Source(
        id=row["id"],
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        dated=day(row["dated"]),
        read_on=day(row["read_on"]),
    )
