"""What the guide's pages show of the rules in force: names, figures and lines of the tables, ready for templates.

Every figure comes from the rulebook, so that it changes with an edition. Rows keep their `source` or `fact_ids` for
`{% cite %}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_noop

from eligibility import formatting
from eligibility.explanations.applying import PAYERS, UNITS
from eligibility.guide_texts import wording_of
from eligibility.list_pages.shared import countries_of, country_name
from eligibility.listing import words
from eligibility.rules.vocabulary import Status
from occupations.rulebook import (
    EVERY_COUNTRY,
    FIRST_PERMIT,
    Category,
    CredentialRule,
    LinePart,
    Payer,
    Requirement,
    Rulebook,
    Situation,
    text_in,
)
from occupations.search.text import fold

Context = dict[str, Any]

ANYBODY: Final = frozenset(
    {Situation.LOCATION_NOT_SAID, Situation.VISA_NOT_KNOWN, Situation.PROFESSIONAL, Situation.TECHNICIAN}
)
"""The words that hold for a reader of whom nothing is known."""

CREDENTIALS: Final[Mapping[CredentialRule, str]] = {
    CredentialRule.DEGREE: gettext_noop("A bachelor’s degree or higher, from studies of at least %(years)s."),
    CredentialRule.DEGREE_OR_TECHNICAL: gettext_noop(
        "A degree or a technical diploma, from studies of at least %(years)s."
    ),
    CredentialRule.ASSOCIATE_OR_HIGHER: gettext_noop(
        "An associate degree, its equal, or higher, from studies of at least %(years)s."
    ),
}

WHEN: Final[Mapping[Situation, str]] = {
    Situation.OCCUPATION_OPEN: gettext_noop("Before you trust that a job is covered"),
    Situation.OCCUPATION_NAMED: gettext_noop("Once you know the job"),
    Situation.ALLOWANCES: gettext_noop("If part of the pay is an allowance"),
    Situation.OFFER_ARRANGED: gettext_noop("When you have an offer"),
    Situation.OFFER_MISSING: gettext_noop("When you have an offer"),
    Situation.LICENCE_OPEN: gettext_noop("If the job may need a licence"),
    Situation.PLACE_OPEN: gettext_noop("If you can choose the place"),
    Situation.STATUS_NOT_ACCEPTED: gettext_noop("If you are a permanent resident, not a citizen"),
    Situation.VISA_REQUIRED: gettext_noop("If your passport needs a visitor visa for Canada"),
    Situation.IN_CANADA_VISITOR: gettext_noop("If you are in Canada as a visitor"),
    Situation.IN_CANADA: gettext_noop("If you are in Canada already"),
    Situation.PASSPORT_LIMITS: gettext_noop("If your passport ends before the permit would"),
    Situation.PASSPORT_EXPIRED: gettext_noop("If your passport ends before the job would start"),
    Situation.CONTROL_OPEN: gettext_noop("If you have a share in the Canadian company"),
}
"""For whom a line is, as a heading; a line for any other situation stands under EVERYBODY."""
EVERYBODY: Final = gettext_noop("For everybody")
RELATED_FIELD: Final = gettext_noop("It must be in the field of the job or one close to it.")
EQUIVALENT: Final = gettext_noop(
    "A degree of %(years)s from %(country)s counts with a letter from the Canadian employer."
)
TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "who-qualifies": (*CREDENTIALS.values(), RELATED_FIELD, EQUIVALENT),
    "mistakes": (EVERYBODY, *dict.fromkeys(WHEN.values())),
}
"""Slug of a page -> its texts that do not stand in its template, in English; `Wording.says` gives them to a reader."""


@dataclass(frozen=True, slots=True)
class Names:
    """Countries by name, sorted, and as one phrase."""

    names: tuple[str, ...]
    phrase: str


def names_of(codes: Iterable[str], rulebook: Rulebook, language: str) -> Names:
    names = tuple(sorted((country_name(code, rulebook, language) for code in codes), key=fold))
    return Names(names, formatting.all_of(names, language))


def common(rulebook: Rulebook, language: str) -> Context:
    """What several pages need: countries, TEERs of the categories, length of the first permit, employer's fees."""
    covered = [code for code, rule in rulebook.edition.countries.items() if rule.covered]
    term = rulebook.permit_term(FIRST_PERMIT)
    return {
        "covered": names_of(covered, rulebook, language),
        "teers": {category.value: _teers(category, rulebook, language) for category in Category},
        "first_permit": None
        if term is None
        else {"row": term, "length": formatting.months(term.months, language)},
        "employer_fees": [fee for fee in _fees(rulebook, language) if Payer.EMPLOYER in fee["row"].payers],
    }


def permit(rulebook: Rulebook, language: str) -> Context:
    """The permit: beside the common facts, the lines on its length and the way where no agreement applies."""
    doors = [door for door in rulebook.reference.other_doors if door.country == EVERY_COUNTRY]
    return {
        "permit_lines": _lines(LinePart.PERMIT, ANYBODY, rulebook, language),
        "general_doors": [{"row": door, "says": text_in(door.text, language)} for door in doors],
    }


def who(rulebook: Rulebook, language: str) -> Context:
    """Countries and statuses, and what each category asks."""
    rules = rulebook.edition.countries
    residents = [
        code for code, rule in rules.items() if rule.covered and Status.PERMANENT_RESIDENT in rule.statuses
    ]
    grace = [row.licence_grace_months for row in _requirements(rulebook)]
    return {
        "residents": names_of(residents, rulebook, language),
        "others": [
            {"row": rules[each["id"]], "name": each["name"], "note": each["note"]}
            for each in countries_of(rulebook, language)
            if not each["covered"]
        ],
        "categories": [_category(category, rulebook, language) for category in Category],
        "grace": formatting.months(min(grace), language) if grace and min(grace) > 0 else "",
    }


def application(rulebook: Rulebook, language: str) -> Context:
    """Ways to apply as they stand for anybody, with steps, risks and times; fees."""
    steps = _by_route(LinePart.STEP, rulebook, language)
    risks = _by_route(LinePart.RISK, rulebook, language)
    times = _by_route(LinePart.TIME, rulebook, language)
    routes = []
    for route in rulebook.reference.applying.routes:
        rule = next((each for each in route.rules if each.holds(ANYBODY, rulebook.on)), None)
        routes.append(
            {
                "row": route,
                "slug": route.slug,
                "title": text_in(route.title, language),
                "what": text_in(route.what, language),
                "stands": None if rule is None else {"row": rule, "says": text_in(rule.says, language)},
                "steps": steps.get(route.slug, []),
                "risks": risks.get(route.slug, []),
                "times": times.get(route.slug, []),
            }
        )
    return {"first_steps": steps.get(None, []), "routes": routes, "fees": _fees(rulebook, language)}


def family(rulebook: Rulebook, language: str) -> Context:
    """Whose spouse or partner may have a permit, by the principal's status, and its fees."""
    covered = {code: rule for code, rule in rulebook.edition.countries.items() if rule.covered}

    def named(status: Status) -> Names:
        return names_of(
            (code for code, rule in covered.items() if status in rule.spouse_statuses), rulebook, language
        )

    without = (code for code, rule in covered.items() if not rule.spouse_statuses)
    fees = _fees(rulebook, language)
    return {
        "by_citizens": named(Status.CITIZEN),
        "by_residents": named(Status.PERMANENT_RESIDENT),
        "without": names_of(without, rulebook, language),
        "spouse_lines": _lines(LinePart.SPOUSE, frozenset({Situation.SPOUSE_OPEN}), rulebook, language),
        "no_spouse_lines": _lines(LinePart.SPOUSE, frozenset({Situation.SPOUSE_CLOSED}), rulebook, language),
        "partner_fees": [fee for fee in fees if Payer.PARTNER in fee["row"].payers and fee["row"].counted],
    }


def afterwards(rulebook: Rulebook, language: str) -> Context:
    """Length, extension, and what the work can lead to."""
    return {
        "permit_lines": _lines(LinePart.PERMIT, ANYBODY, rulebook, language),
        "afterwards_lines": _lines(LinePart.AFTERWARDS, ANYBODY, rulebook, language),
    }


def mistakes(rulebook: Rulebook, language: str) -> Context:
    """Every pitfall of the tables, under the case that it is for."""
    groups: dict[str, list[Context]] = {}
    wording = wording_of(rulebook, language)
    for line in _lines(LinePart.PITFALL, frozenset(Situation), rulebook, language):
        cases = sorted(wording.says(WHEN[each]) for each in line["row"].any_of if each in WHEN)
        heading = wording.says(EVERYBODY) if not cases else cases[0]
        groups.setdefault(heading, []).append(line)
    return {"groups": [{"heading": heading, "lines": lines} for heading, lines in groups.items()]}


def _lines(
    part: LinePart, situations: frozenset[Situation], rulebook: Rulebook, language: str
) -> list[Context]:
    return [{"row": line, "says": text_in(line.says, language)} for line in rulebook.advice(part, situations)]


def _by_route(part: LinePart, rulebook: Rulebook, language: str) -> dict[str | None, list[Context]]:
    found: dict[str | None, list[Context]] = {}
    for line in _lines(part, ANYBODY, rulebook, language):
        found.setdefault(line["row"].route, []).append(line)
    return found


def _fees(rulebook: Rulebook, language: str) -> list[Context]:
    return [
        {
            "row": fee,
            "label": text_in(fee.label, language),
            "amount": formatting.money(fee.amount, language),
            "note": text_in(fee.note, language) if fee.note else "",
            "payers": [PAYERS[payer] for payer in fee.payers],
            "unit": UNITS[fee.unit],
            "as_of": formatting.day(fee.as_of, language),
        }
        for fee in rulebook.fees()
    ]


def _requirements(rulebook: Rulebook, category: Category | None = None) -> list[Requirement]:
    """The requirement rows that decide for somebody: of covered countries that have a list in the category."""
    edition = rulebook.edition
    found = (
        edition.requirement(code, each)
        for each in ((category,) if category else tuple(Category))
        for code, rule in edition.countries.items()
        if rule.covered and edition.has_include_rule(code, each)
    )
    return [row for row in found if row is not None]


def _teers(category: Category, rulebook: Rulebook, language: str) -> str:
    """ "TEER 0 and 1"; empty when no country has a list in the category."""
    values = frozenset[int]().union(*(row.teers for row in _requirements(rulebook, category)))
    return words.teers(values, language) if values else ""


def _category(category: Category, rulebook: Rulebook, language: str) -> Context:
    """What a category asks, countries with the same demands together."""
    edition = rulebook.edition
    countries: dict[tuple[object, ...], list[str]] = {}
    rows: dict[tuple[object, ...], Requirement] = {}
    for code, rule in edition.countries.items():
        row = edition.requirement(code, category)
        if row is None or not rule.covered or not edition.has_include_rule(code, category):
            continue
        demands = (
            row.min_education_years,
            row.credential_rule,
            row.equivalent_years_with_letter,
            row.equivalent_country,
            row.degree_field_related_required,
            row.min_experience_years,
        )
        countries.setdefault(demands, []).append(code)
        rows.setdefault(demands, row)
    return {
        "category": category.value,
        "name": words.CATEGORIES[category],
        "demands": [
            {
                "row": row,
                "countries": names_of(countries[demands], rulebook, language).phrase,
                "study": _study(row, rulebook, language),
                "experience": formatting.years(row.min_experience_years, language),
            }
            for demands, row in rows.items()
        ],
    }


def _study(row: Requirement, rulebook: Rulebook, language: str) -> str:
    """The education that a row asks for, in sentences."""
    wording = wording_of(rulebook, language)
    years = formatting.years(row.min_education_years, language)
    sentences = [wording.says(CREDENTIALS[row.credential_rule], years=years)]
    if row.degree_field_related_required:
        sentences.append(wording.says(RELATED_FIELD))
    if row.equivalent_years_with_letter is not None and row.equivalent_country:
        years = formatting.years(Decimal(row.equivalent_years_with_letter), language)
        country = country_name(row.equivalent_country, rulebook, language)
        sentences.append(wording.says(EQUIVALENT, years=years, country=country))
    return formatting.sentences(sentences, language)
