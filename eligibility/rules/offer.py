"""Criteria that rest on the offer alone: `job-offer`, `self-employment` and `language`."""

from __future__ import annotations

from typing import Final

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
    Reason,
)
from eligibility.rules.vocabulary import JobOffer, LanguageEvidence

OFFER_PAPERS = (Evidence.SIGNED_OFFER, Evidence.OFFER_NUMBER)
CONTRACT_PAPERS = (Evidence.SIGNED_CONTRACT, Evidence.OFFER_NUMBER)
CONTRACTS = frozenset({JobOffer.CONTRACT_DIRECT, JobOffer.CONTRACT_VIA_HOME_EMPLOYER})
OWNERSHIP_PAPERS = (Evidence.OWNERSHIP,)
ANY_LANGUAGE_PAPERS = (
    Evidence.LANGUAGE_SCHOOLING,
    Evidence.LANGUAGE_CORRESPONDENCE,
    Evidence.LANGUAGE_WORK,
    Evidence.LANGUAGE_TEST,
)
PAPERS_BY_LANGUAGE_EVIDENCE: Final = {
    LanguageEvidence.SCHOOLING: Evidence.LANGUAGE_SCHOOLING,
    LanguageEvidence.WORK: Evidence.LANGUAGE_WORK,
    LanguageEvidence.CORRESPONDENCE: Evidence.LANGUAGE_CORRESPONDENCE,
    LanguageEvidence.TEST: Evidence.LANGUAGE_TEST,
    LanguageEvidence.OTHER: Evidence.LANGUAGE_OTHER,
}


def judge_job_offer(answers: Answers, cited: Citations) -> CriterionResult:
    """F-02 and C-6: an offer or contract in writing passes, none fails, a verbal one is not enough yet."""
    offer = answers.job_offer
    because: Because | None = None
    papers = CONTRACT_PAPERS if offer in CONTRACTS else OFFER_PAPERS
    if offer is None:
        outcome, reason, because = UNKNOWN, Reason.OFFER_NOT_GIVEN, NOT_ANSWERED
    elif offer is JobOffer.VERBAL:
        outcome, reason, because = UNKNOWN, Reason.OFFER_VERBAL, OFFICER_DECIDES
    elif offer is JobOffer.NONE:
        outcome, reason = FAILS, Reason.NO_OFFER
    else:
        outcome, reason = PASSES, Reason.OFFER_IN_WRITING
    facts = cited.of(Criterion.JOB_OFFER)
    return CriterionResult(
        Criterion.JOB_OFFER, outcome, reason, (("job_offer", offer),), (), facts, papers, because
    )


def judge_self_employment(answers: Answers, cited: Citations) -> CriterionResult:
    """F-20 and C-12: control of the Canadian enterprise closes the route; without an offer there is none."""
    control = answers.controls_employer
    because: Because | None = None
    if answers.job_offer is JobOffer.NONE:
        outcome, reason = PASSES, Reason.NO_EMPLOYER
    elif control is None:
        outcome, reason, because = UNKNOWN, Reason.CONTROL_NOT_GIVEN, NOT_ANSWERED
    elif control:
        outcome, reason = FAILS, Reason.CONTROLS_EMPLOYER
    else:
        outcome, reason = PASSES, Reason.NO_CONTROL
    facts = cited.of(Criterion.SELF_EMPLOYMENT)
    given = (("controls_employer", control),)
    return CriterionResult(
        Criterion.SELF_EMPLOYMENT, outcome, reason, given, (), facts, OWNERSHIP_PAPERS, because
    )


def judge_language(answers: Answers, cited: Citations) -> CriterionResult:
    """F-19 and C-10: saying no to a language question fails, any evidence passes, none is not decided."""
    evidence = answers.language_evidence
    because: Because | None = None
    also: tuple[Reason, ...] = ()
    papers: tuple[Evidence, ...] = ANY_LANGUAGE_PAPERS
    if answers.works_in_english_or_french is False:
        outcome, reason = FAILS, Reason.LANGUAGE_NOT_SPOKEN
        also = (Reason.OFFER_LANGUAGE_NOT_MET,) if answers.offer_language_met is False else ()
    elif answers.offer_language_met is False:
        outcome, reason = FAILS, Reason.OFFER_LANGUAGE_NOT_MET
    elif evidence:
        outcome, reason = PASSES, Reason.LANGUAGE_SHOWN
        papers = tuple(
            PAPERS_BY_LANGUAGE_EVIDENCE[kind] for kind in PAPERS_BY_LANGUAGE_EVIDENCE if kind in evidence
        )
    elif evidence is None:
        outcome, reason = UNKNOWN, Reason.LANGUAGE_EVIDENCE_NOT_GIVEN
        because = NOT_ANSWERED
    else:
        outcome, reason, because = UNKNOWN, Reason.NO_LANGUAGE_EVIDENCE, OFFICER_DECIDES
    facts = cited.of(Criterion.LANGUAGE)
    given = (("language_evidence", evidence),)
    return CriterionResult(Criterion.LANGUAGE, outcome, reason, given, (), facts, papers, because, also)
