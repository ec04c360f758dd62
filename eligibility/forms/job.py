"""Question pages about the job: occupation, conditions, place, licence, offer."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eligibility.forms.base import QuestionForm, Values
from eligibility.forms.fields import (
    UNKNOWN,
    ChoiceField,
    DecimalField,
    Explained,
    SelectField,
    Text,
    YesNoField,
)
from eligibility.forms.person import NOT_KNOWN
from eligibility.rules.vocabulary import JobOffer, LicenceHeld, WagePeriod
from eligibility.rules.wage import find_prevailing_wage
from occupations.rulebook import Reference, RegionLevel, text_in

TABLE = "table"
"""Take the figure or finding from our tables: the answer itself is left out (C-20, C-21)."""
OWN = "own"
NOT_FOUND = "none"

OFFER_LABELS = {
    JobOffer.WRITTEN: _("Yes, a written offer from a Canadian employer"),
    JobOffer.CONTRACT_DIRECT: _("Yes, my own contract with a Canadian company"),
    JobOffer.CONTRACT_VIA_HOME_EMPLOYER: _(
        "Yes, my employer outside Canada has a contract with a Canadian company"
    ),
    JobOffer.VERBAL: _("Only a verbal offer so far"),
    JobOffer.NONE: _("No offer yet"),
}
PERIOD_LABELS = {
    WagePeriod.HOUR: _("an hour"),
    WagePeriod.WEEK: _("a week"),
    WagePeriod.MONTH: _("a month"),
    WagePeriod.YEAR: _("a year"),
}
LICENCE_LABELS = {
    LicenceHeld.CANADIAN: _("Yes, a Canadian one"),
    LicenceHeld.HOME_COUNTRY: _("Yes, one from my home country"),
    LicenceHeld.NONE: _("No"),
}


WITHOUT_FIGURE = [
    (TABLE, _("I have not looked yet")),
    (OWN, _("I found a figure on Job Bank")),
    (NOT_FOUND, _("Job Bank shows none")),
]
"""What to compare with where our table has no figure."""


class OccupationField(Explained, forms.CharField):
    """A unit group by its code; a code of the list before it is understood where it leads to one group only."""

    widget = forms.TextInput
    reference: Reference
    language: str

    def to_python(self, value: Any) -> str:
        code = unicodedata.normalize("NFKC", super().to_python(value) or "").strip().upper()
        code = code.removeprefix("NOC").removeprefix("CNP").strip(" _-")
        if not code or code == UNKNOWN.upper() or code in self.reference.unit_groups:
            return UNKNOWN if code == UNKNOWN.upper() else code
        successors = self.reference.concordance.get(code, ())
        if len(successors) == 1:
            return successors[0]
        raise ValidationError(self.error_messages["split" if successors else "invalid"], code="invalid")

    def stored(self, cleaned: Any) -> Any:
        return None if cleaned == UNKNOWN else cleaned

    def typed(self, stored: Any) -> Any:
        return UNKNOWN if stored is None else stored

    def words(self, stored: Any) -> Text:
        group = self.reference.unit_groups.get(stored or "")
        return f"{text_in(group.title, self.language)} ({group.code})" if group else _("Not known yet")


class OccupationForm(QuestionForm):
    heading = _("What is the job in Canada?")

    noc = OccupationField(
        label=_("The occupation of the job"),
        max_length=40,
        error_messages={
            "required": _("Search for the job and select one of the occupations found."),
            "invalid": _("This is not a code of the occupation list. Search by job title instead."),
            "split": _(
                "This older code was split into several occupations. Select the one that fits the job."
            ),
            "max_length": _("Search for the job with fewer words and select one of the occupations found."),
        },
    )

    def prepare(self) -> None:
        occupation = cast(OccupationField, self.fields["noc"])
        occupation.reference = self.setting.rulebook.reference
        occupation.language = self.setting.language
        occupation.error_id = "occupation-search"


class ConditionsForm(QuestionForm):
    """One yes/no field per condition of the deciding edition; the fields are the condition slugs."""

    heading = _("A few details about the job")

    def __init__(self, *args: Any, asked: Collection[str], **kwargs: Any) -> None:
        self._slugs = tuple(asked)
        super().__init__(*args, asked=asked, **kwargs)

    def prepare(self) -> None:
        for slug in self._slugs:
            condition = self.setting.rulebook.edition.conditions[slug]
            question = text_in(condition.question, self.setting.language)
            self.fields[slug] = YesNoField(
                label=question,
                help_text=text_in(condition.help, self.setting.language),
                error_messages={
                    "required": _("Select yes, no or “I do not know yet”: %(question)s")
                    % {"question": question},
                    "invalid_choice": _("Select yes, no or “I do not know yet”."),
                },
            )

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"conditions": super().to_answers(values)}


class PlaceForm(QuestionForm):
    region = SelectField(
        label=_("Where in Canada is the job?"),
        help_text=_(
            "Choose the region of the place of work. If you only know the province, choose the whole province."
        ),
        error_messages={
            "required": _("Select the region of the job, or “Not known yet”."),
            "invalid_choice": _("Select one of the regions in the list."),
        },
    ).with_words(
        why=_(
            "Pay is compared with what the same job usually pays in that region. Licences differ by province."
        ),
    )

    def prepare(self) -> None:
        regions = self.setting.rulebook.reference.regions
        language = self.setting.language
        choices: list[tuple[str, Any]] = [("", _("Choose a region")), (UNKNOWN, _("Not known yet"))]
        for code, region in regions.items():
            if region.level is not RegionLevel.PROVINCE:
                continue
            name = text_in(region.name, language)
            parts = [
                (inner.code, text_in(inner.name, language).replace("--", "–"))
                for inner in regions.values()
                if inner.level is RegionLevel.ECONOMIC_REGION and code in inner.wider
            ]
            whole = _("%(province)s, region not known") % {"province": name} if parts else name
            choices.append((name, [(code, whole), *sorted(parts, key=lambda pair: pair[1])]))
        self.offer_choices("region", choices)


class LicenceForm(QuestionForm):
    heading = _("Licence or certificate")

    licence_needed = ChoiceField(
        label=_("Does this job need a licence or certificate in that province or territory?"),
        error_messages={
            "required": _("Select whether the job needs a licence, or “I do not know yet”."),
            "invalid_choice": _("Select one of the answers in the list."),
        },
    ).with_words(
        why=_(
            "Some occupations are regulated. The officer then asks for a licence, from Canada or from abroad."
        ),
    )
    licence_held = ChoiceField(
        label=_("Do you hold a licence or certificate for this occupation?"),
        choices=[*LICENCE_LABELS.items(), NOT_KNOWN],
        required=False,
        error_messages={"invalid_choice": _("Select one of the answers in the list.")},
    ).with_words(shown_if="licence-may-be-needed")
    licence_within_4_months = YesNoField(
        label=_("If you have none, could you get the Canadian licence soon?"),
        required=False,
        error_messages={"invalid_choice": _("Select yes, no or “I do not know yet”.")},
    ).with_words(shown_if="no-licence")

    def prepare(self) -> None:
        choices = [("true", _("Yes")), ("false", _("No")), (UNKNOWN, _("I do not know yet"))]
        if self.setting.rulebook.regulations(
            self.setting.answers.noc or "", self.setting.answers.region or ""
        ):
            choices.insert(0, (TABLE, _("Use what our table says")))
        self.offer_choices("licence_needed", choices)
        grace = max((row.licence_grace_months for row in self.setting.requirements()), default=0)
        if "licence_within_4_months" in self.fields:
            self.fields["licence_within_4_months"].help_text = _(
                "A permit is still possible if the licence can reasonably be obtained within about %(months)s months."
            ) % {"months": grace}

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        answers = super().to_answers(values)
        needed = answers.pop("licence_needed", None)
        if "licence_needed" in values and needed != TABLE:
            answers["licence_needed"] = {"true": True, "false": False}.get(needed)
        return answers


class OfferForm(QuestionForm):
    heading = _("The job offer")

    job_offer = ChoiceField(
        label=_("Do you have a job offer or contract?"),
        choices=[*OFFER_LABELS.items(), NOT_KNOWN],
        error_messages={
            "required": _("Select what kind of offer you have, or “No offer yet”."),
            "invalid_choice": _("Select one of the answers in the list."),
        },
    ).with_words(why=_("The job must be arranged before you apply."))
    wage_amount = DecimalField(
        label=_("What does the job pay, in Canadian dollars?"),
        help_text=_("Before tax, with all allowances. Leave this empty if you do not know yet."),
        largest=100_000_000,
        too_large=_("Enter the pay in Canadian dollars, up to 100,000,000."),
        not_a_number=_("Enter the pay as a number, for example 52.50 or 89,900."),
    ).with_words(shown_if="offer", unit=_("CAD"))
    wage_period = ChoiceField(
        label=_("Is this amount for an hour, a week, a month or a year?"),
        choices=[*PERIOD_LABELS.items(), NOT_KNOWN],
        required=False,
        error_messages={"invalid_choice": _("Select an hour, a week, a month or a year.")},
    ).with_words(shown_if="offer")
    hours_per_week = DecimalField(
        label=_("How many hours a week is the job?"),
        help_text=_("Needed to compare pay by week, month or year. Leave this empty if you do not know yet."),
        largest=168,
        too_large=_("Enter the hours in a week as a number up to 168."),
        not_a_number=_("Enter the hours in a week as a number, for example 37.5."),
    ).with_words(shown_if="offer", unit=_("hours a week"))
    wage_allowances = DecimalField(
        label=_("How much of that amount is for housing, travel or other allowances?"),
        help_text=_("Allowances do not count as wages. Leave this empty if there are none."),
        largest=100_000_000,
        too_large=_("Enter the allowances in Canadian dollars, up to 100,000,000."),
        not_a_number=_("Enter the allowances as a number, for example 500."),
    ).with_words(shown_if="offer", unit=_("CAD"))
    prevailing_wage_source = ChoiceField(
        label=_("Which usual wage should we compare with?"),
        required=False,
        choices=[
            (TABLE, _("The figure shown above")),
            (OWN, _("I found another figure on Job Bank")),
            (NOT_FOUND, _("Job Bank shows none")),
        ],
        error_messages={"invalid_choice": _("Select one of the answers in the list.")},
    ).with_words(
        shown_if="offer",
        why=_(
            "The prevailing wage is what the job usually pays in the region: half of the people in it earn more "
            "and half earn less. The offer must reach it."
        ),
    )
    prevailing_wage_hourly = DecimalField(
        label=_("The figure you found, for an hour of work"),
        largest=10_000,
        too_large=_("Enter the hourly figure in Canadian dollars, up to 10,000."),
        not_a_number=_("Enter the hourly figure as a number, for example 46.15."),
    ).with_words(shown_if="own-figure", unit=_("CAD an hour"))
    employer_scale_hourly = DecimalField(
        label=_("What is the lowest hourly pay of comparable staff at this employer?"),
        help_text=_(
            "Staff who already do the same job there, with similar experience. Leave this empty if you do not know."
        ),
        largest=10_000,
        too_large=_("Enter the hourly pay in Canadian dollars, up to 10,000."),
        not_a_number=_("Enter the hourly pay as a number, for example 46.15."),
    ).with_words(shown_if="offer", unit=_("CAD an hour"))
    controls_employer = YesNoField(
        label=_("Do you control the Canadian company?"),
        help_text=_("For example, because you founded it, own most of it or receive its income."),
        required=False,
        error_messages={"invalid_choice": _("Select yes, no or “I do not know yet”.")},
    ).with_words(
        shown_if="offer", why=_("This permit is not for people who would be employed by their own company.")
    )

    def prepare(self) -> None:
        answers, rulebook = self.setting.answers, self.setting.rulebook
        if find_prevailing_wage(answers.noc, answers.region, rulebook).rate is None:
            self.offer_choices("prevailing_wage_source", WITHOUT_FIGURE)
        else:
            self.fields["prevailing_wage_source"].initial = TABLE

    def clean(self) -> Values:
        values: Values = super().clean() or {}
        if values.get("job_offer") == JobOffer.NONE:
            return {"job_offer": values["job_offer"]}
        if values.get("prevailing_wage_source") != OWN:
            values["prevailing_wage_hourly"] = None
        elif values.get("prevailing_wage_hourly") is None and "prevailing_wage_hourly" not in self.errors:
            sentence = _("Enter the hourly figure you found, or choose another answer above it.")
            self.add_error("prevailing_wage_hourly", ValidationError(sentence))
        amount, allowances = values.get("wage_amount"), values.get("wage_allowances")
        if amount is not None and allowances is not None and allowances > amount:
            sentence = _("The allowances cannot be more than the whole amount. Check both figures.")
            self.add_error("wage_allowances", ValidationError(sentence))
        return values

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        answers = super().to_answers(values)
        if answers.pop("prevailing_wage_source", TABLE) == NOT_FOUND:
            answers["prevailing_wage_hourly"] = None
        return answers
