"""Other doors: for whom they are named, and when (F-38)."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.rules.assessment import assess
from eligibility.rules.doors import other_doors
from tests.eligibility.rules.cases import MISSING, answers, rulebook


def doors(**changes: Any) -> list[str]:
    given = answers(**changes)
    found = other_doors(given, assess(given, rulebook()), rulebook())
    return [door.code for door in found]


def test_none_is_named_while_this_one_is_open() -> None:
    assert doors() == []
    assert doors(job_offer="verbal") == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"country": "MX"}, ["T36", ""]),
        ({"country": "CL"}, ["F22", ""]),
        ({"country": "PE"}, ["F52", ""]),
        ({"country": "GB"}, ["F60, F66, F67", ""]),
        ({"country": "GB", "status": MISSING}, ["F60, F66, F67", ""]),
        ({"country": "JP"}, [""]),
        ({"country": "MX", "status": "permanent_resident"}, [""]),
        ({"country": "AU", "passport_country": "MX"}, ["T36", ""]),
        ({"country": MISSING}, [""]),
    ],
)
def test_doors_for_citizens_come_before_those_for_everyone(changes: dict[str, Any], codes: list[str]) -> None:
    assert doors(**{"job_offer": "none", **changes}) == codes
