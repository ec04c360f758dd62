"""The public lists as pages: valid, found, filtered, kept by caches, and safe from whatever is asked of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.listing.places import wage_table
from eligibility.listing.words import as_of
from occupations import snapshots
from occupations.rulebook import Rulebook, Snapshot
from tests.eligibility.lists.reading import Page, get, having, parse, read, text_of

PAGES = (
    "/occupations/",
    "/occupations/?q=plumber",
    "/occupations/compare/",
    "/occupations/compare/?q=engineer",
    "/occupations/au/",
    "/occupations/au/?q=zzzz",
    "/occupations/jp/technician/",
    "/occupations/my/technician/",
    "/occupations/nz/",
    "/occupations/noc/21231/",
    "/occupations/noc/31100/",
    "/occupations/noc/00013/",
    "/occupations/noc/75110/",
)
MISSING = (
    "/occupations/zz/",
    "/occupations/de/",
    "/occupations/australia/",
    "/occupations/au/manager/",
    "/occupations/noc/99999/",
    "/occupations/noc/2174/",
    "/occupations/zz/list.csv",
)
FRENCH = override_settings(LANGUAGES=[("en", "English"), ("fr", "French")])


def asked(path: str, **headers: str) -> Any:
    return Client(raise_request_exception=True).get(path, headers=headers)


def codes(page: Page) -> set[str]:
    """Codes of the rows of the tables; rows that follow from a TEER line included."""
    return {
        row.attrib.get("data-code") or row.attrib.get("data-follows", "")
        for row in page.iter("tr")
        if "data-line" in row.attrib or "data-follows" in row.attrib
    }


# --- Every page -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_valid_has_one_heading_and_sets_no_cookie(path: str) -> None:
    response = asked(path)
    page = parse(response.content.decode())
    assert response.status_code == 200
    assert len(list(page.iter("h1"))) == 1
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_given_once_and_what_names_an_element_exists(path: str) -> None:
    page = read(path)
    ids = [each.attrib["id"] for each in having(page, "id")]
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for each in having(page, name):
            assert set(each.attrib[name].split()) <= set(ids)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_lists_leads_somewhere(path: str) -> None:
    links = {each.attrib["href"].split("?")[0] for each in read(path).iter("a")}
    inside = {link for link in links if link.startswith("/occupations/")}
    for link in sorted(inside)[:: max(1, len(inside) // 12)]:
        assert asked(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/occupations/?q=a&x=<b>", "/occupations/au/?q=plumber"])
def test_the_canonical_address_of_a_filtered_page_is_the_whole_page_and_it_is_not_indexed(path: str) -> None:
    page = read(path)
    (canonical,) = (each for each in page.iter("link") if each.attrib.get("rel") == "canonical")
    assert canonical.attrib["href"] == f"http://testserver{path.split('?')[0]}"
    assert [each.attrib["content"] for each in page.iter("meta") if each.attrib.get("name") == "robots"] == [
        "noindex"
    ]


@FRENCH
def test_a_page_names_itself_in_every_language_and_countries_in_its_own() -> None:
    page = get("/fr/occupations/au/")
    links = {
        each.attrib["hreflang"]: each.attrib["href"]
        for each in page.iter("link")
        if each.attrib.get("rel") == "alternate"
    }
    assert links == {
        "en": "http://testserver/occupations/au/",
        "fr": "http://testserver/fr/occupations/au/",
        "x-default": "http://testserver/occupations/au/",
    }
    assert "Australie" in text_of(page)
    assert "Directeurs/directrices d'entreprises de télécommunications" in text_of(page)


def test_the_path_of_a_page_is_marked_for_search_engines_by_attributes() -> None:
    page = read("/occupations/jp/technician/")
    places = [
        (text_of(each), next(meta.attrib["content"] for meta in each.iter("meta")))
        for each in having(page, "itemprop")
        if each.attrib["itemprop"] == "itemListElement"
    ]
    assert places == [("Start page", "1"), ("Occupations", "2"), ("Japan", "3"), ("Technicians", "4")]


# --- What stays the same is not sent again ----------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, "/occupations/list.csv", "/occupations/au/list.csv"])
def test_a_page_that_has_not_changed_is_not_sent_again(path: str) -> None:
    first = asked(path)
    again = asked(path, if_none_match=first.headers["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, max-age=60"


def test_a_new_data_revision_is_sent(held: Snapshot) -> None:
    etag = asked("/occupations/au/").headers["ETag"]
    snapshots.hold(replace(held, revision=held.revision + 1))
    response = asked("/occupations/au/", if_none_match=etag)
    assert response.status_code == 200
    assert response.headers["ETag"] != etag


@FRENCH
def test_another_language_and_another_filter_have_other_etags() -> None:
    paths = ("/occupations/au/", "/fr/occupations/au/", "/occupations/au/?q=a", "/occupations/jp/")
    assert len({asked(path).headers["ETag"] for path in paths}) == len(paths)


def test_what_is_not_there_is_never_unchanged() -> None:
    for path in MISSING:
        assert asked(path, if_none_match="*").status_code == 404
        assert asked(path, if_none_match=asked("/occupations/").headers["ETag"]).status_code == 404


# --- Searching --------------------------------------------------------------------------------------------


def test_the_overview_finds_a_job_title_and_says_how_each_country_stands() -> None:
    page = read("/occupations/?q=plumber")
    first = next(row for row in having(page, "data-code"))
    assert first.attrib["data-code"] == "72300"
    assert "Included Australia and Chile" in text_of(first)
    assert "Unclear Peru" in text_of(first)


def test_a_list_is_narrowed_by_words_of_title_and_entry_whatever_case_and_accent() -> None:
    assert codes(read("/occupations/jp/technician/?q=SUPERVISORS:%20TEXTILE")) >= {"92015"}
    assert "92015" in codes(read("/occupations/jp/technician/?q=surveillants%20textile"))
    assert "22210" not in codes(read("/occupations/jp/technician/?q=textile"))


def test_a_list_is_narrowed_by_job_title_too() -> None:
    assert "21234" in codes(read("/occupations/au/?q=front%20end%20developer"))


def test_a_rule_for_a_whole_teer_stays_when_a_list_is_narrowed() -> None:
    page = read("/occupations/au/professional/?q=plumber")
    assert "All work of TEER 0 and 1 is included" in text_of(page)


def test_a_search_without_an_answer_says_so() -> None:
    page = read("/occupations/my/?q=qqqqqq")
    assert "No row of this list answers your search." in text_of(page)
    assert codes(page) == set()


# --- What is not there ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_a_page_that_helps_on(path: str) -> None:
    response = asked(path)
    page = parse(response.content.decode())
    assert response.status_code == 404
    assert "We have no such list" in text_of(page)
    assert any(each.attrib["href"] == "/occupations/" for each in page.iter("a"))
    assert not response.cookies


def test_a_country_by_its_name_in_any_language_leads_to_its_list() -> None:
    for name in ("australia", "Australie", "オーストラリア", "ＡＵ"):
        response = asked(f"/occupations/{quote(name)}/")
        assert response.status_code == 404
        text = response.content.decode()
        assert 'href="/occupations/au/"' in text
        assert 'href="/occupations/jp/"' not in text


def test_a_code_of_the_older_classification_leads_to_the_newer_ones() -> None:
    page = asked("/occupations/noc/2174/").content.decode()
    assert 'href="/occupations/noc/21230/"' in page


def test_a_country_that_the_rules_do_not_name_is_told_by_name() -> None:
    assert "do not name Germany" in asked("/occupations/de/").content.decode()


def test_capital_letters_lead_to_the_one_address_of_a_country() -> None:
    response = asked("/occupations/AU/technician/?q=a")
    assert response.status_code == 301
    assert response.headers["Location"] == "/occupations/au/technician/?q=a"


def test_only_reading_is_allowed() -> None:
    for path in ("/occupations/", "/occupations/au/", "/occupations/noc/21231/", "/occupations/list.csv"):
        assert Client().post(path).status_code == 405


# --- Hostile input ----------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\x00\x1b[31m",
    "%ff%fe",
    "ｐｌｕｍｂｅｒ",
    "a" * 5000,
    "'; DROP TABLE occupations_edition; --",
    "{{ settings.SECRET_KEY }}",
    "\u202egnimmargorp",
    "= cmd|' /C calc'!A0",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/occupations/", "/occupations/au/", "/occupations/compare/"])
def test_a_hostile_search_is_words_and_nothing_else(path: str, text: str) -> None:
    response = asked(f"{path}?q={quote(text)}")
    assert response.status_code == 200
    body = response.content.decode()
    parse(body)
    assert "<script>alert" not in body
    assert "<img" not in body
    assert "\x00" not in body


@settings(max_examples=25, deadline=None)
@given(country=st.text(max_size=12), category=st.text(max_size=12))
def test_no_address_below_the_lists_breaks_the_site(country: str, category: str) -> None:
    for path in (f"/occupations/{quote(country)}/", f"/occupations/{quote(country)}/{quote(category)}/"):
        assert asked(path).status_code in (200, 301, 404)
    assert asked(f"/occupations/noc/{quote(category)}/").status_code in (200, 301, 404)


# --- One unit group ---------------------------------------------------------------------------------------


def test_the_wages_are_those_that_a_look_up_finds(rulebook: Rulebook) -> None:
    table = wage_table("21232", rulebook)
    assert table.provinces[0].region.code == "ER00"
    assert len(table.provinces) == 14
    places = [*table.provinces, *(place for _, inside in table.regions for place in inside)]
    for place in places:
        found = rulebook.wage("21232", place.region.code)
        assert place.row == found
        assert found is not None
        assert place.hourly == found.median
    assert max(place.bar for place in places) == 100
    assert all(place.is_own for _, inside in table.regions for place in inside)


def test_a_yearly_median_is_shown_for_an_hour(rulebook: Rulebook) -> None:
    table = wage_table("00010", rulebook)
    canada = table.provinces[0]
    assert canada.row is not None
    assert canada.row.median == Decimal(84000)
    assert canada.hourly is not None
    assert canada.hourly * 2080 == 84000
    assert "divided by 2,080 hours" in text_of(read("/occupations/noc/00010/"))
    assert "divided by 2,080 hours" not in text_of(read("/occupations/noc/21231/"))


def test_a_province_without_a_figure_says_which_one_counts() -> None:
    text = text_of(read("/occupations/noc/21231/"))
    assert "No figure of its own; the one for Canada counts (CAD 56.49)." in text
    assert "CAD 62.50" in text
    assert "Job Bank wages 2025" in text


def test_an_occupation_without_any_wage_says_so(rulebook: Rulebook) -> None:
    assert not any(place.hourly for place in wage_table("00013", rulebook).provinces)
    assert "Our table has no usual pay for this occupation." in text_of(read("/occupations/noc/00013/"))


@pytest.mark.parametrize("code", ["31301", "33100", "21231", "31100"])
def test_every_row_of_the_regulators_is_on_the_page_of_its_occupation(code: str, rulebook: Rulebook) -> None:
    shown = [text_of(row) for row in having(read(f"/occupations/noc/{code}/"), "data-regulation")]
    rows = rulebook.reference.regulations.get(code, ())
    assert len(shown) == len(rows)
    for row in rows:
        assert any(
            row.regulator in text and row.note.get("en", "").casefold() in text.casefold() for text in shown
        )


def test_both_official_titles_and_all_job_titles_are_shown(rulebook: Rulebook) -> None:
    group = rulebook.reference.unit_groups["21231"]
    text = text_of(read("/occupations/noc/21231/"))
    for title in (group.title["en"], group.title["fr"], *group.job_titles["en"], *group.job_titles["fr"]):
        assert " ".join(title.split()) in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-06-20", "June 20, 2026"),
        ("2026-09", "September 2026"),
        ("2010", "2010"),
        ("2026-19", "2026-19"),
        ("", ""),
    ],
)
def test_the_date_of_a_regulation_is_shown_as_far_as_it_is_known(written: str, shown: str) -> None:
    assert as_of(written, "en") == shown
