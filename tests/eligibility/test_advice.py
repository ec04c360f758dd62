"""Advice in words: what would make somebody eligible, occupations nearby, other doors; as JSON and on the page."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from eligibility.explanations.changes import PLAIN, TELLERS
from eligibility.presenting import present
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.changes import ChangeKind
from occupations.rulebook import Rulebook, Snapshot
from tests.eligibility.rules.cases import MISSING, QUALIFIED, TECHNICIAN
from tests.eligibility.walker import Walker

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "profiles.jsonl").read_text().splitlines()
]
TABLE: dict[str, Any] = {"prevailing_wage_hourly": MISSING}


@pytest.fixture
def presented(shipped: Snapshot, rulebook: Rulebook) -> Any:
    """The Assessment JSON of somebody who qualifies, with some answers changed."""

    def present_with(
        base: dict[str, Any] = QUALIFIED, language: str = "en", **changes: Any
    ) -> dict[str, Any]:
        raw = {name: value for name, value in {**base, **changes}.items() if value is not MISSING}
        answers = Answers.parse(raw, rulebook.reference)
        assessment: dict[str, Any] = json.loads(json.dumps(present(answers, shipped, rulebook, language)))
        return assessment

    return present_with


def texts(assessment: dict[str, Any]) -> list[str]:
    return [change["text"] for change in assessment["changes"]]


def result_page(answers: dict[str, Any]) -> str:
    """The text of the page that ends a walk with these answers."""
    walker = Walker()
    walker.walk(answers)
    return unescape(walker.result().content.decode())


def test_every_kind_of_change_has_words() -> None:
    assert set(PLAIN) | set(TELLERS) == set(ChangeKind)
    assert not set(PLAIN) & set(TELLERS)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"experience_years": "1"},
            "You need 1 year more of paid work in the sector of the job, 2 years in all.",
        ),
        ({"experience_years": "0"}, "You need 2 years of paid work in the sector of the job."),
        (
            {"experience_years": "1.9999999"},
            "You need 0.000001 years more of paid work in the sector of the job, 2 years in all.",
        ),
        ({"experience_part_time": True}, "You need proof that enough of your paid work was full-time work."),
        ({"education_years": "3"}, "You need 1 year more of post-secondary study, 4 years in all."),
        ({"education_years": MISSING}, "You need 4 years of post-secondary study."),
        ({"education_level": "diploma"}, "You need a bachelor's degree or a higher credential."),
        ({"wage_amount": "46.80"}, "In Toronto you need CAD 3.20 more per hour, CAD 50.00 per hour in all."),
        (
            {"wage_amount": "46.80", "region": MISSING},
            "You need CAD 3.20 more per hour, CAD 50.00 per hour in all.",
        ),
        (
            {"wage_amount": "90000", "wage_period": "year", "hours_per_week": "37.5"},
            "In Toronto you need CAD 7,500.00 more per year, CAD 97,500.00 per year in all.",
        ),
        ({"wage_amount": MISSING}, "You need a wage of at least CAD 50.00 per hour."),
        ({"wage_period": MISSING}, "You need a wage of at least CAD 50.00 per hour."),
        (
            {"wage_amount": "48", "wage_allowances": "1"},
            "In Toronto you need CAD 3.00 more per hour, CAD 51.00 per hour in all. Your allowances are in that total.",
        ),
        (
            {"wage_amount": "52", "wage_allowances": "4"},
            "The pay would be enough if the employer paid the allowances of CAD 4.00 as ordinary wage.",
        ),
        (
            {"noc": "21300", "licence_needed": MISSING},
            (
                "You need the licence of Professional Engineers Ontario (PEO), or a licence for this work from your "
                "home country."
            ),
        ),
        (
            {"licence_needed": True, "licence_held": "none"},
            "You need a licence for this work, from Canada or from your home country.",
        ),
        (
            {"country": "AU", "education_years": "3", "employer_equivalence_letter": True},
            "The degree has to be from this country: Australia.",
        ),
        (
            {"noc": "41101", "country": "AU"},
            "The answer to this question has to be no: Is the job that of a notary?",
        ),
        (
            {"noc": "21100", "country": "JP", "conditions": {"research-job": True}},
            (
                "The answer to this question has to be yes: Will the work be done at a university or another academic "
                "institution in Canada?"
            ),
        ),
    ],
)
def test_a_change_is_a_whole_sentence_with_its_figures(
    presented: Any, changes: dict[str, Any], sentence: str
) -> None:
    assessment = presented(**changes)
    assert sentence in texts(assessment)
    assert sentence in [told["to_pass"] for told in assessment["criteria"].values()]


def test_a_suggestion_says_what_it_comes_to_and_which_answers_it_changes(presented: Any) -> None:
    assessment = presented(job_offer="verbal")
    assert assessment["changes"] == [
        {
            "criteria": ["job-offer"],
            "text": "You need a job offer or a contract in writing.",
            "sentences": ["You need a job offer or a contract in writing."],
            "outcome": "eligible",
            "outcome_text": "With this you would qualify as a professional.",
            "category": "professional",
            "answers": {"job_offer": "written"},
            "alternatives": {"region": []},
        }
    ]
    assert assessment["no_change"] is None


def test_several_changes_are_promised_together(presented: Any) -> None:
    (change,) = presented(TECHNICIAN, job_offer="verbal", experience_years="3")["changes"]
    assert change["outcome_text"] == "With these 2 changes together you would qualify as a technician."
    assert change["answers"] == {"experience_years": "4", "job_offer": "written"}


def test_regions_of_the_same_province_are_named_first_and_the_others_counted(presented: Any) -> None:
    (move,) = [each for each in presented(**TABLE)["changes"] if each["alternatives"]["region"]]
    named = len(move["alternatives"]["region"])
    assert move["text"].startswith("The same offer already meets the usual pay in these regions: ")
    assert move["text"].endswith(f", and in {named - 6} more.")
    assert "in these regions: Hamilton–Niagara Peninsula, " in move["text"]


def test_a_few_regions_are_all_named(presented: Any) -> None:
    sentences = [text for text in texts(presented(**TABLE, wage_amount="41.50")) if "same offer" in text]
    assert sentences
    assert all(" more." not in text for text in sentences)


def test_the_regulator_of_one_province_is_not_named_for_a_job_that_may_be_in_others(presented: Any) -> None:
    moves = [
        text
        for text in texts(presented(**TABLE, noc="21300", licence_needed=MISSING, wage_amount="46"))
        if "same offer" in text
    ]
    assert moves
    assert all(
        text.endswith("You need a licence for this work, from Canada or from your home country.")
        for text in moves
    )


def test_without_a_place_the_figures_of_the_whole_country_are_the_guide(presented: Any) -> None:
    (text,) = texts(presented(**TABLE, region=MISSING, wage_amount=MISSING))
    assert "While the place of work is not known, the figures for this place are the guide: Canada." in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"status": "neither"},
            (
                "Nothing that you could change in this case would make you qualify, because of this: Country and "
                "status."
            ),
        ),
        (
            {"status": MISSING},
            (
                "Once you have answered the questions about this, we can say what would make you qualify: Country and "
                "status."
            ),
        ),
        (
            {"prevailing_wage_hourly": None},
            "Whatever you change, this stays for an officer to decide: Wage.",
        ),
    ],
)
def test_where_no_change_helps_the_reason_is_said(
    presented: Any, changes: dict[str, Any], sentence: str
) -> None:
    assessment = presented(**changes)
    assert assessment["changes"] == []
    assert assessment["no_change"]["text"] == sentence
    assert assessment["no_change"]["reasons"]


def test_a_criterion_that_passes_needs_nothing_to_pass(presented: Any) -> None:
    assert all(told["to_pass"] is None for told in presented()["criteria"].values())


def test_occupations_nearby_come_with_the_warning_that_duties_decide(presented: Any) -> None:
    nearby = presented(TECHNICIAN, noc="22311")["nearby"]
    assert "duties" in nearby["warning"]
    assert nearby["occupations"][0] == {
        "noc": "22310",
        "category": "technician",
        "outcome": "pass",
        "text": "Electrical and electronics engineering technologists and technicians (22310): the list of your "
        "country includes it, as technician work.",
    }
    assert presented()["nearby"] is None


def test_other_doors_are_named_with_their_sources(presented: Any) -> None:
    doors = presented(job_offer="none")["other_doors"]
    assert [door["code"] for door in doors] == ["T36", None]
    assert all(source["fact"] == "F-38" for door in doors for source in door["sources"])
    assert doors[0]["sources"]
    assert presented()["other_doors"] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_the_answers_of_a_suggestion_give_what_its_text_promises(
    case: dict[str, Any], shipped: Snapshot, rulebook: Rulebook
) -> None:
    answers = Answers.parse(case["answers"], rulebook.reference)
    for change in present(answers, shipped, rulebook, "en")["changes"]:
        regions = change["alternatives"]["region"] or [None]
        for region in regions:
            moved = {"region": region} if region else {}
            changed = {**answers.to_json(), **change["answers"], **moved}
            after = assess(Answers.parse(changed, rulebook.reference), rulebook)
            assert (after.outcome.value, after.category.value) == (change["outcome"], change["category"])


@pytest.mark.django_db
def test_the_page_shows_the_suggestions_and_what_each_point_needs() -> None:
    case = next(case for case in CASES if case["id"] == "pub-14")
    page = result_page(case["answers"])
    assert "What would change this result" in page
    assert "With this you would qualify as a professional." in page
    assert 'class="to-pass"' in page


@pytest.mark.django_db
def test_the_page_says_where_no_change_helps_and_which_other_doors_there_are() -> None:
    case = next(case for case in CASES if case["id"] == "pub-20")
    page = result_page(case["answers"])
    assert "Nothing that you could change in this case would make you qualify" in page
    assert "Other permits to ask about" in page
