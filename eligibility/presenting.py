"""An assessment as plain JSON values, for the `assess` command and the API (design, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from eligibility import applying
from eligibility.explanations import (
    Case,
    SourceLine,
    category_sentence,
    difference_notes,
    explain,
    headline,
    next_steps,
)
from eligibility.explanations.view import View
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Assessment, CategoryAssessment
from eligibility.rules.routes import judge_application
from occupations.rulebook import Category, Rulebook, Snapshot

Json = dict[str, Any]


def present(
    answers: Answers, snapshot: Snapshot, rulebook: Rulebook, language: str, case_id: object = None
) -> Json:
    """The whole Assessment in words of one language, stamped with edition, revision and day."""
    assessment = assess(answers, rulebook)
    application = judge_application(answers, assessment, rulebook)
    view = View(answers, rulebook, assessment.category, language)
    with translation.override(language):
        return {
            **_stamp(assessment, rulebook, case_id),
            "headline": headline(assessment, language),
            "category_text": category_sentence(assessment, answers, rulebook),
            "criteria": _criteria(
                assessment.by_category[assessment.category], assessment.category, answers, rulebook, language
            ),
            "by_category": {
                category.value: {
                    "outcome": judged.outcome.value,
                    "criteria": _criteria(judged, category, answers, rulebook, language),
                }
                for category, judged in assessment.by_category.items()
            },
            "next_steps": list(next_steps(assessment)),
            "differences": [
                *differences(answers, assessment, snapshot, rulebook, language),
                *applying.route_differences(application, snapshot, view),
            ],
            **applying.advice(application, assessment, view),
        }


def brief(assessment: Assessment, rulebook: Rulebook, case_id: object = None) -> Json:
    """Only the stamp, and each criterion's outcome and reason."""
    return {
        **_stamp(assessment, rulebook, case_id),
        "criteria": {
            criterion.value: {"outcome": result.outcome.value, "reason": result.reason.value}
            for criterion, result in assessment.criteria.items()
        },
    }


def differences(
    answers: Answers, assessment: Assessment, snapshot: Snapshot, rulebook: Rulebook, language: str
) -> list[Json]:
    """Notes on every published comparison edition that comes to another outcome."""
    deciding = Case(assessment, rulebook)
    notes: list[Json] = []
    with translation.override(language):
        for slug in snapshot.comparisons(rulebook.edition.slug):
            compared = snapshot.rulebook(rulebook.on, slug)
            other = Case(assess(answers, compared), compared)
            for note in difference_notes(answers, deciding, other, language):
                notes.append(
                    {
                        "edition": note.edition,
                        "criterion": None if note.criterion is None else note.criterion.value,
                        "outcome": note.theirs.value,
                        "difference": note.difference,
                        "text": note.text,
                    }
                )
    return notes


def _stamp(assessment: Assessment, rulebook: Rulebook, case_id: object) -> Json:
    return {
        "id": case_id,
        "edition": rulebook.edition.slug,
        "revision": rulebook.revision,
        "on": rulebook.on.isoformat(),
        "outcome": assessment.outcome.value,
        "category": assessment.category.value,
    }


def _criteria(
    judged: CategoryAssessment, category: Category, answers: Answers, rulebook: Rulebook, language: str
) -> Mapping[str, Json]:
    entries: dict[str, Json] = {}
    for criterion, result in judged.criteria.items():
        told = explain(result, category, answers, rulebook, language)
        entries[criterion.value] = {
            "outcome": result.outcome.value,
            "reason": result.reason.value,
            "because": None if result.because is None else result.because.value,
            "because_text": told.because or None,
            "title": told.title,
            "given": told.given,
            "required": told.required,
            "explanation": told.explanation,
            "sources": [_source(line) for line in told.sources],
            "evidence": list(told.evidence),
        }
    return entries


def _source(line: SourceLine) -> Json:
    """`date` is the document's own date of last change, or the day it was read where it carries none."""
    dated = line.dated or line.read_on
    return {
        "title": line.title,
        "publisher": line.publisher,
        "url": line.url,
        "date": None if dated is None else dated.isoformat(),
        "fact": line.fact,
    }
