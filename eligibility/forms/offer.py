"""The question page about the job offer and its pay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eligibility.forms.base import QuestionForm, Values
from eligibility.forms.fields import ChoiceField, HoursField, MoneyField, YesNoField
from eligibility.forms.job import TABLE
from eligibility.forms.person import NOT_KNOWN
from eligibility.rules.vocabulary import JobOffer, WagePeriod
from eligibility.rules.wage import find_prevailing_wage
from occupations.rulebook import Rulebook

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

WITHOUT_FIGURE = [
    (TABLE, _("I have not looked yet")),
    (OWN, _("I found a figure on Job Bank")),
    (NOT_FOUND, _("Job Bank shows none")),
]
"""What to compare with where our table has no figure."""


class OfferForm(QuestionForm):
    heading = _("The job offer")

    job_offer = ChoiceField(
        label=_("Do you have a job offer or contract?"),
        hint=_("Choose what you have today."),
        choices=[*OFFER_LABELS.items(), NOT_KNOWN],
        error_messages={
            "required": _("Select what kind of offer you have, or “No offer yet”."),
            "invalid_choice": _("Select one of the answers in the list."),
        },
    ).with_words(why=_("The job must be arranged before you apply."))
    wage_amount = MoneyField(
        label=_("What does the job pay, in Canadian dollars?"),
        hint=_("Before tax, with all allowances. Leave this empty if you do not know yet."),
        largest=100_000_000,
        too_large=_("Enter the pay in Canadian dollars, up to 100,000,000."),
        not_a_number=_("Enter the pay as a number, for example 52.50 or 89,900."),
    ).with_words(
        shown_if="offer",
        unit=_("CAD"),
        why=_("The pay must be at least what the job usually pays in its region."),
        example=_("If the offer says “85,000 a year”, enter 85,000 here and select a year below."),
    )
    wage_period = ChoiceField(
        label=_("Is this amount for an hour, a week, a month or a year?"),
        hint=_("Choose the period that the offer names."),
        choices=[*PERIOD_LABELS.items(), NOT_KNOWN],
        required=False,
        error_messages={"invalid_choice": _("Select an hour, a week, a month or a year.")},
    ).with_words(shown_if="offer", why=_("We turn the amount into pay for an hour, to compare it."))
    hours_per_week = HoursField(
        label=_("How many hours a week is the job?"),
        hint=_("Needed to compare pay by week, month or year. Leave this empty if you do not know yet."),
        largest=168,
        too_large=_("Enter the hours in a week as a number up to 168."),
        not_a_number=_("Enter the hours in a week as a number, for example 37.5."),
    ).with_words(
        shown_if="offer",
        unit=_("hours a week"),
        why=_("The same salary for more hours is less pay for an hour."),
    )
    wage_allowances = MoneyField(
        label=_("How much of that amount is for housing, travel or other allowances?"),
        hint=_("Allowances do not count as wages. Leave this empty if there are none."),
        largest=100_000_000,
        too_large=_("Enter the allowances in Canadian dollars, up to 100,000,000."),
        not_a_number=_("Enter the allowances as a number, for example 500."),
    ).with_words(
        shown_if="offer",
        unit=_("CAD"),
        why=_("The officer compares the wage without housing, travel and other benefits."),
    )
    prevailing_wage_source = ChoiceField(
        label=_("Which usual wage should we compare with?"),
        hint=_("Our figures are copied from Job Bank once a year. Its website may show a newer one."),
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
    prevailing_wage_hourly = MoneyField(
        label=_("The figure you found, for an hour of work"),
        hint=_("Take the median wage for the occupation and the region."),
        largest=10_000,
        too_large=_("Enter the hourly figure in Canadian dollars, up to 10,000."),
        not_a_number=_("Enter the hourly figure as a number, for example 46.15."),
    ).with_words(
        shown_if="own-figure",
        unit=_("CAD an hour"),
        why=_("The result says that the figure is yours."),
    )
    employer_scale_hourly = MoneyField(
        label=_("What is the lowest hourly pay of comparable staff at this employer?"),
        hint=_(
            "Staff who already do the same job there, with similar experience. Leave this empty if you do not know."
        ),
        largest=10_000,
        too_large=_("Enter the hourly pay in Canadian dollars, up to 10,000."),
        not_a_number=_("Enter the hourly pay as a number, for example 46.15."),
    ).with_words(
        shown_if="offer",
        unit=_("CAD an hour"),
        why=_("The offer must also reach what the employer pays comparable staff."),
    )
    controls_employer = YesNoField(
        label=_("Do you control the Canadian company?"),
        hint=_("For example, because you founded it, own most of it or receive its income."),
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

    @classmethod
    def from_answers(cls, raw: Mapping[str, Any], asked: Collection[str], rulebook: Rulebook) -> Values:
        own = raw.get("prevailing_wage_hourly")
        source = TABLE if "prevailing_wage_hourly" not in raw else NOT_FOUND if own is None else OWN
        return super().from_answers(raw, asked, rulebook) | {"prevailing_wage_source": source}
