"""The lists as files, and what search engines read."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from eligibility.listing.export import HEADER, harmless
from occupations import snapshots
from occupations.rulebook import Rulebook, Snapshot


def downloaded(path: str) -> tuple[Any, str]:
    response: Any = Client().get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content.decode()


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_file_of_the_edition_has_every_line_of_the_tables(deciding: Rulebook) -> None:
    response, text = downloaded("/occupations/list.csv")
    edition = deciding.edition
    rows = rows_of(text)
    assert response.streaming
    assert response.headers["Content-Disposition"] == f'attachment; filename="cptpp-{edition.slug}.csv"'
    assert sorted(
        (row["country"], row["category"], row["effect"], row["certain"], row["noc"], row["teers"])
        for row in rows
    ) == sorted(
        [
            (
                rule.country,
                rule.category.value,
                rule.effect.value,
                "yes" if rule.certain else "no",
                rule.noc or "",
                ";".join(map(str, sorted(rule.teers))),
            )
            for rule in edition.occupation_rules
        ]
        + [
            (
                entry.country,
                entry.category.value,
                entry.effect.value,
                "yes" if entry.certain else "no",
                "",
                "",
            )
            for entry in edition.uncoded_entries
        ]
    )
    assert {row["edition"] for row in rows} == {edition.slug}
    assert all(row["list_entry"] and row["source"] and row["source_date"] for row in rows)


def test_the_file_of_a_country_has_its_lines_only(rulebook: Rulebook) -> None:
    _, text = downloaded("/occupations/mx/list.csv")
    rows = rows_of(text)
    rules, entries = rulebook.edition.occupation_rules, rulebook.edition.uncoded_entries
    assert len(rows) == sum(rule.country == "MX" for rule in rules) + sum(
        entry.country == "MX" for entry in entries
    )
    assert {row["country_name"] for row in rows} == {"Mexico"}


def test_a_country_without_a_list_has_a_file_with_a_header_only() -> None:
    _, text = downloaded("/occupations/nz/list.csv")
    assert text == "\ufeff" + ",".join(HEADER) + "\r\n"


def test_a_condition_stands_in_the_file_in_words() -> None:
    _, text = downloaded("/occupations/my/list.csv")
    (row,) = (row for row in rows_of(text) if row["noc"] == "21231")
    assert row["condition"] == (
        "Included only with this answer: “Is the job that of a software engineer rather than a designer?” Yes."
    )


@override_settings(LANGUAGES=[("en", "English"), ("fr", "French")])
def test_the_file_is_in_the_language_of_its_page_though_it_is_sent_later() -> None:
    _, text = downloaded("/fr/occupations/au/list.csv")
    assert {row["country_name"] for row in rows_of(text)} == {"Australie"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "judges", "00013", "a=b", "0;1"])
def test_a_harmless_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_list_entry_that_is_a_formula_reaches_no_spreadsheet_as_one(held: Snapshot) -> None:
    slug = held.slug_in_force(snapshots.today())
    edition = held.editions[slug]
    first, *others = edition.occupation_rules
    poisoned = replace(
        first, list_entry={"en": '=HYPERLINK("http://example.org";"x")'}, note={"en": "@SUM(A1)"}
    )
    changed = replace(edition, occupation_rules=(poisoned, *others))
    snapshots.hold(replace(held, editions={**held.editions, slug: changed}))
    _, text = downloaded(f"/occupations/{first.country.lower()}/list.csv")
    row = rows_of(text)[0]
    assert row["list_entry"] == '\'=HYPERLINK("http://example.org";"x")'
    assert row["note"] == "'@SUM(A1)."


# --- Search engines ---------------------------------------------------------------------------------------

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(language: str) -> tuple[Any, ElementTree.Element]:
    response, text = downloaded(f"/sitemap-{language}.xml")
    return response, ElementTree.fromstring(text)


def test_robots_are_led_to_the_sitemap_and_away_from_the_staff() -> None:
    response, text = downloaded("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text
    assert "/check/" not in text, "A page that is kept out cannot say noindex."


def test_the_sitemap_leads_to_one_for_each_language() -> None:
    _, text = downloaded("/sitemap.xml")
    found = [each.text for each in ElementTree.fromstring(text).iterfind("s:sitemap/s:loc", SPACES)]
    assert found == [f"http://testserver/sitemap-{code}.xml" for code in ("en", "fr", "es", "ja")]


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("ja", "/ja")])
def test_the_sitemap_of_a_language_has_every_public_page(
    language: str, prefix: str, rulebook: Rulebook
) -> None:
    response, tree = sitemap(language)
    found = {each.text for each in tree.iterfind("s:url/s:loc", SPACES)}
    for path in (
        "/",
        "/occupations/",
        "/occupations/compare/",
        "/occupations/nz/",
        "/occupations/au/technician/",
    ):
        assert f"http://testserver{prefix}{path}" in found
    for code in rulebook.reference.unit_groups:
        assert f"http://testserver{prefix}/occupations/noc/{code}/" in found
    assert all((address or "").startswith(f"http://testserver{prefix}/") for address in found)
    assert not any("/check/" in (address or "") for address in found)
    assert "http://testserver/occupations/my/technician/" not in found
    languages = {each.attrib["hreflang"] for each in tree.iterfind("s:url/x:link", SPACES)}
    assert languages == {"en", "fr", "es", "ja", "x-default"}
    assert not response.cookies


def test_every_address_of_the_sitemap_answers() -> None:
    _, tree = sitemap("en")
    addresses = [each.text or "" for each in tree.iterfind("s:url/s:loc", SPACES)]
    pages = [address.removeprefix("http://testserver") for address in addresses]
    for path in [page for page in pages if "/noc/" not in page] + pages[-5:]:
        assert Client().get(path).status_code == 200, path
