"""Explanations of the job: offer, occupation, licence, control of the employer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import formatting
from eligibility.explanations.texts import Texts
from eligibility.explanations.view import Told, View
from eligibility.rules.outcomes import CriterionResult, Fact, Reason, fact
from eligibility.rules.vocabulary import LOOK_UP, JobOffer, LicenceHeld
from occupations.rulebook import Category, OccupationRule, Regulation

NOTE_TO_STAFF: Final = re.compile(r"\s*\(see [^)]*\)")
"""A remark inside a regulator's name that points at other rows of the table."""
GIVEN_OFFER: Final = Texts(
    {
        None: gettext_lazy("You have not told us about your job offer yet."),
        JobOffer.WRITTEN: gettext_lazy("You have a written job offer."),
        JobOffer.CONTRACT_DIRECT: gettext_lazy("You have a contract with a Canadian company."),
        JobOffer.CONTRACT_VIA_HOME_EMPLOYER: gettext_lazy(
            "Your employer at home has a contract with a Canadian company."
        ),
        JobOffer.VERBAL: gettext_lazy("You have a verbal job offer."),
        JobOffer.NONE: gettext_lazy("You have no job offer."),
    }
)
OFFER: Final = Texts(
    {
        Reason.OFFER_NOT_GIVEN: gettext_lazy("Tell us whether you have a job offer or a contract."),
        Reason.OFFER_IN_WRITING: gettext_lazy(
            "What you have counts. The Canadian side must file the offer online and pay its fee before you apply."
        ),
        Reason.OFFER_VERBAL: gettext_lazy(
            "A verbal offer cannot be checked, so an officer may not accept it. Ask for it in writing."
        ),
        Reason.NO_OFFER: gettext_lazy(
            "Without a job offer or a contract arranged beforehand you cannot apply."
        ),
    }
)
OCCUPATION: Final = Texts(
    {
        Reason.COUNTRY_NOT_GIVEN: gettext_lazy("Which occupations are covered depends on your country."),
        Reason.COUNTRY_NOT_COVERED: gettext_lazy(
            "No occupation is open to people who rely on %(country)s, because the rules do not cover that "
            "country."
        ),
        Reason.OCCUPATION_NOT_GIVEN: gettext_lazy("Tell us the occupation of the job that you are offered."),
        Reason.TEER_IN_NO_CATEGORY: gettext_lazy(
            "The occupation %(occupation)s is of TEER %(teer)s, which is neither professional nor technician "
            "work "
            "for this permit."
        ),
        Reason.OCCUPATION_INCLUDED: gettext_lazy(
            "The occupation %(occupation)s is covered for %(country)s, under this entry of the list: %(entries)s."
        ),
        Reason.OCCUPATION_EXCLUDED: gettext_lazy(
            "The occupation %(occupation)s is excluded for %(country)s, under this entry of the list: "
            "%(entries)s."
        ),
        Reason.OCCUPATION_NOT_LISTED: gettext_lazy(
            "The occupation %(occupation)s is not on the list for %(country)s."
        ),
        Reason.CONDITION_NOT_ANSWERED: gettext_lazy(
            "Whether the list covers your job depends on this: %(questions)s"
        ),
        Reason.OCCUPATION_UNCERTAIN: gettext_lazy(
            "The rules do not say clearly whether the occupation %(occupation)s belongs to this entry of the "
            "list: %(entries)s. "
            "An officer decides."
        ),
    }
)
CATEGORY_NOT_OPEN: Final = Texts(
    {
        Category.PROFESSIONAL: gettext_lazy(
            "The rules name no professional work for people who rely on %(country)s."
        ),
        Category.TECHNICIAN: gettext_lazy(
            "The rules name no technician work for people who rely on %(country)s."
        ),
    }
)
OTHER_TEER: Final = Texts(
    {
        Category.PROFESSIONAL: gettext_lazy(
            "The occupation %(occupation)s is of TEER %(teer)s. Professional work for this permit is TEER "
            "%(teers)s."
        ),
        Category.TECHNICIAN: gettext_lazy(
            "The occupation %(occupation)s is of TEER %(teer)s. Technician work for this permit is TEER "
            "%(teers)s."
        ),
    }
)
GIVEN_LICENCE: Final = Texts(
    {
        None: gettext_lazy("You have not told us whether you hold a licence."),
        LicenceHeld.CANADIAN: gettext_lazy("You hold a Canadian licence."),
        LicenceHeld.HOME_COUNTRY: gettext_lazy("You hold a licence from your home country."),
        LicenceHeld.NONE: gettext_lazy("You hold no licence."),
    }
)
LICENCE: Final = Texts(
    {
        Reason.LICENCE_NOT_NEEDED: gettext_lazy("No licence is needed for this job, so nothing is missing."),
        Reason.LICENCE_HELD: gettext_lazy(
            "You hold a licence. One from Canada or from your home country counts."
        ),
        Reason.LICENCE_NEED_NOT_KNOWN: gettext_lazy(
            "It is not clear whether this job needs a licence where you will work. Ask the regulator of the "
            "province "
            "or territory."
        ),
        Reason.LICENCE_HELD_NOT_GIVEN: gettext_lazy("Tell us whether you hold a licence for this work."),
        Reason.REQUIREMENT_NOT_STATED: gettext_lazy(
            "The rules do not say what happens while a licence is missing, so an officer decides."
        ),
        Reason.LICENCE_MISSING: gettext_lazy("This job needs a licence, and you do not hold one."),
        Reason.LICENCE_TOO_LATE: gettext_lazy(
            "This job needs a licence, and you said that you cannot get one within about %(months)s."
        ),
        Reason.LICENCE_WITHIN_MONTHS: gettext_lazy(
            "You can get the licence within about %(months)s. An officer may then issue the permit on that "
            "condition."
        ),
        Reason.LICENCE_TIME_NOT_GIVEN: gettext_lazy(
            "A missing licence is not always a refusal: tell us whether you can get it within about %(months)s."
        ),
    }
)
GIVEN_CONTROL: Final = Texts(
    {
        None: gettext_lazy("You have not told us whether you control the Canadian company."),
        True: gettext_lazy("You control the Canadian company."),
        False: gettext_lazy("You do not control the Canadian company."),
    }
)
CONTROL: Final = Texts(
    {
        Reason.NO_EMPLOYER: gettext_lazy("There is no Canadian company yet that you could control."),
        Reason.NO_CONTROL: gettext_lazy(
            "You do not control the Canadian company, so this rule does not stand in your way."
        ),
        Reason.CONTROLS_EMPLOYER: gettext_lazy(
            "This permit is closed to people who control the Canadian company they would work for."
        ),
        Reason.CONTROL_NOT_GIVEN: gettext_lazy("Tell us whether you control the Canadian company."),
    }
)


def tell_offer(result: CriterionResult, view: View) -> Told:
    """F-02."""
    return Told(
        [str(GIVEN_OFFER[view.answers.job_offer])],
        [_("You need a written job offer, or a contract with a Canadian company, before you apply.")],
        [str(OFFER[result.reason])],
    )


def tell_occupation(result: CriterionResult, view: View) -> Told:
    """F-03 to F-06."""
    told = Told()
    if view.answers.noc is None:
        told.given.append(_("You have not named an occupation yet."))
    else:
        told.given.append(_("The occupation of the job: %(title)s.") % {"title": view.occupation()})
    told.required.append(
        _("The job must be professional work that the list of your country includes and does not exclude.")
        if view.category is Category.PROFESSIONAL
        else _("The job must be technician work that the list of your country includes and does not exclude.")
    )
    rules = occupation_rules(fact(result.required, "rules"))
    slugs = fact(result.required, "conditions")
    teers = fact(result.required, "teers")
    context = {
        "occupation": formatting.quoted(view.occupation(), view.language),
        **view.country_forms(view.answers.country),
        "entries": view.list_entries(rules),
        "questions": view.questions(str(slug) for slug in slugs) if isinstance(slugs, tuple) else "",
        "teer": (view.answers.noc or "  ")[1],
        "teers": formatting.any_of((str(teer) for teer in sorted(teers)), view.language)
        if isinstance(teers, frozenset)
        else "",
    }
    if result.reason is Reason.CATEGORY_NOT_OPEN:
        sentence = str(CATEGORY_NOT_OPEN[view.category])
    elif result.reason is Reason.TEER_OF_OTHER_CATEGORY:
        sentence = str(OTHER_TEER[view.category])
    else:
        sentence = str(OCCUPATION[result.reason])
    told.explanation.append(sentence % context)
    if result.reason is Reason.OCCUPATION_NOT_LISTED and rules:
        only = _(
            "The list has this entry under the same occupation, but your answers place your job outside "
            "it: %(entries)s."
        )
        told.explanation.append(only % context)
    return told


def occupation_rules(value: Fact) -> list[OccupationRule]:
    """The occupation rules among a fact's values."""
    return [each for each in value if isinstance(each, OccupationRule)] if isinstance(value, tuple) else []


def tell_licensing(result: CriterionResult, view: View) -> Told:
    """F-17, F-18; says who regulates, or that the visitor's own answer was used."""
    told = Told([_given_licence(view)])
    told.required.append(
        _("Where the province or territory regulates the job, you need a licence from Canada or from home.")
    )
    months = fact(result.required, "grace_months")
    context = {"months": ""}
    if isinstance(months, int):
        context["months"] = formatting.months(months, view.language)
    told.explanation.append(str(LICENCE[result.reason]) % context)
    told.explanation.append(_whose_finding(result, view))
    return told


def _given_licence(view: View) -> str:
    answers = view.answers
    if answers.licence_held is None and answers.licence_needed is False:
        return _("You said that the job needs no licence.")
    return str(GIVEN_LICENCE[answers.licence_held])


def _whose_finding(result: CriterionResult, view: View) -> str:
    rows = fact(result.required, "rows")
    regulators = _regulators(rows if isinstance(rows, tuple) else ())
    if view.answers.licence_needed is not LOOK_UP:
        return _("Whether a licence is needed is your own answer, not our finding.")
    if not regulators:
        return _("Our table of regulated occupations says nothing for this occupation and place.")
    return _("This is what our table says for this place. Who to ask: %(regulators)s.") % {
        "regulators": formatting.all_of(regulators, view.language)
    }


def _regulators(rows: Iterable[object]) -> list[str]:
    names = (row.regulator for row in rows if isinstance(row, Regulation))
    return [name for name in dict.fromkeys(NOTE_TO_STAFF.sub("", name) for name in names) if name]


def tell_control(result: CriterionResult, view: View) -> Told:
    """F-20."""
    return Told(
        [str(GIVEN_CONTROL[view.answers.controls_employer])],
        [
            _(
                "You must not control the Canadian company, as its founder, its owner or the person who "
                "earns from it."
            )
        ],
        [str(CONTROL[result.reason])],
    )
