"""`country-status` (F-01, F-32), `job-offer` (F-02), `language` (F-19) and `self-employment` (F-20)."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility.rules.outcomes import Criterion, CriterionResult, Evidence, Outcome, Reason
from tests.eligibility.rules.cases import MISSING, QUALIFIED, answers, judged, rulebook, verdict

Changes = dict[str, Any]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"country": MISSING}, ("unknown", "country_not_given", "not_answered")),
        ({"country": "FR"}, ("fail", "country_not_covered", None)),
        ({"country": "GB"}, ("fail", "country_not_covered", None)),
        ({"country": "GB", "status": MISSING}, ("fail", "country_not_covered", None)),
        ({"status": MISSING}, ("unknown", "status_not_given", "not_answered")),
        ({"status": "neither"}, ("fail", "status_not_accepted", None)),
        ({"status": "permanent_resident"}, ("fail", "status_not_accepted", None)),
        ({"country": "JP", "status": "permanent_resident"}, ("fail", "status_not_accepted", None)),
        ({"country": "AU", "status": "permanent_resident"}, ("pass", "status_accepted", None)),
        ({"country": "AU"}, ("pass", "status_accepted", None)),
        ({}, ("pass", "status_accepted", None)),
    ],
)
def test_country_and_status(changes: Changes, expected: tuple[str, str, str | None]) -> None:
    assert verdict(judged("country-status", answers(**changes))) == expected


def test_c26_passport_and_country_of_study_never_change_country_status() -> None:
    plain = judged("country-status", answers())
    assert judged("country-status", answers(passport_country="IN", education_country="US")) == plain


def test_country_status_says_what_was_given_and_which_statuses_count() -> None:
    result = judged("country-status", answers(country="AU", status="permanent_resident"))
    assert result == CriterionResult(
        Criterion.COUNTRY_STATUS,
        Outcome.PASSES,
        Reason.STATUS_ACCEPTED,
        (("country", "AU"), ("status", "permanent_resident")),
        (("statuses", frozenset({"citizen", "permanent_resident"})),),
        ("F-01", "F-32"),
        (Evidence.PERMANENT_RESIDENCE, Evidence.PASSPORT),
    )


@pytest.mark.parametrize(
    "changes", [{"country": MISSING}, {"country": "FR"}, {"status": MISSING}, {"status": "neither"}, {}]
)
def test_every_result_on_status_names_facts_papers_and_what_was_said(changes: Changes) -> None:
    result = judged("country-status", answers(**changes))
    assert result.criterion is Criterion.COUNTRY_STATUS
    assert result.fact_ids == ("F-01", "F-32")
    assert result.evidence == (Evidence.PASSPORT,)
    said = answers(**changes)
    assert result.given == (("country", said.country), ("status", said.status))
    covered = changes.get("country", "MX") == "MX"
    assert result.required == ((("statuses", frozenset({"citizen"})),) if covered else ())


@pytest.mark.parametrize(
    ("offer", "expected", "papers"),
    [
        (MISSING, ("unknown", "offer_not_given", "not_answered"), Evidence.SIGNED_OFFER),
        (None, ("unknown", "offer_not_given", "not_answered"), Evidence.SIGNED_OFFER),
        ("verbal", ("unknown", "offer_verbal", "officer_decides"), Evidence.SIGNED_OFFER),
        ("none", ("fail", "no_offer", None), Evidence.SIGNED_OFFER),
        ("written", ("pass", "offer_in_writing", None), Evidence.SIGNED_OFFER),
        ("contract_direct", ("pass", "offer_in_writing", None), Evidence.SIGNED_CONTRACT),
        ("contract_via_home_employer", ("pass", "offer_in_writing", None), Evidence.SIGNED_CONTRACT),
    ],
)
def test_c06_an_offer_counts_in_writing(
    offer: object, expected: tuple[str, str, str | None], papers: Evidence
) -> None:
    given = answers(job_offer=offer)
    result = judged("job-offer", given)
    assert verdict(result) == expected
    assert result.evidence == (papers, Evidence.OFFER_NUMBER)
    assert result.given == (("job_offer", given.job_offer),)
    assert (result.criterion, result.required, result.fact_ids) == (Criterion.JOB_OFFER, (), ("F-02",))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"controls_employer": True}, ("fail", "controls_employer", None)),
        ({"controls_employer": False}, ("pass", "no_control", None)),
        ({"controls_employer": MISSING}, ("unknown", "control_not_given", "not_answered")),
        ({"controls_employer": True, "job_offer": "none"}, ("pass", "no_employer", None)),
        ({"controls_employer": MISSING, "job_offer": "none"}, ("pass", "no_employer", None)),
        ({"controls_employer": True, "job_offer": MISSING}, ("fail", "controls_employer", None)),
    ],
)
def test_c12_control_of_the_employer_fails_unless_there_is_no_employer(
    changes: Changes, expected: tuple[str, str, str | None]
) -> None:
    given = answers(**changes)
    result = judged("self-employment", given)
    assert verdict(result) == expected
    assert result.given == (("controls_employer", given.controls_employer),)
    assert result.evidence == (Evidence.OWNERSHIP,)
    assert (result.criterion, result.required) == (Criterion.SELF_EMPLOYMENT, ())
    assert result.fact_ids == ("F-20",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("pass", "language_shown", None)),
        ({"works_in_english_or_french": True, "offer_language_met": True}, ("pass", "language_shown", None)),
        ({"works_in_english_or_french": False}, ("fail", "language_not_spoken", None)),
        ({"offer_language_met": False}, ("fail", "offer_language_not_met", None)),
        (
            {"offer_language_met": False, "language_evidence": MISSING},
            ("fail", "offer_language_not_met", None),
        ),
        ({"language_evidence": MISSING}, ("unknown", "language_evidence_not_given", "not_answered")),
        ({"language_evidence": []}, ("unknown", "no_language_evidence", "officer_decides")),
    ],
)
def test_c10_language(changes: Changes, expected: tuple[str, str, str | None]) -> None:
    given = answers(**changes)
    result = judged("language", given)
    assert verdict(result) == expected
    assert result.given == (("language_evidence", given.language_evidence),)
    assert (result.criterion, result.required, result.fact_ids) == (Criterion.LANGUAGE, (), ("F-19",))
    assert result.also == ()
    if result.outcome is not Outcome.PASSES:
        assert result.evidence == (
            Evidence.LANGUAGE_SCHOOLING,
            Evidence.LANGUAGE_CORRESPONDENCE,
            Evidence.LANGUAGE_WORK,
            Evidence.LANGUAGE_TEST,
        )


def test_both_language_objections_are_named() -> None:
    result = judged("language", answers(works_in_english_or_french=False, offer_language_met=False))
    assert (result.reason, result.also) == (Reason.LANGUAGE_NOT_SPOKEN, (Reason.OFFER_LANGUAGE_NOT_MET,))


@pytest.mark.parametrize("kind", ["schooling", "work", "correspondence", "test", "other"])
def test_any_one_kind_of_language_evidence_passes_and_is_the_paper_to_gather(kind: str) -> None:
    result = judged("language", answers(language_evidence=[kind]))
    assert result.outcome is Outcome.PASSES
    assert [paper.value for paper in result.evidence] == [f"language_{kind}"]


def test_c02_saying_that_there_is_no_offer_is_an_answer_and_fails() -> None:
    assert judged("job-offer", answers(job_offer="none")).outcome is Outcome.FAILS


@pytest.mark.parametrize("name", sorted(set(QUALIFIED) - {"licence_needed", "prevailing_wage_hourly"}))
def test_c02_a_missing_answer_is_never_a_fail(name: str) -> None:
    for criterion in Criterion:
        assert judged(criterion, answers(**{name: MISSING}), book=rulebook()).outcome is not Outcome.FAILS
