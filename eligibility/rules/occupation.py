"""Criterion `occupation`: what the country's list says about the job (F-03 to F-06, C-3, C-4, C-13, C-22).

Three values throughout: True, False and None for unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.citing import Citations, with_rules
from eligibility.rules.outcomes import (
    FAILS,
    NOT_ANSWERED,
    OFFICER_DECIDES,
    PASSES,
    UNKNOWN,
    Because,
    Criterion,
    CriterionResult,
    Evidence,
    Facts,
    Reason,
)
from occupations.rulebook import Category, Effect, OccupationRule, Requirement, Rulebook

PAPERS = (Evidence.JOB_DESCRIPTION,)
CATEGORIES: Final = tuple(Category)

Judged = dict[bool | None, tuple[OccupationRule, ...]]
"""Occupation rules of one effect by whether they apply: True, None (unknown), False."""


def teer_of(noc: str) -> int:
    """C-3: TEER is the second digit of the code."""
    return int(noc[1])


def condition_answer(rule: OccupationRule, conditions: Mapping[str, bool]) -> bool | None:
    """Whether the conditions of a rule hold: `when` is true and `unless` is not (facts, section 0)."""
    holds: bool | None = True
    if rule.when is not None:
        answer = conditions.get(rule.when)
        if answer is False:
            return False
        if answer is None:
            holds = None
    if rule.unless is not None:
        answer = conditions.get(rule.unless)
        if answer:
            return False
        if answer is None:
            holds = None
    return holds


def open_question(rule: OccupationRule, conditions: Mapping[str, bool]) -> tuple[str, ...]:
    """The condition to ask next for a rule whose code matches: `unless` only once `when` is met; or none."""
    asked = tuple(slug for slug in (rule.when, rule.unless) if slug is not None and slug not in conditions)
    return asked[:1] if condition_answer(rule, conditions) is None else ()


def applies(rule: OccupationRule, conditions: Mapping[str, bool]) -> bool | None:
    """Whether a rule whose code matches applies; an uncertain one that would is unknown (C-13, C-22)."""
    holds = condition_answer(rule, conditions)
    return None if holds and not rule.certain else holds


def any_true(judged: Judged) -> bool | None:
    """OR of three values: one true is true, otherwise one unknown is unknown."""
    return True if judged[True] else None if judged[None] else False


def category_of_job(noc: str | None, rulebook: Rulebook, country: str | None) -> Category:
    """The category of the job's TEER; professional without a code or with a TEER of neither (C-25)."""
    if noc is not None:
        teer = teer_of(noc)
        for category in CATEGORIES:
            requirement = rulebook.edition.requirement(country, category)
            if requirement is not None and teer in requirement.teers:
                return category
    return Category.PROFESSIONAL


def judge_occupation(
    answers: Answers,
    rulebook: Rulebook,
    category: Category,
    requirement: Requirement | None,
    cited: Citations,
) -> CriterionResult:
    """Whether the list of the country includes the occupation in this category and does not exclude it."""
    edition, country, noc = rulebook.edition, answers.country, answers.noc
    facts = cited.of(Criterion.OCCUPATION, requirement)
    given: Facts = (("country", country), ("noc", noc))
    if country is None:
        return _unknown(Reason.COUNTRY_NOT_GIVEN, given, facts)
    if not edition.covers(country):
        return _fails(Reason.COUNTRY_NOT_COVERED, given, (), facts)
    if requirement is None or not edition.has_include_rule(country, category):
        return _fails(Reason.CATEGORY_NOT_OPEN, given, (), facts)
    if noc is None:
        return _unknown(Reason.OCCUPATION_NOT_GIVEN, given, facts, (("teers", requirement.teers),))
    teer = teer_of(noc)
    if teer not in requirement.teers:
        return _fails(_other_teer(teer, rulebook, country), given, (("teers", requirement.teers),), facts)
    rules = edition.rules_for(country, category, noc, teer)
    return _judge_rules(rules, answers.conditions, given, facts)


def _other_teer(teer: int, rulebook: Rulebook, country: str) -> Reason:
    for category in CATEGORIES:
        requirement = rulebook.edition.requirement(country, category)
        if requirement is not None and teer in requirement.teers:
            return Reason.TEER_OF_OTHER_CATEGORY
    return Reason.TEER_IN_NO_CATEGORY


def _judge_rules(
    rules: Iterable[OccupationRule], conditions: Mapping[str, bool], given: Facts, facts: tuple[str, ...]
) -> CriterionResult:
    """`included and not excluded`, with the rules that made it so."""
    including, excluding = _sides(rules, conditions)
    included, excluded = any_true(including), any_true(excluding)
    if excluded:
        deciding = excluding[True]
        return _fails(Reason.OCCUPATION_EXCLUDED, given, (("rules", deciding),), with_rules(facts, deciding))
    if included is False:
        listed = including[False]
        return _fails(Reason.OCCUPATION_NOT_LISTED, given, (("rules", listed),), with_rules(facts, listed))
    if included and excluded is False:
        deciding = including[True]
        cited = with_rules(facts, deciding)
        required: Facts = (("rules", deciding),)
        return CriterionResult(
            Criterion.OCCUPATION, PASSES, Reason.OCCUPATION_INCLUDED, given, required, cited, PAPERS
        )
    return _undecided((() if included else including[None]) + excluding[None], conditions, given, facts)


def _sides(rules: Iterable[OccupationRule], conditions: Mapping[str, bool]) -> tuple[Judged, Judged]:
    """The including rules and the excluding ones, each by whether they apply."""
    including: Judged = {True: (), None: (), False: ()}
    excluding: Judged = {True: (), None: (), False: ()}
    for rule in rules:
        side = including if rule.effect is Effect.INCLUDE else excluding
        side[applies(rule, conditions)] += (rule,)
    return including, excluding


def included_not_excluded(rules: Iterable[OccupationRule], conditions: Mapping[str, bool]) -> bool | None:
    """What the rules whose code matches come to (facts, section 0)."""
    including, excluding = _sides(rules, conditions)
    included, excluded = any_true(including), any_true(excluding)
    if excluded or included is False:
        return False
    return True if included and excluded is False else None


def _undecided(
    open_rules: tuple[OccupationRule, ...],
    conditions: Mapping[str, bool],
    given: Facts,
    facts: tuple[str, ...],
) -> CriterionResult:
    """Unknown: because a question is open, or because the sources leave the code open (C-13)."""
    asked = tuple(dict.fromkeys(slug for rule in open_rules for slug in open_question(rule, conditions)))
    required: Facts = (("rules", open_rules), ("conditions", asked))
    cited = with_rules(facts, open_rules)
    if asked:
        return _unknown(Reason.CONDITION_NOT_ANSWERED, given, cited, required)
    return _unknown(Reason.OCCUPATION_UNCERTAIN, given, cited, required, OFFICER_DECIDES)


def _fails(reason: Reason, given: Facts, required: Facts, facts: tuple[str, ...]) -> CriterionResult:
    return CriterionResult(Criterion.OCCUPATION, FAILS, reason, given, required, facts, PAPERS)


def _unknown(
    reason: Reason,
    given: Facts,
    facts: tuple[str, ...],
    required: Facts = (),
    because: Because = NOT_ANSWERED,
) -> CriterionResult:
    return CriterionResult(Criterion.OCCUPATION, UNKNOWN, reason, given, required, facts, PAPERS, because)
