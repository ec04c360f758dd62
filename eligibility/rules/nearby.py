"""Occupations nearby: unit groups like the one named that the country's list includes (F-08).

Information about the coding of a job offer. Duties decide which unit group a job belongs to, not its title.
"""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.rules.answers import NO_CONDITIONS, Answers
from eligibility.rules.occupation import CATEGORIES, included_not_excluded, teer_of
from eligibility.rules.outcomes import PASSES, UNKNOWN, Assessment, Criterion, Outcome
from occupations.rulebook import Category, Rulebook


@dataclass(frozen=True, slots=True)
class NearbyOccupation:
    """A unit group of the same minor group, or with job titles in common.

    `outcome` is `pass`, or `unknown` where conditions or an officer decide.
    """

    noc: str
    category: Category
    outcome: Outcome


def nearby_occupations(
    answers: Answers, assessment: Assessment, rulebook: Rulebook
) -> tuple[NearbyOccupation, ...]:
    """Those that the country's list includes, or may include; the minor group first.

    The code of a minor group is that of its unit groups without their last digit.
    None where the occupation passes, is not named, or the country is not covered. Conditions count as open, because
    the answers to them were given for another occupation.
    """
    country, noc = answers.country, answers.noc
    if country is None or noc is None or not rulebook.edition.covers(country):
        return ()
    if assessment.criteria[Criterion.OCCUPATION].outcome is PASSES:
        return ()
    return tuple(
        NearbyOccupation(code, category, outcome)
        for code in neighbours(noc, rulebook)
        for category in CATEGORIES
        if (outcome := _listed(code, country, category, rulebook)) is not None
    )


def neighbours(noc: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Unit groups of the same minor group, then those that share job titles."""
    minor_group, reference = noc[:-1], rulebook.reference
    beside = (code for code in reference.unit_groups if code.startswith(minor_group) and code != noc)
    return tuple(dict.fromkeys((*beside, *reference.shared_titles.get(noc, ()))))


def _listed(noc: str, country: str, category: Category, rulebook: Rulebook) -> Outcome | None:
    """What the list says of an occupation in a category; None where it does not include it."""
    requirement = rulebook.edition.requirement(country, category)
    if requirement is None or teer_of(noc) not in requirement.teers:
        return None
    rules = rulebook.edition.rules_for(country, category, noc, teer_of(noc))
    listed = included_not_excluded(rules, NO_CONDITIONS)
    return None if listed is False else PASSES if listed else UNKNOWN
