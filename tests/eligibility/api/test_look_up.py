"""The reads: occupations, lists, wages, editions; languages, ETags, other origins, what is not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from occupations import snapshots
from tests.eligibility.rules.cases import OFFICIAL, rulebook, shipped

READS = (
    "/api/v1/occupations?q=nurse",
    "/api/v1/occupations/21231",
    "/api/v1/lists/JP",
    "/api/v1/wages?noc=21231&region=ER3530",
    "/api/v1/editions",
)
TWO_LANGUAGES = override_settings(LANGUAGES=[("en", "English"), ("fr", "French")])


def test_a_search_finds_occupations_best_first_with_the_position_of_a_country(api: Client) -> None:
    found = api.get("/api/v1/occupations?q=software+engineer&country=MX&limit=3").json()
    assert found["occupations"][0]["code"] == "21231"
    assert found["occupations"][0]["position"]["standing"] == "included"
    assert len(found["occupations"]) <= 3
    without = api.get("/api/v1/occupations?q=software+engineer").json()
    assert without["occupations"][0]["position"] is None


def test_a_search_that_finds_nothing_is_an_empty_list(api: Client) -> None:
    assert api.get("/api/v1/occupations?q=%00%00xqzw").json()["occupations"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("?q=", "q"),
        ("?q=nurse&limit=0", "limit"),
        ("?q=nurse&limit=51", "limit"),
        ("?q=nurse&limit=many", "limit"),
        ("?q=nurse&country=mx", "country"),
        ("?q=nurse&country=ZZ", "country"),
    ],
)
def test_a_search_outside_the_contract_is_a_problem(api: Client, query: str, field: str) -> None:
    response = api.get(f"/api/v1/occupations{query}")
    assert response.status_code == 422
    assert field in [each["field"] for each in response.json()["errors"]]


def test_a_unit_group_has_its_titles_every_position_and_its_regulators(api: Client) -> None:
    engineer = api.get("/api/v1/occupations/21300").json()
    assert engineer["titles"]["fr"]
    covered = {code for code, rule in rulebook().edition.countries.items() if rule.covered}
    assert {each["country"] for each in engineer["positions"]} == covered
    assert any(each["kind"] == "licence" for each in engineer["regulated"])


def test_a_code_of_the_classification_before_names_its_successors(api: Client) -> None:
    response = api.get("/api/v1/occupations/2173")
    assert response.status_code == 404
    assert "21231" in response.json()["successors"]


@pytest.mark.parametrize("country", sorted(rulebook().edition.countries))
def test_the_lists_have_every_line_of_the_edition(api: Client, country: str) -> None:
    lists = api.get(f"/api/v1/lists/{country}").json()
    lines = [
        (each["effect"], each["noc"], tuple(each["teers"]), each["certain"], each["when"], each["unless"])
        for category in lists["categories"]
        for each in category["lines"]
    ]
    expected = [
        (rule.effect.value, rule.noc, tuple(sorted(rule.teers)), rule.certain, rule.when, rule.unless)
        for rule in rulebook().edition.occupation_rules
        if rule.country == country
    ]
    assert sorted(lines, key=repr) == sorted(expected, key=repr)
    uncoded = [each for category in lists["categories"] for each in category["uncoded"]]
    assert len(uncoded) == sum(each.country == country for each in rulebook().edition.uncoded_entries)


def test_a_country_that_the_edition_does_not_name_is_not_found(api: Client) -> None:
    response = api.get("/api/v1/lists/FR")
    assert response.status_code == 404
    assert "JP" in response.json()["countries"]


def test_the_wage_is_that_of_the_region_else_of_a_wider_one(api: Client) -> None:
    own = api.get("/api/v1/wages?noc=21231&region=ER3530").json()
    table = shipped().rulebook(snapshots.today()).wage("21231", "ER3530")
    assert table is not None
    assert own["row"]["median"] == format(table.median or 0, "f")
    assert own["row"]["region"] == table.region
    assert float(own["median_hourly"]) > 0


def test_a_wage_of_an_unknown_code_and_region_names_both(api: Client) -> None:
    response = api.get("/api/v1/wages?noc=00000&region=Paris")
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == ["noc", "region"]


def test_editions_say_when_each_decides_and_what_may_be_asked(api: Client) -> None:
    told = api.get("/api/v1/editions").json()
    assert told["in_force"] == OFFICIAL
    official = next(each for each in told["editions"] if each["slug"] == OFFICIAL)
    assert official["periods_in_force"]
    assert {each["slug"] for each in official["conditions"]} == set(rulebook().edition.conditions)
    assert {each["code"] for each in told["regions"]} == set(shipped().reference.regions)


@pytest.mark.parametrize("path", READS)
def test_a_read_that_the_client_has_is_not_sent_again(api: Client, path: str) -> None:
    first = api.get(path)
    assert first.status_code == 200
    again = api.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_etag_differs_by_address_language_and_data(api: Client) -> None:
    path = "/api/v1/occupations?q=nurse"
    with TWO_LANGUAGES:
        seen = {
            api.get(path)["ETag"],
            api.get("/api/v1/occupations?q=nurses")["ETag"],
            api.get(path, headers={"Accept-Language": "fr"})["ETag"],
        }
    snapshots.hold(replace(shipped(), revision=shipped().revision + 1))
    seen.add(api.get(path)["ETag"])
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("fr", "fr"),
        ("fr-CA,en;q=0.5", "fr"),
        ("ja", "en"),
        ("*", "en"),
        ("", "en"),
        ("de;q=1,fr;q=0.2", "fr"),
    ],
)
def test_texts_are_in_the_first_language_that_the_site_has(api: Client, wanted: str, given: str) -> None:
    with TWO_LANGUAGES:
        response = api.get("/api/v1/occupations/21231", headers={"Accept-Language": wanted})
    assert response["Content-Language"] == given
    assert response.json()["title"] == shipped().reference.unit_groups["21231"].title[given]
    assert "Accept-Language" in response["Vary"]


def test_no_cookie_chooses_the_language(api: Client) -> None:
    api.cookies["language"] = "fr"
    with TWO_LANGUAGES:
        assert api.get("/api/v1/occupations/21231")["Content-Language"] == "en"


@pytest.mark.parametrize("path", READS)
def test_a_read_sets_no_cookie_and_is_open_to_every_origin(api: Client, path: str) -> None:
    response = api.get(path, headers={"Origin": "https://consultant.example"})
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


def test_a_script_of_another_origin_may_ask_before_it_sends(api: Client) -> None:
    response = api.options(
        "/api/v1/assess",
        headers={
            "Origin": "https://consultant.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert response.status_code == 204
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert "Content-Type" in response["Access-Control-Allow-Headers"]


def test_pages_are_open_to_no_other_origin(api: Client) -> None:
    assert "Access-Control-Allow-Origin" not in api.get("/about/")


@pytest.mark.parametrize("path", READS)
def test_head_gives_the_headers_of_a_read(api: Client, path: str) -> None:
    response = api.head(path)
    assert response.status_code == 200
    assert response["ETag"] == api.get(path)["ETag"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("get", "/api/v1/assess", "POST"), ("post", "/api/v1/editions", "GET"), ("delete", READS[1], "GET")],
)
def test_another_method_is_a_problem_that_names_the_right_one(
    api: Client, method: str, path: str, allowed: str
) -> None:
    response: Any = getattr(api, method)(path)
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == allowed


@pytest.mark.parametrize("path", ["/api/", "/api/v2/assess", "/api/v1/assess/", "/api/v1/lists/"])
def test_an_unknown_address_is_a_problem_and_not_a_page(api: Client, path: str) -> None:
    for response in (api.get(path), api.post(path, "{}", content_type="application/json")):
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"


def test_without_rules_the_answer_is_a_problem_that_says_when_to_try_again(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise snapshots.SnapshotUnavailable("neither has the rules")

    monkeypatch.setattr(snapshots, "current", away)
    for response in (
        api.get("/api/v1/editions"),
        api.post("/api/v1/assess", "{}", content_type="application/json"),
    ):
        assert response.status_code == 503
        assert response["Content-Type"] == "application/problem+json"
        assert response["Retry-After"] == "10"


def test_an_unforeseen_error_is_a_problem_and_not_a_page(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("eligibility.api.found.editions", broken)
    response = Client(raise_request_exception=False).get("/api/v1/editions")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "unforeseen" not in response.content.decode()


def test_a_host_that_is_not_ours_is_a_problem(api: Client) -> None:
    response = api.get("/api/v1/editions", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
