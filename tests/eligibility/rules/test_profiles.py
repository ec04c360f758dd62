"""Every worked case of the facts, judged by both editions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from tests.eligibility.rules.cases import ARTICLE, OFFICIAL, rulebook

PROFILES = Path(__file__).resolve().parents[2] / "data" / "profiles.jsonl"
CASES = [json.loads(each) for each in PROFILES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("edition", [OFFICIAL, ARTICLE])
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case_comes_out_as_the_facts_say(case: dict[str, Any], edition: str) -> None:
    book = rulebook(edition)
    assessment = assess(Answers.parse(case["answers"], book.reference), book)
    assert {
        "outcome": assessment.outcome,
        "category": assessment.category,
        "criteria": {criterion.value: result.outcome for criterion, result in assessment.criteria.items()},
    } == case["expected"][edition]


def test_there_are_cases_for_both_editions() -> None:
    assert len(CASES) == 28
    assert all(set(case["expected"]) == {OFFICIAL, ARTICLE} for case in CASES)
