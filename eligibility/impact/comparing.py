"""Every profile assessed under two editions: the counts, and who comes out differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from eligibility.impact.profiles import Origin, Profile
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, Outcome, OverallOutcome
from occupations.rulebook import Category, Rulebook

CRITERIA: Final = tuple(Criterion)


class Verdict(NamedTuple):
    """What an assessment comes to: the answer, the category it is given for, each criterion of that category."""

    outcome: OverallOutcome
    category: Category
    criteria: tuple[Outcome, ...]
    """In the order of `Criterion`."""


class Change(NamedTuple):
    """A profile that comes out differently. `criteria` are those whose outcome differs."""

    profile: Profile
    before: Verdict
    after: Verdict
    criteria: tuple[Criterion, ...]

    @property
    def flips(self) -> bool:
        """Whether the answer itself differs, and not only a criterion or the category."""
        return self.before.outcome is not self.after.outcome


Counts = Mapping[OverallOutcome, int]


@dataclass(slots=True)
class Group:
    """Profiles that have something in common: how many, by outcome before and after, and how many flip."""

    total: int = 0
    flips: int = 0
    before: Counter[OverallOutcome] = field(default_factory=Counter)
    after: Counter[OverallOutcome] = field(default_factory=Counter)


@dataclass(slots=True)
class CriterionGroup:
    """One criterion over all profiles: outcomes before and after, and in how many flips it takes part."""

    flips: int = 0
    changes: int = 0
    before: Counter[Outcome] = field(default_factory=Counter)
    after: Counter[Outcome] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Report:
    """What comes of two editions on one population. Groups are complete: they add up to `total`."""

    total: int
    origins: Counter[Origin]
    before: Counts
    after: Counts
    moves: Mapping[tuple[OverallOutcome, OverallOutcome], int]
    """How many go from one answer to another; those who keep theirs too."""
    by_country: Mapping[str | None, Group]
    by_category: Mapping[Category, Group]
    """By the category that the answer under the later edition is given for."""
    by_criterion: Mapping[Criterion, CriterionGroup]
    changes: tuple[Change, ...]
    """Everyone who comes out differently, in the order of the population."""

    @property
    def flips(self) -> tuple[Change, ...]:
        """Those whose answer differs."""
        return tuple(change for change in self.changes if change.flips)


def verdict(answers: Answers, rulebook: Rulebook) -> Verdict:
    """One assessment, reduced to its outcomes."""
    assessment = assess(answers, rulebook)
    judged = assessment.by_category[assessment.category].criteria
    return Verdict(
        assessment.outcome, assessment.category, tuple([result.outcome for result in judged.values()])
    )


def report(before: Rulebook, after: Rulebook, profiles: Iterable[Profile]) -> Report:
    """Each profile assessed once under each of the two rulebooks."""
    origins: Counter[Origin] = Counter()
    moves: Counter[tuple[OverallOutcome, OverallOutcome]] = Counter()
    by_country: dict[str | None, Group] = {}
    by_category: dict[Category, Group] = {category: Group() for category in Category}
    pairs: Counter[tuple[tuple[Outcome, ...], tuple[Outcome, ...]]] = Counter()
    changes: list[Change] = []
    for profile in profiles:
        first, second = verdict(profile.answers, before), verdict(profile.answers, after)
        origins[profile.origin] += 1
        moves[first.outcome, second.outcome] += 1
        pairs[first.criteria, second.criteria] += 1
        country = by_country.get(profile.answers.country)
        if country is None:
            country = by_country[profile.answers.country] = Group()
        flips = first.outcome is not second.outcome
        for group in (country, by_category[second.category]):
            group.total += 1
            group.flips += flips
            group.before[first.outcome] += 1
            group.after[second.outcome] += 1
        if first != second:
            changes.append(Change(profile, first, second, differing(first, second)))
    return Report(
        total=origins.total(),
        origins=origins,
        before=_sums(moves, 0),
        after=_sums(moves, 1),
        moves=moves,
        by_country=by_country,
        by_category=by_category,
        by_criterion=_by_criterion(pairs, changes),
        changes=tuple(changes),
    )


def differing(before: Verdict, after: Verdict) -> tuple[Criterion, ...]:
    """Criteria that come out differently in the categories that the two answers are given for."""
    return tuple(
        criterion
        for criterion, one, other in zip(CRITERIA, before.criteria, after.criteria, strict=True)
        if one is not other
    )


def _sums(moves: Counter[tuple[OverallOutcome, OverallOutcome]], side: int) -> dict[OverallOutcome, int]:
    return {
        outcome: sum(count for move, count in moves.items() if move[side] is outcome)
        for outcome in OverallOutcome
    }


def _by_criterion(
    pairs: Counter[tuple[tuple[Outcome, ...], tuple[Outcome, ...]]], changes: Iterable[Change]
) -> dict[Criterion, CriterionGroup]:
    """Few combinations of nine outcomes occur, so they are counted whole and taken apart at the end."""
    groups = {criterion: CriterionGroup() for criterion in CRITERIA}
    for (before, after), count in pairs.items():
        for criterion, one, other in zip(CRITERIA, before, after, strict=True):
            groups[criterion].before[one] += count
            groups[criterion].after[other] += count
    for change in changes:
        for criterion in change.criteria:
            groups[criterion].changes += 1
            groups[criterion].flips += change.flips
    return groups
