"""`assess`: all nine criteria for both categories, and the better category as the answer."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.citing import citations_of
from eligibility.rules.education import judge_education
from eligibility.rules.experience import judge_experience
from eligibility.rules.licensing import judge_licensing, licence_need
from eligibility.rules.occupation import CATEGORIES, category_of_job, judge_occupation
from eligibility.rules.offer import judge_job_offer, judge_language, judge_self_employment
from eligibility.rules.outcomes import (
    FAILS,
    UNKNOWN,
    Assessment,
    CategoryAssessment,
    Criterion,
    CriterionResult,
    OverallOutcome,
)
from eligibility.rules.status import judge_country_status
from eligibility.rules.wage import judge_wage
from occupations.rulebook import Category, Rulebook

CRITERIA: Final = tuple(Criterion)
RANK: Final = {outcome: rank for rank, outcome in enumerate(OverallOutcome)}
"""Best first (facts, section 0)."""


def assess(answers: Answers, rulebook: Rulebook) -> Assessment:
    """Both categories judged; the better one is the answer, on a tie that of the job's TEER (C-25).

    Never raises on answers that `Answers.parse` accepts. What does not depend on the category is judged
    once (C-24).
    """
    edition = rulebook.edition
    cited = citations_of(edition)
    status = judge_country_status(answers, rulebook, cited)
    offer = judge_job_offer(answers, cited)
    wage = judge_wage(answers, rulebook, cited)
    need = licence_need(answers, rulebook)
    language = judge_language(answers, cited)
    control = judge_self_employment(answers, cited)
    by_category: dict[Category, CategoryAssessment] = {}
    for category in CATEGORIES:
        requirement = edition.requirement(answers.country, category)
        judged = (
            status,
            offer,
            judge_occupation(answers, rulebook, category, requirement, cited),
            judge_education(answers, rulebook, category, requirement, cited),
            judge_experience(answers, requirement, cited),
            wage,
            judge_licensing(answers, requirement, need, cited),
            language,
            control,
        )
        results = MappingProxyType(dict(zip(CRITERIA, judged, strict=True)))
        by_category[category] = CategoryAssessment(overall(judged), results)
    winner = _better(by_category, category_of_job(answers.noc, rulebook, answers.country))
    return Assessment(by_category[winner].outcome, winner, MappingProxyType(by_category))


def overall(results: Iterable[CriterionResult]) -> OverallOutcome:
    """One fail decides; without one, one unknown leaves it open (facts, section 0)."""
    found = OverallOutcome.ELIGIBLE
    for result in results:
        if result.outcome is FAILS:
            return OverallOutcome.NOT_ELIGIBLE
        if result.outcome is UNKNOWN:
            found = OverallOutcome.NEEDS_MORE_INFORMATION
    return found


def _better(by_category: dict[Category, CategoryAssessment], of_job: Category) -> Category:
    best = of_job
    for category, assessment in by_category.items():
        if RANK[assessment.outcome] < RANK[by_category[best].outcome]:
            best = category
    return best


def settled_failures(answers: Answers, rulebook: Rulebook) -> tuple[CriterionResult, ...]:
    """Failures that no later answer can mend: country, status, and an occupation out in every category.

    An occupation that fails does so whatever its open conditions are, because an open condition makes its
    rules unknown, not false.
    """
    cited = citations_of(rulebook.edition)
    results = [judge_country_status(answers, rulebook, cited)]
    occupation = [
        judge_occupation(
            answers, rulebook, category, rulebook.edition.requirement(answers.country, category), cited
        )
        for category in CATEGORIES
    ]
    if all(result.outcome is FAILS for result in occupation):
        shown = category_of_job(answers.noc, rulebook, answers.country)
        results.append(occupation[CATEGORIES.index(shown)])
    return tuple(result for result in results if result.outcome is FAILS)
