"""What holds for any answers: nothing raises, better answers are never worse, order means nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import RANK, assess, settled_failures
from eligibility.rules.outcomes import Criterion, Outcome
from eligibility.rules.questions import open_conditions
from eligibility.rules.vocabulary import (
    CurrentLocation,
    EducationLevel,
    JobOffer,
    LanguageEvidence,
    LicenceHeld,
    Status,
    WagePeriod,
)
from occupations.rulebook import Category, Edition
from tests.eligibility.rules.cases import ARTICLE, OFFICIAL, answers, rulebook, shipped

REFERENCE = shipped().reference
WORSE = {Outcome.PASSES: 0, Outcome.UNKNOWN: 1, Outcome.FAILS: 2}
COUNTRIES = st.sampled_from(["AU", "JP", "MX", "CL", "PE", "MY", "BN", "NZ", "GB", "FR"])
LISTED = sorted({rule.noc for rule in rulebook().edition.occupation_rules if rule.noc})
CODES = st.sampled_from([*LISTED, *sorted(REFERENCE.unit_groups)[::7]])
YEARS = st.decimals(0, 8, places=2).map(lambda value: format(value, "f"))
MONEY = st.decimals(0, 200, places=2).map(lambda value: format(value, "f"))
WORDS = {name: st.booleans() for name in rulebook().edition.conditions}

CONTRACT: dict[str, st.SearchStrategy[Any]] = {
    "country": COUNTRIES,
    "status": st.sampled_from([word.value for word in Status]),
    "noc": CODES,
    "conditions": st.fixed_dictionaries({}, optional=WORDS),
    "education_level": st.sampled_from([word.value for word in EducationLevel]),
    "education_years": YEARS,
    "education_country": COUNTRIES,
    "degree_field_related": st.booleans(),
    "employer_equivalence_letter": st.booleans(),
    "associate_equivalent": st.booleans(),
    "experience_years": YEARS,
    "experience_part_time": st.booleans(),
    "licence_needed": st.booleans() | st.none(),
    "licence_held": st.sampled_from([word.value for word in LicenceHeld]) | st.none(),
    "licence_within_4_months": st.booleans(),
    "language_evidence": st.lists(st.sampled_from([word.value for word in LanguageEvidence])),
    "works_in_english_or_french": st.booleans(),
    "offer_language_met": st.booleans(),
    "job_offer": st.sampled_from([word.value for word in JobOffer]) | st.none(),
    "region": st.sampled_from(sorted(REFERENCE.regions)),
    "wage_amount": MONEY,
    "wage_period": st.sampled_from([word.value for word in WagePeriod]),
    "hours_per_week": st.decimals(0, 60, places=1).map(lambda value: format(value, "f")),
    "wage_allowances": MONEY,
    "prevailing_wage_hourly": MONEY | st.none(),
    "employer_scale_hourly": MONEY,
    "controls_employer": st.booleans(),
    "passport_country": COUNTRIES,
    "current_location": st.sampled_from([word.value for word in CurrentLocation]),
    "has_partner": st.booleans(),
    "offer_start_date": st.dates().map(date.isoformat),
    "passport_expiry": st.dates().map(date.isoformat),
    "offer_months": st.integers(0, 60),
}
ANY_ANSWERS = st.fixed_dictionaries({}, optional=CONTRACT).map(lambda raw: Answers.parse(raw, REFERENCE))
EDITIONS = st.sampled_from([OFFICIAL, ARTICLE])


def test_the_contract_is_drawn_from_completely() -> None:
    assert set(CONTRACT) == set(Answers.__dataclass_fields__)


@given(ANY_ANSWERS, EDITIONS)
@settings(max_examples=300, deadline=None)
def test_any_answers_of_the_contract_are_judged_and_come_back_from_json(
    given_answers: Answers, edition: str
) -> None:
    book = rulebook(edition)
    assessment = assess(given_answers, book)
    assert Answers.parse(given_answers.to_json(), REFERENCE) == given_answers
    for judged in assessment.by_category.values():
        outcomes = [result.outcome for result in judged.criteria.values()]
        expected = 2 if Outcome.FAILS in outcomes else 1 if Outcome.UNKNOWN in outcomes else 0
        assert RANK[judged.outcome] == expected
        for result in judged.criteria.values():
            assert (result.because is not None) == (result.outcome is Outcome.UNKNOWN)
            assert result.fact_ids
    assert RANK[assessment.outcome] == min(RANK[each.outcome] for each in assessment.by_category.values())
    failed = {result.criterion for result in settled_failures(given_answers, book)}
    assert all(assessment.criteria[criterion].outcome is Outcome.FAILS for criterion in failed)


def never_worse(before: Answers, after: Answers, edition: str) -> None:
    """Every criterion of both categories, and the whole, is at least as good after as before."""
    book = rulebook(edition)
    first, second = assess(before, book), assess(after, book)
    for category in Category:
        for criterion in Criterion:
            was = first.by_category[category].criteria[criterion].outcome
            now = second.by_category[category].criteria[criterion].outcome
            assert WORSE[now] <= WORSE[was], (category, criterion)
    assert RANK[second.outcome] <= RANK[first.outcome]


MORE = st.decimals(0, 5, places=3)


def test_decimal_steps_reach_every_side_of_a_threshold() -> None:
    never_worse(answers(education_years="3.999"), answers(education_years="4"), OFFICIAL)


@given(ANY_ANSWERS.filter(lambda each: each.education_years is not None), MORE, EDITIONS)
@settings(max_examples=150, deadline=None)
def test_more_study_is_never_worse(before: Answers, more: Decimal, edition: str) -> None:
    never_worse(before, replace(before, education_years=(before.education_years or 0) + more), edition)


@given(ANY_ANSWERS.filter(lambda each: each.experience_years is not None), MORE, EDITIONS)
@settings(max_examples=150, deadline=None)
def test_more_paid_years_are_never_worse(before: Answers, more: Decimal, edition: str) -> None:
    never_worse(before, replace(before, experience_years=(before.experience_years or 0) + more), edition)


@given(ANY_ANSWERS.filter(lambda each: each.wage_amount is not None), MORE, EDITIONS)
@settings(max_examples=150, deadline=None)
def test_a_higher_wage_is_never_worse(before: Answers, more: Decimal, edition: str) -> None:
    never_worse(before, replace(before, wage_amount=(before.wage_amount or 0) + more), edition)


@given(ANY_ANSWERS, st.sampled_from(LanguageEvidence), EDITIONS)
@settings(max_examples=150, deadline=None)
def test_one_more_piece_of_language_evidence_is_never_worse(
    before: Answers, kind: LanguageEvidence, edition: str
) -> None:
    evidence = (before.language_evidence or frozenset()) | {kind}
    never_worse(before, replace(before, language_evidence=evidence), edition)


@given(ANY_ANSWERS, EDITIONS)
@settings(max_examples=150, deadline=None)
def test_a_letter_an_equivalence_or_a_licence_is_never_worse(before: Answers, edition: str) -> None:
    never_worse(before, replace(before, employer_equivalence_letter=True), edition)
    never_worse(before, replace(before, associate_equivalent=True), edition)
    never_worse(before, replace(before, licence_held=LicenceHeld.CANADIAN), edition)


def reversed_rows(edition: Edition) -> Edition:
    return replace(edition, occupation_rules=tuple(reversed(edition.occupation_rules)))


TURNED = {
    slug: replace(rulebook(slug), edition=reversed_rows(rulebook(slug).edition))
    for slug in (OFFICIAL, ARTICLE)
}


@given(ANY_ANSWERS, EDITIONS)
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_means_nothing(given_answers: Answers, edition: str) -> None:
    first, second = assess(given_answers, rulebook(edition)), assess(given_answers, TURNED[edition])
    assert (first.outcome, first.category) == (second.outcome, second.category)
    for category in Category:
        for criterion, result in first.by_category[category].criteria.items():
            turned = second.by_category[category].criteria[criterion]
            assert (result.outcome, result.reason, result.because) == (
                turned.outcome,
                turned.reason,
                turned.because,
            )


@given(ANY_ANSWERS.filter(lambda each: each.country is not None and each.noc is not None), EDITIONS)
@settings(max_examples=150, deadline=None)
def test_answering_what_is_asked_always_settles_the_occupation(given_answers: Answers, edition: str) -> None:
    """An occupation that waits for an answer always has a condition to ask for, and the asking ends."""
    book, conditions = rulebook(edition), dict(given_answers.conditions)
    while asked := open_conditions(given_answers.country or "", given_answers.noc or "", conditions, book):
        conditions[asked[0]] = True
    assessment = assess(replace(given_answers, conditions=conditions), book)
    for category in Category:
        result = assessment.by_category[category].criteria[Criterion.OCCUPATION]
        assert result.reason != "condition_not_answered"


def test_every_day_from_the_first_edition_on_has_exactly_one_edition_in_force() -> None:
    snapshot = shipped()
    day = min(period.first_day for period in snapshot.periods)
    for _ in range(3 * 366):
        assert sum(period.includes(day) for period in snapshot.periods) == 1
        assert snapshot.rulebook(day).edition.slug == snapshot.slug_in_force(day)
        day += timedelta(days=1)
    assert any(period.last_day is None for period in snapshot.periods)


def test_both_shipped_editions_judge_every_country_and_code() -> None:
    for edition in (OFFICIAL, ARTICLE):
        for country in ("AU", "JP", "MX", "CL"):
            for noc in REFERENCE.unit_groups:
                assess(answers(country=country, noc=noc), rulebook(edition))
