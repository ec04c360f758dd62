"""`assess`: all nine criteria for both categories, and the better category as the answer."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.education import judge_education
from eligibility.rules.experience import judge_experience
from eligibility.rules.licensing import judge_licensing, licence_need
from eligibility.rules.occupation import category_of_job, judge_occupation
from eligibility.rules.offer import judge_job_offer, judge_language, judge_self_employment
from eligibility.rules.outcomes import (
    Assessment,
    CategoryAssessment,
    Criterion,
    CriterionResult,
    Outcome,
    OverallOutcome,
)
from eligibility.rules.status import judge_country_status
from eligibility.rules.wage import judge_wage
from occupations.rulebook import Category, Rulebook

RANK: Final = {
    OverallOutcome.ELIGIBLE: 0,
    OverallOutcome.NEEDS_MORE_INFORMATION: 1,
    OverallOutcome.NOT_ELIGIBLE: 2,
}
"""Best first (facts, section 0)."""


def assess(answers: Answers, rulebook: Rulebook) -> Assessment:
    """Both categories judged; the better one is the answer, on a tie that of the job's TEER (C-25).

    Never raises on answers that `Answers.parse` accepts. What does not depend on the category is judged
    once (C-24).
    """
    edition = rulebook.edition
    status = judge_country_status(answers, rulebook)
    offer = judge_job_offer(answers, rulebook)
    wage = judge_wage(answers, rulebook)
    need = licence_need(answers, rulebook)
    language = judge_language(answers, rulebook)
    control = judge_self_employment(answers, rulebook)
    by_category: dict[Category, CategoryAssessment] = {}
    for category in Category:
        requirement = edition.requirement(answers.country, category)
        results = {
            Criterion.COUNTRY_STATUS: status,
            Criterion.JOB_OFFER: offer,
            Criterion.OCCUPATION: judge_occupation(answers, rulebook, category, requirement),
            Criterion.EDUCATION: judge_education(answers, rulebook, category, requirement),
            Criterion.EXPERIENCE: judge_experience(answers, rulebook, requirement),
            Criterion.WAGE: wage,
            Criterion.LICENSING: judge_licensing(answers, rulebook, requirement, need),
            Criterion.LANGUAGE: language,
            Criterion.SELF_EMPLOYMENT: control,
        }
        by_category[category] = CategoryAssessment(overall(results), MappingProxyType(results))
    winner = _better(by_category, category_of_job(answers.noc, rulebook, answers.country))
    return Assessment(by_category[winner].outcome, winner, MappingProxyType(by_category))


def overall(results: dict[Criterion, CriterionResult]) -> OverallOutcome:
    """One fail decides; without one, one unknown leaves it open (facts, section 0)."""
    outcomes = {result.outcome for result in results.values()}
    if Outcome.FAILS in outcomes:
        return OverallOutcome.NOT_ELIGIBLE
    return OverallOutcome.NEEDS_MORE_INFORMATION if Outcome.UNKNOWN in outcomes else OverallOutcome.ELIGIBLE


def _better(by_category: dict[Category, CategoryAssessment], of_job: Category) -> Category:
    best = min(by_category, key=lambda category: RANK[by_category[category].outcome])
    return of_job if by_category[of_job].outcome is by_category[best].outcome else best


def settled_failures(answers: Answers, rulebook: Rulebook) -> tuple[CriterionResult, ...]:
    """Failures that no later answer can mend: country, status, and an occupation out in every category.

    An occupation that fails does so whatever its open conditions are, because an open condition makes its
    rules unknown, not false.
    """
    results = [judge_country_status(answers, rulebook)]
    occupation = [
        judge_occupation(answers, rulebook, category, rulebook.edition.requirement(answers.country, category))
        for category in Category
    ]
    if all(result.outcome is Outcome.FAILS for result in occupation):
        shown = category_of_job(answers.noc, rulebook, answers.country)
        results.append(occupation[list(Category).index(shown)])
    return tuple(result for result in results if result.outcome is Outcome.FAILS)
