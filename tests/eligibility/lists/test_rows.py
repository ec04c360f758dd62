"""Every list page against the tables, row for row, for every country of both editions."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

import pytest

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, Outcome
from occupations.rulebook import Category, OccupationRule, Rulebook, UncodedEntry
from tests.eligibility.lists.reading import having, read, text_of

UNCODED = "uncoded"


def sections(page: Element) -> dict[str, Element]:
    return {each.attrib["data-category"]: each for each in having(page, "data-category")}


def shown_lines(section: Element) -> Counter[tuple[str, ...]]:
    """What stands in the tables, as the page shows it: position, code, effect, certain."""
    return Counter(
        tuple(row.attrib.get(f"data-{name}", "") for name in ("line", "code", "effect", "certain"))
        for row in having(section, "data-line")
    )


def expected_lines(country: str, category: Category, rulebook: Rulebook) -> Counter[tuple[str, ...]]:
    rules = rules_of(country, category, rulebook)
    entries = entries_of(country, category, rulebook)
    return Counter(
        [(str(r.position), r.noc or "", r.effect.value, "yes" if r.certain else "no") for r in rules]
        + [(UNCODED, "", entry.effect.value, "") for entry in entries]
    )


def rules_of(country: str, category: Category, rulebook: Rulebook) -> list[OccupationRule]:
    rules = rulebook.edition.occupation_rules
    return [rule for rule in rules if rule.country == country and rule.category is category]


def entries_of(country: str, category: Category, rulebook: Rulebook) -> list[UncodedEntry]:
    entries = rulebook.edition.uncoded_entries
    return [entry for entry in entries if entry.country == country and entry.category is category]


def covered(rulebook: Rulebook) -> list[str]:
    return [code for code, rule in rulebook.edition.countries.items() if rule.covered]


def test_every_country_page_has_each_row_of_the_tables_once_and_no_other(deciding: Rulebook) -> None:
    counted = 0
    for country in covered(deciding):
        found = sections(read(f"/occupations/{country.lower()}/"))
        for category in Category:
            expected = expected_lines(country, category, deciding)
            assert shown_lines(found[category.value]) == expected, (country, category)
            counted += expected.total()
    edition = deciding.edition
    assert counted == len(edition.occupation_rules) + len(edition.uncoded_entries)


def test_every_category_page_has_the_rows_of_its_category(deciding: Rulebook) -> None:
    for country in covered(deciding):
        for category in Category:
            found = sections(read(f"/occupations/{country.lower()}/{category.value}/"))
            assert list(found) == [category.value]
            assert shown_lines(found[category.value]) == expected_lines(country, category, deciding)


def test_each_row_says_its_title_its_entry_and_every_condition_with_the_answer_needed(
    deciding: Rulebook,
) -> None:
    edition, groups = deciding.edition, deciding.reference.unit_groups
    for country in covered(deciding):
        rows = {
            row.attrib["data-line"]: text_of(row)
            for row in having(read(f"/occupations/{country.lower()}/"), "data-line")
        }
        for rule in edition.occupation_rules:
            if rule.country != country:
                continue
            text = rows[str(rule.position)]
            assert rule.list_entry["en"] in text
            if rule.noc:
                assert groups[rule.noc].title["en"] in text
            for slug, answer in ((rule.when, "Yes"), (rule.unless, "No")):
                if slug:
                    assert f"“{edition.conditions[slug].question['en']}” {answer}." in text
            assert ("does not say so clearly" in text) is not rule.certain


def test_entries_without_a_code_are_shown_with_their_note(deciding: Rulebook) -> None:
    for entry in deciding.edition.uncoded_entries:
        page = read(f"/occupations/{entry.country.lower()}/{entry.category.value}/")
        (row,) = (row for row in having(page, "data-line") if row.attrib["data-line"] == UNCODED)
        assert entry.list_entry["en"] in text_of(row).casefold()
        assert "No NOC 2021 code found" in text_of(row)


def test_what_a_teer_line_leaves_is_what_the_engine_does_not_fail(deciding: Rulebook) -> None:
    for country in covered(deciding):
        for category in Category:
            section = sections(read(f"/occupations/{country.lower()}/"))[category.value]
            shown = [row.attrib["data-follows"] for row in having(section, "data-follows")]
            assert shown == left_by_teer_lines(country, category, deciding)


def left_by_teer_lines(country: str, category: Category, rulebook: Rulebook) -> list[str]:
    rules = rules_of(country, category, rulebook)
    named = {rule.noc for rule in rules}
    teers = {teer for rule in rules if rule.effect.value == "include" for teer in rule.teers}
    found = []
    for group in rulebook.reference.unit_groups.values():
        if group.teer in teers and group.code not in named:
            judged = assess(Answers(country=country, noc=group.code), rulebook)
            if judged.by_category[category].criteria[Criterion.OCCUPATION].outcome is not Outcome.FAILS:
                found.append(group.code)
    return found


def test_no_page_shows_the_id_of_a_fact_in_a_note(deciding: Rulebook) -> None:
    for country in deciding.edition.countries:
        text = text_of(read(f"/occupations/{country.lower()}/"))
        assert "(G-0" not in text
        assert "(D-0" not in text


@pytest.mark.parametrize("country", ["nz", "sg", "vn", "gb"])
def test_a_country_that_is_known_but_not_covered_says_so_with_its_note(
    country: str, rulebook: Rulebook
) -> None:
    text = text_of(read(f"/occupations/{country}/"))
    assert "The rules of this permit do not cover" in text
    assert rulebook.edition.countries[country.upper()].note["en"] in text


def test_the_work_of_a_teer_is_told_with_its_exceptions() -> None:
    section = sections(read("/occupations/au/"))["professional"]
    text = text_of(section)
    assert "All work of TEER 0 and 1 is included, except:" in text
    assert "Cultural industries group (14 occupations)" in text


def test_a_category_without_a_list_says_so() -> None:
    text = text_of(sections(read("/occupations/my/"))["technician"])
    assert "The rules name no technician work for people who rely on Malaysia." in text


def test_each_list_names_its_source_with_publisher_and_date() -> None:
    text = text_of(sections(read("/occupations/jp/"))["technician"])
    assert "Immigration, Refugees and Citizenship Canada, October 3, 2024" in text
