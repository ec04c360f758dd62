"""Explanations of `education` (F-10 to F-12)."""

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
from occupations.rulebook import CredentialRule, OccupationRule, text_in

REQUIRED: Final = Texts(
    {
        CredentialRule.DEGREE: gettext_lazy(
            "You need a bachelor's degree or higher, from studies of at least %(least)s."
        ),
        CredentialRule.DEGREE_OR_TECHNICAL: gettext_lazy(
            "You need a degree, an associate degree or a technical diploma, from studies of at least %(least)s."
        ),
        CredentialRule.ASSOCIATE_OR_HIGHER: gettext_lazy(
            "You need an associate degree, its equivalent or a higher degree, from studies of at least %(least)s."
        ),
    }
)
EXPLANATION: Final = Texts(
    {
        Reason.COUNTRY_NOT_GIVEN: gettext_lazy("What is needed depends on your country."),
        Reason.REQUIREMENT_NOT_STATED: gettext_lazy("The rules do not say which education is needed."),
        Reason.EDUCATION_SUFFICIENT: gettext_lazy("Your education meets what is asked."),
        Reason.EQUIVALENT_WITH_LETTER: gettext_lazy(
            "Your studies were shorter than %(least)s. They count all the same, because a degree of "
            "%(equivalent)s "
            "from %(equivalent_country)s is accepted with the employer's letter."
        ),
        Reason.CREDENTIAL_NOT_GIVEN: gettext_lazy("Tell us your highest credential that fits the job."),
        Reason.CREDENTIAL_NOT_ACCEPTED: gettext_lazy(
            "The credential you named does not count for this kind of work: %(level)s."
        ),
        Reason.CREDENTIAL_UNCERTAIN: gettext_lazy(
            "The rules ask for a post-secondary or technical degree. Whether a trade certificate is one, "
            "an officer decides."
        ),
        Reason.ASSOCIATE_EQUIVALENCE_NOT_SHOWN: gettext_lazy(
            "Your credential counts once you can show that it equals an associate degree."
        ),
        Reason.EDUCATION_YEARS_NOT_GIVEN: gettext_lazy("Tell us how many years your studies took."),
        Reason.PROGRAMME_TOO_SHORT: gettext_lazy(
            "Your studies took %(years)s, which is %(gap)s short of the %(least)s that are needed."
        ),
        Reason.EQUIVALENT_OF_OTHER_COUNTRY: gettext_lazy(
            "Your studies took %(years)s, which is %(gap)s short of the %(least)s that are needed. The "
            "shorter degree "
            "of %(equivalent)s is accepted only from %(equivalent_country)s, and you studied in "
            "%(study_country)s."
        ),
        Reason.EDUCATION_COUNTRY_NOT_GIVEN: gettext_lazy(
            "Tell us where you studied: a degree of %(equivalent)s may be enough if it is from "
            "%(equivalent_country)s."
        ),
        Reason.EMPLOYER_LETTER_NOT_SHOWN: gettext_lazy(
            "Your studies of %(years)s from %(equivalent_country)s count once the employer gives you a "
            "letter that "
            "says the degree is acceptable in Canada."
        ),
        Reason.LENGTH_DEPENDS_ON_OCCUPATION: gettext_lazy(
            "How long the studies must be depends on the list entry under which your job falls, and that is open."
        ),
        Reason.DEGREE_FIELD_NOT_GIVEN: gettext_lazy(
            "Tell us whether your degree is in the field of the job."
        ),
        Reason.DEGREE_FIELD_NOT_RELATED: gettext_lazy(
            "The degree must be in the field of the job or a closely related one, and you said that it is not."
        ),
    }
)


def tell_education(result: CriterionResult, view: View) -> Told:
    """Credential, length and field, each told where it decides."""
    told = Told(_given(view))
    context = _context(result, view)
    rule = fact(result.required, "credential_rule")
    if isinstance(rule, CredentialRule):
        told.required.append(str(REQUIRED[rule]) % context)
        if fact(result.required, "field_required"):
            told.required.append(_("The degree must be in the field of the job or a closely related one."))
        if context["equivalent"] and context["equivalent_country"]:
            shorter = _(
                "A degree of at least %(equivalent)s from %(equivalent_country)s is enough with a letter "
                "from the "
                "Canadian employer that says it is acceptable in Canada."
            )
            told.required.append(shorter % context)
    else:
        told.required.append(_("You need a credential that the rules accept for your kind of work."))
    told.explanation.extend(str(EXPLANATION[reason]) % context for reason in (result.reason, *result.also))
    told.explanation.extend(_notes(result, view))
    return told


def _given(view: View) -> list[str]:
    answers = view.answers
    if answers.education_level is None:
        sentences = [_("You have not told us your credential yet.")]
    else:
        level = names.LEVELS[answers.education_level]
        sentences = [_("Your highest credential that fits the job: %(level)s.") % {"level": level}]
    if answers.education_years is not None:
        years = formatting.years(answers.education_years, view.language)
        sentences.append(_("Your studies took %(years)s.") % {"years": years})
    if answers.education_country is not None:
        sentences.append(_("You studied in %(country)s.") % view.country_forms(answers.education_country))
    if answers.degree_field_related is not None:
        sentences.append(
            _("Your degree is in the field of the job or a closely related one.")
            if answers.degree_field_related
            else _("Your degree is not in the field of the job.")
        )
    return sentences


def _context(result: CriterionResult, view: View) -> dict[str, str]:
    given, answers = view.answers.education_years, view.answers
    least, equivalent = fact(result.required, "min_years"), fact(result.required, "equivalent_years")
    country = fact(result.required, "equivalent_country")
    context = {
        "level": names.LEVELS[answers.education_level] if answers.education_level else "",
        **view.country_forms(answers.education_country, "study_country"),
        **view.country_forms(country if isinstance(country, str) else None, "equivalent_country"),
        "equivalent": formatting.years(equivalent, view.language) if isinstance(equivalent, Decimal) else "",
        "years": "" if given is None else formatting.years(given, view.language),
        "least": "",
        "gap": "",
    }
    if isinstance(least, Decimal):
        context["least"] = formatting.years(least, view.language)
        if given is not None:
            context["gap"] = formatting.years(max(least - given, Decimal(0)), view.language)
    return context


def _notes(result: CriterionResult, view: View) -> list[str]:
    """What an occupation line adds about education, for the visitor to check."""
    rules = fact(result.required, "rules")
    sentences: list[str] = []
    for rule in rules if isinstance(rules, tuple) else ():
        if isinstance(rule, OccupationRule) and rule.education_note:
            note = text_in(rule.education_note, view.language)
            sentences.append(_("Check this as well: %(note)s") % {"note": note})
    return sentences
