"""The overview of countries and categories, and the countries side by side."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility import formatting
from eligibility.list_pages.shared import (
    Context,
    countries_of,
    country_name,
    edition_stamp,
    group_words,
    standing_words,
)
from eligibility.listing import words
from eligibility.listing.positions import OPEN, Standing, category_of, position, positions
from eligibility.listing.rows import category_list
from occupations.rulebook import Category, Rulebook, text_in
from occupations.search.text import fold


def overview(query: str, codes: Iterable[str], rulebook: Rulebook, language: str) -> Context:
    """Countries by category, and the unit groups found."""
    countries = countries_of(rulebook, language)
    return {
        **edition_stamp(rulebook, language),
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
    return {**group_words(group, rulebook, language), "standings": _by_standing(code, rulebook, language)}


def _by_standing(code: str, rulebook: Rulebook, language: str) -> list[Context]:
    """The standings that occur, each with the countries it holds for; a TEER of neither category is outside for all."""
    held: dict[Standing, list[str]] = {}
    for each in positions(code, rulebook):
        held.setdefault(each.standing, []).append(country_name(each.country, rulebook, language))
    return [
        {
            **standing_words(standing),
            "countries": ""
            if standing is Standing.OUTSIDE
            else formatting.all_of(sorted(held[standing]), language),
        }
        for standing in Standing
        if standing in held
    ]


def compare(query: str, codes: frozenset[str], rulebook: Rulebook, language: str) -> Context:
    """For each category a table: unit groups that any country's list may include, countries side by side."""
    tables = [_comparison(category, query, codes, rulebook, language) for category in Category]
    return {
        **edition_stamp(rulebook, language),
        "tables": tables,
        "query": query,
        "total": sum(len(table["rows"]) for table in tables),
    }


def _comparison(
    category: Category, query: str, codes: frozenset[str], rulebook: Rulebook, language: str
) -> Context:
    edition = rulebook.edition
    covered = [each for each in countries_of(rulebook, language) if each["covered"]]
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
            cells = [
                {"country": each["name"], **standing_words(standing)}
                for each, standing in zip(shown, standings, strict=True)
            ]
            rows.append({"code": group.code, "title": text_in(group.title, language), "cells": cells})
    return {
        "category": category.value,
        "name": words.CATEGORIES[category],
        "countries": shown,
        "without": formatting.all_of((each["name"] for each in covered if each not in shown), language),
        "rows": rows,
    }
