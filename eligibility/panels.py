"""What a question page shows beside its fields: occupations found, the usual wage, who regulates, early results."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility import explanations, formatting
from eligibility.forms.base import QuestionForm
from eligibility.forms.fields import plain_decimal
from eligibility.replay import Replay, Turn
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess, settled_failures
from eligibility.rules.outcomes import Criterion
from eligibility.rules.wage import hourly_wage, prevailing_wage
from occupations import search, snapshots
from occupations.rulebook import Category, Rulebook, UnitGroup, text_in

SEARCH = "q"
FOUND_AT_MOST = 20
TITLES_SHOWN = 6
USUAL_HOURS = Decimal(40)


def for_step(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    """The extra context of a step's page; empty for most."""
    panel = {"occupation": _occupation, "licence": _licence, "offer": _offer}.get(turn.step.slug)
    return panel(turn, form, request) if panel else {}


def early_result(replayed: Replay, rulebook: Rulebook, journey: str) -> dict[str, str] | None:
    """The failure that no later answer can mend, in a sentence, with the way to the result."""
    failures = settled_failures(replayed.answers, rulebook)
    if not failures:
        return None
    explained = explanations.explain(failures[0], replayed.answers, rulebook)
    return {"sentence": explained.explanation, "url": reverse("result", kwargs={"journey": journey})}


def outdated_sentence(turn: Turn) -> str:
    """Names the answers to give again after an earlier answer changed."""
    labels = turn.step.form(setting=turn.setting, asked=turn.asked).fields
    names = "; ".join(f"“{labels[name].label}”" for name in turn.outdated)
    return ngettext(
        "You changed an earlier answer, so please answer this again: %(questions)s",
        "You changed an earlier answer, so please answer these again: %(questions)s",
        len(turn.outdated),
    ) % {"questions": names}


# --- Occupation -------------------------------------------------------------------------------------------


def _occupation(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    chosen = str(form["noc"].value() or "")
    query = request.GET.get(SEARCH, "").strip()[: search.MAX_QUERY_LENGTH]
    if not query and form.errors:
        query = chosen[: search.MAX_QUERY_LENGTH]
    setting = turn.setting
    found = occupations_found(query, setting.answers.country, setting.rulebook, setting.language)
    codes = {card["code"] for card in found}
    groups = setting.rulebook.reference.unit_groups
    if chosen in groups and chosen not in codes:
        found.insert(0, occupation_card(groups[chosen], "", setting.answers.country, setting.rulebook, setting.language))
    return {"query": query, "found": found, "chosen": chosen, "searched": bool(query)}


def occupations_found(query: str, country: str | None, rulebook: Rulebook, language: str) -> list[dict[str, Any]]:
    """Search results in rank order, each with what the country's list says about it."""
    if not query:
        return []
    matches = search.index_for(snapshots.current()).search(query, limit=FOUND_AT_MOST)
    groups = rulebook.reference.unit_groups
    return [
        occupation_card(groups[match.noc], match.matched_title, country, rulebook, language)
        for match in matches
        if match.noc in groups
    ]


def occupation_card(
    group: UnitGroup, matched: str, country: str | None, rulebook: Rulebook, language: str
) -> dict[str, Any]:
    """One unit group as a visitor sees it before choosing."""
    titles = group.job_titles.get(language) or group.job_titles.get("en", ())
    title = text_in(group.title, language)
    return {
        "code": group.code,
        "title": title,
        "matched": matched if matched.casefold() != title.casefold() else "",
        "teer": group.teer,
        "category": _category_words(group.teer, rulebook),
        "job_titles": titles[:TITLES_SHOWN],
        "coverage": _coverage_words(group.code, country, rulebook),
    }


def _category_words(teer: int, rulebook: Rulebook) -> str:
    """Which category a job of this TEER can belong to (C-3)."""
    for category in Category:
        row = rulebook.edition.requirement(None, category)
        if row and teer in row.teers:
            return {
                Category.PROFESSIONAL: _("a professional job"),
                Category.TECHNICIAN: _("a technician job"),
            }[category]
    return _("neither a professional nor a technician job, so this permit does not cover it")


def _coverage_words(noc: str, country: str | None, rulebook: Rulebook) -> str:
    """What the country's list says of an occupation, in words; empty before a country is given."""
    if country is None or not rulebook.edition.covers(country):
        return ""
    result = assess(Answers(country=country, noc=noc), rulebook).criteria[Criterion.OCCUPATION]
    return {
        "pass": _("The list for your country includes it."),
        "fail": _("The list for your country does not include it."),
        "unknown": _("It depends: the list for your country includes it in some cases."),
    }[result.outcome.value]


# --- Licence ----------------------------------------------------------------------------------------------


def _licence(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    answers, rulebook = turn.setting.answers, turn.setting.rulebook
    finding = explanations.licence_finding(answers, rulebook)
    return {"finding": finding, "regulations": explanations.regulation_lines(answers, rulebook)}


# --- Offer ------------------------------------------------------------------------------------------------


def _offer(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    answers, rulebook, language = turn.setting.answers, turn.setting.rulebook, turn.setting.language
    return {
        "usual_wage": explanations.usual_wage_sentence(answers, rulebook),
        "usual_wage_by_period": [],
    }
