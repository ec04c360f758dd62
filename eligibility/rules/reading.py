"""Readers of single answers: a raw JSON value in; a typed value out, or a sentence that says what is wrong.

C-27: what stands outside the contract is refused, never evaluated. No reader changes a value (no trimming, no
change of case, no rounding).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from eligibility.rules.vocabulary import LanguageEvidence
from occupations.rulebook import Reference

MAX_WHOLE_DIGITS = 12
MAX_DECIMAL_PLACES = 30
SHOWN_CHARACTERS = 40
DECIMAL_NUMBER = re.compile(rf"[0-9]{{1,{MAX_WHOLE_DIGITS}}}(\.[0-9]{{1,{MAX_DECIMAL_PLACES}}})?")
WHOLE_NUMBER = re.compile(rf"[0-9]{{1,{MAX_WHOLE_DIGITS}}}")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Word = TypeVar("Word", bound=StrEnum)


class Refused(ValueError):
    """A value outside the contract; the message is a full sentence for the person who sent it."""


def shown(value: object) -> str:
    """A value as it may be repeated in a message: short, on one line, whatever was sent."""
    if isinstance(value, str):
        short = value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}..."
        return ascii(short) if not short.isprintable() else f'"{short}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**MAX_WHOLE_DIGITS else "a very large number"
    if isinstance(value, float):
        return f"the floating point number {value!r}"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple | set | frozenset) else "a value of another kind"


def read_word(value: object, words: Mapping[str, Word]) -> Word:
    """One word of a closed list, given as word -> member."""
    if isinstance(value, str) and value in words:
        return words[value]
    raise Refused(f"{shown(value)} is not one of the words allowed here: {', '.join(words)}.")


def by_word(words: type[Word]) -> dict[str, Word]:
    """The members of an enumeration by the word that stands for each."""
    return {word.value: word for word in words}


LANGUAGE_EVIDENCE = by_word(LanguageEvidence)


def read_words(value: object) -> frozenset[LanguageEvidence]:
    """A list of kinds of language evidence; the order and repetitions mean nothing."""
    if not isinstance(value, list | tuple | set | frozenset):
        raise Refused(f'A list of words is needed, such as ["schooling"], and not {shown(value)}.')
    return frozenset(read_word(item, LANGUAGE_EVIDENCE) for item in value)


def read_yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Refused(f"true or false is needed, and not {shown(value)}.")


def read_decimal(value: object) -> Decimal:
    """A number that is zero or more, as a decimal string or a whole JSON number; never floating point."""
    text = value
    if isinstance(value, Decimal) and value.is_finite():
        text = format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool) and value < 10**MAX_WHOLE_DIGITS:
        text = str(value)
    if isinstance(text, str) and DECIMAL_NUMBER.fullmatch(text):
        return Decimal(text)
    raise Refused(
        f'A number that is zero or more is needed, written as a string such as "37.5" with at most '
        f"{MAX_WHOLE_DIGITS} digits before the point and {MAX_DECIMAL_PLACES} after it, "
        f"and not {shown(value)}."
    )


def read_whole_number(value: object) -> int:
    """A whole number that is zero or more."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**MAX_WHOLE_DIGITS:
        return value
    if isinstance(value, str) and WHOLE_NUMBER.fullmatch(value):
        return int(value)
    raise Refused(f"A whole number that is zero or more is needed, and not {shown(value)}.")


def read_date(value: object) -> date:
    """A day of the calendar, written YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Refused(f"{shown(value)} is not a day of the calendar.") from None
    raise Refused(f'A date written like "2027-03-31" is needed, and not {shown(value)}.')


def read_country(value: object, reference: Reference) -> str:
    """An ISO 3166-1 alpha-2 code in capitals; whether an edition covers it is not asked here (C-4)."""
    if isinstance(value, str) and value in reference.country_names:
        return value
    raise Refused(f"{shown(value)} is not a known two-letter country code in capitals.")


def read_noc(value: object, reference: Reference) -> str:
    """A five-digit code of the occupational classification, as a string."""
    if isinstance(value, str) and value in reference.unit_groups:
        return value
    raise Refused(
        f"{shown(value)} is not a code of {reference.classification}; "
        "five digits are needed, written as a string."
    )


def read_region(value: object, reference: Reference) -> str:
    """The code of an economic region, a province, a territory or Canada."""
    if isinstance(value, str) and value in reference.regions:
        return value
    raise Refused(f"{shown(value)} is not the code of a region, a province, a territory or Canada.")


def read_conditions(value: object) -> dict[str, bool]:
    """Condition slug to true or false; null is no answer, and unknown slugs are kept, not judged (C-23)."""
    if not isinstance(value, Mapping):
        raise Refused(f"An object from condition to true or false is needed, and not {shown(value)}.")
    answered: dict[str, bool] = {}
    for slug, answer in value.items():
        if answer is None:
            continue
        if not isinstance(answer, bool):
            raise Refused(f"The condition {shown(slug)} needs true, false or null, and not {shown(answer)}.")
        answered[slug] = answer
    return answered
