"""Lines of an occupation list that cannot stand beside each other. Pure functions over rows.

The screens say so while a line is typed, and the checklist before an edition is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from occupations.models import OccupationRule, Requirement
from occupations.rulebook import EVERY_COUNTRY, Effect

Teers = Mapping[tuple[str, str], frozenset[int]]
"""(country, category) -> TEERs that the category takes there; the country may be `*`."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line decides. Exactly one of `code` and `teers` is set; `pk` is None for a line not stored yet."""

    pk: int | None
    country: str
    category: str
    effect: str
    code: str | None
    teers: frozenset[int] = frozenset()
    when: str | None = None
    unless: str | None = None
    list_entry: str = ""

    @property
    def excludes(self) -> bool:
        return self.effect == Effect.EXCLUDE


def line_of(rule: OccupationRule) -> Line:
    """The line of a row, stored or filled in on a form; reads `rule.unit_group`."""
    return Line(
        rule.pk,
        rule.country,
        rule.category,
        rule.effect,
        None if rule.unit_group is None else rule.unit_group.code,
        frozenset(rule.teers or ()),
        rule.when or None,
        rule.unless or None,
        rule.list_entry,
    )


def teers_of(requirements: Iterable[Requirement]) -> Teers:
    """What `outside_category` reads, from the requirement rows of one edition."""
    return {(row.country, row.category): frozenset(row.teers) for row in requirements}


def contradict(one: Line, other: Line) -> bool:
    """Whether one line includes what the other excludes, so that the inclusion can never count.

    That is so where the exclusion has no condition, or holds whenever the inclusion does. To exclude a code
    from "all work of TEER 0 and 1" is the ordinary case, no contradiction; to include a code of a TEER that
    is excluded as a whole is one.
    """
    if one.excludes == other.excludes or (one.country, one.category) != (other.country, other.category):
        return False
    included, excluded = (other, one) if one.excludes else (one, other)
    if excluded.when not in (None, included.when) or excluded.unless not in (None, included.unless):
        return False
    if excluded.code is not None:
        return included.code == excluded.code
    if included.code is not None:
        return int(included.code[1]) in excluded.teers
    return included.teers <= excluded.teers


def contradicting(line: Line, others: Iterable[Line]) -> list[Line]:
    """The lines among `others` that contradict `line`; its own stored row is left out."""
    return [
        other for other in others if (other.pk is None or other.pk != line.pk) and contradict(line, other)
    ]


def contradictions(lines: Iterable[Line]) -> list[tuple[Line, Line]]:
    """Every pair of an inclusion and the exclusion that makes it void, in the order of the lines."""
    groups: dict[tuple[str, str], tuple[list[Line], list[Line]]] = {}
    for line in lines:
        groups.setdefault((line.country, line.category), ([], []))[line.excludes].append(line)
    return [
        (included, excluded)
        for inclusions, exclusions in groups.values()
        for included in inclusions
        for excluded in exclusions
        if contradict(included, excluded)
    ]


def is_outside_category(line: Line, teers: Teers) -> bool:
    """Whether the code, or a TEER, that the line names belongs to no work of its category (C-3).

    False where the edition has no requirement for that category, since then nothing is known of its TEERs.
    """
    taken = teers.get((line.country, line.category)) or teers.get((EVERY_COUNTRY, line.category))
    if taken is None:
        return False
    return not (line.teers if line.code is None else {int(line.code[1])}) <= taken


def outside_category(lines: Iterable[Line], teers: Teers) -> list[Line]:
    """Lines whose TEER is not one of their category's, so that they can never count."""
    return [line for line in lines if is_outside_category(line, teers)]


def unknown_conditions(lines: Iterable[Line], slugs: Iterable[str]) -> list[tuple[Line, str]]:
    """Lines that name a condition which the edition, with these `slugs`, does not have."""
    known = {*slugs, None}
    return [(line, slug) for line in lines for slug in (line.when, line.unless) if slug and slug not in known]


def unused_conditions(lines: Iterable[Line], slugs: Iterable[str]) -> list[str]:
    """Conditions of the edition that no line names, so that nobody is ever asked."""
    named = {slug for line in lines for slug in (line.when, line.unless)}
    return [slug for slug in slugs if slug not in named]
