"""Explanations of what the person brings: country and status, experience, language."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import formatting
from eligibility.explanations import names
from eligibility.explanations.texts import Texts
from eligibility.explanations.view import Told, View
from eligibility.rules.outcomes import CriterionResult, Reason, fact
from eligibility.rules.vocabulary import LanguageEvidence, Status
from occupations.rulebook import text_in

GIVEN_STATUS: Final = Texts(
    {
        None: gettext_lazy("You rely on %(country)s. You have not told us your status there."),
        Status.CITIZEN: gettext_lazy("You are a citizen of %(country)s."),
        Status.PERMANENT_RESIDENT: gettext_lazy("You are a permanent resident of %(country)s."),
        Status.NEITHER: gettext_lazy("You are neither a citizen nor a permanent resident of %(country)s."),
    }
)
REQUIRED_STATUS: Final = Texts(
    {
        frozenset({Status.CITIZEN}): gettext_lazy("You must be a citizen of %(country)s."),
        frozenset({Status.PERMANENT_RESIDENT}): gettext_lazy(
            "You must be a permanent resident of %(country)s."
        ),
    }
)
STATUS: Final = Texts(
    {
        Reason.COUNTRY_NOT_GIVEN: gettext_lazy("Tell us which country you rely on: the rest depends on it."),
        Reason.COUNTRY_NOT_COVERED: gettext_lazy(
            "This work permit is not open to people who rely on %(country)s: the rules do not cover that country."
        ),
        Reason.STATUS_NOT_GIVEN: gettext_lazy("Tell us your status in %(country)s."),
        Reason.STATUS_NOT_ACCEPTED: gettext_lazy("Your status in %(country)s is not one that counts."),
        Reason.STATUS_ACCEPTED: gettext_lazy("Your status in %(country)s is one that counts."),
    }
)
EXPERIENCE: Final = Texts(
    {
        Reason.COUNTRY_NOT_GIVEN: gettext_lazy("How much is needed depends on your country."),
        Reason.REQUIREMENT_NOT_STATED: gettext_lazy("The rules do not say how much experience is needed."),
        Reason.EXPERIENCE_NOT_GIVEN: gettext_lazy("Tell us how many years of paid experience you have."),
        Reason.EXPERIENCE_TOO_SHORT: gettext_lazy(
            "You have %(years)s of paid experience, which is %(gap)s short of the %(least)s that are needed."
        ),
        Reason.EXPERIENCE_PART_TIME: gettext_lazy(
            "Your %(years)s would be enough, but all of it was part-time work. The rules do not say how "
            "part-time "
            "work counts, so an officer decides."
        ),
        Reason.EXPERIENCE_SUFFICIENT: gettext_lazy("Your %(years)s reach the %(least)s that are needed."),
    }
)
LANGUAGE: Final = Texts(
    {
        Reason.LANGUAGE_SHOWN: gettext_lazy(
            "You can show your English or French. No language test is compulsory, but an officer may ask for "
            "proof."
        ),
        Reason.LANGUAGE_NOT_SPOKEN: gettext_lazy(
            "You said that you cannot do the work in English or French, so you cannot do this job in Canada."
        ),
        Reason.OFFER_LANGUAGE_NOT_MET: gettext_lazy(
            "The offer asks for a language level that you said you do not meet."
        ),
        Reason.LANGUAGE_EVIDENCE_NOT_GIVEN: gettext_lazy(
            "Tell us what can show your English or French, in case an officer asks."
        ),
        Reason.NO_LANGUAGE_EVIDENCE: gettext_lazy(
            "You have nothing yet that shows your English or French. An officer who is not sure may ask for it."
        ),
    }
)


def tell_status(result: CriterionResult, view: View) -> Told:
    """F-01, F-32."""
    country = view.answers.country
    if country is None:
        given = _("You have not named a country yet.")
    else:
        given = str(GIVEN_STATUS[view.answers.status]) % view.country_forms(country)
    told = Told([given])
    rule = None if country is None else view.rulebook.edition.country(country)
    if rule is None or not rule.covered:
        required = _("You must rely on one of these countries: %(countries)s.")
        told.required.append(required % {"countries": view.covered_countries()})
    else:
        either = gettext_lazy("You must be a citizen or a permanent resident of %(country)s.")
        statuses = frozenset(Status(each) for each in rule.statuses)
        told.required.append(str(REQUIRED_STATUS.get(statuses, either)) % view.country_forms(country))
    told.explanation.append(str(STATUS[result.reason]) % view.country_forms(country))
    if result.reason is Reason.COUNTRY_NOT_COVERED and rule is not None and rule.note:
        told.explanation.append(text_in(rule.note, view.language))
    return told


def tell_experience(result: CriterionResult, view: View) -> Told:
    """F-13, F-14: paid years in the sector of the contract."""
    given = view.answers.experience_years
    if given is None:
        told = Told([_("You have not told us your years of paid experience yet.")])
    else:
        sentence = _("You have %(years)s of paid experience in the sector of the job.")
        told = Told([sentence % {"years": formatting.years(given, view.language)}])
    if view.answers.experience_part_time:
        told.given.append(_("All of it was part-time work."))
    least = fact(result.required, "min_years")
    context: dict[str, str] = {}
    if isinstance(least, Decimal):
        context["least"] = formatting.years(least, view.language)
        told.required.append(
            _("You need at least %(least)s of paid work in the sector of the job.") % context
        )
        if given is not None:
            context["years"] = formatting.years(given, view.language)
            context["gap"] = formatting.years(max(least - given, Decimal(0)), view.language)
    if not told.required:
        told.required.append(_("You need paid work in the sector of the job."))
    told.explanation.append(str(EXPERIENCE[result.reason]) % context)
    return told


def tell_language(result: CriterionResult, view: View) -> Told:
    """F-19."""
    answers = view.answers
    told = Told(
        required=[_("You must be able to do the work in English or French, and show it if an officer asks.")]
    )
    if answers.works_in_english_or_french is False:
        told.given.append(_("You cannot do the work in English or French."))
    if answers.offer_language_met is False:
        told.given.append(_("You do not meet the language level that the offer asks for."))
    if answers.language_evidence:
        kinds = [
            names.LANGUAGE_EVIDENCE[kind] for kind in LanguageEvidence if kind in answers.language_evidence
        ]
        listed = formatting.all_of(kinds, view.language)
        told.given.append(_("You can show this: %(kinds)s.") % {"kinds": listed})
    elif answers.language_evidence is not None:
        told.given.append(_("You have nothing that shows your English or French."))
    if not told.given:
        told.given.append(_("You have not told us about your English or French yet."))
    told.explanation.extend(str(LANGUAGE[reason]) for reason in (result.reason, *result.also))
    return told
