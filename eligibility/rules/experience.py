"""Criterion `experience`: paid years in the sector of the contract (F-13, F-14, C-1, C-9, C-14)."""

from __future__ import annotations

from eligibility.rules.answers import Answers
from eligibility.rules.citing import Citations
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
from occupations.rulebook import Requirement

PAPERS = (Evidence.REFERENCE_LETTERS,)


def judge_experience(answers: Answers, requirement: Requirement | None, cited: Citations) -> CriterionResult:
    """At least the years that the requirement names; wholly part-time years are for an officer (G-03)."""
    years = answers.experience_years
    required: Facts = () if requirement is None else (("min_years", requirement.min_experience_years),)
    because: Because | None = NOT_ANSWERED
    if answers.country is None:
        outcome, reason = UNKNOWN, Reason.COUNTRY_NOT_GIVEN
    elif requirement is None:
        outcome, reason, because = (
            UNKNOWN,
            Reason.REQUIREMENT_NOT_STATED,
            OFFICER_DECIDES,
        )
    elif years is None:
        outcome, reason = UNKNOWN, Reason.EXPERIENCE_NOT_GIVEN
    elif years < requirement.min_experience_years:
        outcome, reason, because = FAILS, Reason.EXPERIENCE_TOO_SHORT, None
    elif answers.experience_part_time:
        outcome, reason, because = UNKNOWN, Reason.EXPERIENCE_PART_TIME, OFFICER_DECIDES
    else:
        outcome, reason, because = PASSES, Reason.EXPERIENCE_SUFFICIENT, None
    facts = cited.of(Criterion.EXPERIENCE, requirement)
    given = (("years", years), ("part_time", answers.experience_part_time))
    return CriterionResult(Criterion.EXPERIENCE, outcome, reason, given, required, facts, PAPERS, because)
