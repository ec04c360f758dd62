"""Mends of one criterion each, of what rests on the offer's form, on experience, language and conditions.

A mend is a set of changes after which the criterion passes. Every function gives the smallest ones, `UNCHANGED`
alone where the criterion passes as it is, and nothing where no change that a person can make mends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.changes.values import Change, ChangeKind, Changes
from eligibility.rules.occupation import included_not_excluded, teer_of
from eligibility.rules.outcomes import Criterion
from eligibility.rules.questions import relevant_conditions
from eligibility.rules.vocabulary import JobOffer, LanguageEvidence
from occupations.rulebook import Category, Requirement, Rulebook

Mends = tuple[Changes, ...]
UNCHANGED: Final[Mends] = ((),)
NOTHING: Final[Mends] = ()
ASSIGNMENTS_TRIED = 100
"""So many sets of answers to open conditions are tried; an occupation rarely has more than two conditions."""

IN_WRITING = Change(ChangeKind.OFFER_IN_WRITING, (Criterion.JOB_OFFER,), (("job_offer", JobOffer.WRITTEN),))
NO_CONTROL = Change(ChangeKind.NO_CONTROL, (Criterion.SELF_EMPLOYMENT,), (("controls_employer", False),))
FULL_TIME = Change(ChangeKind.FULL_TIME_SHOWN, (Criterion.EXPERIENCE,), (("experience_part_time", False),))
EVIDENCE = Change(
    ChangeKind.LANGUAGE_EVIDENCE,
    (Criterion.LANGUAGE,),
    (("language_evidence", frozenset({LanguageEvidence.SCHOOLING})),),
)
WORKING_LANGUAGE = Change(
    ChangeKind.WORKING_LANGUAGE, (Criterion.LANGUAGE,), (("works_in_english_or_french", True),)
)
OFFER_LANGUAGE = Change(ChangeKind.OFFER_LANGUAGE_MET, (Criterion.LANGUAGE,), (("offer_language_met", True),))


def mend_offer(answers: Answers) -> Mends:
    """C-6: an offer in writing."""
    in_writing = answers.job_offer not in (None, JobOffer.VERBAL, JobOffer.NONE)
    return UNCHANGED if in_writing else ((IN_WRITING,),)


def mend_control(answers: Answers) -> Mends:
    """C-12: not controlling the employer."""
    free = answers.job_offer is JobOffer.NONE or answers.controls_employer is False
    return UNCHANGED if free else ((NO_CONTROL,),)


def mend_language(answers: Answers) -> Mends:
    """C-10: whatever was said no to, and evidence where there is none."""
    needed: Changes = ()
    if not answers.language_evidence:
        needed += (EVIDENCE,)
    if answers.offer_language_met is False:
        needed += (OFFER_LANGUAGE,)
    if answers.works_in_english_or_french is False:
        needed += (WORKING_LANGUAGE,)
    return (needed,)


def mend_experience(answers: Answers, requirement: Requirement | None) -> Mends:
    """C-1, C-9: exactly the paid years that are missing, and proof that not all of it was part-time."""
    if answers.country is None or requirement is None:
        return NOTHING
    needed: Changes = ()
    if answers.experience_part_time:
        needed += (FULL_TIME,)
    years, least = answers.experience_years, requirement.min_experience_years
    if years is None or years < least:
        values = (("experience_years", least),)
        needed += (Change(ChangeKind.MORE_PAID_YEARS, (Criterion.EXPERIENCE,), values),)
    return (needed,)


def mend_occupation(answers: Answers, category: Category, rulebook: Rulebook) -> Mends:
    """Answers to open conditions that make the list include the occupation; never another occupation.

    Where a line of the list sets a length of study of its own, larger sets of answers are tried too, because
    they may decide whether that line applies.
    """
    country, noc = answers.country, answers.noc
    if country is None or noc is None or not rulebook.edition.covers(country):
        return NOTHING
    requirement = rulebook.edition.requirement(country, category)
    if requirement is None or teer_of(noc) not in requirement.teers:
        return NOTHING
    rules = rulebook.edition.rules_for(country, category, noc, teer_of(noc))
    with_length = any(rule.min_education_years is not None for rule in rules)
    found: list[dict[str, bool]] = []
    for settled in islice(_assignments(answers, country, noc, rulebook), ASSIGNMENTS_TRIED):
        smaller = any(each.items() <= settled.items() for each in found)
        if (with_length or not smaller) and included_not_excluded(rules, {**answers.conditions, **settled}):
            found.append(settled)
    return tuple(_conditions(settled) for settled in found)


def _assignments(answers: Answers, country: str, noc: str, rulebook: Rulebook) -> Iterator[dict[str, bool]]:
    """Answers to some of the conditions that are not answered yet, fewest first."""
    unanswered = [
        slug for slug in relevant_conditions(country, noc, rulebook) if slug not in answers.conditions
    ]
    for count in range(len(unanswered) + 1):
        for slugs in combinations(unanswered, count):
            for values in product((True, False), repeat=count):
                yield dict(zip(slugs, values, strict=True))


def _conditions(settled: dict[str, bool]) -> Changes:
    return tuple(
        Change(ChangeKind.CONDITION_ANSWERED, (Criterion.OCCUPATION,), (), condition)
        for condition in settled.items()
    )
