"""What each country's list says of one unit group, whatever a visitor answers (F-03 to F-06, C-3, C-4, C-13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from eligibility.listing.keeping import kept
from eligibility.rules.occupation import included_not_excluded, teer_of
from eligibility.rules.questions import MANY_CONDITIONS, relevant_conditions
from occupations.rulebook import Category, Effect, OccupationRule, Rulebook


class Standing(StrEnum):
    """How a unit group stands on a country's list, from the widest to the narrowest."""

    INCLUDED = "included"
    WITH_EXCEPTIONS = "with-exceptions"
    """Included unless a special case applies: with every condition answered no, it is on the list."""
    SOME_CASES = "some-cases"
    """On the list only under certain answers."""
    UNCLEAR = "unclear"
    EXCLUDED = "excluded"
    NOT_LISTED = "not-listed"
    NO_LIST = "no-list"
    """The country names nothing in the category of the TEER."""
    OUTSIDE = "outside"
    """The TEER belongs to neither category."""
    NOT_COVERED = "not-covered"


OPEN = frozenset({Standing.INCLUDED, Standing.WITH_EXCEPTIONS, Standing.SOME_CASES, Standing.UNCLEAR})
"""Standings of a unit group that is, or may be, on the list."""


@dataclass(frozen=True, slots=True)
class Position:
    """One country's position on a unit group, with the list lines that name it or its TEER."""

    country: str
    category: Category | None
    standing: Standing
    rules: tuple[OccupationRule, ...] = ()


def position(country: str, noc: str, rulebook: Rulebook) -> Position:
    """Where a unit group stands for a country of the edition; a country it does not know is not covered."""
    return kept(rulebook, ("position", country, noc), lambda: _position(country, noc, rulebook))


def _position(country: str, noc: str, rulebook: Rulebook) -> Position:
    edition, teer = rulebook.edition, teer_of(noc)
    if not edition.covers(country):
        return Position(country, None, Standing.NOT_COVERED)
    category = category_of(teer, rulebook, country)
    if category is None:
        return Position(country, None, Standing.OUTSIDE)
    if not edition.has_include_rule(country, category):
        return Position(country, category, Standing.NO_LIST)
    rules = edition.rules_for(country, category, noc, teer)
    slugs = relevant_conditions(country, noc, rulebook)
    return Position(country, category, _standing(rules, slugs), rules)


def positions(noc: str, rulebook: Rulebook) -> tuple[Position, ...]:
    """The position of every country that the edition covers, in the edition's order."""
    covered = (code for code, rule in rulebook.edition.countries.items() if rule.covered)
    return tuple(position(code, noc, rulebook) for code in covered)


def category_of(teer: int, rulebook: Rulebook, country: str | None = None) -> Category | None:
    """The category whose TEERs hold this one (C-3); None for a TEER of neither."""
    for category in Category:
        requirement = rulebook.edition.requirement(country, category)
        if requirement is not None and teer in requirement.teers:
            return category
    return None


def _standing(rules: tuple[OccupationRule, ...], slugs: tuple[str, ...]) -> Standing:
    ordinary = included_not_excluded(rules, dict.fromkeys(slugs, False))
    values = {included_not_excluded(rules, answers) for answers in _every_answer(slugs)} | {ordinary}
    if values == {True}:
        return Standing.INCLUDED
    if True in values:
        return Standing.WITH_EXCEPTIONS if ordinary else Standing.SOME_CASES
    if None in values:
        return Standing.UNCLEAR
    excluding = any(rule.effect is Effect.EXCLUDE for rule in rules)
    including = any(rule.effect is Effect.INCLUDE for rule in rules)
    return Standing.EXCLUDED if excluding and including else Standing.NOT_LISTED


def _every_answer(slugs: tuple[str, ...]) -> Iterator[Mapping[str, bool]]:
    """Every combination of answers; beyond MANY_CONDITIONS only the case that nothing is answered."""
    if len(slugs) > MANY_CONDITIONS:
        yield {}
        return
    for values in product((True, False), repeat=len(slugs)):
        yield dict(zip(slugs, values, strict=True))
