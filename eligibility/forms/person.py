"""Question pages about the person: country, status, education, experience, language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eligibility import formatting, french_names
from eligibility.forms.base import QuestionForm, Values
from eligibility.forms.choices import Offered
from eligibility.forms.fields import (
    OTHER_COUNTRY,
    UNKNOWN,
    ChoiceField,
    ManyField,
    SelectField,
    YearsField,
    YesNoField,
)
from eligibility.listing.keeping import kept
from eligibility.rules.vocabulary import EducationLevel, LanguageEvidence, Status
from occupations.rulebook import Rulebook, text_in
from occupations.search.text import fold

STATUS_LABELS = {
    Status.CITIZEN: _("I am a citizen"),
    Status.PERMANENT_RESIDENT: _("I am a permanent resident, not a citizen"),
    Status.NEITHER: _("Neither of these"),
}
EDUCATION_LABELS = {
    EducationLevel.NONE: _("None"),
    EducationLevel.SECONDARY: _("Secondary school (high school)"),
    EducationLevel.TRADE_CERTIFICATE: _("Trade or apprenticeship certificate"),
    EducationLevel.DIPLOMA: _("College or technical diploma"),
    EducationLevel.ASSOCIATE: _("Associate degree"),
    EducationLevel.BACHELOR: _("Bachelor’s degree"),
    EducationLevel.MASTER: _("Master’s degree"),
    EducationLevel.DOCTORATE: _("Doctorate (PhD)"),
}
LANGUAGE_LABELS = {
    LanguageEvidence.SCHOOLING: _("School or university certificates from studies in English or French"),
    LanguageEvidence.WORK: _("Proof of earlier work in English or French"),
    LanguageEvidence.CORRESPONDENCE: _("Letters or e-mails with the employer in English or French"),
    LanguageEvidence.TEST: _("A language test result"),
    LanguageEvidence.OTHER: _("Something else that shows it"),
}
NOT_KNOWN = (UNKNOWN, _("I do not know yet"))


def country_choices(form: QuestionForm) -> Offered:
    """Every country by name in the visitor's language, sorted as people read names."""
    rulebook, language = form.setting.rulebook, form.setting.language
    return kept(rulebook, ("countries", language), lambda: Offered(_by_name(rulebook, language)))


def _by_name(rulebook: Rulebook, language: str) -> list[tuple[str, str]]:
    names = rulebook.reference.country_names
    return sorted(
        ((code, text_in(name, language)) for code, name in names.items()), key=lambda pair: fold(pair[1])
    )


def _first_and_rest(rulebook: Rulebook, language: str) -> tuple[Offered, Offered]:
    """The countries that the edition names, those that it covers first; and all others."""
    edition, every = rulebook.edition, _by_name(rulebook, language)
    known = [(code, name) for code, name in every if code in edition.countries]
    first = [pair for pair in known if edition.covers(pair[0])]
    then = [pair for pair in known if not edition.covers(pair[0])]
    rest = [pair for pair in every if pair[0] not in edition.countries]
    return (
        Offered([*first, *then, (OTHER_COUNTRY, _("Another country"))]),
        Offered([("", _("Choose a country")), *rest]),
    )


class CountryForm(QuestionForm):
    country = ChoiceField(
        label=_("Which country do you rely on?"),
        hint=_(
            "Choose the country you are a citizen of. If you are a citizen of one of these countries and live "
            "in another, choose the one of your citizenship."
        ),
        error_messages={
            "required": _("Select the country you rely on, or “Another country”."),
            "invalid_choice": _("Select one of the countries in the list."),
        },
    ).with_words(
        why=_(
            "The permit comes from a trade agreement. Only people from some of its countries can use it, and "
            "each country has its own list of occupations."
        ),
    )
    other_country = SelectField(
        label=_("Which country is it?"),
        hint=_("The result then says what else may be open to you."),
        required=False,
        error_messages={"invalid_choice": _("Select a country from the list.")},
    ).with_words(
        shown_if="other-country",
        why=_("The permit is open to some countries only. We name yours in the result, and nowhere else."),
    )

    def prepare(self) -> None:
        rulebook, language = self.setting.rulebook, self.setting.language
        named, others = kept(
            rulebook, ("country page", language), lambda: _first_and_rest(rulebook, language)
        )
        self.offer_choices("country", named)
        self.offer_choices("other_country", others)

    def clean(self) -> Values:
        values: Values = super().clean() or {}
        if values.get("country") == OTHER_COUNTRY:
            if not values.get("other_country") and "other_country" not in self.errors:
                self.add_error("other_country", ValidationError(_("Select your country from the list.")))
        else:
            values["other_country"] = ""
        return values

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        chosen = values.get("country")
        country = values.get("other_country") if chosen == OTHER_COUNTRY else chosen
        return {"country": country} if country else {}

    @classmethod
    def from_answers(cls, raw: Mapping[str, Any], asked: Collection[str], rulebook: Rulebook) -> Values:
        country = raw.get("country")
        if country is None or country in rulebook.edition.countries:
            return {"country": country, "other_country": None}
        return {"country": OTHER_COUNTRY, "other_country": country}


class StatusForm(QuestionForm):
    status = ChoiceField(
        label=_("What is your status in that country?"),
        choices=[*STATUS_LABELS.items(), NOT_KNOWN],
        hint=_("A permanent resident may live there without limit of time but holds another passport."),
        error_messages={
            "required": _("Select your status in the country."),
            "invalid_choice": _("Select one of the answers in the list."),
        },
    ).with_words(
        why=_("Some countries open the permit to citizens only, others also to permanent residents.")
    )

    def prepare(self) -> None:
        names = self.setting.rulebook.reference.country_names
        country = names.get(self.setting.answers.country or "")
        if country:
            language = self.setting.language
            named = french_names.forms(text_in(country, language), language)
            self.fields["status"].label = _("What is your status in %(country)s?") % named


class EducationForm(QuestionForm):
    heading = _("Your education")

    education_level = ChoiceField(
        label=_("What is your highest completed qualification for this job?"),
        hint=_("Choose the highest one that you have finished, from any country."),
        choices=[*EDUCATION_LABELS.items(), NOT_KNOWN],
        error_messages={
            "required": _("Select your highest completed qualification, or “I do not know yet”."),
            "invalid_choice": _("Select one of the qualifications in the list."),
        },
    ).with_words(
        why=_("Professionals need a degree. Technicians need a degree or a technical qualification.")
    )
    education_years = YearsField(
        label=_("How many years of study after secondary school did it take?"),
        hint=_(
            "Count the official length of the programmes behind it. Leave this empty if you do not know yet."
        ),
        largest=30,
        too_large=_("Enter the years of study as a number up to 30."),
        not_a_number=_("Enter the years of study as a number, for example 4 or 3.5."),
    ).with_words(
        unit=_("years"),
        example=_(
            "A bachelor’s degree of three years followed by a master’s degree of two years is 5 years."
        ),
    )
    degree_field_related = YesNoField(
        label=_("Is your degree in the field of the job, or in a closely related field?"),
        hint=_("Answer yes also if a large part of your studies was in that field."),
        error_messages={
            "required": _("Select yes if your degree is in the field of the job, or “I do not know yet”."),
            "invalid_choice": _("Select yes, no or “I do not know yet”."),
        },
    ).with_words(
        why=_("Professionals need a degree that fits the job."),
        example=_("A degree in computer engineering fits a job as a software developer."),
    )
    education_country = SelectField(
        label=_("In which country did you study?"),
        hint=_("Choose the country of the school or university that gave you the degree."),
        required=False,
        error_messages={"invalid_choice": _("Select a country from the list.")},
    ).with_words(why=_("A shorter degree from some countries is accepted with a letter from the employer."))
    employer_equivalence_letter = YesNoField(
        label=_("Do you have, or can you get, the employer’s letter about your degree?"),
        hint=_(
            "The letter says that the employer accepts your shorter degree as a full qualification in Canada."
        ),
        unknown=_("Not yet, or I do not know"),
        required=False,
        error_messages={"invalid_choice": _("Select yes, no or “Not yet”.")},
    ).with_words(why=_("With such a letter a shorter degree from some countries is accepted."))
    associate_equivalent = YesNoField(
        label=_("Can you show that your diploma or certificate equals an associate degree?"),
        hint=_("For example, by an assessment of your credentials."),
        unknown=_("Not yet, or I do not know"),
        required=False,
        error_messages={"invalid_choice": _("Select yes, no or “Not yet”.")},
    ).with_words(
        shown_if="below-associate",
        why=_("For your country the rule asks for an associate degree, its equivalent, or higher."),
    )

    def prepare(self) -> None:
        if "education_country" in self.fields:
            names = Offered([("", _("Not known yet"))], then=country_choices(self))
            self.offer_choices("education_country", names)
        self._explain_length()
        self._explain_equivalent()

    def _explain_length(self) -> None:
        lengths = {row.min_education_years for row in self.setting.requirements}
        if len(lengths) == 1:
            years = formatting.years(lengths.pop(), self.setting.language)
            self.questions["education_years"].why = _(
                "For this kind of job the programme must take at least %(years)s."
            ) % {"years": years}

    def _explain_equivalent(self) -> None:
        letter = self.questions.get("employer_equivalence_letter")
        for row in self.setting.requirements:
            if letter and row.equivalent_country and row.equivalent_years_with_letter is not None:
                country = self.setting.rulebook.reference.country_names[row.equivalent_country]
                letter.why = _(
                    "The rule asks for %(years)s. A degree of %(shorter)s from %(country)s is "
                    "accepted with such a letter. If your degree is longer, you do not need it."
                ) % {
                    "years": formatting.years(row.min_education_years, self.setting.language),
                    "shorter": formatting.years(row.equivalent_years_with_letter, self.setting.language),
                    **french_names.forms(text_in(country, self.setting.language), self.setting.language),
                }


class ExperienceForm(QuestionForm):
    heading = _("Your work experience")

    experience_years = YearsField(
        label=_("How many years of paid work do you have in the field of the job?"),
        hint=_("Leave this empty if you do not know yet. For two years and six months enter 2.5."),
        largest=70,
        too_large=_("Enter your years of paid work as a number up to 70."),
        not_a_number=_("Enter your years of paid work as a number, for example 2 or 2.5."),
    ).with_words(
        unit=_("years"),
        why=_("Professionals and technicians need a number of years of paid work in the same field."),
        example=_(
            "Count paid jobs in the same line of work, in any country. Do not count unpaid internships, "
            "volunteering or studies."
        ),
    )
    experience_part_time = YesNoField(
        label=_("Was all of this work part-time?"),
        hint=_("Answer no if at least part of it was full-time."),
        required=False,
        error_messages={"invalid_choice": _("Select yes, no or “I do not know yet”.")},
    ).with_words(why=_("No rule says how part-time work counts, so an officer decides."))

    def prepare(self) -> None:
        needed = {row.min_experience_years for row in self.setting.requirements}
        if len(needed) == 1:
            self.questions["experience_years"].why = _(
                "For this kind of job you need at least %(years)s of paid work in the same field."
            ) % {"years": formatting.years(needed.pop(), self.setting.language)}


class LanguageForm(QuestionForm):
    heading = _("English or French")

    works_in_english_or_french = YesNoField(
        label=_("Can you do this job in English or French?"),
        hint=_("Either language is enough."),
        error_messages={
            "required": _("Select yes if you can do the job in English or French, or “I do not know yet”."),
            "invalid_choice": _("Select yes, no or “I do not know yet”."),
        },
    ).with_words(why=_("No language test is required, but an officer may ask how you will do the job."))
    language_evidence = ManyField(
        label=_("What could you show about your English or French?"),
        hint=_("Tick all that apply. You do not need all of them. Tick none if you have nothing yet."),
        choices=list(LANGUAGE_LABELS.items()),
        required=False,
        error_messages={"invalid_choice": _("Tick only the kinds of evidence in the list.")},
    ).with_words(why=_("An officer who is not sure may ask for something that shows it."))
    offer_language_met = YesNoField(
        label=_("If the job offer asks for a certain level of English or French, do you have it?"),
        hint=_("Look for words such as “fluent English required” in the offer."),
        unknown=_("The offer asks for no level, or I do not know yet"),
        required=False,
        error_messages={"invalid_choice": _("Select one of the answers in the list.")},
    ).with_words(why=_("A language level that the offer asks for must be met."))
