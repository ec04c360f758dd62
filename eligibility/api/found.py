"""The JSON of reads: occupations, lists, wages, editions. Amounts are decimal strings in Canadian dollars."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN
from typing import Any

from eligibility import formatting
from eligibility.api.problems import Refused
from eligibility.list_pages.shared import country_name
from eligibility.listing import words
from eligibility.listing.places import regulated
from eligibility.listing.positions import Position, category_of, position, positions
from eligibility.listing.rows import CategoryList, Row, category_list, part_of
from eligibility.rules.wage import find_prevailing_wage
from occupations import search
from occupations.rulebook import (
    Category,
    OccupationRule,
    Region,
    Rulebook,
    Snapshot,
    Source,
    UnitGroup,
    Wage,
    text_in,
)

Json = dict[str, Any]
OFFICIAL_LANGUAGES = ("en", "fr")


def stamp(rulebook: Rulebook) -> Json:
    """Under which rules and data an answer was made."""
    return {
        "edition": rulebook.edition.slug,
        "revision": rulebook.revision,
        "on": rulebook.on.isoformat(),
    }


# --- Occupations ------------------------------------------------------------------------------------------


def occupations(
    query: str, country: str | None, limit: int, snapshot: Snapshot, rulebook: Rulebook, language: str
) -> Json:
    """Unit groups whose titles answer the query, best first. Raises Refused (422) for an unknown country."""
    if country is not None and country not in rulebook.edition.countries:
        raise Refused(422, "The country is not one of the edition.", [("country", "See /api/v1/editions.")])
    groups = rulebook.reference.unit_groups
    matches = search.index_for(snapshot).search(query, limit=limit)
    found = [
        {
            **_group(groups[match.noc], rulebook, language),
            "matched_title": match.matched_title,
            "position": _position(position(country, match.noc, rulebook), rulebook, language)
            if country
            else None,
        }
        for match in matches
        if match.noc in groups
    ]
    return {**stamp(rulebook), "query": query, "country": country, "occupations": found}


def occupation(code: str, rulebook: Rulebook, language: str) -> Json:
    """One unit group: titles, positions, regulators. Raises Refused (404)."""
    group = rulebook.reference.unit_groups.get(code)
    if group is None:
        successors = list(rulebook.reference.concordance.get(code, ()))
        raise Refused(
            404, f"{rulebook.reference.classification} has no unit group of this code.", successors=successors
        )
    return {
        **stamp(rulebook),
        **_group(group, rulebook, language),
        "titles": {each: group.title[each] for each in OFFICIAL_LANGUAGES if each in group.title},
        "job_titles": {each: list(group.job_titles.get(each, ())) for each in OFFICIAL_LANGUAGES},
        "positions": [_position(each, rulebook, language) for each in positions(code, rulebook)],
        "regulated": [
            {
                "province": None if place.region is None else place.region.province,
                "kind": row.kind.value,
                "kind_text": str(words.REGULATIONS[row.kind]),
                "regulator": row.regulator or None,
                "note": text_in(row.note, language) if row.note else None,
                "as_of": row.as_of or None,
                "source": _source(row.source),
            }
            for place in regulated(code, rulebook)
            for row in place.rows
        ],
    }


def _group(group: UnitGroup, rulebook: Rulebook, language: str) -> Json:
    category = category_of(group.teer, rulebook)
    return {
        "code": group.code,
        "title": text_in(group.title, language),
        "teer": group.teer,
        "category": None if category is None else category.value,
    }


def _position(found: Position, rulebook: Rulebook, language: str) -> Json:
    return {
        "country": found.country,
        "country_name": country_name(found.country, rulebook, language),
        "category": None if found.category is None else found.category.value,
        "standing": found.standing.value,
        "standing_text": str(words.STANDINGS[found.standing]),
        "lines": [_rule(rule, rulebook, language) for rule in found.rules],
    }


def _rule(rule: OccupationRule, rulebook: Rulebook, language: str) -> Json:
    """One line of an edition, in its own terms and in words."""
    return {
        "effect": rule.effect.value,
        "certain": rule.certain,
        "noc": rule.noc,
        "teers": sorted(rule.teers),
        "when": rule.when,
        "unless": rule.unless,
        "entry": text_in(rule.list_entry, language),
        "condition": words.condition_sentence(rule, rulebook.edition, language) or None,
        "note": words.notes(rule, language) or None,
        "facts": list(rule.fact_ids),
    }


# --- Lists ------------------------------------------------------------------------------------------------


def country_lists(code: str, rulebook: Rulebook, language: str) -> Json:
    """The whole list of a country, every line of the edition. Raises Refused (404)."""
    rule = rulebook.edition.countries.get(code)
    if rule is None:
        known = sorted(rulebook.edition.countries)
        raise Refused(404, "The edition does not name this country.", countries=known)
    return {
        **stamp(rulebook),
        "country": code,
        "name": country_name(code, rulebook, language),
        "covered": rule.covered,
        "note": words.without_ids(rule.note, language) or None,
        "categories": [_category(code, category, rulebook, language) for category in Category],
    }


def _category(code: str, category: Category, rulebook: Rulebook, language: str) -> Json:
    listed = category_list(code, category, rulebook, language)
    requirement = rulebook.edition.requirement(code, category)
    rules = [
        rule
        for rule in rulebook.edition.occupation_rules
        if (rule.country, rule.category) == (code, category)
    ]
    return {
        "category": category.value,
        "name": str(words.CATEGORIES[category]),
        "teers": sorted(requirement.teers) if requirement else [],
        "is_open": listed.is_open,
        "lines": [{"part": part_of(rule), **_rule(rule, rulebook, language)} for rule in rules],
        "uncoded": [_uncoded(row) for row in listed.uncoded],
        "following": _following(listed),
        "sources": [_source(each) for each in listed.sources],
    }


def _uncoded(row: Row) -> Json:
    """An entry that no code fits for certain; it decides nothing."""
    return {"effect": row.effect, "entry": row.entry, "note": row.note or None}


def _following(listed: CategoryList) -> list[Json]:
    """Unit groups that no line names and a line for their TEER includes."""
    return [
        {"code": row.code, "title": row.title, "standing": row.standing.value}
        for row in listed.following
        if row.standing is not None
    ]


# --- Wages and editions -----------------------------------------------------------------------------------


def wage(noc: str, region: str, rulebook: Rulebook, language: str) -> Json:
    """The median to compare an offer with (C-20). Raises Refused (422) for an unknown code or region."""
    reference = rulebook.reference
    errors = []
    if noc not in reference.unit_groups:
        errors.append(("noc", f"This is not a code of {reference.classification}."))
    if region not in reference.regions:
        errors.append(("region", "This is not the code of a region, a province, a territory or Canada."))
    if errors:
        raise Refused(422, "Some parameters are not known; see the errors.", errors)
    found = find_prevailing_wage(noc, region, rulebook)
    hourly = None
    if found.rate is not None:
        hourly = format(
            formatting.rounded(found.rate.as_fraction(), formatting.FINER_THAN_A_CENT, ROUND_HALF_EVEN), "f"
        )
    row = None if found.row is None else _wage_row(found.row, rulebook, language)
    return {**stamp(rulebook), "noc": noc, "region": region, "median_hourly": hourly, "row": row}


def _wage_row(row: Wage, rulebook: Rulebook, language: str) -> Json:
    """The table row behind a median: the region's own, or that of its province, or of Canada."""
    return {
        "region": row.region,
        "region_name": text_in(rulebook.reference.regions[row.region].name, language),
        "per": "year" if row.annual else "hour",
        "low": None if row.low is None else format(row.low, "f"),
        "median": None if row.median is None else format(row.median, "f"),
        "high": None if row.high is None else format(row.high, "f"),
        "vintage": row.vintage.edition,
        "reference_period": row.reference_period or None,
        "source": _source(row.vintage.source),
    }


def regions(rulebook: Rulebook, language: str) -> list[Json]:
    return [_region(each, language) for each in rulebook.reference.regions.values()]


def _region(region: Region, language: str) -> Json:
    return {
        "code": region.code,
        "level": region.level.value,
        "province": region.province,
        "name": text_in(region.name, language),
    }


def editions(snapshot: Snapshot, rulebook: Rulebook, language: str) -> Json:
    """Every published edition, when each decides, and the words that answers may use."""
    return {
        "revision": snapshot.revision,
        "on": rulebook.on.isoformat(),
        "in_force": rulebook.edition.slug,
        "editions": [_edition(slug, snapshot, language) for slug in snapshot.editions],
        "regions": regions(rulebook, language),
    }


def _edition(slug: str, snapshot: Snapshot, language: str) -> Json:
    edition = snapshot.editions[slug]
    modified = edition.source_modified
    return {
        "slug": slug,
        "title": text_in(edition.title, language),
        "summary": text_in(edition.summary, language),
        "publisher": edition.publisher,
        "url": edition.url,
        "source_modified": None if modified is None else modified.isoformat(),
        "read_on": edition.read_on.isoformat(),
        "is_comparison": edition.is_comparison,
        "periods_in_force": [
            {
                "first_day": period.first_day.isoformat(),
                "last_day": None if period.last_day is None else period.last_day.isoformat(),
            }
            for period in snapshot.periods
            if period.edition == slug
        ],
        "countries": [
            {"code": code, "covered": rule.covered, "statuses": sorted(rule.statuses)}
            for code, rule in edition.countries.items()
        ],
        "conditions": [
            {"slug": each.slug, "question": text_in(each.question, language)}
            for each in edition.conditions.values()
        ],
    }


def _source(source: Source) -> Json:
    """A document; `date` is that of its last change, or the day it was read where it carries none."""
    dated = source.dated or source.read_on
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "date": None if dated is None else dated.isoformat(),
    }
