"""What a question page shows beside its fields: occupations found, the usual wage, who regulates, early results."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility import formatting, fragments
from eligibility.explanations import explain
from eligibility.explanations.texts import Texts
from eligibility.forms.base import QuestionForm
from eligibility.forms.fields import UNKNOWN
from eligibility.forms.job import region_name
from eligibility.occupation_cards import SEARCH, occupation_card, occupations_found
from eligibility.replay import Replay, Turn
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import settled_failures
from eligibility.rules.licensing import LicenceNeed, find_licence_need
from eligibility.rules.occupation import category_of_job
from eligibility.rules.outcomes import HourlyRate, Reason
from eligibility.rules.vocabulary import JobOffer, WagePeriod
from eligibility.rules.wage import (
    PERIODS_IN_A_YEAR,
    WEEKS_IN_A_YEAR,
    PrevailingWage,
    find_prevailing_wage,
    offered_wage,
    prevailing_wage,
)
from occupations.rulebook import Regulation, Rulebook, text_in

USUAL_HOURS = 40
BY_PERIOD: Final = Texts(
    {
        WagePeriod.WEEK: gettext_lazy("%(amount)s a week"),
        WagePeriod.MONTH: gettext_lazy("%(amount)s a month"),
        WagePeriod.YEAR: gettext_lazy("%(amount)s a year"),
    }
)
CONVERT = "convert"
"""Button of the offer page: work out the hourly pay and stay."""
LOOK_UP = "look-up"
"""Button of the place page: show what the region means and stay."""
STAYING = frozenset({CONVERT, LOOK_UP})
"""Buttons that store nothing."""


def for_step(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    """The extra context of a step's page; empty for most."""
    panel = {"occupation": _occupation, "place": _place, "licence": _licence, "offer": _offer}
    return panel[turn.step.slug](turn, form, request) if turn.step.slug in panel else {}


def fragment_of(slug: str, request: HttpRequest) -> str:
    """The template of the part of a step's page that a script asks for; empty when the page is wanted."""
    if not fragments.is_wanted(request):
        return ""
    if slug == "occupation" and request.method == "GET":
        return "components/occupation_options.html"
    if slug == "place" and LOOK_UP in request.POST:
        return "components/place_facts.html"
    return "components/converted.html" if slug == "offer" and CONVERT in request.POST else ""


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
    language = turn.setting.language
    names = formatting.listed(
        (formatting.quoted(str(labels[name].label), language) for name in turn.outdated), language, "; "
    )
    return ngettext(
        "You changed an earlier answer, so please answer this again: %(questions)s",
        "You changed an earlier answer, so please answer these again: %(questions)s",
        len(turn.outdated),
    ) % {"questions": names}


# --- Occupation -------------------------------------------------------------------------------------------


def _occupation(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    chosen = str(form["noc"].value() or "")
    setting = turn.setting
    country, rulebook, language = setting.answers.country, setting.rulebook, setting.language
    query = request.GET.get(SEARCH, "") or (chosen if form.errors else "")
    found = occupations_found(query, country, rulebook, language)
    group = rulebook.reference.unit_groups.get(chosen)
    if group and chosen not in {card["code"] for card in found.cards}:
        found.cards.insert(0, occupation_card(group, None, country, rulebook, language))
    return {"query": found.query, "found": found.cards, "count": found.sentence, "chosen": chosen}


# --- Place ------------------------------------------------------------------------------------------------


def _place(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    """What the region chosen, or chosen before, means for this occupation; nothing before there is one."""
    region = form.cleaned_data.get("region") if form.is_bound else turn.values.get("region")
    setting = turn.setting
    if not region or region == UNKNOWN:
        return {"place_known": False}
    answers = replace(setting.answers, region=region)
    found = find_prevailing_wage(answers.noc, region, setting.rulebook)
    return {
        "place_known": True,
        "place": region_name(setting.rulebook.reference.regions[region], setting.language),
        "usual_wage": _usual_wage(found, setting.rulebook, setting.language),
        **_licence_facts(answers, setting.rulebook, setting.language),
    }


# --- Licence ----------------------------------------------------------------------------------------------


def _licence(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    return _licence_facts(turn.setting.answers, turn.setting.rulebook, turn.setting.language)


def _licence_facts(answers: Answers, rulebook: Rulebook, language: str) -> dict[str, Any]:
    need = find_licence_need(answers.noc, answers.region, rulebook)
    return {
        "finding": _licence_finding(answers, need),
        "regulations": [_regulation(row, language) for row in need.rows],
    }


def _licence_finding(answers: Answers, need: LicenceNeed) -> str:
    if answers.noc is None or answers.region is None:
        return _("We can look this up once we know the occupation and the region of the job.")
    if need.needed:
        return _("This occupation is regulated there: you need a licence or certificate to work in it.")
    if need.needed is False:
        return _("Our table says that you need no licence or certificate for this occupation there.")
    if need.rows:
        return _(
            "Only a title or a part of this work is regulated there. Ask the regulator whether it touches your job."
        )
    return _(
        "Our table has no entry for this occupation there. That does not mean that no licence is needed."
    )


def _regulation(row: Regulation, language: str) -> dict[str, str]:
    """Who regulates the occupation, and what there is to note."""
    return {"regulator": row.regulator, "note": text_in(row.note, language) if row.note else ""}


# --- Offer ------------------------------------------------------------------------------------------------


def _offer(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    answers, rulebook, language = turn.setting.answers, turn.setting.rulebook, turn.setting.language
    found = find_prevailing_wage(answers.noc, answers.region, rulebook)
    after_pay = list(form.fields).index("wage_allowances") + 1
    return {
        "usual_wage": _usual_wage(found, rulebook, language),
        "usual_wage_by_period": _by_period(found.rate, language) if found.rate else (),
        "converted": _converted(turn, form, request),
        "pay_questions": f":{after_pay}",
        "other_questions": f"{after_pay}:",
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
        "region": region_name(rulebook.reference.regions[found.row.region], language),
        "amount": formatting.money(found.rate.as_fraction(), language),
        "year": found.row.vintage.edition,
    }


@lru_cache(maxsize=1024)
def _by_period(usual: HourlyRate, language: str) -> tuple[str, ...]:
    """The usual pay for other periods of a 40-hour week, rounded up to the cent so that it is enough (C-18)."""
    yearly = usual.as_fraction() * Fraction(WEEKS_IN_A_YEAR) * USUAL_HOURS
    sentences = BY_PERIOD.told(language)
    return tuple(
        sentence % {"amount": formatting.enough(yearly / Fraction(PERIODS_IN_A_YEAR[period]), language)}
        for period, sentence in sentences.items()
    )


def _converted(turn: Turn, form: QuestionForm, request: HttpRequest) -> dict[str, str]:
    """The visitor's pay for an hour beside the usual one (C-18), as a notice; empty when there is nothing to say.

    What is missing is named only when the visitor asked to work it out; the page itself shows what is wrong.
    """
    if form.is_bound and form.errors:
        first = next(iter(form.errors.values()))[0]
        return {"kind": "warning", "text": str(first)} if fragments.is_wanted(request) else {}
    setting = turn.setting
    answers = _with_offer(turn, form)
    offered = offered_wage(answers)
    if answers.job_offer == JobOffer.NONE or (isinstance(offered, Reason) and CONVERT not in request.POST):
        return {}
    if isinstance(offered, Reason):
        return {"kind": "info", "text": _missing_for_hourly(offered)}
    words = {"hourly": formatting.money(offered.as_fraction(), setting.language)}
    usual = prevailing_wage(answers, setting.rulebook).rate
    if usual is None:
        return {"kind": "info", "text": _("Your pay without allowances is %(hourly)s an hour.") % words}
    words["usual"] = formatting.money(usual.as_fraction(), setting.language)
    if offered.reaches(usual):
        sentence = _("Your pay without allowances is %(hourly)s an hour. That reaches the usual %(usual)s.")
        return {"kind": "success", "text": sentence % words}
    sentence = _("Your pay without allowances is %(hourly)s an hour. That is below the usual %(usual)s.")
    return {"kind": "warning", "text": sentence % words}


def _with_offer(turn: Turn, form: QuestionForm) -> Answers:
    """The answers with what the offer page holds: as typed, else as stored."""
    values = turn.values
    if form.is_bound:
        values = {name: form.questions[name].stored(value) for name, value in form.cleaned_data.items()}
    return turn.setting.answers.with_more(form.to_answers(values), turn.setting.rulebook.reference)


def _missing_for_hourly(reason: Reason) -> str:
    return {
        Reason.WAGE_NOT_GIVEN: _("Enter what the job pays, and we work out the hourly pay."),
        Reason.WAGE_PERIOD_NOT_GIVEN: _(
            "Select whether the amount is for an hour, a week, a month or a year."
        ),
    }.get(reason, _("Enter the hours in a week, and we work out the hourly pay."))
