"""What the guide says: staff's wording of a text where there is one, else the text that comes with the site.

Texts come with the site in English, with translations in its catalogues. A wording replaces its text in one language:
where staff have said something else only in English, other languages keep the catalogue's (docs/decisions/0021).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from occupations.guide_texts import filled, is_sound
from occupations.rulebook import Rulebook, Texts


@dataclass(frozen=True, slots=True)
class Wording:
    """The guide's texts in one language, found by the English that comes with the site."""

    replaced: Mapping[str, Texts]
    language: str

    def instead(self, english: str) -> str | None:
        """What staff say in place of a text; None where they say nothing, or what the page could not fill in."""
        text = self.replaced.get(english, {}).get(self.language)
        return text if text and is_sound(english, text) else None

    def says(self, english: str, **values: str) -> str:
        """The text with its places filled in. The language must be the active one."""
        return filled(self.instead(english) or gettext(english), values)


def wording_of(rulebook: Rulebook, language: str) -> Wording:
    return Wording(rulebook.reference.guide_texts, language)
