"""Other doors: work permits to ask about where this one is closed (F-38). Named, never judged."""

from __future__ import annotations

from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import Assessment, OverallOutcome
from eligibility.rules.vocabulary import Status
from occupations.rulebook import EVERY_COUNTRY, OtherDoor, Rulebook


def other_doors(answers: Answers, assessment: Assessment, rulebook: Rulebook) -> tuple[OtherDoor, ...]:
    """Those for citizens of the country relied on or of the passport, then those for everyone.

    None unless the answer is `not_eligible`. A status that is not given does not hide a door.
    """
    if assessment.outcome is not OverallOutcome.NOT_ELIGIBLE:
        return ()
    countries = {EVERY_COUNTRY, answers.passport_country}
    if answers.status in (None, Status.CITIZEN):
        countries.add(answers.country)
    return tuple(door for door in rulebook.reference.other_doors if door.country in countries)
