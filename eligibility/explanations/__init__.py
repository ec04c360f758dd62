"""Every sentence that explains an outcome: one place for the page, the API and the `assess` command.

Sentences are whole, come through gettext, name figures and never show a code. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import translation

from eligibility import formatting
from eligibility.explanations import names
from eligibility.explanations.changes import change_sentences, no_change_sentence, promise
from eligibility.explanations.differences import Case, DifferenceNote, difference_notes
from eligibility.explanations.job import tell_control, tell_licensing, tell_occupation, tell_offer
from eligibility.explanations.nearby import nearby_sentence, nearby_warning
from eligibility.explanations.pay import tell_wage
from eligibility.explanations.people import tell_experience, tell_language, tell_status
from eligibility.explanations.sources import SourceLine, lines_for, sources_of
from eligibility.explanations.study import tell_education
from eligibility.explanations.view import Told, View
from eligibility.explanations.whole import category_sentence, headline, next_steps
from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import Criterion, CriterionResult
from occupations.rulebook import Category, Rulebook

__all__ = [
    "Case",
    "DifferenceNote",
    "Explained",
    "SourceLine",
    "View",
    "category_sentence",
    "change_sentences",
    "difference_notes",
    "explain",
    "headline",
    "lines_for",
    "nearby_sentence",
    "nearby_warning",
    "next_steps",
    "no_change_sentence",
    "promise",
    "tell",
]

TELLERS: Final[Mapping[Criterion, Callable[[CriterionResult, View], Told]]] = {
    Criterion.COUNTRY_STATUS: tell_status,
    Criterion.JOB_OFFER: tell_offer,
    Criterion.OCCUPATION: tell_occupation,
    Criterion.EDUCATION: tell_education,
    Criterion.EXPERIENCE: tell_experience,
    Criterion.WAGE: tell_wage,
    Criterion.LICENSING: tell_licensing,
    Criterion.LANGUAGE: tell_language,
    Criterion.SELF_EMPLOYMENT: tell_control,
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One criterion in words. `because` is empty unless the outcome is unknown."""

    criterion: Criterion
    title: str
    given: str
    required: str
    explanation: str
    because: str
    evidence: tuple[str, ...]
    sources: tuple[SourceLine, ...]


def explain(
    result: CriterionResult, category: Category, answers: Answers, rulebook: Rulebook, language: str
) -> Explained:
    """What was said, what is required, why it came out so, what proves it and who says so, in `language`."""
    with translation.override(language):
        return tell(result, View(answers, rulebook, category, language))


def tell(result: CriterionResult, view: View) -> Explained:
    """As `explain`, where the view's language is the active one."""
    language = view.language
    told = TELLERS[result.criterion](result, view)
    return Explained(
        criterion=result.criterion,
        title=names.CRITERIA.told(language)[result.criterion],
        given=formatting.sentences(told.given, language),
        required=formatting.sentences(told.required, language),
        explanation=formatting.sentences(told.explanation, language),
        because="" if result.because is None else names.BECAUSE.told(language)[result.because],
        evidence=tuple(map(names.EVIDENCE.told(language).__getitem__, result.evidence)),
        sources=sources_of(result, view.rulebook),
    )
