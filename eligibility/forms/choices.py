"""What a field offers to choose from, made once and shared: a list of countries has some 250 options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self, TypeAlias

from django import forms
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Told: TypeAlias = "tuple[tuple[str, str | Told], ...]"
"""Values with their labels in one language; a group has options in place of a label."""


class Offered(BaseChoiceIterator):
    """Choices that are pairs already and never change: fields share them, where Django would copy each one.

    `then` holds choices that follow these, so that a long list can be shared by those who begin it otherwise.
    """

    def __init__(self, choices: Iterable[Any], then: Offered | None = None) -> None:
        self._own = tuple(choices)
        self._then = then
        self._told: dict[str | None, Told] = {}
        self._options: dict[str | None, str] = {}
        self._values = frozenset(_values(self._own))

    def __iter__(self) -> Iterator[Any]:
        yield from self._own
        if self._then is not None:
            yield from self._then

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def offers(self, value: str) -> bool:
        """Whether one of the choices has this value."""
        return value in self._values or (self._then is not None and self._then.offers(value))

    def told(self) -> Told:
        """The choices in the active language."""
        language = get_language()
        own = self._told.get(language)
        if own is None:
            own = self._told[language] = _told(self._own)
        return own if self._then is None else own + self._then.told()

    def options(self) -> str:
        """The choices in the active language as HTML, with none selected."""
        language = get_language()
        own = self._options.get(language)
        if own is None:
            own = self._options[language] = _options(_told(self._own))
        return own if self._then is None else own + self._then.options()


class QuickSelect(forms.Select):
    """Django's select, written without a template."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        choices = self.choices if isinstance(self.choices, Offered) else Offered(self.choices)
        inner = choices.options()
        for one in self.format_value(value):
            option = format_html('<option value="{}"', one)
            inner = inner.replace(f"{option}>", f"{option} selected>", 1)
        return format_html("<select{}>{}</select>", own, SafeString(inner))


def _values(choices: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _values(label)
        else:
            yield str(key)


def _told(choices: Iterable[tuple[Any, Any]]) -> Told:
    return tuple(
        (str(key), _told(label) if isinstance(label, (list, tuple)) else str(label)) for key, label in choices
    )


def _options(choices: Told) -> str:
    return "".join(
        format_html('<option value="{}">{}</option>\n', key, label)
        if isinstance(label, str)
        else format_html('<optgroup label="{}">{}</optgroup>', key, SafeString(_options(label)))
        for key, label in choices
    )
