"""`education` (F-10 to F-12): credential, length and field, all three."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from eligibility.rules.outcomes import Criterion, CriterionResult, Evidence, Outcome, Reason
from occupations.rulebook import Category
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    QUALIFIED,
    TECHNICIAN,
    answers,
    judged,
    rulebook,
    verdict,
)

Changes = dict[str, Any]
Verdict = tuple[str, str, str | None]
ENOUGH = ("pass", "education_sufficient", None)
NOT_ACCEPTED = ("fail", "credential_not_accepted", None)
TOO_SHORT = ("fail", "programme_too_short", None)
NOT_SHOWN = "associate_equivalence_not_shown"
AUSTRALIAN = {**QUALIFIED, "country": "AU", "education_years": "3", "education_country": "AU"}
JAPANESE = {**TECHNICIAN, "country": "JP"}


@pytest.mark.parametrize(
    ("level", "professional", "technician", "japanese_technician"),
    [
        ("none", NOT_ACCEPTED, NOT_ACCEPTED, NOT_ACCEPTED),
        ("secondary", NOT_ACCEPTED, NOT_ACCEPTED, NOT_ACCEPTED),
        (
            "trade_certificate",
            NOT_ACCEPTED,
            ("unknown", "credential_uncertain", "officer_decides"),
            ("unknown", NOT_SHOWN, "not_answered"),
        ),
        ("diploma", NOT_ACCEPTED, ENOUGH, ("unknown", NOT_SHOWN, "not_answered")),
        ("associate", NOT_ACCEPTED, ENOUGH, ENOUGH),
        ("bachelor", ENOUGH, ENOUGH, ENOUGH),
        ("master", ENOUGH, ENOUGH, ENOUGH),
        ("doctorate", ENOUGH, ENOUGH, ENOUGH),
    ],
)
def test_c07_c08_which_credentials_count(
    level: str, professional: Verdict, technician: Verdict, japanese_technician: Verdict
) -> None:
    long = {"education_level": level, "education_years": "9"}
    assert verdict(judged("education", answers(**long))) == professional
    assert verdict(judged("education", answers(TECHNICIAN, **long), Category.TECHNICIAN)) == technician
    assert verdict(judged("education", answers(JAPANESE, **long), Category.TECHNICIAN)) == japanese_technician


@pytest.mark.parametrize("level", ["diploma", "trade_certificate"])
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (True, ENOUGH),
        (False, ("unknown", NOT_SHOWN, "officer_decides")),
        (MISSING, ("unknown", NOT_SHOWN, "not_answered")),
    ],
)
def test_c08_an_equivalent_of_an_associate_degree_counts_once_shown(
    level: str, shown: object, expected: Verdict
) -> None:
    given = answers(JAPANESE, education_level=level, associate_equivalent=shown)
    result = judged("education", given, Category.TECHNICIAN)
    assert verdict(result) == expected
    more = () if shown is True else (Evidence.ASSOCIATE_EQUIVALENCE,)
    assert result.evidence == (Evidence.CREDENTIAL, Evidence.TRANSCRIPT, *more)


def test_c08_an_equivalence_never_lifts_secondary_school() -> None:
    given = answers(JAPANESE, education_level="secondary", associate_equivalent=True)
    assert verdict(judged("education", given, Category.TECHNICIAN)) == NOT_ACCEPTED


@pytest.mark.parametrize(
    ("years", "base", "category", "expected"),
    [
        ("4", QUALIFIED, Category.PROFESSIONAL, ENOUGH),  # F-10
        ("4.0", QUALIFIED, Category.PROFESSIONAL, ENOUGH),
        ("3.99", QUALIFIED, Category.PROFESSIONAL, TOO_SHORT),
        ("3.999999999999999999999999999999", QUALIFIED, Category.PROFESSIONAL, TOO_SHORT),
        ("2", TECHNICIAN, Category.TECHNICIAN, ENOUGH),  # F-11
        ("1.99", TECHNICIAN, Category.TECHNICIAN, TOO_SHORT),
        ("1.9166666667", TECHNICIAN, Category.TECHNICIAN, TOO_SHORT),  # a month short
    ],
)
@pytest.mark.parametrize("edition", ["ircc-2024-10-03", ARTICLE])
def test_c01_c17_the_length_itself_is_enough_and_anything_less_is_not(
    years: str, base: dict[str, Any], category: Category, expected: Verdict, edition: str
) -> None:
    result = judged("education", answers(base, education_years=years), category, rulebook(edition))
    assert verdict(result) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # D-03: three Australian years with the employer's letter
        ({"employer_equivalence_letter": True}, ("pass", "equivalent_with_letter", None)),
        ({"employer_equivalence_letter": False}, ("unknown", "employer_letter_not_shown", "officer_decides")),
        ({}, ("unknown", "employer_letter_not_shown", "not_answered")),
        ({"education_country": MISSING}, ("unknown", "education_country_not_given", "not_answered")),
        (
            {"education_country": MISSING, "employer_equivalence_letter": True},
            ("unknown", "education_country_not_given", "not_answered"),
        ),
        (
            {"education_country": "NZ", "employer_equivalence_letter": True},
            ("fail", "equivalent_of_other_country", None),
        ),
        ({"education_years": "2.99", "employer_equivalence_letter": True}, TOO_SHORT),
        ({"education_years": "2.99", "education_country": MISSING}, TOO_SHORT),
        (
            {"education_years": "3.99", "employer_equivalence_letter": True},
            ("pass", "equivalent_with_letter", None),
        ),
        ({"education_years": "4", "education_country": "NZ"}, ENOUGH),
        ({"education_years": MISSING}, ("unknown", "education_years_not_given", "not_answered")),
        # the equivalent replaces the length only, never the credential or the field
        ({"employer_equivalence_letter": True, "education_level": "diploma"}, NOT_ACCEPTED),
        (
            {"employer_equivalence_letter": True, "degree_field_related": False},
            ("fail", "degree_field_not_related", None),
        ),
    ],
)
def test_c17_the_shorter_equivalent_of_one_country(changes: Changes, expected: Verdict) -> None:
    assert verdict(judged("education", answers(AUSTRALIAN, **changes))) == expected


def test_d03_the_article_knows_no_shorter_equivalent() -> None:
    given = answers(AUSTRALIAN, employer_equivalence_letter=True)
    assert verdict(judged("education", given, book=rulebook(ARTICLE))) == TOO_SHORT


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"degree_field_related": False}, ("fail", "degree_field_not_related", None)),
        ({"degree_field_related": MISSING}, ("unknown", "degree_field_not_given", "not_answered")),
        ({"education_level": MISSING}, ("unknown", "credential_not_given", "not_answered")),
        ({"country": MISSING}, ("unknown", "country_not_given", "not_answered")),
        ({"country": MISSING, "education_level": "none"}, ("unknown", "country_not_given", "not_answered")),
        # one false part fails even if another is unknown
        (
            {"degree_field_related": False, "education_level": MISSING},
            ("fail", "degree_field_not_related", None),
        ),
        ({"education_level": "none", "education_years": MISSING}, NOT_ACCEPTED),
        ({"education_years": "1", "degree_field_related": MISSING}, TOO_SHORT),
    ],
)
def test_c16_all_three_parts_are_needed(changes: Changes, expected: Verdict) -> None:
    assert verdict(judged("education", answers(**changes))) == expected


def test_c16_every_failing_part_is_named_and_no_other() -> None:
    worst = answers(education_level="diploma", education_years="1", degree_field_related=False)
    result = judged("education", worst)
    assert (result.reason, result.also) == (
        Reason.CREDENTIAL_NOT_ACCEPTED,
        (Reason.PROGRAMME_TOO_SHORT, Reason.DEGREE_FIELD_NOT_RELATED),
    )
    half = judged("education", answers(education_level=MISSING, education_years="1"))
    assert (half.reason, half.also) == (Reason.PROGRAMME_TOO_SHORT, ())


def test_c16_every_open_part_is_named() -> None:
    nothing = {"education_level": MISSING, "education_years": MISSING, "degree_field_related": MISSING}
    result = judged("education", answers(**nothing))
    assert (result.reason, result.also) == (
        Reason.CREDENTIAL_NOT_GIVEN,
        (Reason.EDUCATION_YEARS_NOT_GIVEN, Reason.DEGREE_FIELD_NOT_GIVEN),
    )
    assert judged("education", answers()).also == ()


def test_an_answer_is_still_missing_when_one_of_two_open_parts_is() -> None:
    given = answers(TECHNICIAN, education_level="trade_certificate", education_years=MISSING)
    result = judged("education", given, Category.TECHNICIAN)
    assert verdict(result) == ("unknown", "credential_uncertain", "not_answered")


def test_the_field_does_not_matter_to_technicians() -> None:
    for related in (True, False, MISSING):
        given = answers(TECHNICIAN, degree_field_related=related)
        assert verdict(judged("education", given, Category.TECHNICIAN)) == ENOUGH


def test_c15_a_country_that_is_not_covered_reads_the_row_for_every_country() -> None:
    assert verdict(judged("education", answers(country="GB"))) == ENOUGH
    assert verdict(judged("education", answers(country="GB", education_years="3"))) == TOO_SHORT


def test_a_result_carries_what_was_given_and_what_is_required() -> None:
    result = judged("education", answers(AUSTRALIAN, employer_equivalence_letter=True))
    assert result == CriterionResult(
        Criterion.EDUCATION,
        Outcome.PASSES,
        Reason.EQUIVALENT_WITH_LETTER,
        (("level", "bachelor"), ("years", Decimal(3)), ("country", "AU"), ("field_related", True)),
        (
            ("min_years", Decimal(4)),
            ("credential_rule", "degree"),
            ("equivalent_years", Decimal(3)),
            ("equivalent_country", "AU"),
            ("field_required", True),
            ("rules", ()),
        ),
        ("F-10",),
        (Evidence.DEGREE, Evidence.TRANSCRIPT, Evidence.EMPLOYER_LETTER),
    )


def test_papers_follow_the_credential_rule_and_the_letter() -> None:
    assert judged("education", answers()).evidence == (Evidence.DEGREE, Evidence.TRANSCRIPT)
    assert judged("education", answers(AUSTRALIAN)).evidence[-1] is Evidence.EMPLOYER_LETTER
    no_country = judged("education", answers(country=MISSING))
    assert no_country.evidence == (Evidence.DEGREE, Evidence.TRANSCRIPT)
    assert no_country.fact_ids == ("F-10", "F-11", "F-12")
    assert (no_country.criterion, no_country.required) == (Criterion.EDUCATION, ())
    assert no_country.given == judged("education", answers()).given


def test_facts_are_those_of_the_requirement_row() -> None:
    assert judged("education", answers(TECHNICIAN), Category.TECHNICIAN).fact_ids == ("F-11",)
    assert judged("education", answers(JAPANESE), Category.TECHNICIAN).fact_ids == ("F-11", "F-12")
