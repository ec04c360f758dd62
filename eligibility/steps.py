"""The one table of question pages. Wizard, replay, summary, progress and tests read it.

A step is shown when it has a field to ask; what a step asks depends only on the steps before it (and, for
the conditions, on which of them are answered already).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from eligibility.forms import job, offer, person, situation
from eligibility.forms.base import QuestionForm, Setting, Values
from eligibility.forms.fields import Text
from eligibility.rules import questions
from eligibility.rules.answers import Answers

Asked = tuple[str, ...]
EVERY_FIELD = "*"


@dataclass(frozen=True)
class Step:
    """One question page."""

    slug: str
    title: Text
    """Short name on the summary and in sentences."""
    form: type[QuestionForm]
    asks: Callable[[Setting, Values], Asked]
    """Fields that can matter, from the earlier answers and the step's own stored values."""
    given_for: Mapping[str, Asked] = field(default_factory=dict)
    """Field -> earlier answers that it was given for; when one of those changes it is asked again."""

    @cached_property
    def _given_for(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for names in self.given_for.values() for name in names))

    def basis(self, earlier: Mapping[str, Any]) -> dict[str, Any]:
        """The earlier answers, raw, that this step's dependent fields are given for."""
        return {name: earlier[name] for name in self._given_for if name in earlier}

    def basis_of(self, earlier: Answers) -> dict[str, Any]:
        """The same from the answers themselves."""
        return self.basis(earlier.to_json()) if self._given_for else {}

    def depends(self, field: str) -> Asked:
        """Earlier answers that a field is given for."""
        return self.given_for.get(field, self.given_for.get(EVERY_FIELD, ()))


def _always(*names: str) -> Callable[[Setting, Values], Asked]:
    return lambda setting, stored: names


def _conditions(setting: Setting, stored: Values) -> Asked:
    """Conditions whose answer can still matter, each in turn once those before it are answered."""
    country, noc = setting.answers.country, setting.answers.noc
    if country is None or noc is None:
        return ()
    asked: list[str] = []
    known: dict[str, bool] = {}
    while True:
        still_open = questions.open_conditions(country, noc, known, setting.rulebook)
        new = [slug for slug in still_open if slug not in asked]
        if not new:
            return tuple(asked)
        asked += new
        known |= {slug: stored[slug] for slug in new if stored.get(slug) is not None}


def _education(setting: Setting, stored: Values) -> Asked:
    asked, rows = ["education_level", "education_years"], setting.requirements
    if questions.degree_field_matters(setting.answers, setting.rulebook, rows):
        asked.append("degree_field_related")
    if questions.education_country_matters(setting.answers, setting.rulebook, rows):
        asked += ["education_country", "employer_equivalence_letter"]
    if questions.associate_equivalence_matters(setting.answers, setting.rulebook, rows):
        asked.append("associate_equivalent")
    return tuple(asked)


def _licence(setting: Setting, stored: Values) -> Asked:
    answers = setting.answers
    if questions.licence_question_settled(answers.noc, answers.region, setting.rulebook):
        return ()
    if any(row.licence_grace_months for row in setting.requirements):
        return ("licence_needed", "licence_held", "licence_within_4_months")
    return ("licence_needed", "licence_held")


def _situation(setting: Setting, stored: Values) -> Asked:
    about_person = ("current_location", "passport_country", "has_partner", "passport_expiry")
    if setting.answers.job_offer == "none":
        return about_person
    return (*about_person, "offer_start_date", "offer_months")


STEPS: tuple[Step, ...] = (
    Step("country", _("Country"), person.CountryForm, _always("country", "other_country")),
    Step("status", _("Status"), person.StatusForm, _always("status"), {"status": ("country",)}),
    Step("occupation", _("Occupation"), job.OccupationForm, _always("noc")),
    Step("conditions", _("Details of the job"), job.ConditionsForm, _conditions, {EVERY_FIELD: ("noc",)}),
    Step(
        "education",
        _("Education"),
        person.EducationForm,
        _education,
        {
            "degree_field_related": ("noc",),
            "employer_equivalence_letter": ("country",),
            "associate_equivalent": ("country",),
        },
    ),
    Step(
        "experience",
        _("Experience"),
        person.ExperienceForm,
        _always("experience_years", "experience_part_time"),
        {"experience_years": ("noc",)},
    ),
    Step("place", _("Place of work"), job.PlaceForm, _always("region")),
    Step(
        "licence",
        _("Licence"),
        job.LicenceForm,
        _licence,
        {"licence_needed": ("noc", "region"), "licence_held": ("noc",), "licence_within_4_months": ("noc",)},
    ),
    Step(
        "language",
        _("English or French"),
        person.LanguageForm,
        _always("works_in_english_or_french", "language_evidence", "offer_language_met"),
    ),
    Step(
        "offer",
        _("Job offer and pay"),
        offer.OfferForm,
        _always(
            "job_offer",
            "wage_amount",
            "wage_period",
            "hours_per_week",
            "wage_allowances",
            "prevailing_wage_source",
            "prevailing_wage_hourly",
            "employer_scale_hourly",
            "controls_employer",
        ),
        {"prevailing_wage_source": ("noc", "region"), "prevailing_wage_hourly": ("noc", "region")},
    ),
    Step("situation", _("Your situation"), situation.SituationForm, _situation),
)
STEP_BY_SLUG: Mapping[str, Step] = {step.slug: step for step in STEPS}
