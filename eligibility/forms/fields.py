"""Form fields that read what people type: exact decimals, yes/no with "not known yet", choices.

Each field turns input into a JSON value of the answers contract (`stored`) and back into words (`words`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from eligibility import formatting
from eligibility.forms.choices import Offered, QuickSelect

UNKNOWN = "unknown"
"""The choice "I do not know yet": stored as null, an unanswered question to the rules (C-2)."""

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Text: TypeAlias = "StrOrPromise"
"""A text, or one that is translated when it is shown."""

OTHER_COUNTRY = "other"
"""The choice "Another country"; the country itself is then chosen from a list."""

YES, NO, DO_NOT_KNOW = _("Yes"), _("No"), _("I do not know yet")

Same = TypeVar("Same")

_PLAIN_DECIMAL = re.compile(r"\d{1,12}(\.\d{1,6})?|\.\d{1,6}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECORATION = re.compile(r"[\s$_'’]|CAN?D?|カナダ|加?ドル", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_MIXED = re.compile(r"\d{1,3}(?P<thousands>[.,])\d{3}(?:(?P=thousands)\d{3})*(?!(?P=thousands))[.,]\d*")


class Said(NamedTuple):
    """The words of a question in one language."""

    label: str
    hint: str
    why: str
    example: str
    unit: str


class Asked(BoundField):
    """An `Explained` field of a form. Its words stay with the field, where they are looked up once."""

    field: Explained

    @cached_property
    def said(self) -> Said:
        return self.field.said()

    @property
    def aria_describedby(self) -> str | None:
        """As Django's, for the field's `hint`."""
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        if not self.auto_id or self.is_hidden:
            return ""
        described = [f"{self.auto_id}_helptext"] if self.said.hint else []
        if self.form.is_bound and self.errors:
            described.append(f"{self.auto_id}_error")
        return " ".join(described)


class Explained(forms.Field):
    """A field that also carries a hint, why we ask, an example and a unit, for the page to show.

    The hint is not Django's `help_text`, which each form looks up in its language, shown or not.
    """

    bound_field_class = Asked
    hint: Text = ""
    why: Text = ""
    example: Text = ""
    unit: Text = ""
    shown_if: str = ""
    """Name of the reveal rule in the stylesheet; without it the question is always visible."""
    error_id: str = ""
    """Id that an error links to, where the page draws the field in its own way."""

    def __init__(self, *args: Any, hint: Text = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hint = hint
        # The copies that Django makes for each form share it.
        self._said: dict[str | None, tuple[tuple[Any, ...], Said]] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A form's own copy. What a form sets is its own: choices, words, initial; the rest never changes."""
        copied = _alike(self)
        copied.widget = _alike(self.widget)
        copied.widget.attrs = self.widget.attrs.copy()
        return copied

    def with_words(self, *, why: Text = "", example: Text = "", unit: Text = "", shown_if: str = "") -> Self:
        self.why, self.example, self.unit, self.shown_if = why, example, unit, shown_if
        return self

    def said(self) -> Said:
        """Its words in the active language; looked up once for each language, and again where a page changed them."""
        words = (self.label, self.hint, self.why, self.example, self.unit)
        language = get_language()
        known = self._said.get(language)
        if known is None or any(one is not other for one, other in zip(known[0], words, strict=True)):
            known = self._said[language] = (words, Said(*map(str, words)))
        return known[1]

    def stored(self, cleaned: Any) -> Any:
        """The JSON value kept for a cleaned value."""
        return cleaned

    def typed(self, stored: Any) -> Any:
        """A stored value as the visitor would type or choose it."""
        return stored

    def words(self, stored: Any) -> Text:
        """A stored value as a visitor reads it on the summary."""
        return str(stored) if stored not in (None, "") else _("Not known yet")


class ChoiceField(Explained, forms.ChoiceField):
    """One of several; the choice `unknown` is stored as null."""

    widget: type[forms.Widget] = forms.RadioSelect

    def __init__(self, *, choices: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(choices=Offered(choices), **kwargs)

    def valid_value(self, value: Any) -> bool:
        choices = self.choices
        return choices.offers(str(value)) if isinstance(choices, Offered) else super().valid_value(value)

    def stored(self, cleaned: Any) -> Any:
        return None if cleaned in ("", UNKNOWN) else cleaned

    def typed(self, stored: Any) -> Any:
        return UNKNOWN if stored is None else stored

    def words(self, stored: Any) -> Text:
        return label_of(self.choices, self.typed(stored))


class SelectField(ChoiceField):
    """One of many, in a list that opens; nothing chosen is stored as null."""

    widget = QuickSelect

    def typed(self, stored: Any) -> Any:
        chosen = super().typed(stored)
        return chosen if self.valid_value(chosen) else ""


class YesNoField(ChoiceField):
    """Yes, no, or not known yet, stored as true, false or null. A plain client may also send yes/no."""

    ALIASES = {"yes": "true", "no": "false", "1": "true", "0": "false"}

    def __init__(
        self,
        *,
        yes: Text = YES,
        no: Text = NO,
        unknown: Text = DO_NOT_KNOW,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=[("true", yes), ("false", no), (UNKNOWN, unknown)], **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        return self.ALIASES.get(text.lower(), text.lower())

    def stored(self, cleaned: Any) -> Any:
        return {"true": True, "false": False}.get(cleaned)

    def typed(self, stored: Any) -> Any:
        return {True: "true", False: "false"}.get(stored, UNKNOWN)

    def words(self, stored: Any) -> Text:
        return label_of(self.choices, self.typed(stored))


class ManyField(Explained, forms.MultipleChoiceField):
    """Any number of choices, stored as a list; none chosen is an empty list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(choices=Offered(choices), **kwargs)

    def stored(self, cleaned: Any) -> Any:
        return list(cleaned)

    def words(self, stored: Any) -> Text:
        if not stored:
            return _("None yet")
        return formatting.listed((str(label_of(self.choices, one)) for one in stored), _language(), "; ")


class DecimalField(Explained, forms.CharField):
    """An exact decimal of at least zero, typed as people type numbers; never a float (C-1).

    Accepts a decimal comma, spaces, commas or points between thousands, a dollar sign and full-width digits.
    Empty is stored as null.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, largest: int, too_large: Text, not_a_number: Text, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_length=40, **kwargs)
        self.largest = Decimal(largest)
        self.error_messages |= {
            "too_large": too_large,
            "not_a_number": not_a_number,
            "max_length": not_a_number,
        }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        number = plain_decimal(text)
        if number is None:
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number")
        if number > self.largest:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return number

    def run_validators(self, value: Any) -> None:
        """`to_python` has already checked the number; CharField's validators are for text."""

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def stored(self, cleaned: Any) -> Any:
        return None if cleaned is None else format(cleaned, "f")

    def typed(self, stored: Any) -> Any:
        return "" if stored is None else as_typed(str(stored))

    def words(self, stored: Any) -> Text:
        if stored is None:
            return _("Not given")
        return formatting.number(Decimal(stored), _language())


class MoneyField(DecimalField):
    """An amount in Canadian dollars."""

    def words(self, stored: Any) -> Text:
        if stored is None:
            return _("Not given")
        return formatting.money(Decimal(stored), _language())


class HoursField(DecimalField):
    """Hours of work in a week."""

    def words(self, stored: Any) -> Text:
        if stored is None:
            return _("Not given")
        hours = Decimal(stored)
        return ngettext("%(hours)s hour a week", "%(hours)s hours a week", 1 if hours == 1 else 2) % {
            "hours": formatting.number(hours, _language())
        }


class YearsField(DecimalField):
    """A length of time in years."""

    def words(self, stored: Any) -> Text:
        return _("Not given") if stored is None else formatting.years(Decimal(stored), _language())


class DayField(Explained, forms.DateField):
    """A calendar day, stored in ISO form."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d"], localize=False, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and _ISO_DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass  # No such day; Django says so.
        return super().to_python(value)

    def stored(self, cleaned: Any) -> Any:
        return cleaned.isoformat() if cleaned else None

    def words(self, stored: Any) -> Text:
        return formatting.day(date.fromisoformat(stored), _language()) if stored else _("Not given")


class WholeNumberField(DecimalField):
    """A whole number of at least zero, stored as a number."""

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        if number is not None and number != number.to_integral_value():
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number")
        return number

    def stored(self, cleaned: Any) -> Any:
        return None if cleaned is None else int(cleaned)


class MonthsField(WholeNumberField):
    """A length of time in whole months."""

    def words(self, stored: Any) -> Text:
        return _("Not given") if stored is None else formatting.months(int(stored), _language())


def _alike(one: Same) -> Same:
    """Another object with the same attributes; copy.copy would take the way of pickling, ten times as long."""
    other = object.__new__(type(one))
    other.__dict__.update(one.__dict__)
    return other


def _language() -> str:
    return get_language() or "en"


def plain_decimal(text: str) -> Decimal | None:
    """The exact number that a person typed, or None when it is not one.

    Where both a comma and a point stand, the last is the decimal sign. A lone comma is one ("52,50") unless it
    stands between thousands in a language that writes them so ("1,845"). A point before three digits stands
    between thousands only in Spanish: "85.000" in Chile and Peru.
    """
    bare = _DECORATION.sub("", unicodedata.normalize("NFKC", text))
    language = _language()
    if mixed := _MIXED.fullmatch(bare):
        bare = bare.replace(mixed["thousands"], "").replace(",", ".")
    elif "." not in bare and language != "fr" and _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif "," not in bare and language == "es" and _THOUSANDS.fullmatch(bare.replace(".", ",")):
        bare = bare.replace(".", "")
    elif bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    return Decimal(bare) if _PLAIN_DECIMAL.fullmatch(bare) else None


def as_typed(plain: str) -> str:
    """A plain decimal as somebody types it in the active language; `plain_decimal` reads it as the same number."""
    whole, _point, rest = plain.partition(".")
    if _language() == "es" and len(rest) == 3:
        return f"{plain}0"  # Three digits after a point would be thousands.
    return f"{whole},{rest}" if rest and _language() == "fr" else plain


def label_of(choices: Any, value: Any) -> str:
    """The label of a choice, also inside groups; the bare value when the choice is gone."""
    for key, label in choices:
        inner = label if isinstance(label, (list, tuple)) else [(key, label)]
        for inner_key, inner_label in inner:
            if inner_key == value:
                return str(inner_label)
    return str(value)
