"""The OpenAPI document is complete and true: every answer to any request keeps to it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.api.document import STATUSES, examples
from eligibility.api.schemas import assessing
from eligibility.api.views import api as ninja
from eligibility.rules.answers import READERS
from tests.eligibility.api.schema_check import problems
from tests.eligibility.rules.cases import shipped
from tests.eligibility.rules.test_properties import CONTRACT

DOCUMENT: Any = json.loads(json.dumps(ninja.get_openapi_schema(path_prefix="/api/v1/")))
OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
UNLIMITED = override_settings(API_REQUESTS_PER_MINUTE=10**9, API_CASES_PER_MINUTE=10**9)
BY_HYPOTHESIS = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

JUNK = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.lists(st.integers(), max_size=3)
    | st.dictionaries(st.text(max_size=5), st.integers(), max_size=2)
)
GOOD_ANSWERS = st.fixed_dictionaries({}, optional=CONTRACT)
BAD_ANSWERS = st.dictionaries(st.sampled_from(sorted(CONTRACT)) | st.text(max_size=8), JUNK, max_size=6)
ANSWERS = GOOD_ANSWERS | BAD_ANSWERS
CASES = ANSWERS | st.fixed_dictionaries({"answers": ANSWERS}, optional={"id": JUNK}) | JUNK
BODIES = CASES | st.fixed_dictionaries({"cases": st.lists(CASES, max_size=4) | JUNK})
WORDS = st.sampled_from(["engineer", "nurse", "21231", "2173", "ソフト", "infirmière"]) | st.text(max_size=30)
PARAMETERS: dict[str, st.SearchStrategy[str]] = {
    "q": WORDS,
    "country": st.sampled_from(["MX", "JP", "mx", "FR", "ZZ"]) | st.text(max_size=4),
    "code": st.sampled_from(["21231", "2173", "00000"]) | st.text(min_size=1, max_size=6),
    "limit": st.integers(-3, 60).map(str) | st.text(max_size=4),
    "noc": st.sampled_from(sorted(shipped().reference.unit_groups)) | st.text(max_size=6),
    "region": st.sampled_from(sorted(shipped().reference.regions)) | st.text(max_size=6),
    "edition": st.sampled_from(sorted(shipped().editions)) | st.text(max_size=8),
    "on": st.dates().map(str) | st.just("2026-11-22") | st.text(max_size=10),
    "brief": st.sampled_from(["true", "false", "1", "perhaps"]),
}


def keeps_to(operation: Any, response: Any) -> Any:
    """The body, after a check that the status is documented and the body keeps to the schema given for it."""
    assert str(response.status_code) in operation["responses"], response.status_code
    documented = operation["responses"][str(response.status_code)]
    if "content" not in documented:
        assert response.getvalue() == b""
        return None
    ((kind, content),) = documented["content"].items()
    assert response["Content-Type"] == kind
    body = json.loads(response.getvalue())
    assert list(problems(body, content["schema"], DOCUMENT)) == []
    for name in documented.get("headers", {}):
        assert name in response.headers
    return body


def body_of(value: Any) -> str:
    """JSON as somebody careless sends it: NaN and lone surrogates included."""
    return json.dumps(value)


@UNLIMITED
@given(
    BODIES.map(body_of) | st.text(max_size=60),
    st.fixed_dictionaries({}, optional={name: PARAMETERS[name] for name in ("edition", "on", "brief")}),
)
@BY_HYPOTHESIS
def test_whatever_is_sent_to_assess_the_answer_is_documented(
    api: Client, body: str, query: dict[str, str]
) -> None:
    path = "/api/v1/assess?" + urlencode(query, errors="replace")
    response = api.post(path, body.encode("utf-8", "replace"), content_type="application/json")
    keeps_to(OPERATIONS["assess"][2], response)


@UNLIMITED
@given(st.lists(GOOD_ANSWERS, min_size=1, max_size=3), st.booleans())
@BY_HYPOTHESIS
def test_answers_of_the_contract_are_documented_and_always_assessed(
    api: Client, cases: list[dict[str, Any]], brief: bool
) -> None:
    for each in cases:
        assert list(problems(each, {"$ref": "#/components/schemas/Answers"}, DOCUMENT)) == []
    query = "?brief=true" if brief else ""
    response = api.post(
        f"/api/v1/assess{query}", json.dumps({"cases": cases}), content_type="application/json"
    )
    assert response.status_code == 200
    assert all("outcome" in each for each in keeps_to(OPERATIONS["assess"][2], response))


@UNLIMITED
@given(st.sampled_from(sorted(set(OPERATIONS) - {"assess"})), st.data())
@BY_HYPOTHESIS
def test_whatever_is_looked_up_the_answer_is_documented(
    api: Client, operation_id: str, data: st.DataObject
) -> None:
    _, path, operation = OPERATIONS[operation_id]
    query: dict[str, str] = {}
    for parameter in operation["parameters"]:
        if parameter["in"] == "header":
            continue
        strategy = PARAMETERS[parameter["name"]]
        if parameter["in"] == "path":
            value = data.draw(strategy.filter(lambda text: text not in (".", "..") and "/" not in text))
            path = path.replace(f"{{{parameter['name']}}}", quote(value, safe="", errors="replace"))
        elif data.draw(st.integers(0, 4)):
            query[parameter["name"]] = data.draw(strategy)
    response = api.get(f"{path}?{urlencode(query, errors='replace')}")
    keeps_to(operation, response)


@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
def test_too_many_requests_are_documented(api: Client, operation_id: str) -> None:
    method, path, operation = OPERATIONS[operation_id]
    with override_settings(API_REQUESTS_PER_MINUTE=0):
        response = getattr(api, method)(path.replace("{code}", "21231").replace("{country}", "JP"))
    assert response.status_code == 429
    keeps_to(operation, response)


@pytest.mark.parametrize("operation_id", sorted(set(OPERATIONS) - {"assess"}))
def test_the_examples_of_parameters_work_and_304_is_documented(api: Client, operation_id: str) -> None:
    _, path, operation = OPERATIONS[operation_id]
    query = {}
    for parameter in operation["parameters"]:
        if parameter["in"] == "query":
            query[parameter["name"]] = parameter["example"]
        elif parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
    address = f"{path}?{urlencode(query)}"
    response = api.get(address)
    assert response.status_code == 200
    keeps_to(operation, response)
    keeps_to(operation, api.get(address, headers={"If-None-Match": response["ETag"]}))


@pytest.mark.parametrize("name", ["case", "bare answers", "batch"])
def test_the_examples_of_bodies_are_assessed(api: Client, name: str) -> None:
    response = api.post("/api/v1/assess", json.dumps(examples()[name]), content_type="application/json")
    assert response.status_code == 200
    told = json.loads(response.getvalue())
    assert all("outcome" in each for each in (told if isinstance(told, list) else [told]))


def test_the_example_of_a_problem_is_what_is_answered(api: Client) -> None:
    wrong = {"id": "engineer", "answers": {**examples()["case"]["answers"], "noc": "2123"}}
    response = api.post("/api/v1/assess", json.dumps(wrong), content_type="application/json")
    assert response.json() == examples()["problem"]


def test_every_answer_is_described_and_no_other() -> None:
    assert set(assessing.Answers.model_fields) == set(READERS)


def test_no_answer_is_said_to_be_null_when_it_is_left_out() -> None:
    """For two of them it would be untrue: null says that the tables are not to be asked."""
    fields = DOCUMENT["components"]["schemas"]["Answers"]["properties"]
    assert [name for name, each in fields.items() if "default" in each] == []


def test_every_operation_lists_its_errors_and_no_other_has_any() -> None:
    assert set(STATUSES) == set(OPERATIONS)


def test_every_address_of_the_api_stands_in_the_document() -> None:
    known = {str(each.pattern) for each in ninja.urls[0]} - {"", "openapi.json", "docs"}
    told = {path.removeprefix("/api/v1/").replace("{", "<").replace("}", ">") for path in DOCUMENT["paths"]}
    assert {each.removesuffix("/") for each in known} == told
    assert get_resolver().resolve("/api/v1/openapi.json").url_name == "openapi-json"


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    names = {each.split('"')[0] for each in text.split("#/components/schemas/")[1:]}
    assert names <= set(DOCUMENT["components"]["schemas"])


def test_the_document_is_served_as_it_is(api: Client) -> None:
    response = api.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.json() == DOCUMENT
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_page_names_every_operation_schema_and_status_and_needs_no_script(api: Client) -> None:
    response = api.get("/api/v1/docs")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script" not in page
    assert " style=" not in page
    assert "`" not in page
    for operation_id, (method, path, operation) in OPERATIONS.items():
        assert f'id="{operation_id}"' in page
        assert f"{method.upper()} {path}" in page
        assert all(f"<dt>{status}</dt>" in page for status in operation["responses"])
    for name in DOCUMENT["components"]["schemas"]:
        assert f'id="schema-{name}"' in page


@pytest.mark.parametrize(
    ("value", "name", "wrong"),
    [
        ({"id": "x", "case": 1, "error": {"message": "m", "fields": []}}, "BadCase", 0),
        ({"id": "x", "case": "1", "error": {"message": "m", "fields": []}}, "BadCase", 1),
        ({"id": "x", "case": 1, "error": {"message": "m"}}, "BadCase", 1),
        ({"id": "x", "case": 1, "error": {"message": "m", "fields": []}, "more": 1}, "BadCase", 1),
        ({"country": "Mexico"}, "Answers", 1),
    ],
)
def test_the_check_of_schemas_notices_what_is_wrong(value: Any, name: str, wrong: int) -> None:
    assert len(list(problems(value, {"$ref": f"#/components/schemas/{name}"}, DOCUMENT))) == wrong
