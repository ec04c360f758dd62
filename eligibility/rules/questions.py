"""Which questions can still matter: pure answers for the wizard, read from the rulebook only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from eligibility.rules.answers import Answers
from eligibility.rules.education import COUNTING, IN_DOUBT, credential_part
from eligibility.rules.licensing import find_licence_need
from eligibility.rules.occupation import any_true, applies, condition_answer, judge_occupation, teer_of
from eligibility.rules.outcomes import Outcome
from eligibility.rules.vocabulary import EducationLevel
from occupations.rulebook import Category, CredentialRule, Effect, OccupationRule, Requirement, Rulebook

MANY_CONDITIONS = 8
"""Beyond so many open conditions every one is asked rather than every combination tried."""

RulesByCategory = Mapping[Category, tuple[OccupationRule, ...]]


def relevant_conditions(country: str, noc: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Every condition that the edition's lines for this country and occupation name, in the edition's order."""
    named = {
        slug
        for rules in _rules(country, noc, rulebook).values()
        for rule in rules
        for slug in (rule.when, rule.unless)
        if slug is not None
    }
    return _in_order(named, rulebook)


def open_conditions(
    country: str, noc: str, conditions: Mapping[str, bool], rulebook: Rulebook
) -> tuple[str, ...]:
    """Conditions worth asking now: not answered, and their answer can still change the occupation outcome.

    A line's `unless` is asked only once its `when` is answered with yes.
    """
    by_category = _rules(country, noc, rulebook)
    raised = {
        slug
        for rules in by_category.values()
        for rule in rules
        if rule.when is None or conditions.get(rule.when) is not False
        for slug in (rule.when, rule.unless if rule.when is None or conditions.get(rule.when) else None)
        if slug is not None and slug not in conditions
    }
    unanswered = sorted(raised)
    return _in_order(
        (slug for slug in unanswered if _can_matter(slug, unanswered, conditions, by_category)), rulebook
    )


def _can_matter(
    slug: str, unanswered: list[str], conditions: Mapping[str, bool], by_category: RulesByCategory
) -> bool:
    """Whether, for some answers to the other open conditions, this one makes a difference."""
    if len(unanswered) > MANY_CONDITIONS:
        return True
    others = [each for each in unanswered if each != slug]
    for values in product((True, False), repeat=len(others)):
        settled = {**conditions, **dict(zip(others, values, strict=True))}
        before = _listed(by_category, settled)
        if any(_listed(by_category, {**settled, slug: value}) != before for value in (True, False)):
            return True
    return False


def _rules(country: str, noc: str, rulebook: Rulebook) -> RulesByCategory:
    """The lines that decide, for each category that the country and the TEER of the code leave open."""
    edition, teer = rulebook.edition, teer_of(noc)
    found: dict[Category, tuple[OccupationRule, ...]] = {}
    for category in Category:
        requirement = edition.requirement(country, category)
        if edition.covers(country) and requirement is not None and teer in requirement.teers:
            found[category] = edition.rules_for(country, category, noc, teer)
    return found


def _in_order(slugs: Iterable[str], rulebook: Rulebook) -> tuple[str, ...]:
    wanted = set(slugs)
    return tuple(slug for slug in rulebook.edition.conditions if slug in wanted)


def possible_requirements(answers: Answers, rulebook: Rulebook) -> tuple[Requirement, ...]:
    """Requirement rows that can still decide: those of the categories that the occupation leaves open.

    Where the occupation is out in every category, the row of the job's own category, so that a visitor who
    goes on is asked what that category asks.
    """
    edition = rulebook.edition
    rows = {category: edition.requirement(answers.country, category) for category in Category}
    left = [
        category
        for category, row in rows.items()
        if judge_occupation(answers, rulebook, category, row).outcome is not Outcome.FAILS
    ] or [category_of_job(answers.noc, rulebook, answers.country)]
    return tuple(row for category in left if (row := rows[category]) is not None)


def degree_field_matters(answers: Answers, rulebook: Rulebook) -> bool:
    """Whether the field of the degree can change the outcome: it is asked for, and the credential may count."""
    return any(
        row.degree_field_related_required and credential_part(answers, row).value is not False
        for row in possible_requirements(answers, rulebook)
    )


def education_country_matters(answers: Answers, rulebook: Rulebook) -> bool:
    """Whether the country of study can change the outcome: the shorter equivalent is within reach (C-17)."""
    years = answers.education_years
    return any(
        row.equivalent_years_with_letter is not None
        and credential_part(answers, row).value is not False
        and (years is None or row.equivalent_years_with_letter <= years)
        and length_part(answers, row, row.min_education_years).value is not True
        for row in _with_equivalent(answers, rulebook)
    )
