"""What a single row must satisfy, held by the database itself."""

from __future__ import annotations

import pytest

from tests.occupations.database import draft, draft_with_rules, execute, refusal, value

pytestmark = pytest.mark.django_db

NOC = "NOC 2021 V1.0"
CLASSIFICATION = (
    "INSERT INTO occupations_classification VALUES ('NOC 2026 V1.0', 'Statistics Canada', '2026-12-01', %s)"
)
RULE = (
    "INSERT INTO occupations_occupationrule (edition_id, position, country, category, effect, certain, "
    'unit_group_id, teers, "when", "unless", list_entry, confidence, education_note, note, fact_ids) '
    "VALUES ('trial-2027', 9000, %s, 'technician', 'include', true, "
    "%s, %s, %s, NULL, 'x', 'y', '', '', '{F-06}')"
)


def unit_group(code: str) -> int:
    return int(value("SELECT id FROM occupations_unitgroup WHERE code = %s", code))


UNIT_GROUP = (
    "INSERT INTO occupations_unitgroup (classification_id, code, teer, title_en, title_fr) "
    "VALUES (%s, %s, %s, 'A', 'B')"
)


def test_teer_must_be_the_second_digit() -> None:
    assert "unit_group_teer_is_second_digit" in refusal(UNIT_GROUP, NOC, "93999", 2)
    assert execute(UNIT_GROUP, NOC, "93999", 3) == 1


@pytest.mark.parametrize("code", ["9939", "9939x", "99 99"])
def test_a_unit_group_has_five_digits(code: str) -> None:
    assert "unit_group_code_is_five_digits" in refusal(UNIT_GROUP, NOC, code, 3)


def test_a_code_stands_once_in_a_classification_and_again_in_another() -> None:
    assert "unit_group_once" in refusal(UNIT_GROUP, NOC, "21231", 1)
    execute(CLASSIFICATION, False)
    assert execute(UNIT_GROUP, "NOC 2026 V1.0", "21231", 1) == 1


def test_only_one_classification_is_the_current_one() -> None:
    assert "classification_only_one_is_current" in refusal(CLASSIFICATION, True)


def test_a_group_s_level_fits_the_length_of_its_code() -> None:
    statement = (
        "INSERT INTO occupations_nocgroup (classification_id, code, level, title_en, title_fr) "
        "VALUES (%s, '999', 'minor_group', 'A', 'B')"
    )
    assert "noc_group_level_fits_code" in refusal(statement, NOC)


def test_a_job_title_stands_once() -> None:
    statement = (
        "INSERT INTO occupations_jobtitle (unit_group_id, language, title, illustrative) "
        "SELECT unit_group_id, language, title, false FROM occupations_jobtitle LIMIT 1"
    )
    assert "job_title_once" in refusal(statement)


WAGE = """
WITH vintage AS (
    INSERT INTO occupations_wagevintage (edition, available_from, classification_id, source_id)
    VALUES ('2099', '2099-01-01', %s, 'WAGE-2025')
)
INSERT INTO occupations_wage
    (vintage_id, unit_group_id, region_id, low, median, high, annual, reference_period, origin)
VALUES ('2099', %s, 'ER00', %s, %s, %s, false, '', 'test')
"""


@pytest.mark.parametrize(
    ("low", "median", "high"), [(30, 20, 40), (20, 40, 30), (40, None, 30), (30, 20, None)]
)
def test_wages_must_not_decrease_from_low_to_high(
    low: int | None, median: int | None, high: int | None
) -> None:
    said = refusal(WAGE, NOC, unit_group("21231"), low, median, high)
    assert "wage_low_median_high_in_order" in said


@pytest.mark.parametrize(("low", "median", "high"), [(20, 20, 20), (None, 30, None), (None, None, None)])
def test_equal_and_missing_wages_are_fine(low: int | None, median: int | None, high: int | None) -> None:
    assert execute(WAGE, NOC, unit_group("21231"), low, median, high) == 1


def test_a_negative_wage_is_refused() -> None:
    assert "wage_not_negative" in refusal(WAGE, NOC, unit_group("21231"), -1, 20, 30)


def test_a_province_has_one_total_and_canada_has_no_province() -> None:
    statement = "INSERT INTO occupations_region VALUES (%s, %s, %s, false, 'A', 'B', 'ON')"
    assert "region_one_total_of_a_province" in refusal(statement, "ER99", "province", "ON")
    assert "region_province_known" in refusal(statement, "ER99", "economic_region", None)
    assert "region_province_known" in refusal(statement, "ER99", "national", "ON")
    assert "region_one_national_total" in refusal(statement, "ER99", "national", None)
    assert "region_code_form" in refusal(statement, "E99", "economic_region", "ON")


@pytest.mark.parametrize(
    ("code", "teers"),
    [(None, "{}"), ("22300", "{2}"), (None, "{7}")],
    ids=["neither", "both", "no such TEER"],
)
def test_an_occupation_rule_has_either_a_code_or_teers(code: str | None, teers: str) -> None:
    draft_with_rules()
    key = unit_group(code) if code else None
    assert "occupation_rule_code_or_teers" in refusal(RULE, "AU", key, teers, None)


def test_an_occupation_rule_names_a_condition_and_a_country_of_its_own_edition() -> None:
    draft_with_rules()
    key = unit_group("22300")
    assert execute(RULE, "AU", key, "{}", "supervisor") == 1
    execute("DELETE FROM occupations_occupationrule WHERE position = 9000")
    assert "occupation_rule_when_of_its_edition" in refusal(RULE, "AU", key, "{}", "actuary")
    assert "occupation_rule_country_of_its_edition" in refusal(RULE, "FR", key, "{}", None)


def test_a_country_stands_once_in_an_edition_and_is_covered_with_a_status() -> None:
    draft()
    statement = (
        "INSERT INTO occupations_country "
        "(edition_id, country, covered, statuses, spouse_statuses, visa_exempt, eta, note, fact_ids) "
        "VALUES ('trial-2027', 'AU', %s, %s, '{}', true, true, '', '{F-01}')"
    )
    assert "country_covered_has_a_status" in refusal(statement, True, "{}")
    assert "country_covered_has_a_status" in refusal(statement, False, "{citizen}")
    assert "country_statuses_known" in refusal(statement, True, "{visitor}")
    assert execute(statement, True, "{citizen}") == 1
    assert "country_once_an_edition" in refusal(statement, True, "{citizen}")


def test_a_requirement_gives_the_equivalent_whole_or_not_at_all() -> None:
    draft_with_rules(like="ircc-2024-10-03")
    statement = "UPDATE occupations_requirement SET {} WHERE edition_id = 'trial-2027' AND country = 'AU'"
    assert "requirement_equivalent_is_whole" in refusal(statement.format("equivalent_country = NULL"))
    assert "requirement_teers_known" in refusal(statement.format("teers = '{}'"))
    assert "requirement_words_known" in refusal(statement.format("credential_rule = 'any'"))
    assert "requirement_once" in refusal(statement.format("category = 'professional'"))


def test_a_source_needs_a_date() -> None:
    assert "source_has_a_date" in refusal("UPDATE occupations_source SET dated = NULL, read_on = NULL")


def test_a_translation_stands_once_however_long_its_english_is() -> None:
    statement = (
        "INSERT INTO occupations_translation (context, english, language, text) VALUES (%s, %s, %s, 'x')"
    )
    long = "word " * 2000
    assert execute(statement, "edition.summary", long, "fr") == 1
    assert "translation_once" in refusal(statement, "edition.summary", long, "fr")
    assert "translation_is_given_and_not_english" in refusal(statement, "edition.summary", "word", "en")


def test_a_regulation_names_a_province_and_a_known_kind() -> None:
    assert "regulation_province_known" in refusal("UPDATE occupations_regulation SET province = 'XX'")
    assert "regulation_kind_known" in refusal("UPDATE occupations_regulation SET kind = 'maybe'")
