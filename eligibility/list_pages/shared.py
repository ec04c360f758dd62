"""What several pages of the lists show: the edition, countries by name, a standing and a unit group in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from eligibility import formatting
from eligibility.listing import words
from eligibility.listing.positions import Standing, category_of
from occupations.rulebook import Rulebook, UnitGroup, text_in
from occupations.search.text import fold

Context = dict[str, Any]


def edition_stamp(rulebook: Rulebook, language: str) -> Context:
    edition = rulebook.edition
    dated = edition.source_modified or edition.read_on
    return {
        "edition": {
            "slug": edition.slug,
            "title": text_in(edition.title, language),
            "publisher": edition.publisher,
            "url": edition.url,
            "date": formatting.day(dated, language),
        }
    }


def countries_of(rulebook: Rulebook, language: str) -> list[Context]:
    """Every country that the edition names, by name."""
    found = [
        {
            "id": code,
            "slug": code.lower(),
            "name": country_name(code, rulebook, language),
            "covered": rule.covered,
            "note": words.without_ids(rule.note, language),
        }
        for code, rule in rulebook.edition.countries.items()
    ]
    return sorted(found, key=lambda each: fold(str(each["name"])))


def country_name(code: str, rulebook: Rulebook, language: str) -> str:
    names = rulebook.reference.country_names
    return text_in(names[code], language) if code in names else code


def standing_words(standing: Standing) -> Context:
    return {
        "standing": standing.value,
        "words": words.STANDINGS[standing],
        "mark": words.MARKS[standing],
    }


def group_words(group: UnitGroup, rulebook: Rulebook, language: str) -> Context:
    category = category_of(group.teer, rulebook)
    return {
        "code": group.code,
        "title": text_in(group.title, language),
        "teer": group.teer,
        "teers": words.teers(frozenset({group.teer}), language),
        "category": words.CATEGORIES[category] if category else _("In neither category"),
    }
