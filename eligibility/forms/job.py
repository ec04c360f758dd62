"""Question pages about the job: occupation, conditions, place, licence."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eligibility import formatting
from eligibility.forms.base import QuestionForm, Values
from eligibility.forms.choices import Offered
from eligibility.forms.fields import (
    UNKNOWN,
    ChoiceField,
    Explained,
    SelectField,
    Text,
    YesNoField,
)
from eligibility.forms.person import NOT_KNOWN
from eligibility.listing.keeping import kept
from eligibility.rules.vocabulary import LicenceHeld
from occupations.rulebook import Reference, Region, RegionLevel, Rulebook, text_in
from occupations.search.text import fold

TABLE = "table"
"""Take the figure or finding from our tables: the answer itself is left out (C-20, C-21)."""
LICENCE_LABELS = {
    LicenceHeld.CANADIAN: _("Yes, a Canadian one"),
    LicenceHeld.HOME_COUNTRY: _("Yes, one from my home country"),
    LicenceHeld.NONE: _("No"),
}


def region_name(region: Region, language: str) -> str:
    """A region as visitors read it; the official names join two places with two hyphens."""
    return text_in(region.name, language).replace("--", "–")


class OccupationField(Explained, forms.CharField):
    """A unit group by its code; a code of the list before it is understood where it leads to one group only."""

    widget = forms.TextInput(attrs={"id": "occupation-search"})
    """The search box stands for the field: an error leads there."""
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
        hint=_("Search for it, then select the one that fits the duties of the job."),
        max_length=40,
        error_messages={
            "required": _("Search for the job and select one of the occupations found."),
            "invalid": _("This is not a code of the occupation list. Search by job title instead."),
            "split": _(
                "This older code was split into several occupations. Select the one that fits the job."
            ),
            "max_length": _("Search for the job with fewer words and select one of the occupations found."),
        },
    ).with_words(why=_("Each country has its own list of occupations, by their codes."))

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
            field = YesNoField(
                label=question,
                hint=text_in(condition.help, self.setting.language),
                error_messages={
                    "required": _("Select yes, no or “I do not know yet”: %(question)s")
                    % {"question": question},
                    "invalid_choice": _("Select yes, no or “I do not know yet”."),
                },
            )
            self.fields[slug] = field.with_words(
                why=_("The list for your country covers this occupation in some cases only.")
            )

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"conditions": super().to_answers(values)}

    @classmethod
    def from_answers(cls, raw: Mapping[str, Any], asked: Collection[str], rulebook: Rulebook) -> Values:
        return super().from_answers(raw.get("conditions", {}), asked, rulebook)


class PlaceForm(QuestionForm):
    region = SelectField(
        label=_("Where in Canada is the job?"),
        hint=_(
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
        rulebook, language = self.setting.rulebook, self.setting.language
        self.offer_choices(
            "region", kept(rulebook, ("regions", language), lambda: _by_province(rulebook, language))
        )


def _by_province(rulebook: Rulebook, language: str) -> Offered:
    """Each province with its regions, by name."""
    regions = rulebook.reference.regions
    choices: list[tuple[str, Any]] = [("", _("Choose a region")), (UNKNOWN, _("Not known yet"))]
    for code, region in regions.items():
        if region.level is not RegionLevel.PROVINCE:
            continue
        name = text_in(region.name, language)
        parts = [
            (inner.code, region_name(inner, language))
            for inner in regions.values()
            if inner.level is RegionLevel.ECONOMIC_REGION and code in inner.wider
        ]
        whole = _("%(province)s, region not known") % {"province": name} if parts else name
        choices.append((name, [(code, whole), *sorted(parts, key=lambda pair: fold(pair[1]))]))
    return Offered(choices)


class LicenceForm(QuestionForm):
    heading = _("Licence or certificate")

    licence_needed = ChoiceField(
        label=_("Does this job need a licence or certificate in that province or territory?"),
        hint=_("If you know better than our table, for example from the regulator, answer otherwise."),
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
        hint=_("A licence from your home country counts as evidence too."),
        choices=[*LICENCE_LABELS.items(), NOT_KNOWN],
        required=False,
        error_messages={"invalid_choice": _("Select one of the answers in the list.")},
    ).with_words(
        shown_if="licence-may-be-needed",
        why=_("Where a licence is needed, the officer asks for it."),
    )
    licence_within_4_months = YesNoField(
        label=_("If you have none, could you get the Canadian licence soon?"),
        required=False,
        error_messages={"invalid_choice": _("Select yes, no or “I do not know yet”.")},
    ).with_words(
        shown_if="no-licence",
        why=_("A missing licence does not always mean a refusal."),
    )

    def prepare(self) -> None:
        choices = [("true", _("Yes")), ("false", _("No")), (UNKNOWN, _("I do not know yet"))]
        if self.setting.rulebook.regulations(
            self.setting.answers.noc or "", self.setting.answers.region or ""
        ):
            choices.insert(0, (TABLE, _("Use what our table says")))
        self.offer_choices("licence_needed", choices)
        grace = max((row.licence_grace_months for row in self.setting.requirements), default=0)
        if "licence_within_4_months" in self.fields:
            self.questions["licence_within_4_months"].hint = _(
                "A permit is still possible if the licence can reasonably be obtained within about %(months)s."
            ) % {"months": formatting.months(grace, self.setting.language)}

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        answers = super().to_answers(values)
        needed = answers.pop("licence_needed", None)
        if "licence_needed" in values and needed != TABLE:
            answers["licence_needed"] = {"true": True, "false": False}.get(needed)
        return answers

    @classmethod
    def from_answers(cls, raw: Mapping[str, Any], asked: Collection[str], rulebook: Rulebook) -> Values:
        needed = {True: "true", False: "false", None: None}[raw.get("licence_needed")]
        looked_up = "licence_needed" not in raw
        return super().from_answers(raw, asked, rulebook) | {"licence_needed": TABLE if looked_up else needed}
