"""What a result says about applying: words from the tables, papers by criterion, nothing that changes an outcome."""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility import applying_pages
from eligibility.presenting import Json, present
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion
from eligibility.rules.vocabulary import CurrentLocation, JobOffer, LanguageEvidence, Status
from occupations.rulebook import FeeUnit, LinePart, Standing
from tests.eligibility.rules.cases import MISSING, QUALIFIED, TECHNICIAN, answers, rulebook, shipped

RULES = Path(__file__).resolve().parents[2] / "eligibility"
ADVICE_ONLY = {
    "passport_country",
    "current_location",
    "has_partner",
    "offer_start_date",
    "passport_expiry",
    "offer_months",
}


def told(language: str = "en", base: dict[str, Any] = QUALIFIED, **changes: Any) -> Json:
    return present(answers(base, **changes), shipped(), rulebook(), language)


def ids(lines: list[Json]) -> set[str]:
    return {line["id"] for line in lines}


# --- Advice stays advice -----------------------------------------------------------------------------------

countries = st.sampled_from(["AU", "JP", "MX", "CL", "PE", "MY", "BN", "NZ", "GB", "US"]) | st.none()
advice_only = st.fixed_dictionaries(
    {
        "passport_country": countries,
        "current_location": st.sampled_from(CurrentLocation) | st.none(),
        "has_partner": st.booleans() | st.none(),
        "offer_start_date": st.dates() | st.none(),
        "passport_expiry": st.dates() | st.none(),
        "offer_months": st.integers(0, 10**12 - 1) | st.none(),
    }
)
cases = st.builds(
    Answers,
    country=countries,
    status=st.sampled_from(Status) | st.none(),
    noc=st.sampled_from(["21231", "22300", "31301", "41101", "65200"]) | st.none(),
    region=st.sampled_from(["ER3530", "ER35", "ER00", "ER6110"]) | st.none(),
    job_offer=st.sampled_from(JobOffer) | st.none(),
    controls_employer=st.booleans() | st.none(),
    licence_needed=st.booleans() | st.none(),
    language_evidence=st.none() | st.frozensets(st.sampled_from(LanguageEvidence)),
)


@settings(deadline=None)
@given(case=cases, advice=advice_only)
def test_advice_only_answers_never_change_an_outcome(case: Answers, advice: dict[str, Any]) -> None:
    assert set(advice) == ADVICE_ONLY <= {each.name for each in fields(Answers)}
    assert assess(replace(case, **advice), rulebook()) == assess(case, rulebook())


@settings(deadline=None)
@given(case=cases, advice=advice_only, language=st.sampled_from(["en", "fr", "es", "ja"]))
def test_telling_never_fails_whatever_was_answered(
    case: Answers, advice: dict[str, Any], language: str
) -> None:
    told = present(replace(case, **advice), shipped(), rulebook(), language)
    assert len(told["routes"]) == 3
    assert {route["standing"] for route in told["routes"]} <= set(Standing)
    page = applying_pages.for_page(told, language)
    assert bool(page["left_out"]) is (told["outcome"] == "not_eligible")
    assert told["permit"]["text"]


def test_no_fee_and_no_country_stands_in_the_policy() -> None:
    for name in ("routes", "permit"):
        tree = ast.parse((RULES / "rules" / f"{name}.py").read_text(encoding="utf-8"))
        constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        assert not set(constants) & set(shipped().reference.country_names)
        assert {each for each in constants if type(each) is int} <= {0, 1, 12}


# --- Papers (F-33) -----------------------------------------------------------------------------------------


def test_every_open_point_begins_with_what_to_find_out_f33() -> None:
    result = present(Answers(), shipped(), rulebook(), "en")
    groups = {group["criterion"]: group["items"] for group in result["documents"]}
    assert set(groups) == {criterion.value for criterion in Criterion} | {None}
    assert all(items[0]["find_out"] for criterion, items in groups.items() if criterion)
    assert not any(item["find_out"] for items in groups.values() for item in items[1:])


def test_a_settled_case_has_nothing_to_find_out() -> None:
    items = [item for group in told()["documents"] for item in group["items"]]
    assert items
    assert not any(item["find_out"] for item in items)


def test_each_paper_is_listed_once() -> None:
    texts = [item["text"] for group in told()["documents"] for item in group["items"]]
    assert len(texts) == len(set(texts))


def papers(**changes: Any) -> str:
    groups = told(**changes)["documents"]
    return " ".join(item["text"] for group in groups for item in group["items"])


def test_every_australian_professional_is_told_of_the_employers_letter_f10() -> None:
    letter = "take one along even if your degree is long enough"
    assert letter in papers(country="AU")
    assert letter not in papers(country="JP")
    assert letter not in papers(base=TECHNICIAN, country="AU")


def test_proof_of_the_relationship_is_asked_where_a_spouse_may_come_f33() -> None:
    assert "marriage certificate" in papers(has_partner=True)
    assert "marriage certificate" not in papers(has_partner=False)
    assert "marriage certificate" not in papers(country="PE", has_partner=True)


# --- Pitfalls (F-34) ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pitfall", "changes"),
    [
        ("border-with-visa", {}),
        ("title-and-duties", {}),
        ("allowances-as-wage", {"wage_allowances": "1.00"}),
        ("licence-late", {"licence_needed": True, "licence_held": "none"}),
        ("visitor-inland", {"current_location": "in_canada_visitor"}),
        ("flagpoling", {"current_location": "in_canada_study_permit"}),
        ("passport-runs-out", {"passport_expiry": "2027-06-01"}),
        ("passport-too-old", {"passport_expiry": "2026-06-01"}),
        ("owning-the-company", {"controls_employer": True}),
        ("residents-do-not-count", {"status": "permanent_resident"}),
        ("every-code-covered", {"noc": "31102"}),
    ],
)
def test_a_pitfall_is_shown_to_those_whom_it_touches_f34(pitfall: str, changes: dict[str, Any]) -> None:
    assert pitfall in ids(told(**changes)["pitfalls"])


def test_a_plain_case_is_spared_the_pitfalls_of_others_f34() -> None:
    plain = told(country="AU", current_location="outside_canada", passport_expiry="2035-01-01")
    assert ids(plain["pitfalls"]) == {"title-and-duties", "apply-too-early", "same-names"}


# --- Sentences ---------------------------------------------------------------------------------------------


def test_the_page_says_what_limits_the_permit_f25() -> None:
    text = told(offer_months=24, offer_start_date="2027-03-01", passport_expiry="2027-12-31")["permit"][
        "text"
    ]
    assert "until your passport ends, on December 31, 2027" in text
    assert "No first permit lasts longer than 12 months." in text


def test_a_start_that_was_not_named_is_said_to_be_assumed_f25() -> None:
    assert "we counted from" in told(passport_expiry="2035-01-01")["permit"]["text"]


def test_the_total_is_said_in_dollars_and_dated_f28() -> None:
    totals = told(has_partner=True)["fee_totals"]
    assert totals["text"] == "You and your spouse or partner pay CAD 580.00 in all."
    assert "January 19, 2026" in totals["as_of_text"]
    assert totals["employer"] == "230.00"
    alone = told()["fee_totals"]["text"]
    assert alone == "You pay CAD 240.00 in all. A spouse or partner who applies as well pays CAD 340.00 more."
    open_question = told(status=MISSING, has_partner=True)["fee_totals"]["text"]
    assert "If a permit is open to your spouse or partner, it costs CAD 340.00 more." in open_question


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"current_location": "outside_canada"}, {"D-06", "D-13"}),
        ({"country": "AU", "current_location": "outside_canada"}, {"D-13"}),
        ({"current_location": "in_canada_visitor"}, {"D-07", "D-08", "D-13"}),
        ({"country": "PE", "current_location": "outside_canada"}, set()),
    ],
)
def test_differences_about_the_way_to_apply_stand_with_the_others_d06_d07_d08_d13(
    changes: dict[str, Any], found: set[str]
) -> None:
    notes = [note for note in told(**changes)["differences"] if note["outcome"] is None]
    assert {note["difference"] for note in notes} == found
    assert all("We follow IRCC" in note["text"] for note in notes)


def test_a_rule_with_a_date_says_since_when_f23_f24() -> None:
    routes = {route["route"]: route for route in told(current_location="in_canada_visitor")["routes"]}
    assert "since August 28, 2024" in routes["inside-canada"]["text"]
    assert "since December 23, 2024" in routes["port-of-entry"]["text"]
    pitfalls = {line["id"]: line for line in told(current_location="in_canada_visitor")["pitfalls"]}
    assert pitfalls["visitor-inland"]["since"] == "2024-08-28"
    assert "since August 28, 2024" in pitfalls["visitor-inland"]["text"]


def test_every_line_of_advice_is_shown_to_somebody() -> None:
    shown: set[str] = set()
    steady = {"offer_start_date": "2027-03-01"}
    for country in ("AU", "MX", "PE"):
        for place in (None, *(each.value for each in CurrentLocation)):
            for more in (
                {"wage_allowances": "1", "passport_expiry": "2027-06-01"},
                {"noc": MISSING, "licence_needed": None, "passport_expiry": "2026-12-31"},
                {"status": "permanent_resident", "controls_employer": True},
                {"status": MISSING},
            ):
                result = told(**{"country": country, "current_location": place, **steady, **more})
                shown |= {
                    line["id"]
                    for route in result["routes"]
                    for part in ("steps", "risks", "times")
                    for line in route[part]
                }
                for part in ("pitfalls", "afterwards", "plan"):
                    shown |= ids(result[part])
                shown |= ids(result["spouse"]["details"]) | ids(result["permit"]["details"])
                texts = {item["text"] for group in result["documents"] for item in group["items"]}
                shown |= {
                    line.slug for line in rulebook().reference.applying.lines if line.says["en"] in texts
                }
    assert {line.slug for line in rulebook().reference.applying.lines} == shown


def test_every_row_about_applying_is_cited_and_dated() -> None:
    applying = rulebook().reference.applying
    rules = [rule for route in applying.routes for rule in route.rules]
    for rows in (applying.routes, rules, applying.lines, applying.fees, applying.permit_terms):
        assert rows
        assert all(row.fact_ids and row.source.id for row in rows)
    assert all(line.checked_on <= date(2026, 11, 22) for line in applying.lines)
    assert {fee.unit for fee in applying.fees} == set(FeeUnit)
    assert {line.part for line in applying.lines} == set(LinePart)
