"""Forms of the steps of an edition, and of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from occupations.models import Edition
from occupations.models.choices import State
from occupations.publishing.flow import LONGEST_REASON
from occupations.snapshots import today

if TYPE_CHECKING:
    ChoiceOfEdition = forms.ModelChoiceField[Edition]
else:
    ChoiceOfEdition = forms.ModelChoiceField


class NoteForm(forms.Form):
    """Why; it stays on record."""

    longest = 1000
    label: Any = _("Reason")
    reason = forms.CharField(
        help_text=_("It stays on record beside your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why; the reason stays on record.")},
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["reason"].label = self.label
        self.fields["reason"].widget.attrs["maxlength"] = self.longest

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if len(reason) > self.longest:
            raise forms.ValidationError(
                _("The reason has %(length)s characters; use at most %(longest)s."),
                params={"length": len(reason), "longest": self.longest},
            )
        return reason


class ApproveForm(NoteForm):
    """What the reviewer has looked at."""

    label = _("What you compared it with")


class ReturnForm(NoteForm):
    """What the authors should change."""

    label = _("What should be changed")


class ReasonForm(NoteForm):
    """A reason that stands with the period in force too, so it is shorter."""

    longest = LONGEST_REASON


class PublishForm(ReasonForm):
    """From which day on, and why."""

    first_day = forms.DateField(
        label=_("First day"),
        help_text=_("Today or later, counted in Toronto. The edition that decides now ends the day before."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the first day: today or a later one.")},
    )
    field_order = ["first_day", "reason"]

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(edition, *args, **kwargs)
        day = self.fields["first_day"]
        day.widget.attrs["min"] = today().isoformat()
        day.initial = today()
        if edition.is_comparison:
            day.required, day.initial = False, None
            day.help_text = _(
                "Leave it empty to publish the edition only for comparison. Otherwise it decides from this day on."
            )


class EditionChoice(ChoiceOfEdition):
    """An edition by its short name, with its state where it is not published."""

    def label_from_instance(self, obj: Edition) -> str:
        if obj.state == State.PUBLISHED:
            return f"{obj.short_name} · {obj.slug}"
        return now("%(name)s · %(slug)s, %(state)s") % {
            "name": obj.short_name,
            "slug": obj.slug,
            "state": State(obj.state).label,
        }


class CompareForm(forms.Form):
    """Two editions of whatever state, and one country or all of them."""

    before = EditionChoice(label=_("Before"), queryset=Edition.objects.all(), empty_label=None)
    after = EditionChoice(label=_("After"), queryset=Edition.objects.all(), empty_label=None)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, countries: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), required=False, choices=[("", _("All countries")), *countries]
        )
