"""What another edition changes: every flip is real, none is missing, and the counts add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.impact import Origin, Profile, Report, comparing, population, report
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, Outcome, OverallOutcome
from occupations.rulebook import Category, Effect, OccupationRule, Rulebook
from tests.eligibility.rules.cases import ARTICLE, OFFICIAL, answers, line, rulebook

SIZE = 3000


def with_rules(book: Rulebook, rules: tuple[OccupationRule, ...]) -> Rulebook:
    return replace(book, edition=replace(book.edition, occupation_rules=rules))


@cache
def people() -> tuple[Profile, ...]:
    return tuple(population(rulebook(OFFICIAL), rulebook(ARTICLE), SIZE))


@cache
def compared() -> Report:
    return report(rulebook(OFFICIAL), rulebook(ARTICLE), people())


@pytest.mark.parametrize("slug", [OFFICIAL, ARTICLE])
def test_an_edition_beside_itself_changes_nothing(slug: str) -> None:
    same = report(rulebook(slug), rulebook(slug), people())
    assert same.changes == ()
    assert same.before == same.after
    assert same.total == SIZE


def test_a_copy_of_an_edition_changes_nothing() -> None:
    official = rulebook(OFFICIAL)
    copied = with_rules(official, tuple(official.edition.occupation_rules))
    assert copied.edition is not official.edition
    assert report(official, copied, people()).changes == ()


def test_exactly_those_whose_assessments_differ_are_reported() -> None:
    official, article = rulebook(OFFICIAL), rulebook(ARTICLE)
    reported = {change.profile.id: change for change in compared().changes}
    flips = set()
    for person in people():
        before, after = assess(person.answers, official), assess(person.answers, article)
        differing = tuple(
            criterion
            for criterion in Criterion
            if before.criteria[criterion].outcome is not after.criteria[criterion].outcome
        )
        change = reported.get(person.id)
        if change is None:
            assert (before.outcome, before.category, differing) == (after.outcome, after.category, ())
            continue
        assert change.criteria == differing
        assert (change.before.outcome, change.after.outcome) == (before.outcome, after.outcome)
        assert (change.before.category, change.after.category) == (before.category, after.category)
        if before.outcome is not after.outcome:
            flips.add(person.id)
    assert {change.profile.id for change in compared().flips} == flips
    assert flips


def test_the_counts_add_up() -> None:
    whole = compared()
    assert whole.total == sum(whole.moves.values()) == SIZE
    assert whole.origins == {Origin.GENERATED: SIZE}
    for side in (whole.before, whole.after):
        assert sum(side.values()) == SIZE
        assert set(side) == set(OverallOutcome)
    for groups in (whole.by_country, whole.by_category):
        assert sum(group.total for group in groups.values()) == SIZE
        assert sum(group.flips for group in groups.values()) == len(whole.flips)
        for outcome in OverallOutcome:
            assert sum(group.before[outcome] for group in groups.values()) == whole.before[outcome]
            assert sum(group.after[outcome] for group in groups.values()) == whole.after[outcome]
    assert set(whole.by_category) == set(Category)
    for criterion, of_criterion in whole.by_criterion.items():
        named = [change for change in whole.changes if criterion in change.criteria]
        assert sum(of_criterion.before.values()) == sum(of_criterion.after.values()) == SIZE
        assert of_criterion.changes == len(named)
        assert of_criterion.flips == sum(change.flips for change in named)
    moved = sum(count for (one, other), count in whole.moves.items() if one is not other)
    assert moved == len(whole.flips)


def test_each_profile_is_assessed_once_under_each_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()

    def counting(given_answers: object, book: Rulebook) -> object:
        calls[book.edition.slug] += 1
        return assess(given_answers, book)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "assess", counting)
    report(rulebook(OFFICIAL), rulebook(ARTICLE), people()[:500])
    assert calls == {OFFICIAL: 500, ARTICLE: 500}


def test_the_two_sides_exchanged_give_the_same_people_the_other_way_round() -> None:
    back = report(rulebook(ARTICLE), rulebook(OFFICIAL), people())
    assert [change.profile.id for change in back.changes] == [
        change.profile.id for change in compared().changes
    ]
    assert (back.before, back.after) == (compared().after, compared().before)


# --- One changed exclusion --------------------------------------------------------------------------------


def excluded(book: Rulebook, country: str, noc: str) -> Rulebook:
    """The edition with one more line, which excludes an occupation in one country without a condition."""
    more = line(noc, Effect.EXCLUDE, country, position=9999, fact_ids=())
    return with_rules(book, (*book.edition.occupation_rules, more))


@pytest.mark.parametrize(("country", "noc"), [("MX", "21231"), ("AU", "11100"), ("JP", "21300")])
def test_one_more_exclusion_flips_exactly_those_whom_it_names(country: str, noc: str) -> None:
    official = rulebook(OFFICIAL)
    draft = excluded(official, country, noc)
    crowd = tuple(population(official, draft, SIZE))
    made = report(official, draft, crowd)
    expected = {
        person.id
        for person in crowd
        if (person.answers.country, person.answers.noc) == (country, noc)
        and assess(person.answers, official).outcome is not OverallOutcome.NOT_ELIGIBLE
    }
    assert expected
    assert {change.profile.id for change in made.flips} == expected
    for change in made.flips:
        assert change.criteria == (Criterion.OCCUPATION,)
        assert change.after.outcome is OverallOutcome.NOT_ELIGIBLE
    assert {code for code, group in made.by_country.items() if group.flips} == {country}
    assert made.by_criterion[Criterion.OCCUPATION].flips == len(expected)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whichever_line_is_taken_out_only_people_whom_it_names_come_out_differently(
    data: st.DataObject,
) -> None:
    official = rulebook(OFFICIAL)
    rules = official.edition.occupation_rules
    index = data.draw(st.integers(0, len(rules) - 1))
    gone = rules[index]
    draft = with_rules(official, rules[:index] + rules[index + 1 :])
    for change in report(official, draft, people()[:1500]).changes:
        noc = change.profile.answers.noc
        assert change.profile.answers.country == gone.country
        assert noc is not None
        assert gone.matches(noc, int(noc[1]))


def test_a_profile_may_change_a_criterion_and_keep_its_answer() -> None:
    official = rulebook(OFFICIAL)
    refused = Profile("one", answers(job_offer="none", controls_employer=None), Origin.STAFF, "No offer")
    made = report(official, excluded(official, "MX", "21231"), [refused])
    (change,) = made.changes
    assert not change.flips
    assert made.flips == ()
    assert change.criteria == (Criterion.OCCUPATION,)
    assert change.before.criteria[list(Criterion).index(Criterion.OCCUPATION)] is Outcome.PASSES
    assert made.by_criterion[Criterion.OCCUPATION].changes == 1
    assert made.origins == {Origin.STAFF: 1}


def test_nobody_gives_an_empty_report() -> None:
    empty = report(rulebook(OFFICIAL), rulebook(ARTICLE), [])
    assert empty.total == 0
    assert empty.changes == ()
    assert set(empty.before.values()) == {0}
