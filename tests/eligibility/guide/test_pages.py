"""The guide as pages: every statement names its source, figures follow the rules in force, caches are used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from django.test import Client, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility import formatting, guide
from occupations import snapshots
from occupations.rulebook import (
    FIRST_PERMIT,
    Edition,
    LinePart,
    PeriodInForce,
    Snapshot,
    text_in,
)
from tests.browser import html_check
from tests.eligibility.guide.reading import PAGES, article, ask, one, read, words

EVERY_PAGE = ("/guide/", *PAGES)
EDITIONS = ("ircc-2024-10-03", "article-2026")
FRENCH = override_settings(LANGUAGES=[("en", "English"), ("fr", "French")])


def hold(snapshot: Snapshot, edition: Edition, **reference: Any) -> None:
    """Let `edition` decide, with other reference tables where they are named."""
    snapshots.hold(
        replace(
            snapshot,
            revision=snapshot.revision + 1,
            editions={**snapshot.editions, edition.slug: edition},
            periods=(PeriodInForce(edition.slug, date(2020, 1, 1), None),),
            reference=replace(snapshot.reference, **reference),
        )
    )


def deciding(snapshot: Snapshot) -> Edition:
    return snapshot.rulebook(snapshots.today()).edition


def statements(page: Element) -> list[Element]:
    """Sentences of an article: paragraphs, items and table rows; signposts are marked as such."""
    inside = one(page, "article")
    found = [each for name in ("p", "li", "tr") for each in inside.iter(name)]
    return [
        each
        for each in found
        if each.get("class") not in {"lead-on", "detail"} and each.find("th[@scope='col']") is None
    ]


def test_the_tests_know_every_page() -> None:
    assert [f"/guide/{page.slug}/" for page in guide.PAGES] == list(PAGES)


# --- Sources ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("path", PAGES)
def test_every_statement_cites_a_document_that_the_page_lists(
    path: str, edition: str, shipped: Snapshot
) -> None:
    hold(shipped, shipped.editions[edition])
    page = read(path)
    listed = {each.get("id") for each in one(page, "ol", **{"class": "documents"})}
    told = statements(page)
    assert len(told) >= 4
    for statement in told:
        links = [each.get("href", "") for each in statement.iter("a")]
        cited = {link.removeprefix("#") for link in links if link.startswith("#source-")}
        assert cited, words(statement)
        assert cited <= listed


@pytest.mark.parametrize("path", PAGES)
def test_every_document_is_cited_and_named_with_publisher_and_date(path: str, shipped: Snapshot) -> None:
    page = read(path)
    cited = {each.get("href", "")[1:] for each in one(page, "article").iter("a")}
    sources = {each.title: each for each in _documents(shipped)}
    for item in one(page, "ol", **{"class": "documents"}):
        assert item.get("id") in cited
        document = sources[words(one(item, "a"))]
        day = document.dated or document.read_on
        assert words(item).startswith(f"{document.title}, {document.publisher}, ")
        assert words(item).endswith(formatting.day(day, "en"))
        assert one(item, "a").get("href") == document.url


def _documents(snapshot: Snapshot) -> set[Any]:
    """Every document that an edition or a table on applying names."""
    cited = {
        source
        for edition in snapshot.editions.values()
        for sources in edition.citations.values()
        for source in sources
    }
    applying = snapshot.reference.applying
    rows: list[Any] = [*applying.lines, *applying.fees, *applying.permit_terms, *applying.routes]
    rows += [rule for route in applying.routes for rule in route.rules]
    return cited | {row.source for row in rows}


def test_a_fact_that_the_deciding_edition_does_not_cite_is_cited_from_another(shipped: Snapshot) -> None:
    edition = deciding(shipped)
    without = {fact: sources for fact, sources in edition.citations.items() if fact != "F-20"}
    hold(shipped, replace(edition, citations=without))
    assert ask("/guide/who-qualifies/").status_code == 200
    page = read("/guide/who-qualifies/")
    assert all(each.find(".//sup") is not None for each in statements(page))


# --- Figures ----------------------------------------------------------------------------------------------


def test_years_of_study_and_experience_follow_the_edition_in_force(shipped: Snapshot) -> None:
    edition = deciding(shipped)
    raised = {
        key: replace(row, min_education_years=Decimal("6.5"), min_experience_years=Decimal(9))
        for key, row in edition.requirements.items()
    }
    before = article("/guide/who-qualifies/")
    hold(shipped, replace(edition, requirements=raised))
    after = article("/guide/who-qualifies/")
    assert "at least 4 years" in before
    assert "2 years or more" in before
    assert "at least 6.5 years" in after
    assert "9 years or more" in after
    assert "at least 4 years" not in after
    assert "2 years or more" not in after


def test_countries_follow_the_edition_in_force(shipped: Snapshot) -> None:
    edition = deciding(shipped)
    gone = next(code for code, rule in edition.countries.items() if rule.covered)
    name = text_in(shipped.reference.country_names[gone], "en")
    countries = {
        code: replace(rule, covered=rule.covered and code != gone) for code, rule in edition.countries.items()
    }
    assert name in words(statements(read("/guide/permit/"))[2])
    hold(shipped, replace(edition, countries=countries))
    assert name not in article("/guide/permit/")
    (listed,) = (each for each in statements(read("/guide/who-qualifies/")) if words(each).startswith(name))
    assert listed.tag == "li"


def test_the_licence_grace_follows_the_edition_and_is_left_out_without_one(shipped: Snapshot) -> None:
    edition = deciding(shipped)
    for months, expected in ((7, "about 7 months"), (1, "about 1 month.")):
        rows = {key: replace(row, licence_grace_months=months) for key, row in edition.requirements.items()}
        hold(shipped, replace(edition, requirements=rows))
        assert expected in article("/guide/who-qualifies/")
    rows = {key: replace(row, licence_grace_months=0) for key, row in edition.requirements.items()}
    hold(shipped, replace(edition, requirements=rows))
    assert "do not hold it yet" not in article("/guide/who-qualifies/")


def test_fees_and_the_length_of_the_permit_follow_their_tables(shipped: Snapshot) -> None:
    applying = shipped.reference.applying
    fees = tuple(replace(fee, amount=Decimal(1000 + number)) for number, fee in enumerate(applying.fees))
    terms = tuple(replace(term, months=31) for term in applying.permit_terms if term.slug == FIRST_PERMIT)
    hold(shipped, deciding(shipped), applying=replace(applying, fees=fees, permit_terms=terms))
    for path in ("/guide/permit/", "/guide/afterwards/"):
        assert "31 months at most" in article(path)
    told = article("/guide/application/")
    for fee in fees:
        assert formatting.money(fee.amount, "en") in told


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_when_the_tables_on_applying_are_empty(path: str, shipped: Snapshot) -> None:
    hold(shipped, deciding(shipped), applying=type(shipped.reference.applying)(), other_doors=())
    response = ask(path)
    assert response.status_code == 200
    assert html_check.complaints(response.content.decode()) == []


def test_the_spouse_follows_the_statuses_of_the_edition(shipped: Snapshot) -> None:
    edition = deciding(shipped)
    nobody = {code: replace(rule, spouse_statuses=frozenset()) for code, rule in edition.countries.items()}
    assert "You are a citizen of one of these countries" in article("/guide/family/")
    hold(shipped, replace(edition, countries=nobody))
    assert "name no country for this" in article("/guide/family/")


def test_every_pitfall_of_the_tables_is_told_once(shipped: Snapshot) -> None:
    told = article("/guide/mistakes/")
    lines = [line for line in shipped.reference.applying.lines if line.part is LinePart.PITFALL]
    assert len(lines) > 10
    for line in lines:
        assert told.count(words_of(text_in(line.says, "en"))) == 1, line.slug


def words_of(text: str) -> str:
    return " ".join(text.split())


# --- Pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_is_valid_and_sets_no_cookie(path: str) -> None:
    response = ask(path)
    assert html_check.complaints(response.content.decode()) == []
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_leads_to_the_check_and_names_its_own_address(path: str) -> None:
    page = read(f"{path}?from=elsewhere")
    assert one(page, "link", rel="canonical").get("href") == f"http://testserver{path}"
    assert "/check/" in {each.get("href") for each in page.iter("a")}


def test_the_pages_follow_one_another_and_each_lists_all() -> None:
    for number, path in enumerate(PAGES):
        page = read(path)
        links = {each.get("rel"): each.get("href") for each in page.iter("a") if each.get("rel")}
        assert links.get("next") == (PAGES[number + 1] if number + 1 < len(PAGES) else None)
        assert links.get("prev") == (PAGES[number - 1] if number else None)
        assert {*PAGES} - {path} <= {each.get("href") for each in page.iter("a")}
    assert set(PAGES) <= {each.get("href") for each in read("/guide/").iter("a")}


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_is_not_sent_again_until_the_data_change(path: str, shipped: Snapshot) -> None:
    tag = ask(path).headers["ETag"]
    again = ask(path, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    hold(shipped, deciding(shipped))
    changed = ask(path, if_none_match=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


@FRENCH
def test_another_language_has_another_tag_and_address() -> None:
    english, french = ask("/guide/permit/"), ask("/fr/guide/permit/")
    assert french.status_code == 200
    assert english.headers["ETag"] != french.headers["ETag"]
    page = read("/fr/guide/permit/")
    assert one(page, "link", rel="alternate", hreflang="en").get("href") == "http://testserver/guide/permit/"


def test_every_page_stands_in_the_sitemap() -> None:
    listed = ask("/sitemap-en.xml").content.decode()
    for path in (*EVERY_PAGE, "/editions/"):
        assert f"<loc>http://testserver{path}</loc>" in listed


# --- Whatever is asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/guide/nothing/", "/guide/PERMIT/", "/guide/permit.html/", "/guide/..%2f/"]
)
def test_a_page_that_the_guide_lacks_is_not_found(path: str) -> None:
    assert ask(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(method: str) -> None:
    assert getattr(Client(), method)("/guide/permit/").status_code == 405


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=40), query=st.text(max_size=40))
def test_no_address_breaks_the_guide(name: str, query: str) -> None:
    part, asked = quote(name.encode("utf-8", "replace"), safe=""), quote(query.encode("utf-8", "replace"))
    for path in (f"/guide/{part}/?q={asked}", f"/guide/permit/?{asked}", f"/editions/?{asked}"):
        assert ask(path).status_code in {200, 301, 404}
