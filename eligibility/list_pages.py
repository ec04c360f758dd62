"""What the public lists show: contexts of the templates in `templates/lists/`, from a Rulebook and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility import formatting
from eligibility.explanations.job import CATEGORY_NOT_OPEN
from eligibility.listing import words
from eligibility.listing.places import PlaceWage, Regulated, WageTable, regulated, wage_table
from eligibility.listing.positions import OPEN, Position, Standing, category_of, position, positions
from eligibility.listing.rows import CategoryList, category_list, filtered
from occupations.rulebook import Category, Rulebook, Source, UnitGroup, text_in
from occupations.search.text import fold

Context = dict[str, Any]


class NotListed(LookupError):
    """A country, category or unit group that the tables do not know."""

    def __init__(self, country: str = "", category: str = "", code: str = "") -> None:
        super().__init__(f"The lists have no {country or code} {category}".strip())
        self.country, self.category, self.code = country, category, code


def known_country(slug: str, rulebook: Rulebook) -> str:
    """The country's code as the tables write it. Raises NotListed for one that the edition does not name."""
    code = slug.upper()
    if code not in rulebook.edition.countries:
        raise NotListed(country=slug)
    return code


# --- Overview and comparison ------------------------------------------------------------------------------


def overview(query: str, codes: Iterable[str], rulebook: Rulebook, language: str) -> Context:
    """Countries by category, and the unit groups found."""
    countries = _countries(rulebook, language)
    return {
        **_edition(rulebook, language),
        "categories": [words.CATEGORIES[category] for category in Category],
        "countries": [
            {
                **each,
                "lists": [_in_short(each["id"], category, rulebook, language) for category in Category],
            }
            for each in countries
            if each["covered"]
        ],
        "others": [each for each in countries if not each["covered"]],
        "query": query,
        "found": [_found(code, rulebook, language) for code in codes],
    }


def _in_short(country: str, category: Category, rulebook: Rulebook, language: str) -> Context:
    listed = category_list(country, category, rulebook, language)
    codes = {row.code for row in (*listed.included, *listed.unclear)}
    if listed.general:
        text = (
            _("All work of %(teers)s, with exceptions") if listed.exceptions else _("All work of %(teers)s")
        )
        text %= {"teers": listed.teers}
    else:
        text = ngettext("%(count)s occupation", "%(count)s occupations", len(codes)) % {"count": len(codes)}
    return {"category": category.value, "is_open": listed.is_open, "words": text}


def _found(code: str, rulebook: Rulebook, language: str) -> Context:
    """A unit group in a list of results: which countries stand how, in words."""
    group = rulebook.reference.unit_groups[code]
    return {**_group(group, rulebook, language), "standings": _by_standing(code, rulebook, language)}


def _by_standing(code: str, rulebook: Rulebook, language: str) -> list[Context]:
    """The standings that occur, each with the countries it holds for."""
    held: dict[Standing, list[str]] = {}
    for each in positions(code, rulebook):
        held.setdefault(each.standing, []).append(_name(each.country, rulebook, language))
    return [
        {**_standing(standing), "countries": formatting.all_of(sorted(held[standing]), language)}
        for standing in Standing
        if standing in held
    ]


def compare(query: str, codes: frozenset[str], rulebook: Rulebook, language: str) -> Context:
    """For each category a table: unit groups that any country's list may include, countries side by side."""
    tables = [_comparison(category, query, codes, rulebook, language) for category in Category]
    return {
        **_edition(rulebook, language),
        "tables": tables,
        "query": query,
        "total": sum(len(table["rows"]) for table in tables),
    }


def _comparison(
    category: Category, query: str, codes: frozenset[str], rulebook: Rulebook, language: str
) -> Context:
    edition = rulebook.edition
    covered = [each for each in _countries(rulebook, language) if each["covered"]]
    shown = [each for each in covered if edition.has_include_rule(each["id"], category)]
    wanted = fold(query).split()
    rows = []
    for group in rulebook.reference.unit_groups.values():
        if category_of(group.teer, rulebook) is not category:
            continue
        text = fold(" ".join((group.code, *group.title.values())))
        if wanted and group.code not in codes and not all(word in text for word in wanted):
            continue
        standings = [position(each["id"], group.code, rulebook).standing for each in shown]
        if OPEN.intersection(standings):
            title = text_in(group.title, language)
            rows.append(
                {"code": group.code, "title": title, "cells": [_standing(each) for each in standings]}
            )
    return {
        "category": category.value,
        "name": words.CATEGORIES[category],
        "countries": shown,
        "without": formatting.all_of((each["name"] for each in covered if each not in shown), language),
        "rows": rows,
    }


# --- One country ------------------------------------------------------------------------------------------


def country(
    code: str,
    categories: Iterable[Category],
    query: str,
    codes: frozenset[str],
    rulebook: Rulebook,
    language: str,
) -> Context:
    """The lists of a country, row for row as the tables have them."""
    rule = rulebook.edition.countries[code]
    lists = [filtered(category_list(code, each, rulebook, language), query, codes) for each in categories]
    name = _name(code, rulebook, language)
    return {
        **_edition(rulebook, language),
        "id": code.lower(),
        "name": name,
        "covered": rule.covered,
        "note": words.without_ids(rule.note, language),
        "lists": [_category(each, name, language) for each in lists],
        "sources": [words.source_line(each, language) for each in _of_country(code, rulebook)],
        "query": query,
        "total": sum(each.number_of_rows for each in lists),
    }


def _category(listed: CategoryList, name: str, language: str) -> Context:
    return {
        "category": listed.category.value,
        "name": words.CATEGORIES[listed.category],
        "listed": listed,
        "closed": str(CATEGORY_NOT_OPEN[listed.category]) % {"country": name},
        "general": _general_sentence(listed),
        "exceptions": [
            ngettext("%(entry)s (%(count)s occupation)", "%(entry)s (%(count)s occupations)", count)
            % {"entry": words.capital(entry), "count": count}
            if count > 1
            else words.capital(entry)
            for entry, count in listed.exceptions
        ],
        "parts": _parts(listed),
        "sources": [words.source_line(each, language) for each in listed.sources],
    }


def _general_sentence(listed: CategoryList) -> str:
    if not listed.general:
        return ""
    if listed.exceptions:
        return _("All work of %(teers)s is included, except:") % {"teers": listed.teers}
    return _("All work of %(teers)s is included.") % {"teers": listed.teers}


def _parts(listed: CategoryList) -> list[Context]:
    """The tables of a category in the order they are read; `marks` for rows of the tables themselves."""
    parts = (
        ("included", _("Included"), "", listed.included),
        ("excluded", _("Excluded"), "", listed.excluded),
        (
            "unclear",
            _("Unclear"),
            _("The sources leave these open. An officer decides."),
            listed.unclear,
        ),
        (
            "uncoded",
            _("Entries without a code"),
            _(
                "The list names these, but no occupation code fits them for certain. They decide nothing here."
            ),
            listed.uncoded,
        ),
        (
            "following",
            _("Occupations that this leaves"),
            _("No line names these. They follow from the rule for all work of %(teers)s.")
            % {"teers": listed.teers},
            listed.following,
        ),
    )
    return [
        {
            "part": part,
            "title": title,
            "hint": hint,
            "rows": [{"row": row, **(_standing(row.standing) if row.standing else {})} for row in rows],
        }
        for part, title, hint, rows in parts
        if rows
    ]


def _of_country(code: str, rulebook: Rulebook) -> tuple[Source, ...]:
    """Documents behind what the edition says of the country itself."""
    citations = rulebook.edition.citations
    facts = rulebook.edition.countries[code].fact_ids
    return tuple(dict.fromkeys(source for each in facts for source in citations.get(each, ())[:1]))


# --- One unit group ---------------------------------------------------------------------------------------


def unit_group(code: str, rulebook: Rulebook, language: str) -> Context:
    """Titles, every country's position, wages and regulators of one unit group."""
    group = rulebook.reference.unit_groups[code]
    found = sorted(positions(code, rulebook), key=lambda each: _name(each.country, rulebook, language))
    others = [each["name"] for each in _countries(rulebook, language) if not each["covered"]]
    return {
        **_edition(rulebook, language),
        **_group(group, rulebook, language),
        "titles": [(each, group.title[each]) for each in ("en", "fr") if group.title.get(each)],
        "job_titles": [(each, group.job_titles.get(each, ())) for each in ("en", "fr")],
        "classification": rulebook.reference.classification,
        "positions": [_position(each, rulebook, language) for each in found],
        "others": formatting.all_of(others, language),
        "wages": _wages(wage_table(code, rulebook), language),
        "regulated": [_regulated(each, language) for each in regulated(code, rulebook)],
        "regulated_sources": _regulated_sources(code, rulebook, language),
    }


def _position(found: Position, rulebook: Rulebook, language: str) -> Context:
    name = _name(found.country, rulebook, language)
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
        **_standing(found.standing),
        "sentence": sentence,
        "lines": [
            {
                "includes": rule.effect.value == "include",
                "entry": text_in(rule.list_entry, language),
                "condition": words.condition_sentence(rule, rulebook.edition, language),
                "doubt": words.doubt_sentence(rule),
                "note": words.notes(rule, language),
            }
            for rule in found.rules
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
                "regulator": row.regulator or _("The regulator is not named in our source."),
                "note": words.capital(row.note),
                "as_of": words.as_of(row.as_of, language),
            }
            for row in found.rows
        ],
    }


def _regulated_sources(code: str, rulebook: Rulebook, language: str) -> list[dict[str, str]]:
    rows = rulebook.reference.regulations.get(code, ())
    return [words.source_line(each, language) for each in dict.fromkeys(row.source for row in rows)]


# --- Not found --------------------------------------------------------------------------------------------


def not_found(missing: NotListed, rulebook: Rulebook, language: str) -> Context:
    """Says what is not known, and where it might be."""
    if missing.code:
        codes = rulebook.reference.concordance.get(missing.code, ())
        sentence = _("There is no occupation with the code “%(code)s” in %(classification)s.") % {
            "code": missing.code,
            "classification": rulebook.reference.classification,
        }
        groups = [_group(rulebook.reference.unit_groups[each], rulebook, language) for each in codes]
        return {"sentence": sentence, "groups": groups, "countries": []}
    if missing.category:
        sentence = _("There is no category “%(category)s”. There are two: professionals and technicians.")
        sentence %= {"category": missing.category}
    else:
        sentence = _no_country(missing.country, rulebook, language)
    return {"sentence": sentence, "groups": [], "countries": _meant(missing.country, rulebook, language)}


def _no_country(slug: str, rulebook: Rulebook, language: str) -> str:
    names = rulebook.reference.country_names
    if slug.upper() in names:
        return _("The rules of this permit do not name %(country)s, so there is no list for it.") % {
            "country": text_in(names[slug.upper()], language)
        }
    return _("We know no country by the address “%(slug)s”.") % {"slug": slug}


def _meant(slug: str, rulebook: Rulebook, language: str) -> list[Context]:
    """The country of the edition that the address names by code or by name in any language; else all covered."""
    named = fold(slug.replace("-", " "))
    known = _countries(rulebook, language)
    names = rulebook.reference.country_names
    meant = [
        each
        for each in known
        if named in {fold(each["id"]), *(fold(name) for name in names[each["id"]].values())}
    ]
    return meant or [each for each in known if each["covered"]]


# --- Shared -----------------------------------------------------------------------------------------------


def _edition(rulebook: Rulebook, language: str) -> Context:
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


def _countries(rulebook: Rulebook, language: str) -> list[Context]:
    """Every country that the edition names, by name."""
    found = [
        {
            "id": code,
            "slug": code.lower(),
            "name": _name(code, rulebook, language),
            "covered": rule.covered,
            "note": words.without_ids(rule.note, language),
        }
        for code, rule in rulebook.edition.countries.items()
    ]
    return sorted(found, key=lambda each: fold(str(each["name"])))


def _name(code: str, rulebook: Rulebook, language: str) -> str:
    names = rulebook.reference.country_names
    return text_in(names[code], language) if code in names else code


def _standing(standing: Standing) -> Context:
    return {
        "standing": standing.value,
        "words": words.STANDINGS[standing],
        "mark": words.MARKS[standing],
    }


def _group(group: UnitGroup, rulebook: Rulebook, language: str) -> Context:
    category = category_of(group.teer, rulebook)
    return {
        "code": group.code,
        "title": text_in(group.title, language),
        "teer": group.teer,
        "category": words.CATEGORIES[category] if category else _("In neither category"),
    }
