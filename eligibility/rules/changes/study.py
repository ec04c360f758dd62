"""Mends of `education`: the smallest credential, length, letter or proof that makes it pass (C-7, C-8, C-16, C-17)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final

from eligibility.rules.answers import Answers
from eligibility.rules.changes.person import NOTHING, Mends
from eligibility.rules.changes.values import Change, ChangeKind, Changes, applied
from eligibility.rules.citing import citations_of
from eligibility.rules.education import COUNTING, credential_part, field_part, judge_education
from eligibility.rules.occupation import teer_of
from eligibility.rules.outcomes import PASSES, Criterion
from eligibility.rules.vocabulary import EducationLevel
from occupations.rulebook import Category, Requirement, Rulebook

HERE: Final = (Criterion.EDUCATION,)
EQUIVALENCE = Change(ChangeKind.ASSOCIATE_EQUIVALENCE, HERE, (("associate_equivalent", True),))
RELATED_FIELD = Change(ChangeKind.DEGREE_FIELD, HERE, (("degree_field_related", True),))
LETTER = Change(ChangeKind.EMPLOYER_LETTER, HERE, (("employer_equivalence_letter", True),))
SMALLEST: Final = {
    rule: next(level for level in EducationLevel if level in counting) for rule, counting in COUNTING.items()
}
"""The lowest credential that counts under each rule."""


def mend_education(
    answers: Answers, category: Category, requirement: Requirement | None, rulebook: Rulebook
) -> Mends:
    """Sets of changes after which credential, length and field are all met."""
    if answers.country is None or requirement is None:
        return NOTHING
    field: Changes = () if field_part(answers, requirement).value else (RELATED_FIELD,)
    return tuple(
        (*credential, *length, *field)
        for credential in _credentials(answers, requirement)
        for length in _lengths(applied(answers, (*credential, *field)), category, requirement, rulebook)
    )


def _credentials(answers: Answers, requirement: Requirement) -> Iterator[Changes]:
    """Nothing where the credential counts; else a proof of equivalence, where that would do, and a higher one."""
    if credential_part(answers, requirement).value:
        yield ()
        return
    rule = requirement.credential_rule
    if _counts_as_equivalent(answers, requirement):
        yield (EQUIVALENCE,)
    yield (Change(ChangeKind.CREDENTIAL, HERE, (("education_level", SMALLEST[rule]),)),)


def _counts_as_equivalent(answers: Answers, requirement: Requirement) -> bool:
    return bool(credential_part(applied(answers, (EQUIVALENCE,)), requirement).value)


def _lengths(
    answers: Answers, category: Category, requirement: Requirement, rulebook: Rulebook
) -> Iterator[Changes]:
    """Nothing where the length is met; else the shorter equivalent with its letter, and the full length."""

    def passes(changes: Changes) -> bool:
        cited = citations_of(rulebook.edition)
        judged = judge_education(applied(answers, changes), rulebook, category, requirement, cited)
        return judged.outcome is PASSES

    if passes(()):
        yield ()
        return
    equivalent = _equivalent(answers, requirement)
    if equivalent and passes(equivalent):
        yield equivalent
    longer = (_years(least) for least in _full_lengths(answers, category, requirement, rulebook))
    yield from islice((changes for changes in longer if passes(changes)), 1)


def _equivalent(answers: Answers, requirement: Requirement) -> Changes:
    """C-17: the equivalent of one country; a place of study that was named stays what it is."""
    least, country = requirement.equivalent_years_with_letter, requirement.equivalent_country
    if least is None or answers.education_country not in (None, country):
        return ()
    needed: Changes = ()
    if answers.education_years is None or answers.education_years < least:
        needed += _years(least)
    if answers.education_country is None:
        values = (("education_country", country),)
        needed += (Change(ChangeKind.STUDY_COUNTRY_ANSWERED, HERE, values),)
    return needed if answers.employer_equivalence_letter else (*needed, LETTER)


def _full_lengths(
    answers: Answers, category: Category, requirement: Requirement, rulebook: Rulebook
) -> list[Decimal]:
    """Lengths of study that may be asked for and are not reached yet, shortest first."""
    lengths = {requirement.min_education_years}
    if answers.country is not None and answers.noc is not None:
        rules = rulebook.edition.rules_for(answers.country, category, answers.noc, teer_of(answers.noc))
        lengths.update(rule.min_education_years for rule in rules if rule.min_education_years is not None)
    years = answers.education_years
    return sorted(length for length in lengths if years is None or length > years)


def _years(least: Decimal) -> Changes:
    return (Change(ChangeKind.LONGER_STUDY, HERE, (("education_years", least),)),)
