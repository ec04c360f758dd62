"""Forms of an edition's rows: choices of that very edition instead of codes to be remembered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations import contradictions
from occupations.admin.base import EditionRowForm
from occupations.admin.filters import country_names
from occupations.admin.help_texts import help_text_of
from occupations.admin.typing import AnyForm
from occupations.contradictions import Line
from occupations.models import Condition, Country, CountryName, Edition, OccupationRule, Requirement
from occupations.models.choices import Category, Effect
from occupations.models.editions import STATUSES, TEERS
from occupations.rulebook import EVERY_COUNTRY

Choices = Iterable[tuple[str, str]]
NOTHING_CHOSEN = [("", "---------")]
STATUS_NAMES = dict(zip(STATUSES, (gettext_lazy("citizen"), gettext_lazy("permanent resident")), strict=True))


class DraftRowForm(AnyForm):
    """A row of one edition, which the screen names; `edition` takes part in the checks without being a field."""

    edition: ClassVar[Edition | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.edition_id is None and self.edition is not None:
            self.instance.edition = self.edition
        for name in self.declared_fields.keys() & self.fields.keys():
            column: Any = self._meta.model._meta.get_field(name)
            self.fields[name].label = capfirst(column.verbose_name)
            self.fields[name].help_text = help_text_of(column) or column.help_text

    def _get_validation_exclusions(self) -> set[str]:
        """Django would leave out every rule that names the edition, since it is not a field of the form."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # Django does not document it
        return exclusions - {"edition"}

    def offer(
        self, name: str, choices: Choices, wrong: str, field: type[forms.ChoiceField] = forms.ChoiceField
    ) -> None:
        """Turn a text field into a list of choices; `wrong` is said of anything else."""
        before = self.fields.get(name)
        if before is None:
            return
        offered = [*([] if before.required else NOTHING_CHOSEN), *choices]
        current = getattr(self.instance, name, None)
        if current and current not in dict(offered):
            offered.append((current, current))
        if before.required and field is forms.ChoiceField:
            offered = [*NOTHING_CHOSEN, *offered]
        self.fields[name] = field(
            choices=offered,
            label=before.label,
            help_text=before.help_text,
            required=before.required,
            error_messages={"invalid_choice": wrong},
        )


class FactsRowForm(DraftRowForm, EditionRowForm):
    """A row that rests on numbered facts."""

    def countries(self) -> list[tuple[str, str]]:
        """The countries that the edition knows."""
        known = Country.objects.filter(edition=self.instance.edition_id).values_list("country", flat=True)
        return country_names(known)


class CountryForm(FactsRowForm):
    statuses = forms.MultipleChoiceField(
        choices=list(STATUS_NAMES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    spouse_statuses = forms.MultipleChoiceField(
        choices=list(STATUS_NAMES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = set(CountryName.objects.values_list("country", flat=True))
        self.offer("country", country_names(codes), _("There is no country with that code."))


class TeersForm(FactsRowForm):
    teers = forms.TypedMultipleChoiceField(
        choices=[(teer, str(teer)) for teer in TEERS],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        empty_value=[],
    )


class RequirementForm(TeersForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = _("This edition does not know that country; add it first.")
        self.offer("country", [(EVERY_COUNTRY, _("every other country (*)")), *self.countries()], wrong)
        codes = set(CountryName.objects.values_list("country", flat=True))
        self.offer("equivalent_country", country_names(codes), _("There is no country with that code."))
        if "teers" in self.fields:
            self.fields["teers"].required = True

    def clean_equivalent_country(self) -> str | None:
        return self.cleaned_data["equivalent_country"] or None


class ListLineForm(FactsRowForm):
    """A line of a list, for a country that the edition knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = _("This edition does not know that country; add it first.")
        self.offer("country", self.countries(), wrong)


class OccupationRuleForm(ListLineForm, TeersForm):
    """Says what contradicts another line of the same list, before anything is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conditions = Condition.objects.filter(edition=self.instance.edition_id).order_by("position")
        choices = [(each.slug, f"{each.question} [{each.slug}]") for each in conditions]
        wrong = _("This edition has no condition with that slug; add it first.")
        for name in ("when", "unless"):
            self.offer(name, choices, wrong)

    def clean_when(self) -> str | None:
        return self.cleaned_data["when"] or None

    def clean_unless(self) -> str | None:
        return self.cleaned_data["unless"] or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") and cleaned.get("when") == cleaned.get("unless"):
            self.add_error(
                "unless", _("The line asks for a condition and for its opposite, so it never applies.")
            )
        if not self.errors and (cleaned.get("unit_group") is None) != (not cleaned.get("teers")):
            self._compare(self._line(cleaned))
        return cleaned

    def _line(self, cleaned: dict[str, Any]) -> Line:
        return Line(
            self.instance.pk,
            cleaned["country"],
            cleaned["category"],
            cleaned["effect"],
            None if cleaned["unit_group"] is None else cleaned["unit_group"].code,
            frozenset(cleaned["teers"]),
            cleaned["when"],
            cleaned["unless"],
            cleaned["list_entry"],
        )

    def _compare(self, line: Line) -> None:
        rows = OccupationRule.objects.filter(
            edition=self.instance.edition_id, country=line.country, category=line.category
        ).exclude(pk=line.pk or 0)
        others = [contradictions.line_of(row) for row in rows.select_related("unit_group")]
        where = "teers" if line.code is None else "unit_group"
        self._compare_teers(line, where)
        for other in others:
            if _decides(other) == _decides(line):
                self.add_error(
                    where, _("This line stands already: “%(entry)s”.") % {"entry": other.list_entry}
                )
        for other in contradictions.contradicting(line, others):
            self.add_error("effect", _contradiction(line, other))

    def _compare_teers(self, line: Line, where: str) -> None:
        requirements = Requirement.objects.filter(edition=self.instance.edition_id, category=line.category)
        teers = contradictions.teers_of(requirements)
        if contradictions.is_outside_category(line, teers):
            taken = teers.get((line.country, line.category)) or teers[EVERY_COUNTRY, line.category]
            words = {
                "category": Category(line.category).label,
                "teers": ", ".join(map(str, sorted(taken))),
            }
            self.add_error(
                where,
                _(
                    "As a %(category)s a person needs work of TEER %(teers)s, so this line could never count. "
                    "Choose the other category or another occupation."
                )
                % words,
            )


def _decides(line: Line) -> tuple[Any, ...]:
    return line.effect, line.code, line.teers, line.when, line.unless


def _contradiction(line: Line, other: Line) -> str:
    words = {"entry": other.list_entry}
    if other.effect == Effect.EXCLUDE:
        return (
            _(
                "The line “%(entry)s” excludes the same work, so this one never counts. "
                "Give a condition to one of them."
            )
            % words
        )
    return (
        _(
            "The line “%(entry)s” includes the same work and would never count. Give a condition to one of them."
        )
        % words
    )
