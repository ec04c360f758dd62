"""Reference cases: answers whose outcome somebody has looked at, run under any edition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from eligibility.impact.comparing import CRITERIA, Verdict, differing, verdict
from eligibility.impact.profiles import Origin, Profile
from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import Criterion, Outcome, OverallOutcome
from occupations.rulebook import Category, Reference, Rulebook

SHIPPED: Final = Path(__file__).resolve().parent.parent / "data" / "reference_cases.jsonl"


class Case(NamedTuple):
    """A profile with what is expected of it: edition -> verdict, the edition it was made with first."""

    profile: Profile
    expected: Mapping[str, Verdict]
    note: str = ""

    def expectation(self, edition: str) -> tuple[str, Verdict]:
        """What is expected under an edition; of one that the case does not name, what was expected when it was made."""
        slug = edition if edition in self.expected else next(iter(self.expected))
        return slug, self.expected[slug]


class CaseRun(NamedTuple):
    """A case under one edition, beside what was expected of it under `edition`."""

    case: Case
    edition: str
    expected: Verdict
    found: Verdict
    criteria: tuple[Criterion, ...]
    """Those whose outcome is not the expected one."""

    @property
    def answer_changes(self) -> bool:
        """Whether the answer, or the category it is given for, is another one."""
        return (self.expected.outcome, self.expected.category) != (self.found.outcome, self.found.category)

    @property
    def breaks(self) -> bool:
        """Whether staff marked it as one that must not change, and it does."""
        return self.answer_changes and self.case.profile.must_not_change


def run(cases: Iterable[Case], rulebook: Rulebook) -> tuple[CaseRun, ...]:
    """Every case under one edition, on the rulebook's day."""
    runs = []
    for case in cases:
        edition, expected = case.expectation(rulebook.edition.slug)
        found = verdict(case.profile.answers, rulebook)
        runs.append(CaseRun(case, edition, expected, found, differing(expected, found)))
    return tuple(runs)


def shipped_cases(reference: Reference) -> tuple[Case, ...]:
    """The worked cases that come with the product. None of them is marked as one that must not change."""
    return tuple(
        Case(
            Profile(row["id"], Answers.parse(row["answers"], reference), Origin.SHIPPED, row["title"]),
            {slug: read_verdict(expected) for slug, expected in row["expected"].items()},
            row["why"],
        )
        for row in _shipped_rows()
    )


@lru_cache(maxsize=1)
def _shipped_rows() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, SHIPPED.read_text(encoding="utf-8").splitlines()))


def read_verdict(raw: Mapping[str, Any]) -> Verdict:
    """A verdict from `{"outcome", "category", "criteria": {criterion: outcome}}`. Raises ValueError, KeyError."""
    criteria = tuple(Outcome(raw["criteria"][criterion.value]) for criterion in CRITERIA)
    return Verdict(OverallOutcome(raw["outcome"]), Category(raw["category"]), criteria)


def criteria_json(found: Verdict) -> dict[str, str]:
    """Criterion -> outcome, as `read_verdict` reads it."""
    return {
        criterion.value: outcome.value for criterion, outcome in zip(CRITERIA, found.criteria, strict=True)
    }
