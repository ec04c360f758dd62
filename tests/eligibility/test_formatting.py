"""Money, years and lists as a visitor reads them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest

from eligibility import formatting

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "language", "text"),
    [
        ("3.2", "en", "CAD 3.20"),
        ("1845.99", "en", "CAD 1,845.99"),
        ("0", "en", "CAD 0.00"),
        ("1845.99", "fr", f"1{NBSP}845,99{NBSP}${NBSP}CA"),
        ("1845.99", "es", f"1,845.99{NBSP}CAD"),
        ("1845.99", "ja", "1,845.99カナダドル"),
        ("3.2", "no-such-language", "CAD 3.20"),
        ("46.14975", "en", "CAD 46.15"),
        ("-2.5", "en", "CAD -2.50"),
    ],
)
def test_money_is_in_canadian_dollars_and_says_so(amount: str, language: str, text: str) -> None:
    assert formatting.money(Decimal(amount), language) == text


@pytest.mark.parametrize(
    ("amount", "text"), [("46.14975", "CAD 46.1498"), ("46.149", "CAD 46.149"), ("46", "CAD 46.00")]
)
def test_parts_of_a_cent_are_shown_where_they_decide(amount: str, text: str) -> None:
    assert formatting.money(Decimal(amount), "en", fine=True) == text


def test_an_endless_amount_is_rounded_as_asked() -> None:
    third = Fraction(100, 3)
    assert formatting.money(third, "en", fine=True) == "CAD 33.3333"
    assert formatting.money(third, "en", ROUND_FLOOR) == "CAD 33.33"
    assert formatting.money(third, "en", ROUND_CEILING) == "CAD 33.34"


@pytest.mark.parametrize(
    ("units", "rounding", "shown"),
    [
        ("0.125", "ROUND_HALF_EVEN", "0.12"),
        ("0.135", "ROUND_HALF_EVEN", "0.14"),
        ("0.1251", "ROUND_HALF_EVEN", "0.13"),
        ("0.121", ROUND_CEILING, "0.13"),
        ("0.12", ROUND_CEILING, "0.12"),
        ("0.129", ROUND_FLOOR, "0.12"),
    ],
)
def test_rounding_to_cents_is_exact(units: str, rounding: str, shown: str) -> None:
    assert formatting.rounded(Decimal(units), formatting.CENT, rounding) == Decimal(shown)


def test_an_amount_that_is_to_be_enough_is_rounded_up() -> None:
    assert formatting.enough(Fraction(1, 1000), "en") == "CAD 0.01"
    assert formatting.enough(Decimal("5.001"), "en") == "CAD 5.01"
    assert formatting.enough(Decimal(5), "en") == "CAD 5.00"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "1 year"),
        ("1.0", "1 year"),
        ("2", "2 years"),
        ("1.5", "1.5 years"),
        ("0.5", "0.5 years"),
        ("0", "0 years"),
        ("1.9999999999", "1.999999 years"),
    ],
)
def test_years_have_their_plural_and_are_never_rounded_up(value: str, text: str) -> None:
    assert formatting.years(Decimal(value), "en") == text


def test_dates_numbers_and_lists_follow_the_language() -> None:
    assert formatting.day(date(2024, 10, 3), "en") == "October 3, 2024"
    assert formatting.day(date(2024, 10, 3), "fr") == "3 octobre 2024"
    assert formatting.day(date(2026, 11, 1), "fr") == "1er novembre 2026"
    assert formatting.day(date(2026, 11, 11), "fr") == "11 novembre 2026"
    assert formatting.day(date(2026, 11, 1), "ja") == "2026年11月1日"
    assert formatting.number(Decimal("37.5"), "fr") == "37,5"
    assert formatting.all_of(["a", "b", "c"], "en") == "a, b and c"
    assert formatting.any_of(["a", "b"], "fr") == "a ou b"
    assert formatting.all_of(["A", "B", "C"], "ja") == "A、B、C"
    assert formatting.listed(["a", "b"], "es") == "a, b"
    assert formatting.listed(["A", "B"], "ja") == "A、B"


def test_spanish_changes_and_and_or_before_the_same_sound() -> None:
    assert formatting.all_of(["Salario", "Licencia", "Idioma"], "es") == "Salario, Licencia e Idioma"
    assert formatting.all_of(["“a”", "“ingenieros”"], "es") == "“a” e “ingenieros”"
    assert formatting.all_of(["Japón", "hielo"], "es") == "Japón y hielo"
    assert formatting.all_of(["Idioma"], "es") == "Idioma"
    assert formatting.any_of(["abogado", "oficial"], "es") == "abogado u oficial"
    assert formatting.any_of(["0", "1"], "es") == "0 o 1"
    assert formatting.all_of([], "es") == ""


def test_sentences_and_quotation_marks_follow_the_language() -> None:
    assert formatting.sentences(["One.", "", "Two."], "en") == "One. Two."
    assert formatting.sentences(["一。", "二。"], "ja") == "一。二。"
    assert formatting.quoted("Why?", "en") == "“Why?”"
    assert (
        formatting.quoted("Pourquoi", "fr") == "«\N{NARROW NO-BREAK SPACE}Pourquoi\N{NARROW NO-BREAK SPACE}»"
    )
    assert formatting.quoted("なぜ", "ja") == "「なぜ」"
    assert formatting.asked(["Is it?", "Will it?"], "en") == "Is it? Will it?"
    assert formatting.asked(["そうですか", "なりますか"], "ja") == "「そうですか」「なりますか」"
