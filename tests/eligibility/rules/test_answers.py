"""The answers contract (facts, section 9): what is read, what is refused, and back again (C-23, C-27)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from eligibility.rules.answers import MAX_PROBLEMS, READERS, Answers, AnswersError
from eligibility.rules.reading import shown
from eligibility.rules.vocabulary import LOOK_UP, EducationLevel, LanguageEvidence
from tests.eligibility.rules.cases import QUALIFIED, shipped

REFERENCE = shipped().reference

EVERYTHING: dict[str, Any] = {
    **QUALIFIED,
    "conditions": {"research-job": True, "notary": False},
    "education_country": "AU",
    "employer_equivalence_letter": True,
    "associate_equivalent": False,
    "experience_part_time": False,
    "licence_held": "home_country",
    "licence_within_4_months": True,
    "language_evidence": ["schooling", "test"],
    "works_in_english_or_french": True,
    "offer_language_met": True,
    "hours_per_week": "37.5",
    "wage_allowances": "0",
    "employer_scale_hourly": "40",
    "passport_country": "IN",
    "current_location": "in_canada_visitor",
    "has_partner": True,
    "offer_start_date": "2027-03-31",
    "passport_expiry": "2030-01-01",
    "offer_months": 12,
}


def parse(**raw: Any) -> Answers:
    return Answers.parse(raw, REFERENCE)


def problems(**raw: Any) -> list[tuple[str, str]]:
    with pytest.raises(AnswersError) as refused:
        Answers.parse(raw, REFERENCE)
    return refused.value.problems


def test_every_field_of_the_contract_is_read() -> None:
    names = {each.name for each in fields(Answers)}
    assert set(EVERYTHING) == names == set(READERS)
    answers = parse(**EVERYTHING)
    assert answers.education_level is EducationLevel.BACHELOR
    assert answers.wage_amount == Decimal("52.00")
    assert answers.language_evidence == frozenset({LanguageEvidence.SCHOOLING, LanguageEvidence.TEST})
    assert answers.offer_start_date == date(2027, 3, 31)
    assert answers.offer_months == 12
    assert answers.conditions == {"research-job": True, "notary": False}


def test_answers_turn_back_into_the_same_json() -> None:
    assert parse(**EVERYTHING).to_json() == EVERYTHING
    assert parse().to_json() == {}


@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_one_answer_alone_turns_back_into_itself(name: str) -> None:
    raw = {name: EVERYTHING[name]}
    assert parse(**raw).to_json() == raw


def test_c23_null_is_the_same_as_no_answer_but_for_the_two_fields_that_are_looked_up() -> None:
    nothing = parse(**dict.fromkeys(EVERYTHING))
    assert nothing.to_json() == {"licence_needed": None, "prevailing_wage_hourly": None}
    assert (nothing.licence_needed, nothing.prevailing_wage_hourly) == (None, None)
    assert (parse().licence_needed, parse().prevailing_wage_hourly) == (LOOK_UP, LOOK_UP)
    assert parse(conditions={"research-job": None}) == parse()


def test_an_empty_list_of_evidence_is_an_answer() -> None:
    assert parse(language_evidence=[]).language_evidence == frozenset()
    assert parse(language_evidence=[]).to_json() == {"language_evidence": []}
    assert parse(conditions={}).to_json() == {}


def test_answers_cannot_be_changed() -> None:
    answers = parse(conditions={"notary": True})
    with pytest.raises(AttributeError):
        answers.country = "AU"  # type: ignore[misc]  # that it cannot be done is the point
    with pytest.raises(TypeError):
        answers.conditions["notary"] = False  # type: ignore[index]  # that it cannot be done is the point


@pytest.mark.parametrize(
    ("raw", "value"), [(0, "0"), (4, "4"), ("4.0", "4.0"), ("0.5", "0.5"), ("007.50", "007.50")]
)
def test_decimals_are_strings_or_whole_numbers(raw: object, value: str) -> None:
    assert parse(education_years=raw).education_years == Decimal(value)


def test_decimals_keep_every_digit() -> None:
    digits = "123456789012." + "9" * 30
    assert parse(wage_amount=digits).to_json() == {"wage_amount": digits}
    assert parse(wage_amount=999_999_999_999).wage_amount == Decimal(999_999_999_999)
    assert parse(wage_amount=Decimal("1.50")).to_json() == {"wage_amount": "1.50"}


NOT_WHOLE = [1.5, 2.0, 1.999999, float("nan"), float("inf"), True, False, -1, -0.0, 10**12]
NOT_PLAIN = ["", " ", " 1", "1 ", "1\n", "1,5", "1.", ".5", "1.5.0", "1_000", "٣", "１", "0x10", "one", "1 0"]
NOT_FINITE = ["NaN", "Infinity", "1e3", "1E400", "-1", "-0", "+1", "1" + "0" * 12, "0." + "0" * 31]
NOT_SIMPLE = [[], {}, ["1"], b"1", Decimal("NaN"), Decimal(-1), Decimal("Infinity"), Decimal("1E+12")]
NOT_DECIMALS = [*NOT_WHOLE, *NOT_PLAIN, *NOT_FINITE, *NOT_SIMPLE]


@pytest.mark.parametrize("value", NOT_DECIMALS, ids=repr)
@pytest.mark.parametrize("name", ["wage_amount", "education_years", "prevailing_wage_hourly"])
def test_c27_what_is_no_plain_number_is_refused(name: str, value: object) -> None:
    [(field, sentence)] = problems(**{name: value})
    assert field == name
    assert sentence.startswith("A number that is zero or more is needed")
    assert sentence.endswith(f"and not {shown(value)}.")


WRONG: list[tuple[str, object, str]] = [
    ("country", "XX", '"XX" is not a known two-letter country code in capitals.'),
    ("country", "au", '"au" is not a known two-letter country code in capitals.'),
    ("country", 36, "36 is not a known two-letter country code in capitals."),
    ("passport_country", "Japan", '"Japan" is not a known two-letter country code in capitals.'),
    ("education_country", ["AU"], "a list is not a known two-letter country code in capitals."),
    (
        "status",
        "resident",
        '"resident" is not one of the words allowed here: citizen, permanent_resident, neither.',
    ),
    ("status", True, "true is not one of the words allowed here: citizen, permanent_resident, neither."),
    ("region", "Toronto", '"Toronto" is not the code of a region, a province, a territory or Canada.'),
    ("region", 3530, "3530 is not the code of a region, a province, a territory or Canada."),
    ("degree_field_related", "true", 'true or false is needed, and not "true".'),
    ("has_partner", 1, "true or false is needed, and not 1."),
    ("licence_needed", "no", 'true or false is needed, and not "no".'),
    ("conditions", [], "An object from condition to true or false is needed, and not a list."),
    ("conditions", {"notary": "yes"}, 'The condition "notary" needs true, false or null, and not "yes".'),
    ("language_evidence", "test", 'A list of words is needed, such as ["schooling"], and not "test".'),
    (
        "language_evidence",
        ["test", "song"],
        '"song" is not one of the words allowed here: schooling, work, correspondence, test, other.',
    ),
    (
        "offer_months",
        1.5,
        "A whole number that is zero or more is needed, and not the floating point number 1.5.",
    ),
    ("offer_months", True, "A whole number that is zero or more is needed, and not true."),
    ("offer_months", -1, "A whole number that is zero or more is needed, and not -1."),
    ("offer_months", 10**12, "A whole number that is zero or more is needed, and not a very large number."),
    ("offer_months", "six", 'A whole number that is zero or more is needed, and not "six".'),
    ("passport_expiry", "2027-02-30", '"2027-02-30" is not a day of the calendar.'),
    ("passport_expiry", "31.03.2027", 'A date written like "2027-03-31" is needed, and not "31.03.2027".'),
    ("offer_start_date", "20270331", 'A date written like "2027-03-31" is needed, and not "20270331".'),
    ("offer_start_date", 2027, 'A date written like "2027-03-31" is needed, and not 2027.'),
    ("no_such_field", "x", 'There is no answer called "no_such_field".'),
    ("no_such_field", None, 'There is no answer called "no_such_field".'),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG, ids=lambda value: repr(value)[:30])
def test_c27_what_is_outside_the_contract_is_refused_with_a_sentence(
    name: str, value: object, sentence: str
) -> None:
    assert problems(**{name: value}) == [(name, sentence)]


@pytest.mark.parametrize("value", ["2123", "212310", "99999", 21231, "2123a", ""])
def test_c27_a_code_that_is_not_in_the_classification_is_refused(value: object) -> None:
    [(field, sentence)] = problems(noc=value)
    assert field == "noc"
    assert sentence == (
        f"{shown(value)} is not a code of {REFERENCE.classification}; five digits are needed, written as "
        "a string."
    )


def test_dates_and_whole_numbers_may_come_ready_made() -> None:
    assert parse(passport_expiry=date(2030, 1, 1)).passport_expiry == date(2030, 1, 1)
    assert parse(offer_months="6").offer_months == 6
    assert parse(offer_months=0).offer_months == 0
    assert parse(offer_months=999_999_999_999).offer_months == 999_999_999_999


def test_a_very_small_number_is_written_out() -> None:
    assert parse(wage_amount="0.0000001").to_json() == {"wage_amount": "0.0000001"}


def test_c23_an_unanswered_condition_hides_no_other() -> None:
    assert parse(conditions={"research-job": None, "notary": True}).conditions == {"notary": True}


def test_every_problem_is_named_at_once() -> None:
    found = problems(country="XX", noc="1", wage_amount=1.5, hat="x")
    assert [field for field, _ in found] == ["country", "noc", "wage_amount", "hat"]
    error = AnswersError(found[:2])
    assert str(error).startswith('country: "XX" is not a known')
    assert " noc: " in str(error)


def test_endless_problems_are_cut_off() -> None:
    many = {f"field{number}": 1 for number in range(1000)}
    assert len(problems(**many)) == MAX_PROBLEMS == 20


def test_a_long_name_or_value_is_cut_in_the_message() -> None:
    [(field, sentence)] = problems(**{"x" * 1000: 1})
    assert field == "x" * 40
    assert sentence == f'There is no answer called "{"x" * 40}...".'


@pytest.mark.parametrize("raw", [[], "x", None, 5])
def test_answers_that_are_no_object_are_refused(raw: Any) -> None:
    with pytest.raises(AnswersError) as refused:
        Answers.parse(raw, REFERENCE)
    assert refused.value.problems == [("answers", f"An object of answers is needed, and not {shown(raw)}.")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x" * 40, '"' + "x" * 40 + '"'),
        ("x" * 41, '"' + "x" * 40 + '..."'),
        ("a\nb", r"'a\nb'"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (999_999_999_999, "999999999999"),
        (-(10**12), "a very large number"),
        (0.5, "the floating point number 0.5"),
        ({}, "an object"),
        ((), "a list"),
        (set(), "a list"),
        (frozenset(), "a list"),
        (object(), "a value of another kind"),
    ],
)
def test_a_value_is_repeated_briefly_and_on_one_line(value: object, text: str) -> None:
    assert shown(value) == text
