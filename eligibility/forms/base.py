"""What every question page's form has in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms

from eligibility.forms.choices import Offered
from eligibility.forms.fields import OTHER_COUNTRY, Explained, Text
from eligibility.rules.answers import Answers
from eligibility.rules.questions import possible_requirements
from occupations.rulebook import Requirement, Rulebook

Values = dict[str, Any]
"""What one step keeps: field name -> JSON value. A field that was asked is always a key; null is "not known"."""


@dataclass(frozen=True)
class Setting:
    """What a question page is asked in: the answers of the steps before it, the rules and the language."""

    answers: Answers
    rulebook: Rulebook
    language: str

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirement rows that can still decide."""
        return possible_requirements(self.answers, self.rulebook)


REVEALED: dict[str, Callable[[Values], bool]] = {
    "other-country": lambda kept: kept.get("country") == OTHER_COUNTRY,
    "below-associate": lambda kept: kept.get("education_level") in {"diploma", "trade_certificate"},
    "licence-may-be-needed": lambda kept: kept.get("licence_needed") != "false",
    "no-licence": lambda kept: kept.get("licence_needed") != "false" and kept.get("licence_held") == "none",
    "offer": lambda kept: kept.get("job_offer") != "none",
    "own-figure": lambda kept: kept.get("prevailing_wage_source") == "own",
}
"""When a follow-up question matters, by its `shown_if`. The stylesheet hides it by the same rules."""


class QuestionForm(forms.Form):
    """One question page. `asked` names the fields that can matter here; the others are left out.

    `initial` holds stored values.
    """

    use_required_attribute = False
    heading: Text = ""
    """The page's question when it has several fields; with one field its label is the heading."""
    intro: Text = ""

    def __init__(self, *args: Any, setting: Setting, asked: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        self.prepare()
        kept = {name: value for name, value in self.initial.items() if name in self.fields}
        self.initial = {name: self.questions[name].typed(value) for name, value in kept.items()}

    @property
    def questions(self) -> dict[str, Explained]:
        """The fields of this page, by the names of the answers contract."""
        return cast(dict[str, Explained], self.fields)

    def offer_choices(self, name: str, choices: Iterable[Any]) -> None:
        """Set what a field offers."""
        offered = choices if isinstance(choices, Offered) else Offered(choices)
        cast(forms.ChoiceField, self.fields[name]).choices = offered

    def told(self, kept: Values) -> Iterator[tuple[str, Explained]]:
        """The questions that matter for what is kept, for the summary."""
        for name, field in self.questions.items():
            if not field.shown_if or REVEALED[field.shown_if](kept):
                yield name, field

    def prepare(self) -> None:
        """Fills in choices and words that depend on the rulebook or on earlier answers."""

    def forget_missing(self) -> None:
        """Drop complaints about questions not answered yet, for a page that only works something out."""
        self.full_clean()
        for name, errors in list(self.errors.as_data().items()):
            if all(error.code == "required" for error in errors):
                del self.errors[name]

    def stored(self) -> Values:
        """The declared fields of a valid form as JSON values, nothing else."""
        return {name: field.stored(self.cleaned_data.get(name)) for name, field in self.questions.items()}

    @classmethod
    def to_answers(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The step's part of the answers contract (facts, section 9)."""
        return {name: value for name, value in values.items() if value is not None}

    @classmethod
    def from_answers(cls, raw: Mapping[str, Any], asked: Collection[str], rulebook: Rulebook) -> Values:
        """What this page would have kept for these raw answers; the inverse of `to_answers`."""
        return {name: raw.get(name) for name in asked}
