"""What each country says of each unit group, against the engine that decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eligibility.listing.positions import Standing, position
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, Outcome
from occupations.rulebook import Rulebook
from tests.eligibility.lists.reading import having, read, text_of

FIRM = {
    Standing.INCLUDED: Outcome.PASSES,
    Standing.EXCLUDED: Outcome.FAILS,
    Standing.NOT_LISTED: Outcome.FAILS,
    Standing.NO_LIST: Outcome.FAILS,
    Standing.OUTSIDE: Outcome.FAILS,
    Standing.NOT_COVERED: Outcome.FAILS,
}
"""Every other standing is open until conditions are answered or an officer decides."""


def test_every_standing_is_what_the_engine_says_without_answers(deciding: Rulebook) -> None:
    for country in deciding.edition.countries:
        for code in deciding.reference.unit_groups:
            found = position(country, code, deciding)
            outcome = (
                assess(Answers(country=country, noc=code), deciding).criteria[Criterion.OCCUPATION].outcome
            )
            assert outcome is FIRM.get(found.standing, Outcome.UNKNOWN), (country, code, found.standing)


@pytest.mark.parametrize(
    ("country", "code", "standing"),
    [
        ("AU", "21231", Standing.INCLUDED),
        ("JP", "21231", Standing.WITH_EXCEPTIONS),
        ("MY", "21231", Standing.SOME_CASES),
        ("BN", "21231", Standing.NOT_LISTED),
        ("AU", "31301", Standing.EXCLUDED),
        ("JP", "31301", Standing.EXCLUDED),
        ("JP", "41201", Standing.UNCLEAR),
        ("MX", "41101", Standing.SOME_CASES),
        ("AU", "41101", Standing.WITH_EXCEPTIONS),
        ("PE", "72300", Standing.UNCLEAR),
        ("MX", "72300", Standing.NOT_LISTED),
        ("MY", "72300", Standing.NO_LIST),
        ("AU", "75110", Standing.OUTSIDE),
        ("NZ", "21231", Standing.NOT_COVERED),
    ],
)
def test_a_standing_is_told_apart(country: str, code: str, standing: Standing, rulebook: Rulebook) -> None:
    assert position(country, code, rulebook).standing is standing


def test_many_conditions_leave_a_line_open_instead_of_trying_every_answer(rulebook: Rulebook) -> None:
    edition = rulebook.edition
    condition = next(iter(edition.conditions.values()))
    slugs = [f"case-{number}" for number in range(40)]
    line = next(rule for rule in edition.occupation_rules if rule.noc == "72300" and rule.country == "AU")
    lines = tuple(replace(line, when=slug) for slug in slugs)
    crowded = replace(
        edition,
        conditions={slug: replace(condition, slug=slug) for slug in slugs},
        occupation_rules=lines,
    )
    found = position("AU", "72300", replace(rulebook, edition=crowded))
    assert found.standing is Standing.UNCLEAR


def test_the_side_by_side_page_shows_every_standing_of_the_engine(deciding: Rulebook) -> None:
    page = read("/occupations/compare/")
    shown = 0
    for table in page.iter("table"):
        countries = [link.attrib["href"].split("/")[2].upper() for link in table.iterfind("thead/tr/th/a")]
        for row in having(table, "data-code"):
            cells = list(having(row, "data-standing"))
            for country, cell in zip(countries, cells, strict=True):
                expected = position(country, row.attrib["data-code"], deciding).standing
                assert cell.attrib["data-standing"] == expected.value
                shown += 1
    assert shown > 400


def test_a_unit_group_page_tells_each_position_in_words() -> None:
    page = read("/occupations/noc/41101/")
    said = {each.attrib["data-country"]: text_of(each) for each in having(page, "data-country")}
    assert set(said) == {"au", "bn", "cl", "jp", "mx", "my", "pe"}
    assert "Included, with exceptions" in said["au"]
    assert "Excluded only with this answer: “Is the job that of a notary?” Yes." in said["au"]
    assert "“Will you advise only on the law of a country other than Canada?” No." in said["mx"]
    assert "The list does not name this occupation." in said["my"]
    assert "Not covered by the rules at all: New Zealand, Singapore, United Kingdom and Vietnam." in text_of(
        page
    )


def test_an_excluded_occupation_says_as_what() -> None:
    page = read("/occupations/noc/31301/")
    (japan,) = (text_of(each) for each in having(page, "data-country") if each.attrib["data-country"] == "jp")
    assert japan == "Japan Excluded Excluded under “health, education and social services group”."
