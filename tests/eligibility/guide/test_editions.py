"""The public page on editions: what decides since when, what is announced, compared and changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from eligibility import formatting
from eligibility.edition_changes import changes
from occupations import snapshots
from occupations.rulebook import Category, PeriodInForce, Publication, Snapshot, text_in
from tests.browser import html_check
from tests.eligibility.guide.reading import ask, one, read, words

OFFICIAL, ARTICLE = "ircc-2024-10-03", "article-2026"


def shown(page: Element) -> list[tuple[str | None, str | None]]:
    """Each edition with where it stands, in the order of the page."""
    return [(each.get("data-when"), each.get("data-edition")) for each in page.iter("article")]


def planned_change(snapshot: Snapshot, in_days: int) -> Snapshot:
    """The official edition until the day before, then the article."""
    first = snapshots.today() + timedelta(days=in_days)
    periods = (
        PeriodInForce(OFFICIAL, date(2024, 10, 3), first - timedelta(days=1)),
        PeriodInForce(ARTICLE, first, None),
    )
    return replace(snapshot, revision=snapshot.revision + 1, periods=periods)


def test_the_page_names_the_edition_in_force_and_its_dates(shipped: Snapshot) -> None:
    page = read("/editions/")
    assert shown(page) == [("present", OFFICIAL), (None, ARTICLE)]
    edition = shipped.editions[OFFICIAL]
    told = words(one(page, "article", **{"data-edition": OFFICIAL}))
    (period,) = shipped.periods
    assert f"In force since {formatting.day(period.first_day, 'en')}. No last day is set." in told
    assert edition.source_modified is not None
    for day in (edition.source_modified, edition.read_on, edition.effective_from):
        assert formatting.day(day, "en") in told
    assert str(len(edition.occupation_rules)) in told
    assert "No other edition is planned." in words(page)


def test_a_planned_edition_is_announced_with_what_changes(shipped: Snapshot) -> None:
    snapshots.hold(planned_change(shipped, 10))
    page = read("/editions/")
    assert shown(page) == [("present", OFFICIAL), ("planned", ARTICLE)]
    first = snapshots.today() + timedelta(days=10)
    told = words(one(page, "article", **{"data-when": "planned"}))
    assert f"In force from {formatting.day(first, 'en')}." in told
    last = formatting.day(first - timedelta(days=1), "en")
    assert f"to {last}, both days included" in words(one(page, "article", **{"data-when": "present"}))
    (summary,) = changes_of(shipped)[:1]
    assert summary in told


def changes_of(snapshot: Snapshot) -> list[str]:
    editions = snapshot.editions
    return changes(editions[OFFICIAL], editions[ARTICLE], snapshot.reference, "en")


def test_an_edition_of_the_past_is_listed_as_such(shipped: Snapshot) -> None:
    snapshots.hold(planned_change(shipped, -10))
    page = read("/editions/")
    assert shown(page) == [("present", ARTICLE), ("past", OFFICIAL)]


def test_the_first_and_the_last_day_of_a_period_belong_to_it(shipped: Snapshot) -> None:
    snapshots.hold(planned_change(shipped, 0))
    assert shown(read("/editions/"))[0] == ("present", ARTICLE)
    snapshots.hold(planned_change(shipped, 1))
    assert shown(read("/editions/"))[0] == ("present", OFFICIAL)


def test_every_difference_between_the_editions_is_shown_with_both_texts(shipped: Snapshot) -> None:
    told = words(one(read("/editions/"), "section", **{"aria-labelledby": "differences"}))
    assert shipped.reference.differences
    for difference in shipped.reference.differences.values():
        assert text_in(difference.topic, "en") in told
        for slug in (OFFICIAL, ARTICLE):
            assert " ".join(text_in(difference.says[slug], "en").split()) in told


def test_changes_name_countries_requirements_and_lines(shipped: Snapshot) -> None:
    before = shipped.editions[OFFICIAL]
    gone = next(code for code, rule in before.countries.items() if rule.covered)
    kept = next(code for code, rule in before.countries.items() if rule.covered and code != gone)
    names = {code: text_in(shipped.reference.country_names[code], "en") for code in (gone, kept)}
    requirements = dict(before.requirements)
    row = requirements[kept, Category.PROFESSIONAL]
    requirements[kept, Category.PROFESSIONAL] = replace(
        row, min_experience_years=row.min_experience_years + 1
    )
    lines = [rule for rule in before.occupation_rules if rule.country == kept]
    after = replace(
        before,
        countries={**before.countries, gone: replace(before.countries[gone], covered=False)},
        requirements=requirements,
        occupation_rules=tuple(rule for rule in before.occupation_rules if rule not in (lines[0], lines[1])),
    )
    told = changes(before, after, shipped.reference, "en")
    assert told == [
        f"No longer covered: {names[gone]}.",
        f"Other requirements, Professionals: {names[kept]}.",
        f"{names[kept]}, Professionals: 2 lines removed.",
    ]
    back = changes(after, before, shipped.reference, "en")
    assert back[0] == f"Now covered: {names[gone]}."
    assert back[-1] == f"{names[kept]}, Professionals: 2 lines added."


def test_an_edition_that_says_the_same_says_so(shipped: Snapshot) -> None:
    edition = shipped.editions[OFFICIAL]
    again = replace(edition, slug="again")
    assert changes(edition, again, shipped.reference, "en") == [
        "Countries, requirements and lists stay as they were."
    ]


def test_the_page_is_valid_sets_no_cookie_and_is_kept_by_caches(shipped: Snapshot) -> None:
    response = ask("/editions/")
    assert html_check.complaints(response.content.decode()) == []
    assert not response.cookies
    tag = response.headers["ETag"]
    assert ask("/editions/", if_none_match=tag).status_code == 304
    snapshots.hold(planned_change(shipped, 10))
    changed = ask("/editions/", if_none_match=tag)
    assert changed.status_code == 200
    assert html_check.complaints(changed.content.decode()) == []


# --- How editions were published and withdrawn ------------------------------------------------------------


def publication(slug: str, **known: Any) -> Publication:
    given: dict[str, Any] = {
        "edition": slug,
        "title": {"en": "An edition that was taken back"},
        "publisher": "IRCC",
        "url": "https://www.canada.ca/",
        "published_on": date(2026, 11, 2),
        "approved": True,
        "is_withdrawn": False,
        "withdrawn_on": None,
        **known,
    }
    return Publication(**given)


def with_publications(snapshot: Snapshot, *found: Publication) -> Snapshot:
    return replace(
        snapshot, revision=snapshot.revision + 1, publications={each.edition: each for each in found}
    )


def test_an_edition_says_whether_a_second_person_approved_it(shipped: Snapshot) -> None:
    def told(*found: Publication) -> str:
        snapshots.hold(with_publications(shipped, *found))
        return words(one(read("/editions/"), "article", **{"data-edition": OFFICIAL}))

    assert "It came with this site." in told()
    assert "November 2, 2026. A second person, who had not written it, approved it." in told(
        publication(OFFICIAL)
    )
    assert "November 2, 2026. No second person approved it: this site was kept by a single person" in told(
        publication(OFFICIAL, approved=False)
    )


def test_withdrawn_editions_are_listed_with_their_day(shipped: Snapshot) -> None:
    assert not list(section(read("/editions/"), "withdrawn"))
    gone = {"is_withdrawn": True, "withdrawn_on": date(2026, 11, 5)}
    snapshots.hold(
        with_publications(
            planned_change(shipped, -10),
            publication("taken-back", **gone),
            publication(OFFICIAL, **gone, approved=False),
        )
    )
    (found,) = section(read("/editions/"), "withdrawn")
    never, once = [words(item) for item in found.iter("li")]
    assert never.startswith(
        "An edition that was taken back: withdrawn on November 5, 2026. It never decided."
    )
    assert "It decided on the days that are named above." in once


def section(page: Element, heading: str) -> list[Element]:
    return [each for each in page.iter("section") if each.get("aria-labelledby") == heading]


def test_two_periods_of_one_edition_in_a_row_are_told_as_one(shipped: Snapshot) -> None:
    today = snapshots.today()
    periods = (
        PeriodInForce(OFFICIAL, date(2024, 10, 3), today - timedelta(days=1)),
        PeriodInForce(OFFICIAL, today, None),
    )
    snapshots.hold(replace(shipped, revision=shipped.revision + 1, periods=periods))
    page = read("/editions/")
    assert shown(page)[0] == ("present", OFFICIAL)
    assert ("past", OFFICIAL) not in shown(page)
    assert "In force since October 3, 2024." in words(page)
