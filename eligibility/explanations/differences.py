"""Notes on where a comparison edition comes to another outcome than the deciding one (facts, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import (
    Assessment,
    Criterion,
    CriterionResult,
    Fact,
    Outcome,
    OverallOutcome,
    fact,
)
from occupations.rulebook import Category, Difference, OccupationRule, Rulebook, text_in

DIFFERENCE_ID = "D-"


@dataclass(frozen=True, slots=True)
class DifferenceNote:
    """One criterion (or None: the answer as a whole) on which another edition comes out differently."""

    edition: str
    criterion: Criterion | None
    ours: Outcome | OverallOutcome
    theirs: Outcome | OverallOutcome
    difference: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case as one edition judges it."""

    assessment: Assessment
    rulebook: Rulebook

    def result(self, criterion: Criterion, category: Category) -> CriterionResult:
        return self.assessment.by_category[category].criteria[criterion]


def difference_notes(
    answers: Answers, deciding: Case, other: Case, language: str
) -> Iterator[DifferenceNote]:
    """Every criterion of the category shown that the other edition judges otherwise, and the whole answer."""
    slug, category = other.rulebook.edition.slug, deciding.assessment.category
    if deciding.assessment.outcome is not other.assessment.outcome:
        text = _whole(deciding, other, language)
        yield DifferenceNote(slug, None, deciding.assessment.outcome, other.assessment.outcome, None, text)
    for criterion in Criterion:
        ours, theirs = deciding.result(criterion, category), other.result(criterion, category)
        if ours.outcome is not theirs.outcome:
            known = _find_difference(answers, criterion, category, deciding, other)
            text = _of_criterion(known, deciding, other, theirs.outcome, language)
            found = None if known is None else known.id
            yield DifferenceNote(slug, criterion, ours.outcome, theirs.outcome, found, text)


def _whole(deciding: Case, other: Case, language: str) -> str:
    context = _edition_names(deciding, other, language)
    if other.assessment.outcome is OverallOutcome.ELIGIBLE:
        return _("%(other)s: you would qualify. We follow %(deciding)s.") % context
    if other.assessment.outcome is OverallOutcome.NOT_ELIGIBLE:
        return _("%(other)s: you would not qualify. We follow %(deciding)s.") % context
    return _("%(other)s: the answer would still be open. We follow %(deciding)s.") % context


def _of_criterion(
    known: Difference | None, deciding: Case, other: Case, theirs: Outcome, language: str
) -> str:
    context = _edition_names(deciding, other, language)
    if known is not None:
        context["says"] = text_in(known.says[other.rulebook.edition.slug], language)
        context["rule"] = text_in(known.says[deciding.rulebook.edition.slug], language)
        return _("%(other)s: %(says)s %(deciding)s: %(rule)s We follow %(deciding)s.") % context
    if theirs is Outcome.PASSES:
        return _("%(other)s: this point would be met. We follow %(deciding)s.") % context
    if theirs is Outcome.FAILS:
        return _("%(other)s: this point would not be met. We follow %(deciding)s.") % context
    return _("%(other)s: this point would still be open. We follow %(deciding)s.") % context


def _edition_names(deciding: Case, other: Case, language: str) -> dict[str, str]:
    return {
        "deciding": text_in(deciding.rulebook.edition.short_name, language),
        "other": text_in(other.rulebook.edition.short_name, language),
    }


def _find_difference(
    answers: Answers, criterion: Criterion, category: Category, deciding: Case, other: Case
) -> Difference | None:
    """The known difference that touches this criterion and the rows that both editions used, if any."""
    reference = deciding.rulebook.reference.differences
    slugs = (deciding.rulebook.edition.slug, other.rulebook.edition.slug)
    for named in _ids_by_nearness(answers, criterion, category, (deciding, other)):
        for each in named:
            difference = reference.get(each)
            if difference is not None and all(slug in difference.says for slug in slugs):
                return difference
    return None


def _ids_by_nearness(
    answers: Answers, criterion: Criterion, category: Category, cases: tuple[Case, Case]
) -> Iterator[list[str]]:
    """Difference ids that the rows name: country, lines used, requirement, then the country's whole list."""
    editions = [case.rulebook.edition for case in cases]
    touching = {each for edition in editions for each in edition.criterion_facts.get(criterion, ())}
    rows = [edition.countries.get(answers.country or "") for edition in editions]
    yield _ids((row.fact_ids for row in rows if row is not None), touching)
    results = [case.result(criterion, category) for case in cases]
    lines = [rule for result in results for rule in _rules(fact(result.required, "rules"))]
    yield _ids((rule.fact_ids for rule in lines), touching)
    requirements = [edition.requirement(answers.country, category) for edition in editions]
    yield _ids((row.fact_ids for row in requirements if row is not None), touching)
    if criterion is Criterion.OCCUPATION:
        yield _ids(
            (
                rule.fact_ids
                for edition in editions
                for rule in edition.occupation_rules
                if rule.country == answers.country and rule.category is category
            ),
            touching,
        )


def _rules(value: Fact) -> list[OccupationRule]:
    return [each for each in value if isinstance(each, OccupationRule)] if isinstance(value, tuple) else []


def _ids(groups: Iterable[tuple[str, ...]], touching: set[str]) -> list[str]:
    found = dict.fromkeys(each for group in groups for each in group if each.startswith(DIFFERENCE_ID))
    return [each for each in found if each in touching]
