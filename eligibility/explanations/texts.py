"""Texts by key, in the active language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

Key = TypeVar("Key")


class Texts(Mapping[Key, str]):
    """Texts in the active language; all of them are looked up once for a language."""

    def __init__(self, texts: Mapping[Key, Promise]) -> None:
        self._texts = texts
        self._told: dict[str, Mapping[Key, str]] = {}

    def told(self, language: str) -> Mapping[Key, str]:
        """All of them in this language."""
        told = self._told.get(language)
        if told is None:
            with translation.override(language):
                told = self._told[language] = {key: str(text) for key, text in self._texts.items()}
        return told

    def __getitem__(self, key: Key) -> str:
        return self.told(translation.get_language() or settings.LANGUAGE_CODE)[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
