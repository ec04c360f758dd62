"""Kinds of columns: how a cell's text becomes a plain JSON value.

A parser gets the stripped text of a non-empty cell and raises ValueError with the rest of a sentence that
begins with the column's name and the text found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

Parser = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `empty` is the value of an empty cell; a required column must not be empty."""

    name: str
    parse: Parser
    required: bool = True
    empty: Any = None


def text(cell: str) -> str:
    return cell


def pattern(expression: str, meaning: str) -> Parser:
    """A parser for text that matches the whole expression."""
    compiled = re.compile(expression)

    def parse(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise ValueError(f"write {meaning}")
        return cell

    return parse


def choice(*words: str) -> Parser:
    """A parser for one of a few words."""

    def parse(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"write one of: {', '.join(words)}")
        return cell

    return parse


def member(kind: type[StrEnum]) -> Parser:
    return choice(*(item.value for item in kind))


def yes_or_no(cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError("write yes or no")
    return cell == "yes"


def whole_number(cell: str) -> int:
    if not re.fullmatch(r"\d{1,9}", cell):
        raise ValueError("write a whole number, not negative")
    return int(cell)


def decimal(cell: str) -> str:
    """Decimal numbers stay text, so that nothing is lost on the way."""
    try:
        value = Decimal(cell)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or not re.fullmatch(r"\d{1,10}(\.\d{1,4})?", cell):
        raise ValueError("write a decimal number with a point, such as 38.46")
    return cell


def amount(cell: str) -> str:
    """Canadian dollars with their cents, so that files and database give the same text."""
    if not re.fullmatch(r"\d{1,7}\.\d{2}", cell):
        raise ValueError("write an amount in dollars and cents, such as 155.00")
    return cell


def day(cell: str) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError("write a date as year-month-day, such as 2024-10-03") from None


def listed(parse_item: Parser) -> Parser:
    """A parser for several values with semicolons between them, each given once."""

    def parse(cell: str) -> list[Any]:
        items = [parse_item(part.strip()) for part in cell.split(";")]
        if len(set(items)) != len(items):
            raise ValueError("name each value only once")
        return items

    return parse


def teer(cell: str) -> int:
    if not re.fullmatch(r"[0-5]", cell):
        raise ValueError("write a TEER from 0 to 5")
    return int(cell)


noc_code = pattern(r"\d{5}", "a NOC code of five digits")
noc2016_code = pattern(r"\d{4}", "a NOC 2016 code of four digits")
country_code = pattern(r"[A-Z]{2}", "an ISO country code of two capital letters")
country_or_every = pattern(
    r"[A-Z]{2}|\*", "an ISO country code of two capital letters, or * for every country"
)
fact_id = pattern(r"[FDG]-\d{2}[a-z]?", "a fact id such as F-05")
source_id = pattern(r"[A-Z]+-\d{1,4}", "a source id such as S-01")
edition_slug = pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "a slug of small letters, digits and hyphens")
advice_slug = pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "a short name of small letters, digits and hyphens")
condition_slug = pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "a condition's slug, small letters and hyphens")
region_code = pattern(r"ER\d{2}(\d{2})?", "a region code such as ER3530")
web_address = pattern(r"https?://\S+", "a web address that begins with https://")
language_code = choice("en", "fr", "es", "ja")
