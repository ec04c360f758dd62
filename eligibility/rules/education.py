"""Criterion `education`: credential, length and field, all three (F-10 to F-12, C-7, C-8, C-16, C-17)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from eligibility.rules.answers import Answers
from eligibility.rules.citing import Citations, with_rules
from eligibility.rules.occupation import applies, open_question, teer_of
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
from eligibility.rules.vocabulary import EducationLevel
from occupations.rulebook import Category, CredentialRule, Effect, OccupationRule, Requirement, Rulebook

DEGREES: Final = frozenset({EducationLevel.BACHELOR, EducationLevel.MASTER, EducationLevel.DOCTORATE})
COUNTING: Final[Mapping[CredentialRule, frozenset[EducationLevel]]] = {
    CredentialRule.DEGREE: DEGREES,
    CredentialRule.DEGREE_OR_TECHNICAL: DEGREES | {EducationLevel.ASSOCIATE, EducationLevel.DIPLOMA},
    CredentialRule.ASSOCIATE_OR_HIGHER: DEGREES | {EducationLevel.ASSOCIATE},
}
"""Credentials that count outright (C-7, C-8)."""
IN_DOUBT: Final[Mapping[CredentialRule, frozenset[EducationLevel]]] = {
    CredentialRule.DEGREE: frozenset(),
    CredentialRule.DEGREE_OR_TECHNICAL: frozenset({EducationLevel.TRADE_CERTIFICATE}),
    CredentialRule.ASSOCIATE_OR_HIGHER: frozenset({EducationLevel.DIPLOMA, EducationLevel.TRADE_CERTIFICATE}),
}
"""Credentials that may count (C-7, C-8); every other one does not."""
Papers = tuple[Evidence, ...]
DEGREE_PAPERS: Papers = (Evidence.DEGREE, Evidence.TRANSCRIPT)
CREDENTIAL_PAPERS: Papers = (Evidence.CREDENTIAL, Evidence.TRANSCRIPT)
MORE_PAPERS: Final[Mapping[Reason, Papers]] = {
    Reason.EQUIVALENT_WITH_LETTER: (Evidence.EMPLOYER_LETTER,),
    Reason.EMPLOYER_LETTER_NOT_SHOWN: (Evidence.EMPLOYER_LETTER,),
    Reason.ASSOCIATE_EQUIVALENCE_NOT_SHOWN: (Evidence.ASSOCIATE_EQUIVALENCE,),
}


class Part(NamedTuple):
    """One of the three parts: True, False or None for unknown, with the reason where one is worth naming."""

    value: bool | None
    reason: Reason | None = None
    because: Because | None = None


MET = Part(True)
MET_BY_EQUIVALENT = Part(True, Reason.EQUIVALENT_WITH_LETTER)


def judge_education(
    answers: Answers,
    rulebook: Rulebook,
    category: Category,
    requirement: Requirement | None,
    cited: Citations,
) -> CriterionResult:
    """The AND of the three parts: one false part fails even if another is unknown (C-16)."""
    if answers.country is None:
        return _no_requirement(answers, cited, Reason.COUNTRY_NOT_GIVEN, NOT_ANSWERED)
    if requirement is None:
        return _no_requirement(answers, cited, Reason.REQUIREMENT_NOT_STATED, OFFICER_DECIDES)
    special = _special_rules(answers, rulebook, category)
    min_years = min_education_years(answers, requirement, special)
    length = _length_for_occupation(answers, requirement, special, min_years)
    outcome, reason, because, also = _joined(
        credential_part(answers, requirement), length, field_part(answers, requirement)
    )
    facts = cited.of(Criterion.EDUCATION, requirement)
    if special:
        facts = with_rules(facts, special)
    return CriterionResult(
        Criterion.EDUCATION,
        outcome,
        reason,
        _given(answers),
        _required(requirement, special, min_years),
        facts,
        _papers(requirement, (reason, *also)),
        because,
        also,
    )


def credential_part(answers: Answers, requirement: Requirement) -> Part:
    """C-7 and C-8: whether the kind of credential counts; its length does not matter here."""
    level, rule = answers.education_level, requirement.credential_rule
    if level is None:
        return Part(None, Reason.CREDENTIAL_NOT_GIVEN, NOT_ANSWERED)
    if level in COUNTING[rule]:
        return MET
    if level not in IN_DOUBT[rule]:
        return Part(False, Reason.CREDENTIAL_NOT_ACCEPTED)
    if rule is CredentialRule.DEGREE_OR_TECHNICAL:
        return Part(None, Reason.CREDENTIAL_UNCERTAIN, OFFICER_DECIDES)
    if answers.associate_equivalent:
        return MET
    return Part(None, Reason.ASSOCIATE_EQUIVALENCE_NOT_SHOWN, _until_shown(answers.associate_equivalent))


def length_part(answers: Answers, requirement: Requirement, min_years: Decimal) -> Part:
    """C-17: the years asked for, or the shorter equivalent of one country with the employer's letter."""
    years = answers.education_years
    if years is None:
        return Part(None, Reason.EDUCATION_YEARS_NOT_GIVEN, NOT_ANSWERED)
    if years >= min_years:
        return MET
    equivalent = requirement.equivalent_years_with_letter
    if equivalent is None or years < equivalent:
        return Part(False, Reason.PROGRAMME_TOO_SHORT)
    if answers.education_country is None:
        return Part(None, Reason.EDUCATION_COUNTRY_NOT_GIVEN, NOT_ANSWERED)
    if answers.education_country != requirement.equivalent_country:
        return Part(False, Reason.EQUIVALENT_OF_OTHER_COUNTRY)
    if answers.employer_equivalence_letter:
        return MET_BY_EQUIVALENT
    return Part(None, Reason.EMPLOYER_LETTER_NOT_SHOWN, _until_shown(answers.employer_equivalence_letter))


def field_part(answers: Answers, requirement: Requirement) -> Part:
    """C-16: the degree is in the field of the job, where the requirement asks for that."""
    if not requirement.degree_field_related_required or answers.degree_field_related:
        return MET
    if answers.degree_field_related is None:
        return Part(None, Reason.DEGREE_FIELD_NOT_GIVEN, NOT_ANSWERED)
    return Part(False, Reason.DEGREE_FIELD_NOT_RELATED)


def _until_shown(answer: bool | None) -> Because:
    """A paper that is not there yet: either nobody asked, or an officer will want to see it."""
    return NOT_ANSWERED if answer is None else OFFICER_DECIDES


def _special_rules(answers: Answers, rulebook: Rulebook, category: Category) -> tuple[OccupationRule, ...]:
    """Including rules for the occupation that carry a length or a note of their own and may apply."""
    country, noc = answers.country, answers.noc
    if country is None or noc is None or not rulebook.edition.covers(country):
        return ()
    special: tuple[OccupationRule, ...] = ()
    for rule in rulebook.edition.rules_for(country, category, noc, teer_of(noc)):
        if (
            (rule.min_education_years is not None or rule.education_note)
            and rule.effect is Effect.INCLUDE
            and applies(rule, answers.conditions) is not False
        ):
            special += (rule,)
    return special


def reaches_full_length(answers: Answers, rulebook: Rulebook, requirement: Requirement) -> bool:
    """Whether the years of study given reach the full length, so that no equivalent is needed."""
    special = _special_rules(answers, rulebook, requirement.category)
    years = answers.education_years
    return years is not None and years >= min_education_years(answers, requirement, special)


def _length_for_occupation(
    answers: Answers, requirement: Requirement, special: tuple[OccupationRule, ...], min_years: Decimal
) -> Part:
    """The length part with the occupation's own length where the list specifies one.

    A line for the very code goes before a line for its TEER; of several of a kind the lowest counts. A line
    that may or may not apply leaves the length open only where it would make a difference.
    """
    base = length_part(answers, requirement, min_years)
    for rule in special:
        own = rule.min_education_years
        if own is None or applies(rule, answers.conditions):
            continue
        if length_part(answers, requirement, own).value is not base.value:
            asked = open_question(rule, answers.conditions)
            because = NOT_ANSWERED if asked else OFFICER_DECIDES
            return Part(None, Reason.LENGTH_DEPENDS_ON_OCCUPATION, because)
    return base


def min_education_years(
    answers: Answers, requirement: Requirement, special: tuple[OccupationRule, ...]
) -> Decimal:
    """Years of study asked for: those of the occupation's own line where one certainly applies."""
    if not special:
        return requirement.min_education_years
    own = [
        (rule.noc is None, rule.min_education_years)
        for rule in special
        if rule.min_education_years is not None and applies(rule, answers.conditions)
    ]
    return min(own)[1] if own else requirement.min_education_years


def _joined(
    credential: Part, length: Part, related: Part
) -> tuple[Outcome, Reason, Because | None, tuple[Reason, ...]]:
    """C-16: AND of three values, with every reason of the weight that decides."""
    if credential.value and length.value and related.value:
        return PASSES, length.reason or Reason.EDUCATION_SUFFICIENT, None, ()
    parts = (credential, length, related)
    failing = tuple(part.reason for part in parts if part.value is False and part.reason)
    if failing:
        return FAILS, failing[0], None, failing[1:]
    missing = tuple(part.reason for part in parts if part.value is None and part.reason)
    unanswered = any(part.because is NOT_ANSWERED for part in parts)
    return UNKNOWN, missing[0], NOT_ANSWERED if unanswered else OFFICER_DECIDES, missing[1:]


def _given(answers: Answers) -> Facts:
    return (
        ("level", answers.education_level),
        ("years", answers.education_years),
        ("country", answers.education_country),
        ("field_related", answers.degree_field_related),
    )


def _required(requirement: Requirement, special: tuple[OccupationRule, ...], min_years: Decimal) -> Facts:
    return (
        ("min_years", min_years),
        ("credential_rule", requirement.credential_rule),
        ("equivalent_years", requirement.equivalent_years_with_letter),
        ("equivalent_country", requirement.equivalent_country),
        ("field_required", requirement.degree_field_related_required),
        ("rules", special),
    )


def _papers(requirement: Requirement, reasons: tuple[Reason, ...]) -> Papers:
    papers = DEGREE_PAPERS if requirement.credential_rule is CredentialRule.DEGREE else CREDENTIAL_PAPERS
    for reason in reasons:
        papers += MORE_PAPERS.get(reason, ())
    return papers


def _no_requirement(answers: Answers, cited: Citations, reason: Reason, because: Because) -> CriterionResult:
    facts = cited.of(Criterion.EDUCATION)
    return CriterionResult(
        Criterion.EDUCATION, UNKNOWN, reason, _given(answers), (), facts, DEGREE_PAPERS, because
    )
