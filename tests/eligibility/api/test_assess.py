"""`POST /api/v1/assess`: one case or many, whatever is sent."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from eligibility.api.reading import MAX_BODY_BYTES, MAX_CASES
from tests.eligibility.rules.cases import ARTICLE, QUALIFIED

Page = Any
PATH = "/api/v1/assess"
PROFILES = Path(__file__).resolve().parents[2] / "data" / "profiles.jsonl"
CASES = [json.loads(line) for line in PROFILES.read_text(encoding="utf-8").splitlines()]
GOOD = {"id": "good", "answers": QUALIFIED}


def send(api: Client, body: object, query: str = "", **headers: Any) -> Page:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return api.post(f"{PATH}{query}", content, content_type="application/json", headers=headers)


def told(response: Page) -> Any:
    """The JSON of an answer, streamed or not."""
    return json.loads(response.getvalue())


def by_command(tmp_path: Path, cases: list[dict[str, Any]], *options: str) -> list[dict[str, Any]]:
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    output = io.StringIO()
    call_command("assess", str(file), *options, stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


@pytest.mark.parametrize("options", [(), ("--brief",), ("--edition", ARTICLE, "--on", "2026-11-20")])
def test_a_batch_of_every_worked_case_is_answered_exactly_as_by_the_command(
    api: Client, tmp_path: Path, options: tuple[str, ...]
) -> None:
    query = {
        (): "",
        ("--brief",): "?brief=true",
    }.get(options, f"?edition={ARTICLE}&on=2026-11-20")
    response = send(api, {"cases": CASES}, query)
    assert response.status_code == 200
    assert told(response) == by_command(tmp_path, CASES, *options)


def test_one_case_is_answered_with_one_assessment_in_words(api: Client) -> None:
    response = send(api, GOOD)
    assert response.status_code == 200
    assessment = response.json()
    assert (assessment["id"], assessment["outcome"]) == ("good", "eligible")
    assert assessment["criteria"]["wage"]["explanation"]
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]
    assert response["Cache-Control"] == "no-store"


def test_bare_answers_are_answered_without_an_id(api: Client) -> None:
    assessment = send(api, QUALIFIED).json()
    assert assessment["id"] is None
    assert assessment["outcome"] == "eligible"


def test_nothing_answered_needs_more_information(api: Client) -> None:
    assert send(api, {}).json()["outcome"] == "needs_more_information"


def test_a_bad_case_is_answered_in_its_place(api: Client) -> None:
    bad = {"id": "bad", "answers": {**QUALIFIED, "noc": "2123"}}
    first, second, third, last = told(send(api, {"cases": [GOOD, bad, 7, QUALIFIED]}))
    assert first["outcome"] == last["outcome"] == "eligible"
    assert (second["id"], second["case"]) == ("bad", 2)
    assert second["error"]["fields"][0]["field"] == "noc"
    assert third["error"]["message"].startswith("The case is not a JSON object")


def test_an_empty_batch_is_an_empty_list(api: Client) -> None:
    assert told(send(api, {"cases": []})) == []


def test_the_largest_batch_is_answered_and_one_case_more_is_not(api: Client) -> None:
    answered = told(send(api, {"cases": [{}] * MAX_CASES}, "?brief=true"))
    assert len(answered) == MAX_CASES
    response = send(api, {"cases": [{}] * (MAX_CASES + 1)})
    assert response.status_code == 422
    assert "at most 1,000" in response.json()["detail"]


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ("", 400, "empty"),
        ("   ", 400, "empty"),
        ('{"id": ', 400, "not valid JSON"),
        (b"\xff\xfe", 400, "UTF-8"),
        ('{"wage_amount": NaN}', 400, "NaN is not a number"),
        ('{"wage_amount": -Infinity}', 400, "-Infinity is not a number"),
        ('{"noc": "21231", "noc": "21232"}', 400, "same key twice"),
        ('{"cases": [{"id": 1, "id": 2}]}', 400, "same key twice"),
        (DEEP, 400, "nested too deeply"),
        ('{"wage_amount": ' + "9" * 5000 + "}", 400, "too many digits"),
        ("[]", 422, "not a JSON object"),
        ('"text"', 422, "not a JSON object"),
        ("null", 422, "not a JSON object"),
        ({"cases": {}}, 422, "must be a list"),
        ({"cases": [], "noc": "21231"}, 422, "nothing beside it"),
        ({"answers": []}, 422, "see the fields"),
        ({"answers": {}, "noc": "21231"}, 422, "beside"),
        ({"wage_amount": 37.5}, 422, "see the fields"),
        ({"colour": "blue"}, 422, "see the fields"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_read_is_a_problem_that_says_why(
    api: Client, body: object, status: int, words: str
) -> None:
    response = send(api, body)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert words in problem["detail"]


def test_a_wrong_answer_names_its_field_and_its_case(api: Client) -> None:
    problem = send(api, {"id": "seven", "answers": {"country": "Mexico", "noc": "1"}}).json()
    assert problem["id"] == "seven"
    assert [each["field"] for each in problem["errors"]] == ["country", "noc"]
    assert problem["errors"][0]["message"].startswith('"Mexico" is not a known')


def test_an_id_that_json_cannot_write_is_not_repeated(api: Client) -> None:
    response = send(api, '{"id": 1e999, "answers": {}}')
    assert response.status_code == 200
    assert response.json()["id"] is None


def test_an_id_with_half_a_character_is_repeated_as_it_came(api: Client) -> None:
    assert send(api, '{"id": "\\ud800", "answers": {}}').json()["id"] == "\ud800"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?edition=nowhere", "edition"),
        ("?edition=", "edition"),
        ("?on=1999-01-01", "on"),
        ("?on=2026-02-30", "on"),
        ("?on=1700000000", "on"),
        ("?on=2026-11-22T00:00", "on"),
        ("?brief=perhaps", "brief"),
    ],
)
def test_a_parameter_outside_the_contract_is_a_problem_that_names_it(
    api: Client, query: str, field: str
) -> None:
    response = send(api, GOOD, query)
    assert response.status_code == 422
    assert field in [each["field"] for each in response.json()["errors"]]


def test_a_body_that_says_it_is_too_large_is_not_read(api: Client) -> None:
    response = send(api, b"x" * (MAX_BODY_BYTES + 1))
    assert response.status_code == 413
    assert "2,097,152 bytes" in response.json()["detail"]


def test_a_form_is_refused_with_what_to_send_instead(api: Client) -> None:
    response = api.post(PATH, {"country": "MX"})
    assert response.status_code == 415
    assert "application/json" in response.json()["detail"]


def test_no_cookie_is_set_and_none_is_read(api: Client) -> None:
    api.cookies["language"] = "fr"
    response = send(api, GOOD)
    assert not response.cookies
    assert response["Content-Language"] == "en"


def test_assessing_asks_the_database_only_to_count_the_client(
    api: Client, django_assert_num_queries: Any
) -> None:
    send(api, GOOD)
    with django_assert_num_queries(1):
        send(api, GOOD)
    with django_assert_num_queries(2):
        told(send(api, {"cases": [GOOD, GOOD]}))
