"""Which facts (F-xx, D-xx) each criterion rests on in an edition, worked out once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eligibility.rules.outcomes import Criterion
from occupations.rulebook import Category, Edition, OccupationRule, Requirement

REMEMBERED_EDITIONS = 16
DIFFERENCES = "D-"
"""Ids of points where editions differ: they belong to the notes, a criterion does not rest on them."""


@dataclass(frozen=True, slots=True)
class Citations:
    """Fact ids of one edition by criterion, and by requirement row where the row names them."""

    by_criterion: Mapping[Criterion, tuple[str, ...]]
    by_row: Mapping[tuple[Criterion, str, Category], tuple[str, ...]]

    def of(self, criterion: Criterion, requirement: Requirement | None = None) -> tuple[str, ...]:
        """Facts of a criterion; with a requirement row only those of them that the row names."""
        if requirement is not None:
            return self.by_row[criterion, requirement.country, requirement.category]
        return self.by_criterion[criterion]


_remembered: dict[int, tuple[Edition, Citations]] = {}


def citations_of(edition: Edition) -> Citations:
    """The citations of an edition; the sixteen last seen are remembered."""
    known = _remembered.get(id(edition))
    if known is not None and known[0] is edition:
        return known[1]
    citations = _work_out(edition)
    if len(_remembered) >= REMEMBERED_EDITIONS:
        _remembered.clear()
    _remembered[id(edition)] = (edition, citations)
    return citations


def with_rules(facts: tuple[str, ...], rules: Iterable[OccupationRule]) -> tuple[str, ...]:
    """The facts, and those of the occupation rules that are not among them yet."""
    for rule in rules:
        for each in rule.fact_ids:
            if each not in facts:
                facts += (each,)
    return facts


def _work_out(edition: Edition) -> Citations:
    by_criterion = {
        criterion: tuple(each for each in facts if not each.startswith(DIFFERENCES))
        for criterion, facts in ((each, edition.criterion_facts.get(each, ())) for each in Criterion)
    }
    by_row: dict[tuple[Criterion, str, Category], tuple[str, ...]] = {}
    for (country, category), requirement in edition.requirements.items():
        for criterion, facts in by_criterion.items():
            named = tuple(each for each in facts if each in requirement.fact_ids)
            by_row[criterion, country, category] = named or facts
    return Citations(by_criterion, by_row)
