"""The question page about the visitor's situation; its answers serve the advice only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from eligibility.forms.base import QuestionForm
from eligibility.forms.choices import Offered
from eligibility.forms.fields import (
    UNKNOWN,
    ChoiceField,
    DayField,
    MonthsField,
    SelectField,
    Text,
    YesNoField,
)
from eligibility.forms.person import country_choices
from eligibility.rules.vocabulary import CurrentLocation
from occupations.rulebook import text_in

LOCATION_LABELS = {
    CurrentLocation.OUTSIDE_CANADA: _("Outside Canada"),
    CurrentLocation.IN_CANADA_VISITOR: _("In Canada as a visitor"),
    CurrentLocation.IN_CANADA_WORK_PERMIT: _("In Canada with a work permit"),
    CurrentLocation.IN_CANADA_STUDY_PERMIT: _("In Canada with a study permit"),
    CurrentLocation.IN_CANADA_OTHER: _("In Canada with another status"),
}


class SituationForm(QuestionForm):
    heading = _("Your situation")
    intro = _("These answers never change whether you qualify. They only make the advice fit you better.")

    current_location = ChoiceField(
        label=_("Where are you now?"),
        hint=_("If you are travelling, choose where you will be when you apply."),
        choices=[*LOCATION_LABELS.items(), (UNKNOWN, _("I prefer not to say"))],
        required=False,
        error_messages={"invalid_choice": _("Select one of the answers in the list.")},
    ).with_words(why=_("Where you may apply depends on where you are."))
    passport_country = SelectField(
        label=_("Which country issued your passport?"),
        hint=_("Leave this as it is if it is the country you rely on."),
        required=False,
        error_messages={"invalid_choice": _("Select a country from the list.")},
    ).with_words(why=_("Your passport decides whether you need a visa to travel to Canada."))
    has_partner = YesNoField(
        label=_("Do you have a spouse or common-law partner who would come with you?"),
        hint=_("A common-law partner has lived with you as a couple for at least a year."),
        unknown=_("I prefer not to say"),
        required=False,
        error_messages={"invalid_choice": _("Select one of the answers in the list.")},
    ).with_words(why=_("A spouse or partner may be able to get an open work permit."))
    offer_start_date = DayField(
        label=_("When would the job start?"),
        hint=_("Leave this empty if there is no date yet."),
        error_messages={"invalid": _("Enter the start date as a real date, for example 2027-03-01.")},
    ).with_words(why=_("The permit runs from the start of the job."))
    offer_months = MonthsField(
        label=_("How many months would the job last?"),
        hint=_("Leave this empty if the job has no end date."),
        largest=600,
        too_large=_("Enter the length of the job in months, up to 600."),
        not_a_number=_("Enter the length of the job as a whole number of months, for example 12."),
    ).with_words(unit=_("months"), why=_("The permit lasts no longer than the offer."))
    passport_expiry = DayField(
        label=_("When does your passport expire?"),
        hint=_("You find the date beside your photo."),
        error_messages={"invalid": _("Enter the expiry date as a real date, for example 2029-06-30.")},
    ).with_words(why=_("A work permit never lasts longer than the passport."))

    def prepare(self) -> None:
        own = self.setting.rulebook.reference.country_names.get(self.setting.answers.country or "")
        same: Text = _("The country I rely on")
        if own:
            same = _("%(country)s, the country I rely on") % {"country": text_in(own, self.setting.language)}
        self.offer_choices("passport_country", Offered([("", same)], then=country_choices(self)))
