"""Cells that spreadsheets spoil: codes, amounts and dates, and what probably happened to them."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

NOTHING = {"", "NA", "N/A"}
"""How the publishers write that there is no value."""
CENT = Decimal("0.01")


def spoiled_code(cell: str, digits: int, prefix: str = "") -> str:
    """Why a cell is no code of so many digits, as a sentence."""
    bare = cell.removeprefix(prefix)
    shown = {"cell": cell, "digits": digits, "whole": prefix + bare.zfill(digits)}
    if re.fullmatch(r"\d+", bare) and len(bare) < digits:
        return (
            _(
                "“%(cell)s” has lost its leading zeros, probably in a spreadsheet; it was “%(whole)s”. Import the "
                "file as it was downloaded."
            )
            % shown
        )
    if re.fullmatch(r"\d+(\.\d+)?[eE]\+?\d+", bare) or re.fullmatch(r"\d+\.0*", bare):
        return (
            _(
                "“%(cell)s” is a number that a spreadsheet made of a code. Import the file as it was downloaded."
            )
            % shown
        )
    if re.search(r"\d[-/](\d|[A-Za-z]{3})", bare):
        return (
            _("“%(cell)s” is a date that a spreadsheet made of a code. Import the file as it was downloaded.")
            % shown
        )
    if prefix and bare == cell and re.fullmatch(rf"\d{{{digits}}}", bare):
        return _("“%(cell)s” lacks what stands before a code in this file: “%(whole)s”.") % shown
    return _("“%(cell)s” is no code of %(digits)s digits.") % shown


def amount(cell: str) -> tuple[Decimal | None, bool]:
    """Dollars and whether they had to be rounded to cents. Raises ValueError with a sentence."""
    if cell in NOTHING:
        return None, False
    if not re.fullmatch(r"\d{1,7}(\.\d{1,8})?", cell):
        raise ValueError(
            _("“%(cell)s” is no amount. Write digits with a point before the cents, such as 38.46.")
            % {"cell": cell}
        )
    value = Decimal(cell)
    cents = value.quantize(CENT, ROUND_HALF_UP)
    return cents, cents != value


def day(cell: str) -> date:
    """A date written as year-month-day. Raises ValueError with a sentence."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
            raise ValueError
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(
            _("“%(cell)s” is no date written as year-month-day, such as 2025-11-19.") % {"cell": cell}
        ) from None
