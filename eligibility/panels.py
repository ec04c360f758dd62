"""What a question page shows beside its fields: occupations found, the usual wage, who regulates, early results."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility import formatting
from eligibility.explanations import explain
from eligibility.forms.base import QuestionForm
from eligibility.replay import Replay, Turn
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess, settled_failures
from eligibility.rules.licensing import LicenceNeed, find_licence_need
from eligibility.rules.occupation import category_of_job
from eligibility.rules.outcomes import Criterion, Outcome, Reason
from eligibility.rules.vocabulary import WagePeriod
from eligibility.rules.wage import (
    PERIODS_IN_A_YEAR,
    WEEKS_IN_A_YEAR,
    PrevailingWage,
    find_prevailing_wage,
    offered_wage,
    prevailing_wage,
)
from occupations import search, snapshots
from occupations.rulebook import Category, Regulation, Rulebook, UnitGroup, text_in

SEARCH = "q"
FOUND_AT_MOST = 20
TITLES_SHOWN = 6
USUAL_HOURS = 40
CONVERT = "convert"
"""Button of the offer page: work out the hourly pay and stay."""


def for_step(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    """The extra context of a step's page; empty for most."""
    panel = {"occupation": _occupation, "licence": _licence, "offer": _offer}.get(turn.step.slug)
    return panel(turn, form, request) if panel else {}


def early_result(replayed: Replay, rulebook: Rulebook, journey: str, language: str) -> dict[str, str] | None:
    """The failure that no later answer can mend, in a sentence, with the way to the result."""
    failures = settled_failures(replayed.answers, rulebook)
    if not failures:
        return None
    category = category_of_job(replayed.answers.noc, rulebook, replayed.answers.country)
    explained = explain(failures[0], category, replayed.answers, rulebook, language)
    return {"sentence": explained.explanation, "url": reverse("result", kwargs={"journey": journey})}


def outdated_sentence(turn: Turn) -> str:
    """Names the answers to give again after an earlier answer changed."""
    labels = turn.step.form(setting=turn.setting, asked=turn.asked).questions
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
        found.insert(
            0,
            occupation_card(groups[chosen], "", setting.answers.country, setting.rulebook, setting.language),
        )
    return {"query": query, "found": found, "chosen": chosen, "searched": bool(query)}


def occupations_found(
    query: str, country: str | None, rulebook: Rulebook, language: str
) -> list[dict[str, Any]]:
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
        Outcome.PASSES: _("The list for your country includes it."),
        Outcome.FAILS: _("The list for your country does not include it."),
        Outcome.UNKNOWN: _("It depends: the list for your country includes it in some cases."),
    }[result.outcome]


# --- Licence ----------------------------------------------------------------------------------------------


def _licence(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    answers, rulebook = turn.setting.answers, turn.setting.rulebook
    need = find_licence_need(answers.noc, answers.region, rulebook)
    return {
        "finding": _licence_finding(answers, need),
        "regulations": [regulation_line(row) for row in need.rows],
    }


def _licence_finding(answers: Answers, need: LicenceNeed) -> str:
    if answers.noc is None or answers.region is None:
        return _("We can look this up once we know the occupation and the region of the job.")
    if need.needed:
        return _("This occupation is regulated there: you need a licence or certificate to work in it.")
    if need.rows:
        return _(
            "Only a title or a part of this work is regulated there. Ask the regulator whether it touches your job."
        )
    return _(
        "Our table has no entry for this occupation there. That does not mean that no licence is needed."
    )


def regulation_line(row: Regulation) -> str:
    """Who regulates the occupation, with what there is to note."""
    regulator = row.regulator or _("The regulator is not named in our source.")
    return (
        _("%(regulator)s (%(note)s)") % {"regulator": regulator, "note": row.note} if row.note else regulator
    )


# --- Offer ------------------------------------------------------------------------------------------------


def _offer(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    answers, rulebook, language = turn.setting.answers, turn.setting.rulebook, turn.setting.language
    found = find_prevailing_wage(answers.noc, answers.region, rulebook)
    return {
        "usual_wage": _usual_wage(found, rulebook, language),
        "usual_wage_by_period": _by_period(found, language),
        "converted": _converted(turn, form) if CONVERT in request.POST else "",
    }


def _usual_wage(found: PrevailingWage, rulebook: Rulebook, language: str) -> str:
    if found.missing is Reason.PREVAILING_WAGE_NEEDS_PLACE:
        return _("We can look up the usual pay once we know the occupation and the region of the job.")
    if found.rate is None or found.row is None:
        return _(
            "Our table has no usual pay for this occupation. You can look on Job Bank and enter what you find."
        )
    return _(
        "Half of the people in this occupation in %(region)s earn more than %(amount)s an hour, half earn less "
        "(Job Bank wages, %(year)s edition). The offer must reach this figure."
    ) % {
        "region": text_in(rulebook.reference.regions[found.row.region].name, language),
        "amount": formatting.money(found.rate.as_fraction(), language),
        "year": found.row.vintage.edition,
    }


def _by_period(found: PrevailingWage, language: str) -> list[str]:
    """The usual pay for other periods of a 40-hour week, rounded up to the cent so that it is enough (C-18)."""
    if found.rate is None:
        return []
    yearly = found.rate.as_fraction() * Fraction(WEEKS_IN_A_YEAR) * USUAL_HOURS
    sentences = {
        WagePeriod.WEEK: _("%(amount)s a week"),
        WagePeriod.MONTH: _("%(amount)s a month"),
        WagePeriod.YEAR: _("%(amount)s a year"),
    }
    return [
        sentence % {"amount": formatting.enough(yearly / Fraction(PERIODS_IN_A_YEAR[period]), language)}
        for period, sentence in sentences.items()
    ]


def _converted(turn: Turn, form: QuestionForm) -> str:
    """The visitor's pay for an hour beside the usual one, before the answer is given (C-18)."""
    setting = turn.setting
    earlier = setting.answers.to_json()
    valid = {name: form.questions[name].stored(value) for name, value in form.cleaned_data.items()}
    answers = Answers.parse(earlier | form.to_answers(valid), setting.rulebook.reference)
    offered = offered_wage(answers)
    if isinstance(offered, Reason):
        return {
            Reason.WAGE_NOT_GIVEN: _("Enter what the job pays, and we work out the hourly pay."),
            Reason.WAGE_PERIOD_NOT_GIVEN: _(
                "Select whether the amount is for an hour, a week, a month or a year."
            ),
        }.get(offered, _("Enter the hours in a week, and we work out the hourly pay."))
    hourly = formatting.money(offered.as_fraction(), setting.language)
    usual = prevailing_wage(answers, setting.rulebook).rate
    if usual is None:
        return _("Your pay without allowances is %(hourly)s an hour.") % {"hourly": hourly}
    words = {"hourly": hourly, "usual": formatting.money(usual.as_fraction(), setting.language)}
    if offered.reaches(usual):
        return (
            _("Your pay without allowances is %(hourly)s an hour. That reaches the usual %(usual)s.") % words
        )
    return _("Your pay without allowances is %(hourly)s an hour. That is below the usual %(usual)s.") % words
