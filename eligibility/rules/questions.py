"""Which questions can still matter: pure answers for the wizard, read from the rulebook only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from eligibility.rules.answers import Answers
from eligibility.rules.citing import citations_of
from eligibility.rules.education import IN_DOUBT, credential_part, reaches_full_length
from eligibility.rules.licensing import find_licence_need
from eligibility.rules.occupation import category_of_job, included_not_excluded, judge_occupation, teer_of
from eligibility.rules.outcomes import Outcome
from occupations.rulebook import Category, CredentialRule, OccupationRule, Requirement, Rulebook

MANY_CONDITIONS = 8
"""Beyond so many open conditions every one is asked rather than every combination tried."""

Rows = tuple[Requirement, ...] | None
"""`possible_requirements` of the answers where the caller has them already."""

RulesByCategory = Mapping[Category, tuple[OccupationRule, ...]]


def relevant_conditions(country: str, noc: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Every condition that the lines for this country and occupation name, in the edition's order."""
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
        for slug in (rule.when, rule.unless if rule.when is None or conditions.get(rule.when) else None)
        if slug is not None and slug not in conditions
    }
    unanswered = [slug for slug in relevant_conditions(country, noc, rulebook) if slug not in conditions]
    return _in_order(
        (slug for slug in raised if _can_matter(slug, unanswered, conditions, by_category)), rulebook
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


def _listed(by_category: RulesByCategory, conditions: Mapping[str, bool]) -> tuple[bool | None, ...]:
    """For each category whether the occupation is included and not excluded."""
    return tuple(included_not_excluded(rules, conditions) for rules in by_category.values())


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
        if judge_occupation(answers, rulebook, category, row, citations_of(edition)).outcome
        is not Outcome.FAILS
    ] or [category_of_job(answers.noc, rulebook, answers.country)]
    return tuple(row for category in left if (row := rows[category]) is not None)


def _rows(answers: Answers, rulebook: Rulebook, rows: Rows) -> tuple[Requirement, ...]:
    return possible_requirements(answers, rulebook) if rows is None else rows


def degree_field_matters(answers: Answers, rulebook: Rulebook, rows: Rows = None) -> bool:
    """Whether the field of the degree can matter: it is asked for, and the credential may count."""
    return any(
        row.degree_field_related_required and credential_part(answers, row).value is not False
        for row in _rows(answers, rulebook, rows)
    )


def education_country_matters(answers: Answers, rulebook: Rulebook, rows: Rows = None) -> bool:
    """Whether the country of study can matter: a shorter equivalent is within reach (C-17)."""
    return bool(_equivalent_countries(answers, rulebook, rows))


def equivalence_letter_matters(answers: Answers, rulebook: Rulebook) -> bool:
    """Whether the employer's letter can matter: the country of the equivalent is, or may be, given (C-17)."""
    named = _equivalent_countries(answers, rulebook)
    return answers.education_country in named or (answers.education_country is None and bool(named))


def _equivalent_countries(answers: Answers, rulebook: Rulebook, rows: Rows = None) -> frozenset[str | None]:
    """Countries whose shorter credential may replace the full length, for the years given so far."""
    years = answers.education_years
    named: set[str | None] = set()
    for row in _rows(answers, rulebook, rows):
        least = row.equivalent_years_with_letter
        if least is None or credential_part(answers, row).value is False:
            continue
        if years is None or (years >= least and not reaches_full_length(answers, rulebook, row)):
            named.add(row.equivalent_country)
    return frozenset(named)


def associate_equivalence_matters(answers: Answers, rulebook: Rulebook, rows: Rows = None) -> bool:
    """Whether a proof of equivalence to an associate degree can matter (C-8)."""
    return any(
        row.credential_rule is CredentialRule.ASSOCIATE_OR_HIGHER
        and (answers.education_level is None or answers.education_level in IN_DOUBT[row.credential_rule])
        for row in _rows(answers, rulebook, rows)
    )


def licence_question_settled(noc: str | None, region: str | None, rulebook: Rulebook) -> bool:
    """Whether the table of regulated occupations says that no licence is needed, so that nothing is asked."""
    return find_licence_need(noc, region, rulebook).needed is False
