"""The question pages' forms: their words, and how they read what people type."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from eligibility.forms.base import REVEALED, Setting
from eligibility.forms.choices import QuickSelect
from eligibility.forms.fields import Explained, as_typed, plain_decimal
from eligibility.rules.answers import Answers
from eligibility.steps import STEPS, Step
from occupations.rulebook import Rulebook


def everything_asked(step: Step, rulebook: Rulebook) -> list[tuple[str, Explained]]:
    answers = Answers(country="JP", noc="41101")
    setting = Setting(answers, rulebook, "en")
    asked = tuple(step.form.base_fields) or step.asks(setting, {})
    return list(step.form(setting=setting, asked=asked).questions.items())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_question_has_a_hint_and_says_why_we_ask(step: Step, rulebook: Rulebook) -> None:
    fields = everything_asked(step, rulebook)
    assert fields
    for name, field in fields:
        assert str(field.hint), f"{name} has no hint."
        assert str(field.why), f"{name} does not say why we ask."


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_follow_up_question_has_a_rule_for_when_it_matters(step: Step, rulebook: Rulebook) -> None:
    named = {field.shown_if for _name, field in everything_asked(step, rulebook)}
    assert named - {""} <= REVEALED.keys()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("52", "52"),
        ("52.50", "52.50"),
        ("52,50", "52.50"),
        ("1,845.99", "1845.99"),
        ("89,992", "89992"),
        ("$ 89 992.50", "89992.50"),
        ("CAD 46.15", "46.15"),
        ("４６．１５", "46.15"),
        (".5", "0.5"),
        ("٣", "3"),
        ("1’845.50", "1845.50"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, meant: str) -> None:
    assert plain_decimal(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["abc", "-5", "1e5", "NaN", "1.2.3", "12,34,56", "", "5 or 6", "1" * 30])
def test_what_is_not_a_plain_number_is_refused(typed: str) -> None:
    assert plain_decimal(typed) is None


def test_a_french_comma_is_always_a_decimal_comma() -> None:
    with translation.override("fr"):
        assert plain_decimal("37,500") == Decimal("37.5")


def test_a_long_list_escapes_its_words_and_marks_the_choice() -> None:
    choices = [("", "None"), ("Group <1>", [("a", "A & B"), ("b", "C")])]
    html = QuickSelect(choices=choices).render("place-region", "a", {"id": "id_place-region"})
    assert html.startswith('<select id="id_place-region" name="place-region">')
    assert '<optgroup label="Group &lt;1&gt;">' in html
    assert '<option value="a" selected>A &amp; B</option>' in html
    assert html.count(" selected") == 1


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("fr", "52,50", "52.50"),
        ("fr", "1 234,56", "1234.56"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}234,56 $ CA", "1234.56"),
        ("fr", "1.234,56", "1234.56"),
        ("es", "52,50", "52.50"),
        ("es", "1.234,56", "1234.56"),
        ("es", "1,234.56", "1234.56"),
        ("es", "85.000", "85000"),
        ("es", "85,000", "85000"),
        ("es", "1.234.567", "1234567"),
        ("es", "37.5", "37.5"),
        ("en", "85.000", "85.000"),
        ("ja", "４，５００．２５", "4500.25"),
        ("ja", "38.46カナダドル", "38.46"),
        ("ja", "８５，０００ドル", "85000"),
    ],
)
def test_a_number_is_read_as_people_of_each_language_type_it(language: str, typed: str, meant: str) -> None:
    with translation.override(language):
        assert plain_decimal(typed) == Decimal(meant)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ja"])
@pytest.mark.parametrize("plain", ["52", "52.5", "52.50", "37.125", "1234.5678", "85000"])
def test_a_number_shown_again_is_read_as_the_same_number(language: str, plain: str) -> None:
    with translation.override(language):
        assert plain_decimal(as_typed(plain)) == Decimal(plain)
