"""The shipped tables: complete, consistent, and readable without a database."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from occupations.building import Payload, build_snapshot, missing_texts
from occupations.rulebook import Category, NoEditionInForce, Snapshot
from occupations.shipped import shipped_payload

OFFICIAL = "ircc-2024-10-03"
ARTICLE = "article-2026"


@pytest.fixture(scope="module")
def payload() -> Payload:
    return shipped_payload()


@pytest.fixture(scope="module")
def snapshot(payload: Payload) -> Snapshot:
    return build_snapshot(payload, revision=7)


def test_every_table_has_all_its_rows(payload: Payload) -> None:
    counts = {name: len(rows) for name, rows in payload.items()}
    assert counts["unit_groups"] == 516
    assert counts["noc_groups"] + counts["unit_groups"] == 822
    assert Counter(row["language"] for row in payload["job_titles"]) == {"en": 27_935, "fr": 29_767}
    assert sum(row["illustrative"] for row in payload["job_titles"]) == 4_768
    assert counts["noc2016_groups"] == 500
    assert counts["concordance"] == 585
    assert counts["regions"] == 86
    assert counts["wages"] == 12_822
    assert counts["regulations"] == 430
    assert counts["synonyms"] >= 400
    assert counts["country_names"] == 249 * 4
    assert Counter(row["edition"] for row in payload["occupation_rules"]) == {OFFICIAL: 514, ARTICLE: 264}


def test_the_official_edition_decides_from_its_own_day_on(snapshot: Snapshot) -> None:
    assert snapshot.slug_in_force(date(2024, 10, 3)) == OFFICIAL
    assert snapshot.slug_in_force(date(2099, 1, 1)) == OFFICIAL
    with pytest.raises(NoEditionInForce):
        snapshot.slug_in_force(date(2024, 10, 2))
    assert list(snapshot.comparisons(OFFICIAL)) == [ARTICLE]


def test_the_numbers_of_titles_by_teer_are_those_of_the_classification(snapshot: Snapshot) -> None:
    teers = Counter(group.teer for group in snapshot.reference.unit_groups.values())
    assert teers == {0: 48, 1: 97, 2: 162, 3: 69, 4: 95, 5: 45}


def test_illustrative_job_titles_come_first(snapshot: Snapshot, payload: Payload) -> None:
    illustrative = {
        row["title"] for row in payload["job_titles"] if row["code"] == "21231" and row["illustrative"]
    }
    titles = snapshot.reference.unit_groups["21231"].job_titles["en"]
    assert illustrative
    assert set(titles[: len(illustrative)]) == illustrative


def test_a_wage_is_looked_up_in_the_region_then_the_province_then_canada(snapshot: Snapshot) -> None:
    book = snapshot.rulebook(date(2026, 2, 1))
    toronto = book.wage("21232", "ER3530")
    assert toronto is not None
    assert (toronto.region, toronto.vintage.edition) == ("ER3530", "2025")
    found = {region: book.wage("21231", region) for region in ("ER3530", "ER6110")}
    assert found["ER3530"] is not None
    assert found["ER3530"].region == "ER35"
    assert found["ER6110"] is not None
    assert found["ER6110"].region == "ER00"


def test_a_vintage_is_not_used_before_it_was_published(snapshot: Snapshot) -> None:
    before = snapshot.rulebook(date(2025, 11, 18)).wage("21231", "ER00")
    after = snapshot.rulebook(date(2025, 11, 19)).wage("21231", "ER00")
    assert before is not None
    assert after is not None
    assert (before.vintage.edition, after.vintage.edition) == ("2024", "2025")


def test_wages_without_a_median_are_left_out(snapshot: Snapshot) -> None:
    assert all(wage.median is not None for wages in snapshot.reference.wages.values() for wage in wages)
    assert snapshot.rulebook(date(2026, 1, 1)).wage("00013", "ER00") is None


def test_the_four_short_provinces_are_provinces_and_three_of_them_territories(snapshot: Snapshot) -> None:
    regions = snapshot.reference.regions
    assert {regions[code].level for code in ("ER1110", "ER6010", "ER6110", "ER6210")} == {"province"}
    assert sorted(region.province or "" for region in regions.values() if region.is_territory) == [
        "NT",
        "NU",
        "YT",
    ]
    assert regions["ER3530"].wider == ("ER35", "ER00")
    assert regions["ER1110"].wider == ("ER00",)


def test_the_row_for_all_ten_provinces_does_not_reach_a_territory(snapshot: Snapshot) -> None:
    book = snapshot.rulebook(date(2026, 1, 1))
    rows = [row for found in snapshot.reference.regulations.values() for row in found]
    in_yukon = {row.noc for row in rows if row.province == "YT"}
    in_ontario = {row.noc for row in rows if row.province == "ON"}
    everywhere = {row.noc for row in rows if row.province == "ALL"} - in_yukon - in_ontario
    assert everywhere
    for noc in everywhere:
        assert book.regulations(noc, "ER35")
        assert book.regulations(noc, "ER6010") == ()


def test_thresholds_of_both_editions_are_those_of_the_sources(snapshot: Snapshot) -> None:
    official, article = snapshot.editions[OFFICIAL], snapshot.editions[ARTICLE]
    australian = official.requirement("AU", Category.PROFESSIONAL)
    assert australian is not None
    assert (australian.min_education_years, australian.equivalent_years_with_letter) == (
        Decimal(4),
        Decimal(3),
    )
    in_article = article.requirement("AU", Category.PROFESSIONAL)
    assert in_article is not None
    assert (in_article.equivalent_years_with_letter, in_article.licence_grace_months) == (None, 0)
    assert {code for code, rule in official.countries.items() if rule.covered} == {
        "AU",
        "JP",
        "MX",
        "CL",
        "PE",
        "MY",
        "BN",
    }


def test_every_fact_that_a_rule_names_leads_to_a_source_with_a_title(snapshot: Snapshot) -> None:
    for edition in snapshot.editions.values():
        named = {fact for rule in edition.occupation_rules for fact in rule.fact_ids}
        named |= {fact for facts in edition.criterion_facts.values() for fact in facts}
        assert all(edition.citations[fact][0].title for fact in named)
        assert len(edition.criterion_facts) == 9


def test_every_difference_says_what_each_edition_says(snapshot: Snapshot) -> None:
    differences = snapshot.reference.differences
    assert list(differences) == [f"D-{number:02}" for number in range(1, 15)]
    for difference in differences.values():
        assert set(difference.says) == {OFFICIAL, ARTICLE}
        assert all(text["en"].endswith(".") for text in difference.says.values())


def test_every_source_with_an_address_has_a_full_one(payload: Payload) -> None:
    addresses = {row["id"]: row["url"] for row in payload["sources"]}
    assert [source for source, url in addresses.items() if not url] == ["REG-1"]
    assert all("..." not in url for url in addresses.values())


def test_a_translation_is_found_by_its_english_wording(payload: Payload) -> None:
    row = {"context": "difference.topic", "english": "Language", "language": "fr", "text": "Langue"}
    built = build_snapshot({**payload, "translations": [row]})
    assert built.reference.differences["D-12"].topic == {"en": "Language", "fr": "Langue"}
    assert built.reference.differences["D-01"].topic == {"en": "Countries"}


def test_what_lacks_a_translation_is_named_until_it_has_one(payload: Payload) -> None:
    row = {"context": "difference.topic", "english": "Language", "language": "es", "text": "Idioma"}
    text = ("difference.topic", "Language")
    bare = {**payload, "translations": []}
    assert text in missing_texts(bare, "es")
    assert text not in missing_texts({**payload, "translations": [row]}, "es")
    assert text in missing_texts({**bare, "translations": [row]}, "ja")


def test_official_french_titles_are_no_translations(payload: Payload) -> None:
    contexts = {context for context, _ in missing_texts({**payload, "translations": []}, "fr")}
    assert {"condition.question", "regulation.note", "advice_line.says"} <= contexts
    assert not contexts & {"unit_group.title", "region.name"}


def test_countries_have_names_in_four_languages(snapshot: Snapshot) -> None:
    assert snapshot.reference.country_names["JP"] == {
        "en": "Japan",
        "fr": "Japon",
        "es": "Japón",
        "ja": "日本",
    }


def test_building_needs_neither_django_nor_a_database() -> None:
    program = (
        "import sys; from occupations.shipped import shipped_payload; "
        "from occupations.building import build_snapshot; build_snapshot(shipped_payload()); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
