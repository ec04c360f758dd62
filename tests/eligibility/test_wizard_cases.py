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


def case(name: str) -> dict[str, Any]:
    return next(each["answers"] for each in CASES if each["id"] == name)


@pytest.mark.django_db
def test_the_figure_of_the_table_decides_where_the_visitor_has_none_and_the_gap_is_named() -> None:
    answers = {name: value for name, value in case("pub-01").items() if name != "prevailing_wage_hourly"}
    walker = Walker()
    walker.walk(answers)
    page = walker.result()
    assert marks(page)["outcome"] == "not_eligible"
    assert marks(page)["criteria"]["wage"] == "fail"
    assert "CAD 4.73" in page.content.decode()


@pytest.mark.django_db
def test_an_excluded_occupation_names_the_group_that_excludes_it() -> None:
    walker = Walker()
    walker.walk(case("pub-09"))
    page = walker.result()
    assert marks(page)["outcome"] == "not_eligible"
    assert "health, education and social services" in page.content.decode()


@pytest.mark.django_db
def test_an_answer_that_settles_a_fail_offers_the_result_at_once() -> None:
    walker = Walker()
    walker.walk({**case("pub-01"), "country": "NZ"}, until="status")
    page = walker.page().content.decode()
    assert "One of your answers already settles the result" in page
    result = walker.result()
    assert result.status_code == 200
    assert marks(result)["outcome"] == "not_eligible"


@pytest.mark.django_db
def test_a_country_outside_the_agreement_can_be_named() -> None:
    walker = Walker()
    walker.walk({**case("pub-01"), "country": "BR"}, until="status")
    assert "Brazil" in walker.page().content.decode()


@pytest.mark.django_db
def test_without_an_offer_nothing_about_its_pay_is_kept() -> None:
    walker = Walker()
    walker.walk({**case("pub-13"), "wage_amount": "50", "wage_period": "hour"})
    page = walker.client.get(walker.address).content.decode()
    assert "No offer yet" in page
    assert "What does the job pay" not in page
    assert "CAD 50" not in page
    assert marks(walker.result())["criteria"]["wage"] == "unknown"


@pytest.mark.django_db
def test_where_the_article_differs_the_result_says_so_and_which_we_follow() -> None:
    walker = Walker()
    walker.walk(case("pub-22"))
    page = walker.result().content.decode()
    assert "The visavio article" in page
    assert "We follow IRCC" in page
