"""The generated population: who is in it, and that it is always the same."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache

from eligibility.impact import Profile, Targets, population, verdict
from eligibility.impact.boundaries import CENT, MONTH
from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import OverallOutcome
from eligibility.rules.questions import relevant_conditions
from eligibility.rules.vocabulary import Status, WagePeriod
from eligibility.rules.wage import find_prevailing_wage
from tests.eligibility.rules.cases import (
    ARTICLE,
    OFFICIAL,
    country_rule,
    requirement,
    rulebook,
    shipped,
    small_rulebook,
)

SIZE = 10_000


@cache
def people() -> tuple[Profile, ...]:
    return tuple(population(rulebook(OFFICIAL), rulebook(ARTICLE), SIZE))


def test_the_same_editions_size_and_seed_give_the_same_people() -> None:
    again = tuple(population(rulebook(OFFICIAL), rulebook(ARTICLE), SIZE))
    assert again == people()
    assert len(people()) == SIZE
    assert len({person.id for person in people()}) == SIZE


def test_another_seed_gives_other_people() -> None:
    others = tuple(population(rulebook(OFFICIAL), rulebook(ARTICLE), 100, seed=1))
    assert others != people()[:100]


def test_a_larger_population_begins_with_the_smaller_one() -> None:
    assert tuple(population(rulebook(OFFICIAL), rulebook(ARTICLE), 500)) == people()[:500]


def test_everybody_gives_answers_that_the_command_would_accept() -> None:
    reference = shipped().reference
    for person in people()[:2000]:
        assert Answers.parse(person.answers.to_json(), reference) == person.answers, person.id


def test_every_named_occupation_and_a_neighbour_occurs_in_every_covered_country() -> None:
    editions = [shipped().editions[slug] for slug in (OFFICIAL, ARTICLE)]
    named = {rule.noc for edition in editions for rule in edition.occupation_rules if rule.noc}
    covered = {code for edition in editions for code in edition.countries if edition.covers(code)}
    met = {(person.answers.country, person.answers.noc) for person in people()}
    assert len(named) > 100
    assert {(country, noc) for country in covered for noc in named} <= met
    assert {noc for _, noc in met if noc} > named, "neighbours too"


def test_conditions_are_answered_with_yes_and_no_and_left_open() -> None:
    official = rulebook(OFFICIAL)
    met: dict[str, set[bool | None]] = {}
    for person in people():
        country, noc = person.answers.country, person.answers.noc
        if country and noc and official.edition.covers(country):
            for slug in relevant_conditions(country, noc, official):
                met.setdefault(slug, set()).add(person.answers.conditions.get(slug))
    asked = {slug for rule in official.edition.occupation_rules for slug in (rule.when, rule.unless) if slug}
    assert met == {slug: {True, False, None} for slug in asked}


def test_every_status_and_every_outcome_occurs() -> None:
    assert {person.answers.status for person in people()} == {*Status, None}
    outcomes = Counter(verdict(person.answers, rulebook(OFFICIAL)).outcome for person in people())
    assert set(outcomes) == set(OverallOutcome)
    assert min(outcomes.values()) > SIZE // 20, "Each answer is common enough to see it flip."


def test_experience_stands_on_both_sides_of_each_threshold() -> None:
    years = {person.answers.experience_years for person in people()}
    for edition in shipped().editions.values():
        for row in edition.requirements.values():
            limit = row.min_experience_years
            assert {limit, limit + MONTH, limit - MONTH} <= years, row


def test_study_stands_on_both_sides_of_each_length() -> None:
    years = {person.answers.education_years for person in people()}
    for edition in shipped().editions.values():
        for row in edition.requirements.values():
            limit = row.min_education_years
            assert {limit, limit + MONTH, limit - MONTH} <= years, row


def test_pay_stands_on_the_figure_of_the_table_and_a_cent_to_each_side() -> None:
    met: Counter[Decimal] = Counter()
    for person in people():
        answers = person.answers
        if answers.wage_period is WagePeriod.HOUR and answers.wage_amount is not None:
            found = find_prevailing_wage(answers.noc, answers.region, rulebook(ARTICLE))
            if found.row and found.row.median and not found.row.annual:
                met[answers.wage_amount - found.row.median] += 1
    assert min(met[Decimal(0)], met[CENT], met[-CENT]) > 20


def test_countries_that_no_edition_covers_occur_too() -> None:
    targets = Targets.of(rulebook(OFFICIAL), rulebook(ARTICLE))
    countries = {person.answers.country for person in people()}
    assert {*targets.covered, *targets.others, None} == countries


def test_a_threshold_that_only_a_draft_names_is_probed() -> None:
    before = small_rulebook()
    after = small_rulebook(requirements=[requirement(min_experience_years=Decimal(3))])
    years = {person.answers.experience_years for person in population(before, after, 400)}
    assert {Decimal(3), Decimal(3) - MONTH, Decimal(2) - MONTH} <= years


def test_editions_that_cover_no_country_still_have_people() -> None:
    bare = small_rulebook(lines=(), requirements=(), countries=[country_rule("ZZ", covered=False)])
    assert {person.answers.country for person in population(bare, bare, 50)} <= {"ZZ", None}


def test_editions_without_any_country_have_nobody() -> None:
    empty = small_rulebook(lines=(), requirements=(), countries=())
    assert list(population(empty, empty, 50)) == []
