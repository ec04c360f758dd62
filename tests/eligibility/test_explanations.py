"""Every outcome is told in whole, plain sentences that name figures and show no code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings

from eligibility.explanations import (
    Explained,
    category_sentence,
    explain,
    headline,
    job,
    names,
    next_steps,
    pay,
    people,
    study,
    whole,
)
from eligibility.presenting import present
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Because, Criterion, Evidence, Reason
from eligibility.rules.vocabulary import EducationLevel, LanguageEvidence
from occupations.rulebook import Category, Rulebook
from tests.eligibility.rules.cases import (
    ARTICLE,
    MISSING,
    QUALIFIED,
    TECHNICIAN,
    answers,
    in_small,
    line,
    rulebook,
    shipped,
    small_rulebook,
)
from tests.eligibility.rules.test_profiles import CASES
from tests.eligibility.rules.test_properties import ANY_ANSWERS

CODE = re.compile(r"\b\d{5}\b|\bER\d|\b[FCDG]-\d|\w_\w|%\(|None|\bTrue\b|\bFalse\b")


def told(
    criterion: str,
    given_answers: Answers,
    category: Category = Category.PROFESSIONAL,
    book: Rulebook | None = None,
) -> Explained:
    book = book or rulebook()
    result = assess(given_answers, book).by_category[category].criteria[Criterion(criterion)]
    return explain(result, category, given_answers, book, "en")


def texts(presented: dict[str, Any]) -> list[str]:
    """Every text of a presented assessment that a visitor reads."""
    found = [presented["headline"], presented["category_text"], *presented["next_steps"]]
    found += [note["text"] for note in presented["differences"]]
    for judged in presented["by_category"].values():
        for entry in judged["criteria"].values():
            found += [entry[name] for name in ("given", "required", "explanation", "title")]
            found += entry["evidence"]
            if entry["because_text"]:
                found.append(entry["because_text"])
    return found


def check_plain(found: list[str]) -> None:
    slugs = set(rulebook().edition.conditions) - {"notary", "actuary", "supervisor"}
    for text in found:
        assert text.strip()
        assert CODE.search(text) is None, text
        assert not any(slug in text for slug in slugs), text
        assert "  " not in text, text


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("edition", [None, ARTICLE])
def test_no_text_of_a_worked_case_shows_a_code(case: dict[str, Any], edition: str | None) -> None:
    given_answers = Answers.parse(case["answers"], shipped().reference)
    presented = present(
        given_answers, shipped(), shipped().rulebook(rulebook().on, edition), "en", case["id"]
    )
    json.dumps(presented)
    check_plain(texts(presented))


@given(ANY_ANSWERS)
@settings(max_examples=60, deadline=None)
def test_any_answers_are_told_in_plain_texts(given_answers: Answers) -> None:
    presented = present(given_answers, shipped(), rulebook(), "en")
    check_plain(texts(presented))
    for judged in presented["by_category"].values():
        for entry in judged["criteria"].values():
            assert (entry["because_text"] is not None) == (entry["outcome"] == "unknown")
            assert entry["sources"]
            assert all(source["title"] and source["publisher"] for source in entry["sources"])
            assert {source["url"].partition("://")[0] for source in entry["sources"]} <= {"https", ""}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"wage_amount": "46.80"},
            [
                "which is CAD 3.20 per hour below the prevailing wage of CAD 50.00 per hour.",
                "The prevailing wage is the figure that you gave yourself.",
            ],
        ),
        ({"wage_amount": "49.999999"}, ["comes to CAD 49.9999 per hour, which is CAD 0.01 per hour below"]),
        (
            {"employer_scale_hourly": "53.5"},
            ["which is CAD 1.50 per hour below the CAD 53.50 per hour that the employer pays"],
        ),
        (
            {"prevailing_wage_hourly": MISSING},
            [
                "Job Bank shows no median for the place of work itself",
                "its median for Ontario, in the figures of 2025.",
            ],
        ),
        (
            {"prevailing_wage_hourly": MISSING, "region": "ER3510"},
            ["is the Job Bank median for Ottawa, in the figures of 2024."],
        ),
        (
            {"prevailing_wage_hourly": MISSING, "region": MISSING},
            ["depends on the occupation and the place of work."],
        ),
        ({"prevailing_wage_hourly": None}, ["You found no median wage for this occupation"]),
        (
            {"wage_allowances": "1"},
            ["Allowances for housing, travel and the like do not count and were taken off."],
        ),
        ({"job_offer": "none"}, ["Without an offer there is no wage to compare."]),
    ],
)
def test_the_wage_is_told_with_its_figures_and_where_they_come_from(
    changes: dict[str, Any], sentences: list[str]
) -> None:
    explanation = told("wage", answers(**changes)).explanation
    for sentence in sentences:
        assert sentence in explanation


def test_the_wage_says_what_is_offered_and_required() -> None:
    weekly = told(
        "wage", answers(wage_amount="1900", wage_period="week", hours_per_week="37.5", wage_allowances="25")
    )
    assert weekly.given == (
        "You are offered CAD 1,900.00 per week for 37.5 hours a week. Of that, CAD 25.00 are allowances."
    )
    assert weekly.required == "The wage must reach the prevailing wage: CAD 50.00 per hour."
    assert told("wage", answers(wage_period="week")).given == "You are offered CAD 52.00."
    assert told("wage", answers(wage_amount=MISSING)).given == "You have not told us a wage."


def test_an_offer_that_fails_never_looks_equal_to_what_is_required() -> None:
    short = told("wage", answers(wage_amount="49.99999999", prevailing_wage_hourly="50"))
    assert "CAD 49.9999 per hour" in short.explanation


def test_without_a_table_figure_the_visitor_is_told_that_we_have_none() -> None:
    book = rulebook()
    empty = replace(book, reference=replace(book.reference, wages={}))
    assert told("wage", answers(prevailing_wage_hourly=MISSING), book=empty).explanation.startswith(
        "We have no median wage"
    )


@pytest.mark.parametrize(
    ("country", "noc", "conditions", "sentence"),
    [
        (
            "AU",
            "31301",
            {},
            (
                "is excluded for Australia, under this entry of the list: “health, education "
                "and social services group”."
            ),
        ),
        ("MX", "22211", {}, "The occupation “Industrial designers” is not on the list for Mexico."),
        (
            "JP",
            "21101",
            {},
            (
                "Whether the list covers your job depends on this: Is research the main part "
                "of the job in Canada?"
            ),
        ),
        (
            "MX",
            "65100",
            {},
            "is of TEER 5, which is neither professional nor technician work for this permit.",
        ),
        ("MX", "22300", {}, "is of TEER 2. Professional work for this permit is TEER 0 or 1."),
        ("AU", "00013", {}, "do not say clearly whether the occupation"),
        ("FR", "21231", {}, "No occupation is open to people who rely on France"),
        (
            "MY",
            "21231",
            {"software-engineer": False},
            "but your answers place your job outside it: “software engineers”.",
        ),
    ],
)
def test_the_occupation_is_told_with_the_entry_of_the_list(
    country: str, noc: str, conditions: dict[str, bool], sentence: str
) -> None:
    given_answers = answers(country=country, noc=noc, conditions=conditions)
    category = Category.TECHNICIAN if noc == "22211" else Category.PROFESSIONAL
    assert sentence in told("occupation", given_answers, category).explanation


def test_a_category_that_is_not_open_is_named() -> None:
    given_answers = answers(country="MY", noc="22300")
    technician = told("occupation", given_answers, Category.TECHNICIAN)
    assert technician.explanation == "The rules name no technician work for people who rely on Malaysia."


@pytest.mark.parametrize(
    ("base", "changes", "sentence"),
    [
        (
            TECHNICIAN,
            {"experience_years": "3.5"},
            "You have 3.5 years of paid experience, which is 0.5 years short of the 4 years that are needed.",
        ),
        (TECHNICIAN, {"experience_years": "3"}, "which is 1 year short of the 4 years"),
        (TECHNICIAN, {"experience_part_time": True}, "all of it was part-time work"),
    ],
)
def test_experience_is_told_with_the_years_that_are_missing(
    base: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in told("experience", answers(base, **changes), Category.TECHNICIAN).explanation


def test_education_names_every_part_that_fails() -> None:
    worst = answers(education_level="diploma", education_years="1.5", degree_field_related=False)
    assert told("education", worst).explanation == (
        "The credential you named does not count for this kind of work: a diploma. "
        "Your studies took 1.5 years, which is 2.5 years short of the 4 years that are needed. "
        "The degree must be in the field of the job or a closely related one, and you said that it is not."
    )


def test_education_tells_of_the_shorter_equivalent() -> None:
    given_answers = answers(
        country="AU", education_years="3", education_country="AU", employer_equivalence_letter=True
    )
    explained = told("education", given_answers)
    assert "a degree of 3 years from Australia is accepted" in explained.explanation
    assert "A degree of at least 3 years from Australia is enough with a letter" in explained.required
    elsewhere = answers(country="AU", education_years="3", education_country="NZ")
    assert "only from Australia, and you studied in New Zealand." in told("education", elsewhere).explanation


def test_a_note_of_the_occupation_line_is_told_to_be_checked() -> None:
    noted = line("21231", education_note={"en": "The programme must be accredited."})
    explained = told("education", in_small(), book=small_rulebook([line(), noted]))
    assert explained.explanation.endswith("Check this as well: The programme must be accredited.")


def test_a_licence_names_the_regulator_or_whose_answer_it_is() -> None:
    engineer = answers(noc="21300", licence_needed=MISSING, licence_held="none")
    explained = told("licensing", engineer)
    assert "Professional Engineers Ontario" in explained.explanation
    assert any("Who to ask" in sentence for sentence in explained.explanation.split(". "))
    assert told("licensing", answers()).explanation.endswith("is your own answer, not our finding.")
    nowhere = told("licensing", answers(licence_needed=MISSING, region=MISSING))
    assert nowhere.explanation.endswith("says nothing for this occupation and place.")
    within = told(
        "licensing", answers(licence_needed=True, licence_held="none", licence_within_4_months=True)
    )
    assert "within about 4 months" in within.explanation


def test_status_names_the_countries_that_count() -> None:
    explained = told("country-status", answers(country="FR"))
    assert explained.required == (
        "You must rely on one of these countries: Australia, Brunei, Chile, Japan, Malaysia, Mexico and Peru."
    )
    assert told("country-status", answers(country=MISSING)).given == "You have not named a country yet."
    permanent = told("country-status", answers(country="AU", status="permanent_resident"))
    assert permanent.given == "You are a permanent resident of Australia."
    assert "separate route" in told("country-status", answers(country="GB")).explanation


def test_sources_name_document_publisher_and_date() -> None:
    [source] = told("self-employment", answers()).sources
    assert source.fact == "F-20"
    assert source.publisher
    assert source.url.startswith("https://")
    assert source.dated is not None
    tables = told("wage", answers(prevailing_wage_hourly=MISSING)).sources
    assert any("Job Bank" in each.publisher or "Job Bank" in each.title for each in tables)


def assessed(**changes: Any) -> tuple[str, str, tuple[str, ...]]:
    given_answers = answers(**changes)
    assessment = assess(given_answers, rulebook())
    return (
        headline(assessment, "en"),
        category_sentence(assessment, given_answers, rulebook()),
        next_steps(assessment, "en"),
    )


def test_the_whole_answer_is_one_sentence_and_a_no_names_its_reasons() -> None:
    yes, category, steps = assessed()
    assert yes.startswith("As you describe it, you qualify for this work permit as a professional.")
    assert category == "TEER 1 work counts as professional work for this permit."
    assert steps == ()
    no, _, steps = assessed(wage_amount="1", experience_years="1")
    assert no.endswith("because of these points: Work experience and Wage.")
    assert len(steps) == 2
    open_, _, steps = assessed(language_evidence=MISSING)
    assert open_ == "We cannot tell yet whether you qualify, because this point is open: Language."
    assert steps == ("Answer the open question about this point: Language.",)
    two_open = assessed(language_evidence=MISSING, job_offer=MISSING)[2]
    assert two_open == ("Answer the open questions about these points: Job offer and Language.",)
    assert assessed(noc=MISSING)[1].startswith("You have not named an occupation")
    assert assessed(noc="65100")[1].startswith("TEER 5 work is neither")


def test_every_answer_that_is_not_a_yes_says_what_to_do_next() -> None:
    for case in CASES:
        assessment = assess(Answers.parse(case["answers"], shipped().reference), rulebook())
        assert bool(next_steps(assessment, "en")) == (assessment.outcome != "eligible")


def test_a_difference_between_editions_is_told_with_what_each_says() -> None:
    given_answers = answers(
        country="AU", education_years="3", education_country="AU", employer_equivalence_letter=True
    )
    whole_note, note, of_the_route = present(given_answers, shipped(), rulebook(), "en")["differences"]
    assert of_the_route["difference"] == "D-13"
    assert whole_note["criterion"] is None
    assert whole_note["text"] == (
        "The visavio article (undated, read on 22 November 2026): you would not qualify. "
        "We follow IRCC's instructions of 3 October 2024."
    )
    assert (note["edition"], note["criterion"], note["outcome"], note["difference"]) == (
        ARTICLE,
        "education",
        "fail",
        "D-03",
    )
    assert note["text"].startswith(
        "The visavio article (undated, read on 22 November 2026): The article asks for a degree of"
    )
    assert note["text"].endswith("We follow IRCC's instructions of 3 October 2024.")


@pytest.mark.parametrize(
    ("base", "changes", "criterion", "difference"),
    [
        (QUALIFIED, {"country": "CL"}, "country-status", "D-01"),
        (QUALIFIED, {"country": "CL"}, "occupation", "D-01"),
        (TECHNICIAN, {"country": "AU", "noc": "22211"}, "occupation", "D-02"),
        (QUALIFIED, {"country": "AU", "noc": "41101", "conditions": {"notary": False}}, "occupation", "D-04"),
        (QUALIFIED, {"licence_needed": True, "licence_held": "none"}, "licensing", "D-05"),
        (TECHNICIAN, {"country": "JP", "noc": "72404", "education_level": "bachelor"}, "occupation", "D-11"),
    ],
)
def test_each_known_difference_is_found_where_it_touches(
    base: dict[str, Any], changes: dict[str, Any], criterion: str, difference: str
) -> None:
    notes = present(answers(base, **changes), shipped(), rulebook(), "en")["differences"]
    assert {note["difference"] for note in notes if note["criterion"] == criterion} == {difference}


def test_the_comparison_edition_itself_shows_no_differences() -> None:
    assert present(answers(country="CL"), shipped(), rulebook(ARTICLE), "en")["differences"] == []


def test_every_reason_credential_and_paper_has_its_words() -> None:
    told_reasons: set[Reason] = {
        Reason.PREVAILING_WAGE_NOT_FOUND,
        Reason.CATEGORY_NOT_OPEN,
        Reason.TEER_OF_OTHER_CATEGORY,
    }
    for table in (people.STATUS, people.EXPERIENCE, people.LANGUAGE, study.EXPLANATION, pay.EXPLANATION):
        told_reasons |= set(table)
    for table in (job.OFFER, job.OCCUPATION, job.LICENCE, job.CONTROL):
        told_reasons |= set(table)
    assert told_reasons == set(Reason)
    assert set(names.EVIDENCE) == set(Evidence)
    assert set(names.CRITERIA) == set(Criterion)
    assert set(names.BECAUSE) == set(Because)
    assert set(names.LEVELS) == set(EducationLevel)
    assert set(names.LANGUAGE_EVIDENCE) == set(LanguageEvidence)
    assert set(whole.NEXT) <= set(Reason)


def test_explaining_leaves_the_active_language_as_it_was() -> None:
    with translation.override("en"):
        told("wage", answers())
        assert translation.get_language() == "en"
