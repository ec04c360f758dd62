"""Money, numbers, years and dates as a visitor reads them in each language; money is in Canadian dollars."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import translation
from django.utils.translation import ngettext

_SPACE: Final = "\N{NO-BREAK SPACE}"
MONEY: Final = {
    "en": "CAD {figure}",
    "fr": f"{{figure}}{_SPACE}${_SPACE}CA",
    "es": f"{{figure}}{_SPACE}CAD",
    "ja": "{figure}カナダドル",
}
"""How a language names Canadian dollars, so that nobody takes them for another dollar or for pesos."""
QUOTED: Final = {
    "en": "“{text}”",
    "fr": "«\N{NARROW NO-BREAK SPACE}{text}\N{NARROW NO-BREAK SPACE}»",
    "es": "“{text}”",
    "ja": "「{text}」",
}
COMMA: Final = {"ja": "、"}
BETWEEN_SENTENCES: Final = {"ja": ""}
LOCALES: Final = {"en": "en_CA", "fr": "fr_CA", "es": "es_MX", "ja": "ja"}
CENT: Final = Decimal("0.01")
FINER_THAN_A_CENT: Final = Decimal("0.0001")
YEARS_SHOWN: Final = Decimal("0.000001")
CHANGED_CONJUNCTIONS: Final = {
    "es": (
        (re.compile(r"\W*(?:i|í|hi(?![aeo])|hí)", re.IGNORECASE), " y ", " e "),
        (re.compile(r"\W*(?:o|ó|ho|hó|8|11\b)", re.IGNORECASE), " o ", " u "),
    )
}
"""Spanish says "español e inglés", "siete u ocho": what the last name sounds like, the usual word, the other one."""
PRECISION: Final = 60
"""Digits for display only; judgements are made on exact values."""


@lru_cache(maxsize=16)
def locale_for(language: str) -> Locale:
    """The Babel locale of a language of the site; English where there is none."""
    return Locale.parse(LOCALES.get(language, LOCALES["en"]))


def rounded(amount: Decimal | Fraction, unit: Decimal, rounding: str) -> Decimal:
    """The amount in whole units (cents, say), for display."""
    with localcontext(prec=PRECISION):
        exact = Fraction(amount) / Fraction(unit)
        whole, rest = divmod(exact.numerator, exact.denominator)
        up = rounding == ROUND_CEILING and rest > 0
        if rounding == ROUND_HALF_EVEN:
            twice = 2 * rest
            up = twice > exact.denominator or (twice == exact.denominator and whole % 2 == 1)
        return Decimal(whole + up) * unit


@lru_cache(maxsize=4096)
def money(
    amount: Decimal | Fraction, language: str, rounding: str = ROUND_HALF_EVEN, *, fine: bool = False
) -> str:
    """Canadian dollars, said so: "CAD 3.20", "3,20 $ CA".

    `rounding` decides what becomes of a part smaller than a cent; `fine` shows such a part, in four decimals.
    """
    shown = rounded(amount, CENT, rounding)
    pattern = "#,##0.00"
    if fine and Fraction(shown) != Fraction(amount):
        shown = rounded(amount, FINER_THAN_A_CENT, rounding)
        pattern = "#,##0.00##"
    figure = format_decimal(shown, format=pattern, locale=locale_for(language))
    return MONEY.get(language, MONEY["en"]).format(figure=figure)


def enough(amount: Decimal | Fraction, language: str) -> str:
    """The amount rounded up to a whole cent, so that paying it is enough."""
    return money(rounded(amount, CENT, ROUND_CEILING), language)


@lru_cache(maxsize=1024)
def number(value: Decimal | int, language: str) -> str:
    return format_decimal(value, format="#,##0.######", locale=locale_for(language))


@lru_cache(maxsize=1024)
def years(value: Decimal, language: str, rounding: str = ROUND_FLOOR) -> str:
    """A length of time: "1.5 years", "1 year"; not rounded up unless asked to."""
    shown = rounded(value, YEARS_SHOWN, rounding)
    # A trailing zero would count as a decimal that is shown: "1.0 years".
    plain = int(shown) if shown == shown.to_integral_value() else shown.normalize()
    number_said = 1 if locale_for(language).plural_form(plain) == "one" else 2
    with translation.override(language):
        return ngettext("%(years)s year", "%(years)s years", number_said) % {"years": number(shown, language)}


@lru_cache(maxsize=1024)
def months(value: int, language: str) -> str:
    """ "4 months"."""
    with translation.override(language):
        return ngettext("%(months)s month", "%(months)s months", value) % {"months": number(value, language)}


@lru_cache(maxsize=1024)
def day(value: date, language: str) -> str:
    written = format_date(value, format="long", locale=locale_for(language))
    # French writes the first of a month as an ordinal, which CLDR's patterns cannot say.
    return f"1er {written[2:]}" if language == "fr" and value.day == 1 else written


def month(value: date, language: str) -> str:
    """ "September 2026"; the day does not count."""
    return format_skeleton("yMMMM", value, locale=locale_for(language))


def all_of(names: Iterable[str], language: str) -> str:
    """ "A, B and C"."""
    return _joined(list(names), language, "standard")


def any_of(names: Iterable[str], language: str) -> str:
    """ "A, B or C"."""
    return _joined(list(names), language, "or")


def _joined(names: list[str], language: str, style: Literal["standard", "or"]) -> str:
    text = format_list(names, style=style, locale=locale_for(language))
    for before, plain, changed in CHANGED_CONJUNCTIONS.get(language, ()):
        rest = text.removesuffix(f"{plain}{names[-1]}") if len(names) > 1 else text
        if rest != text and before.match(names[-1]):
            return f"{rest}{changed}{names[-1]}"
    return text


def listed(names: Iterable[str], language: str, comma: str = ", ") -> str:
    """ "A, B, C": names that a sentence goes on from, with `comma` between them where the language has commas."""
    return COMMA.get(language, comma).join(names)


def sentences(parts: Iterable[str], language: str) -> str:
    """Whole sentences one after the other; Japanese has no space between them."""
    return BETWEEN_SENTENCES.get(language, " ").join(part for part in parts if part)


def asked(questions: Iterable[str], language: str) -> str:
    """Questions inside a sentence; Japanese ones have no mark of their own, so quotation marks part them."""
    return sentences((quoted(each, language) if language == "ja" else each for each in questions), language)


def quoted(text: str, language: str) -> str:
    """The text in the quotation marks of the language."""
    return QUOTED.get(language, QUOTED["en"]).format(text=text)
