"""One unit group: titles, positions, wages, regulators."""

from __future__ import annotations

from django.utils.translation import gettext as _

from eligibility import formatting
from eligibility.explanations.job import CATEGORY_NOT_OPEN
from eligibility.list_pages.shared import (
    Context,
    countries_of,
    country_name,
    edition_stamp,
    group_words,
    standing_words,
)
from eligibility.listing import words
from eligibility.listing.places import PlaceWage, Regulated, WageTable, regulated, wage_table
from eligibility.listing.positions import Position, Standing, positions
from occupations.rulebook import Effect, OccupationRule, Rulebook, UnitGroup, text_in


def unit_group(code: str, rulebook: Rulebook, language: str) -> Context:
    """Titles, every country's position, wages and regulators of one unit group."""
    group = rulebook.reference.unit_groups[code]
    found = sorted(positions(code, rulebook), key=lambda each: country_name(each.country, rulebook, language))
    others = [each["name"] for each in countries_of(rulebook, language) if not each["covered"]]
    return {
        **edition_stamp(rulebook, language),
        **group_words(group, rulebook, language),
        "titles": _titles(group, language),
        "job_titles": [(each, group.job_titles.get(each, ())) for each in ("en", "fr")],
        "classification": rulebook.reference.classification,
        "positions": [_position(each, rulebook, language) for each in found],
        "others": formatting.all_of(others, language),
        "wages": _wages(wage_table(code, rulebook), language),
        "regulated": [_regulated(each, language) for each in regulated(code, rulebook)],
        "regulated_sources": _regulated_sources(code, rulebook, language),
    }


def _titles(group: UnitGroup, language: str) -> list[tuple[str, str]]:
    """The official titles beside the one that heads the page."""
    shown = text_in(group.title, language)
    titles = ((each, group.title.get(each, "")) for each in ("en", "fr"))
    return [(each, text) for each, text in titles if text and text != shown]


def _deciding(found: Position) -> list[OccupationRule]:
    """The lines to show, including ones first; of an excluded occupation only those that exclude it anyway."""
    if found.standing is Standing.EXCLUDED:
        firm = [
            rule
            for rule in found.rules
            if rule.effect is Effect.EXCLUDE and rule.certain and not (rule.when or rule.unless)
        ]
        if firm:
            return firm
    return sorted(found.rules, key=lambda rule: rule.effect is Effect.EXCLUDE)


def _position(found: Position, rulebook: Rulebook, language: str) -> Context:
    name = country_name(found.country, rulebook, language)
    sentence = ""
    if found.standing is Standing.NO_LIST and found.category is not None:
        sentence = str(CATEGORY_NOT_OPEN[found.category]) % {"country": name}
    elif found.standing is Standing.OUTSIDE:
        sentence = _(
            "The TEER of this occupation is neither professional nor technician work for this permit."
        )
    elif not found.rules:
        sentence = _("The list does not name this occupation.")
    return {
        "id": found.country.lower(),
        "name": name,
        "category": found.category.value if found.category else "",
        **standing_words(found.standing),
        "sentence": sentence,
        "lines": [
            {
                "includes": rule.effect is Effect.INCLUDE,
                "entry": text_in(rule.list_entry, language),
                "condition": words.condition_sentence(rule, rulebook.edition, language),
                "doubt": words.doubt_sentence(rule),
                "note": words.notes(rule, language),
            }
            for rule in _deciding(found)
        ],
    }


def _wages(table: WageTable, language: str) -> Context:
    return {
        "provinces": [_wage(place, language) for place in table.provinces],
        "regions": [
            (text_in(province.name, language), [_wage(place, language) for place in inside])
            for province, inside in table.regions
        ],
        "sources": [words.source_line(each, language) for each in table.sources],
        "has_yearly": table.has_yearly,
        "has_any": any(place.hourly is not None for place in table.provinces),
    }


def _wage(place: PlaceWage, language: str) -> Context:
    row = place.row
    return {
        "place": text_in(place.region.name, language),
        "amount": "" if place.hourly is None else formatting.money(place.hourly, language),
        "bar": place.bar,
        "is_own": place.is_own,
        "edition": row.vintage.edition if row else "",
        "period": row.reference_period if row else "",
    }


def _regulated(found: Regulated, language: str) -> Context:
    place = text_in(found.region.name, language) if found.region else _("All ten provinces")
    return {
        "place": place,
        "rows": [
            {
                "kind": words.REGULATIONS[row.kind],
                "regulator": row.regulator,
                "note": words.capital(text_in(row.note, language)) if row.note else "",
                "as_of": words.as_of(row.as_of, language),
            }
            for row in found.rows
        ],
    }


def _regulated_sources(code: str, rulebook: Rulebook, language: str) -> list[dict[str, str]]:
    rows = rulebook.reference.regulations.get(code, ())
    return [words.source_line(each, language) for each in dict.fromkeys(row.source for row in rows)]
