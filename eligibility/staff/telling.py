"""Profiles and what becomes of them, in words for staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import formatting
from eligibility.explanations import explain
from eligibility.explanations.names import CRITERIA as CRITERION_NAMES
from eligibility.explanations.names import LEVELS
from eligibility.impact import Change, Origin, Profile, Verdict
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, Outcome, OverallOutcome
from eligibility.rules.vocabulary import Status
from occupations.rulebook import Category, Rulebook, text_in

OUTCOMES: Final[Mapping[OverallOutcome, Promise]] = {
    OverallOutcome.ELIGIBLE: gettext_lazy("Eligible"),
    OverallOutcome.NEEDS_MORE_INFORMATION: gettext_lazy("Needs more information"),
    OverallOutcome.NOT_ELIGIBLE: gettext_lazy("Not eligible"),
}
CRITERION_OUTCOMES: Final[Mapping[Outcome, Promise]] = {
    Outcome.PASSES: gettext_lazy("met"),
    Outcome.FAILS: gettext_lazy("not met"),
    Outcome.UNKNOWN: gettext_lazy("open"),
}
CATEGORIES: Final[Mapping[Category, Promise]] = {
    Category.PROFESSIONAL: gettext_lazy("professional"),
    Category.TECHNICIAN: gettext_lazy("technician"),
}
ORIGINS: Final[Mapping[Origin, Promise]] = {
    Origin.SHIPPED: gettext_lazy("worked case of the product"),
    Origin.STAFF: gettext_lazy("reference case of staff"),
    Origin.GENERATED: gettext_lazy("generated"),
}
STATUSES: Final[Mapping[Status, Promise]] = {
    Status.CITIZEN: gettext_lazy("citizen"),
    Status.PERMANENT_RESIDENT: gettext_lazy("permanent resident"),
    Status.NEITHER: gettext_lazy("neither citizen nor permanent resident"),
}


@dataclass(frozen=True, slots=True)
class CriterionTold:
    """One criterion under two editions."""

    name: str
    given: str
    before: Outcome
    before_name: str
    before_text: str
    after: Outcome
    after_name: str
    after_text: str

    @property
    def differs(self) -> bool:
        return self.before is not self.after


def country_name(code: str | None, rulebook: Rulebook, language: str) -> str:
    names = rulebook.reference.country_names
    if code is None:
        return _("No country named")
    return text_in(names[code], language) if code in names else code


def occupation_name(noc: str | None, rulebook: Rulebook, language: str) -> str:
    if noc is None:
        return _("no occupation named")
    group = rulebook.reference.unit_groups.get(noc)
    return f"{noc} {text_in(group.title, language)}" if group else noc


def summary(profile: Profile, rulebook: Rulebook, language: str) -> list[str]:
    """Who it is, in a few short pieces: country and status, occupation, study and work."""
    answers = profile.answers
    pieces = [profile.name] if profile.name else []
    country = country_name(answers.country, rulebook, language)
    status = STATUSES[answers.status] if answers.status else _("status not said")
    pieces.append(_("%(country)s, %(status)s") % {"country": country, "status": status})
    pieces.append(occupation_name(answers.noc, rulebook, language))
    pieces.append(_study(answers, language))
    if answers.experience_years is not None:
        years = formatting.years(answers.experience_years, language)
        pieces.append(_("%(years)s of work") % {"years": years})
    return [piece for piece in pieces if piece]


def _study(answers: Answers, language: str) -> str:
    if answers.education_level is None:
        return ""
    level = LEVELS[answers.education_level]
    if answers.education_years is None:
        return str(level)
    years = formatting.years(answers.education_years, language)
    return _("%(level)s, %(years)s of study") % {"level": level, "years": years}


def conditions_told(answers: Answers, books: Iterable[Rulebook], language: str) -> list[dict[str, str]]:
    """The conditions that the profile answers, each as the question and yes or no."""
    questions = {
        slug: text_in(condition.question, language)
        for book in books
        for slug, condition in book.edition.conditions.items()
    }
    return [
        {"question": questions.get(slug, slug), "answer": _("yes") if answer else _("no")}
        for slug, answer in answers.conditions.items()
    ]


def criteria_told(
    answers: Answers, books: tuple[Rulebook, Rulebook], language: str, only: Iterable[Criterion] = Criterion
) -> list[CriterionTold]:
    """Criteria under both editions, with what was said and why it comes out so."""
    before, after = (assess(answers, book) for book in books)
    told = []
    for criterion in only:
        results = (before.criteria[criterion], after.criteria[criterion])
        texts = [
            explain(result, assessment.category, answers, book, language)
            for result, assessment, book in zip(results, (before, after), books, strict=True)
        ]
        told.append(
            CriterionTold(
                name=str(CRITERION_NAMES[criterion]),
                given=texts[1].given,
                before=results[0].outcome,
                before_name=str(CRITERION_OUTCOMES[results[0].outcome]),
                before_text=texts[0].explanation,
                after=results[1].outcome,
                after_name=str(CRITERION_OUTCOMES[results[1].outcome]),
                after_text=texts[1].explanation,
            )
        )
    return told


def verdict_told(found: Verdict) -> dict[str, str]:
    return {
        "outcome": found.outcome.value,
        "outcome_name": str(OUTCOMES[found.outcome]),
        "category_name": str(CATEGORIES[found.category]),
    }


def change_told(change: Change, books: tuple[Rulebook, Rulebook], language: str) -> dict[str, Any]:
    """A profile that comes out differently, for a list of examples."""
    return {
        "id": change.profile.id,
        "origin": change.profile.origin.value,
        "origin_name": str(ORIGINS[change.profile.origin]),
        "must_not_change": change.profile.must_not_change,
        "summary": summary(change.profile, books[1], language),
        "conditions": conditions_told(change.profile.answers, books, language),
        "before": verdict_told(change.before),
        "after": verdict_told(change.after),
        "flips": change.flips,
        "criteria": criteria_told(change.profile.answers, books, language, change.criteria),
    }
