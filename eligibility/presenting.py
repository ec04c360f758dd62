"""An assessment as plain JSON values, for the `assess` command and the API (design, section 5)."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from eligibility import applying, formatting
from eligibility.explanations import (
    Case,
    SourceLine,
    View,
    category_sentence,
    change_sentences,
    difference_notes,
    headline,
    lines_for,
    nearby_sentence,
    nearby_warning,
    next_steps,
    no_change_sentence,
    promise,
    tell,
)
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.changes import Advice, Suggestion, advise, changed_fields, smallest_mends
from eligibility.rules.doors import other_doors
from eligibility.rules.nearby import nearby_occupations
from eligibility.rules.outcomes import Assessment, CriterionResult
from eligibility.rules.routes import judge_application
from occupations.rulebook import OtherDoor, Rulebook, Snapshot, text_in

Json = dict[str, Any]


def present(
    answers: Answers, snapshot: Snapshot, rulebook: Rulebook, language: str, case_id: object = None
) -> Json:
    """The whole Assessment in words of one language, stamped with edition, revision and day."""
    assessment = assess(answers, rulebook)
    application = judge_application(answers, assessment, rulebook)
    view = View(answers, rulebook, assessment.category, language)
    advice = advise(answers, rulebook, assessment)
    with translation.override(language):
        by_category = _by_category(assessment, answers, rulebook, language)
        return {
            **_stamp(assessment, rulebook, case_id),
            "headline": headline(assessment, language),
            "category_text": category_sentence(assessment, answers, rulebook),
            "criteria": by_category[assessment.category.value]["criteria"],
            "by_category": by_category,
            "next_steps": list(next_steps(assessment, language)),
            "differences": [
                *differences(answers, assessment, snapshot, rulebook, language),
                *applying.route_differences(application, snapshot, view),
            ],
            **applying.advice(application, assessment, view),
            "changes": [_change(each, answers, rulebook, language) for each in advice.suggestions],
            "no_change": _no_change(advice, language),
            "other_doors": [
                _door(each, rulebook, language) for each in other_doors(answers, assessment, rulebook)
            ],
            "nearby": _nearby(answers, assessment, rulebook, language),
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


def _by_category(assessment: Assessment, answers: Answers, rulebook: Rulebook, language: str) -> Json:
    """Both categories in words; what does not depend on the category is told once (C-24)."""
    told: dict[int, Json] = {}
    categories: Json = {}
    for category, judged in assessment.by_category.items():
        view = View(answers, rulebook, category, language)
        mends = smallest_mends(answers, category, judged, rulebook)
        criteria: Json = {}
        for criterion, result in judged.criteria.items():
            if id(result) not in told:
                told[id(result)] = _criterion(result, view)
            mend = mends.get(criterion)
            to_pass = formatting.sentences(change_sentences(mend, view), language) if mend else None
            criteria[criterion.value] = {**told[id(result)], "to_pass": to_pass}
        categories[category.value] = {"outcome": judged.outcome.value, "criteria": criteria}
    return categories


def _criterion(result: CriterionResult, view: View) -> Json:
    told = tell(result, view)
    return {
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


def _change(suggestion: Suggestion, answers: Answers, rulebook: Rulebook, language: str) -> Json:
    """`answers` holds the new answers; `alternatives` the fields for which others of a list do equally well."""
    view = View(answers, rulebook, suggestion.category, language)
    sentences = change_sentences(suggestion.changes, view)
    return {
        "criteria": [criterion.value for criterion in suggestion.criteria],
        "text": formatting.sentences(sentences, language),
        "sentences": sentences,
        "outcome": suggestion.outcome.value,
        "outcome_text": promise(suggestion),
        "category": suggestion.category.value,
        "answers": changed_fields(answers, suggestion.changes),
        "alternatives": {"region": [code for change in suggestion.changes for code in change.choices]},
    }


def _no_change(advice: Advice, language: str) -> Json | None:
    """Which results no change can mend, where there is no suggestion for that reason."""
    if not advice.blocking:
        return None
    return {
        "reasons": {each.criterion.value: each.reason.value for each in advice.blocking},
        "text": no_change_sentence(advice, language),
    }


def _nearby(answers: Answers, assessment: Assessment, rulebook: Rulebook, language: str) -> Json | None:
    """Occupations beside the one named that the list includes, where the occupation does not pass."""
    found = nearby_occupations(answers, assessment, rulebook)
    if not found:
        return None
    return {
        "warning": nearby_warning(),
        "occupations": [
            {
                "noc": each.noc,
                "category": each.category.value,
                "outcome": each.outcome.value,
                "text": nearby_sentence(each, rulebook, language),
            }
            for each in found
        ],
    }


def _door(door: OtherDoor, rulebook: Rulebook, language: str) -> Json:
    return {
        "name": text_in(door.name, language),
        "code": door.code or None,
        "text": text_in(door.text, language),
        "sources": [_source(line) for line in lines_for(door.fact_ids, rulebook)],
    }


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
