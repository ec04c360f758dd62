"""Criterion `country-status`: the country relied on and the standing in it (F-01, F-32, C-2, C-4, C-14)."""

from __future__ import annotations

from eligibility.rules.answers import Answers
from eligibility.rules.citing import Citations
from eligibility.rules.outcomes import (
    FAILS,
    NOT_ANSWERED,
    PASSES,
    UNKNOWN,
    Criterion,
    CriterionResult,
    Evidence,
    Reason,
)
from eligibility.rules.vocabulary import Status
from occupations.rulebook import Rulebook

PASSPORT_ONLY = (Evidence.PASSPORT,)
PERMANENT_RESIDENT_PAPERS = (Evidence.PERMANENT_RESIDENCE, Evidence.PASSPORT)


def judge_country_status(answers: Answers, rulebook: Rulebook, cited: Citations) -> CriterionResult:
    """Whether the country is covered and the status is one that it accepts.

    Passport and country of study never matter here (C-26).
    """
    edition = rulebook.edition
    facts = cited.of(Criterion.COUNTRY_STATUS)
    country, status = answers.country, answers.status
    given = (("country", country), ("status", status))
    if country is None:
        return _unknown(Reason.COUNTRY_NOT_GIVEN, given, facts)
    rule = edition.country(country)
    if rule is None or not rule.covered:
        return CriterionResult(
            Criterion.COUNTRY_STATUS,
            FAILS,
            Reason.COUNTRY_NOT_COVERED,
            given,
            (),
            facts,
            PASSPORT_ONLY,
        )
    required = (("statuses", rule.statuses),)
    if status is None:
        return _unknown(Reason.STATUS_NOT_GIVEN, given, facts, required)
    if status not in rule.statuses:
        return CriterionResult(
            Criterion.COUNTRY_STATUS,
            FAILS,
            Reason.STATUS_NOT_ACCEPTED,
            given,
            required,
            facts,
            PASSPORT_ONLY,
        )
    papers = PERMANENT_RESIDENT_PAPERS if status is Status.PERMANENT_RESIDENT else PASSPORT_ONLY
    return CriterionResult(
        Criterion.COUNTRY_STATUS, PASSES, Reason.STATUS_ACCEPTED, given, required, facts, papers
    )


def _unknown(
    reason: Reason,
    given: tuple[tuple[str, str | None], ...],
    facts: tuple[str, ...],
    required: tuple[tuple[str, frozenset[str]], ...] = (),
) -> CriterionResult:
    return CriterionResult(
        Criterion.COUNTRY_STATUS,
        UNKNOWN,
        reason,
        given,
        required,
        facts,
        PASSPORT_ONLY,
        NOT_ANSWERED,
    )
