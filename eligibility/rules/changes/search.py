"""The search: mends of each criterion combined, each combination judged again by the rules, smallest first.

Criteria are independent of each other but for three ties, which the order below respects: without an offer there is
no employer and no wage (C-5, C-12), answers to conditions may set the length of study, and wage and licence
share the region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.changes.person import (
    IN_WRITING,
    NOTHING,
    UNCHANGED,
    Mends,
    mend_control,
    mend_experience,
    mend_language,
    mend_occupation,
    mend_offer,
)
from eligibility.rules.changes.place import any_pay, mend_licence, mend_place, mend_wage
from eligibility.rules.changes.study import mend_education
from eligibility.rules.changes.values import EFFORT, Changes, applied
from eligibility.rules.outcomes import (
    PASSES,
    Assessment,
    Because,
    CategoryAssessment,
    Criterion,
    CriterionResult,
    OverallOutcome,
)
from eligibility.rules.vocabulary import JobOffer
from occupations.rulebook import Category, Rulebook

MOST_SUGGESTIONS: Final = 6
ELIGIBLE: Final = OverallOutcome.ELIGIBLE


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Changes that together make the answer `outcome` in `category`; no part of them alone does."""

    changes: Changes
    category: Category
    outcome: OverallOutcome = ELIGIBLE

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that the changes mend, in their usual order."""
        mended = {criterion for change in self.changes for criterion in change.criteria}
        return tuple(criterion for criterion in Criterion if criterion in mended)


@dataclass(frozen=True, slots=True)
class Advice:
    """Suggestions, smallest first; without any, `blocking` says which results no change can mend.

    Both are empty where the answer is `eligible` already. The first of `blocking` gives the reason code.
    """

    suggestions: tuple[Suggestion, ...] = ()
    blocking: tuple[CriterionResult, ...] = ()

    @property
    def for_an_officer(self) -> tuple[CriterionResult, ...]:
        """The blocking results that are open because an officer decides them."""
        return tuple(each for each in self.blocking if each.because is Because.OFFICER_DECIDES)


def suggest(answers: Answers, rulebook: Rulebook) -> tuple[Suggestion, ...]:
    """The smallest sets of changes that turn the result into `eligible`: at most six, smallest first."""
    return advise(answers, rulebook).suggestions


def advise(answers: Answers, rulebook: Rulebook, assessment: Assessment | None = None) -> Advice:
    """What would make the answer `eligible`, or why nothing that a person can change would.

    `assessment` is that of the same answers, where it is known already.
    """
    now = assessment or assess(answers, rulebook)
    if now.outcome is ELIGIBLE:
        return Advice()
    candidates = [
        Suggestion(changes, category)
        for category, judged in now.by_category.items()
        for changes in _combinations(answers, category, judged, rulebook)
    ]
    found: list[Suggestion] = []
    for candidate in sorted(candidates, key=lambda each: _effort(each.changes)):
        if _is_smallest(candidate, found, answers, rulebook):
            found.append(candidate)
            if len(found) == MOST_SUGGESTIONS:
                break
    if found:
        return Advice(suggestions=tuple(found))
    return Advice(blocking=_blocking(answers, now, rulebook))


def smallest_mends(
    answers: Answers, category: Category, judged: CategoryAssessment, rulebook: Rulebook
) -> Mapping[Criterion, Changes]:
    """For each criterion that does not pass, the smallest set of changes after which it does, if there is one.

    `judged` is the assessment of the same answers in `category`. Where there is no offer, the wage needs one.
    """
    found: dict[Criterion, Changes] = {}
    mends = _mends(answers, category, judged, rulebook)
    for criterion, options in mends.items():
        if judged.criteria[criterion].outcome is not PASSES and options:
            found[criterion] = min(options, key=_effort)
    return found


def _mends(
    answers: Answers, category: Category, judged: CategoryAssessment, rulebook: Rulebook
) -> Mapping[Criterion, Mends]:
    """The mends of every criterion on its own."""
    requirement = rulebook.edition.requirement(answers.country, category)
    status = judged.criteria[Criterion.COUNTRY_STATUS]
    offer: Changes = (IN_WRITING,) if answers.job_offer is JobOffer.NONE else ()
    return {
        Criterion.COUNTRY_STATUS: UNCHANGED if status.outcome is PASSES else NOTHING,
        Criterion.JOB_OFFER: mend_offer(answers),
        Criterion.OCCUPATION: mend_occupation(answers, category, rulebook),
        Criterion.EDUCATION: mend_education(answers, category, requirement, rulebook),
        Criterion.EXPERIENCE: mend_experience(answers, requirement),
        Criterion.WAGE: tuple((*offer, *mend) for mend in mend_wage(answers, rulebook)),
        Criterion.LICENSING: mend_licence(answers, rulebook),
        Criterion.LANGUAGE: mend_language(answers),
        Criterion.SELF_EMPLOYMENT: mend_control(answers),
    }


def _combinations(
    answers: Answers, category: Category, judged: CategoryAssessment, rulebook: Rulebook
) -> Iterator[Changes]:
    """One mend of every criterion, in every way; nothing where country and status do not pass."""
    if judged.criteria[Criterion.COUNTRY_STATUS].outcome is not PASSES:
        return
    requirement = rulebook.edition.requirement(answers.country, category)
    offers = mend_offer(answers)
    offered = applied(answers, offers[0])
    others = (
        offers,
        mend_experience(answers, requirement),
        mend_place(offered, rulebook),
        mend_language(answers),
        mend_control(offered),
    )
    for conditions in mend_occupation(answers, category, rulebook):
        studies = mend_education(applied(answers, conditions), category, requirement, rulebook)
        for mends in product((conditions,), studies, *others):
            yield tuple(change for mend in mends for change in mend)


def _effort(changes: Changes) -> tuple[int, int]:
    """The fewest changes first, then the least effort."""
    return len(changes), sum(EFFORT[change.kind] for change in changes)


def _is_smallest(
    candidate: Suggestion, found: list[Suggestion], answers: Answers, rulebook: Rulebook
) -> bool:
    """Whether the rules say `eligible` with all of the changes, and not with one of them left out."""
    changes = candidate.changes
    return (
        not any(set(known.changes) <= set(changes) for known in found)
        and _is_eligible(answers, changes, rulebook)
        and not any(
            _is_eligible(answers, changes[:place] + changes[place + 1 :], rulebook)
            for place in range(len(changes))
        )
    )


def _is_eligible(answers: Answers, changes: Changes, rulebook: Rulebook) -> bool:
    return assess(applied(answers, changes), rulebook).outcome is ELIGIBLE


def _blocking(answers: Answers, now: Assessment, rulebook: Rulebook) -> tuple[CriterionResult, ...]:
    """Results of the category shown that no change mends; those of an offer with pay, where they still stand."""
    offered = applied(answers, (*mend_offer(answers)[0], any_pay(answers)))
    with_pay = assess(offered, rulebook).by_category[now.category].criteria
    mends = _mends(answers, now.category, now.by_category[now.category], rulebook)
    return tuple(
        with_pay[criterion] if with_pay[criterion].outcome is not PASSES else result
        for criterion, result in now.criteria.items()
        if result.outcome is not PASSES and not mends[criterion]
    )
