"""Criterion `licensing`: a licence where the province asks for one (F-17, F-18, C-11, C-21)."""

from __future__ import annotations

from typing import Final, NamedTuple

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
    Outcome,
    Reason,
)
from eligibility.rules.vocabulary import LOOK_UP, LicenceHeld
from occupations.rulebook import Regulation, RegulationKind, Requirement, Rulebook

PAPERS = (Evidence.LICENCE,)
PAPERS_UNDER_WAY = (Evidence.LICENCE_PROGRESS, Evidence.LICENCE)
NEEDED: Final = frozenset(
    {RegulationKind.LICENCE, RegulationKind.CERTIFICATE, RegulationKind.COMPULSORY_TRADE}
)
UNSETTLED: Final = frozenset({RegulationKind.TITLE, RegulationKind.UPCOMING})
UNDER_WAY: Final = frozenset({Reason.LICENCE_WITHIN_MONTHS, Reason.LICENCE_TIME_NOT_GIVEN})
HELD: Final = frozenset({LicenceHeld.CANADIAN, LicenceHeld.HOME_COUNTRY})


class LicenceNeed(NamedTuple):
    """Whether a licence is needed (None: not known), and the rows that say so, if any do."""

    needed: bool | None
    rows: tuple[Regulation, ...] = ()


NOT_KNOWN = LicenceNeed(None)


def find_licence_need(noc: str | None, region: str | None, rulebook: Rulebook) -> LicenceNeed:
    """C-21: what the table of regulated occupations says for the province of the region."""
    if noc is None or region is None:
        return NOT_KNOWN
    rows = rulebook.regulations(noc, region)
    if not rows:
        return NOT_KNOWN
    kinds = {row.kind for row in rows}
    if kinds & NEEDED:
        return LicenceNeed(True, rows)
    return LicenceNeed(None if kinds & UNSETTLED else False, rows)


def licence_need(answers: Answers, rulebook: Rulebook) -> LicenceNeed:
    """The visitor's own answer where there is one, else the table (C-21)."""
    own = answers.licence_needed
    if own is LOOK_UP:
        return find_licence_need(answers.noc, answers.region, rulebook)
    return LicenceNeed(own)


def judge_licensing(
    answers: Answers, requirement: Requirement | None, need: LicenceNeed, cited: Citations
) -> CriterionResult:
    """C-11, with the months of grace of the category's requirement row (F-18)."""
    outcome, reason, because = _decide(answers, requirement, need)
    given: Facts = (
        ("licence_held", answers.licence_held),
        ("within_months", answers.licence_within_4_months),
    )
    grace = None if requirement is None else requirement.licence_grace_months
    required: Facts = (("needed", need.needed), ("rows", need.rows), ("grace_months", grace))
    facts = cited.of(Criterion.LICENSING)
    papers = (
        () if reason is Reason.LICENCE_NOT_NEEDED else PAPERS_UNDER_WAY if reason in UNDER_WAY else PAPERS
    )
    return CriterionResult(Criterion.LICENSING, outcome, reason, given, required, facts, papers, because)


def _decide(
    answers: Answers, requirement: Requirement | None, need: LicenceNeed
) -> tuple[Outcome, Reason, Because | None]:
    if need.needed is False:
        return PASSES, Reason.LICENCE_NOT_NEEDED, None
    if answers.licence_held in HELD:
        return PASSES, Reason.LICENCE_HELD, None
    if need.needed is None:
        return UNKNOWN, Reason.LICENCE_NEED_NOT_KNOWN, NOT_ANSWERED
    if answers.licence_held is None:
        return UNKNOWN, Reason.LICENCE_HELD_NOT_GIVEN, NOT_ANSWERED
    if requirement is None:
        return UNKNOWN, Reason.REQUIREMENT_NOT_STATED, OFFICER_DECIDES
    if requirement.licence_grace_months == 0:
        return FAILS, Reason.LICENCE_MISSING, None
    if answers.licence_within_4_months is False:
        return FAILS, Reason.LICENCE_TOO_LATE, None
    if answers.licence_within_4_months:
        return UNKNOWN, Reason.LICENCE_WITHIN_MONTHS, OFFICER_DECIDES
    return UNKNOWN, Reason.LICENCE_TIME_NOT_GIVEN, NOT_ANSWERED
