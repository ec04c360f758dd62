"""Every published case, walked through the question pages without JavaScript."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.eligibility.walker import Walker, marks

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "profiles.jsonl").read_text().splitlines()
]
DECIDING = "ircc-2024-10-03"


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['title']}")
def test_the_walk_of_a_case_ends_on_the_expected_result(case: dict[str, Any]) -> None:
    walker = Walker()
    walker.walk(case["answers"])
    page = walker.result()
    expected = case["expected"][DECIDING]
    assert page.status_code == 200
    assert marks(page) == {
        "outcome": expected["outcome"],
        "category": expected["category"],
        "edition": DECIDING,
        "criteria": expected["criteria"],
    }
