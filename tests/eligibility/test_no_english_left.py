"""No page and no explanation of another language holds English, but for official names that say so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.utils import translation

from eligibility import guide
from eligibility.presenting import present
from eligibility.rules.answers import Answers
from tests.browser.people import CHEMIST, DEVELOPER, ENGINEER, LOW_PAY, NURSE, SHORT_DEGREE, Person
from tests.eligibility.foreign import english_on, left_in_english
from tests.eligibility.rules.cases import rulebook, shipped
from tests.eligibility.rules.test_profiles import CASES
from tests.eligibility.walker import Page, Walker, read_form

pytestmark = pytest.mark.django_db

LANGUAGES = ["fr", "es", "ja"]
PEOPLE = {
    "engineer": ENGINEER,
    "chemist": CHEMIST,
    "nurse": NURSE,
    "developer": DEVELOPER,
    "short degree": SHORT_DEGREE,
    "low pay": LOW_PAY,
}
PUBLIC = (
    "/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/editions/",
    "/guide/",
    *(f"/guide/{page.slug}/" for page in guide.PAGES),
    "/occupations/",
    "/occupations/?q=software",
    "/occupations/compare/",
    "/occupations/au/",
    "/occupations/jp/technician/",
    "/occupations/nz/",
    "/occupations/zz/",
    "/occupations/noc/21231/",
    "/occupations/noc/31301/",
    "/occupations/noc/99999/",
    "/occupations/search",
    "/occupations/search?q=zzqqxx&country=MX",
    "/occupations/search?q=nurse&country=JP",
    "/feedback/",
    "/feedback/thanks/",
    "/nothing/",
    "/r/nothing/",
)


@cache
def official_names() -> frozenset[str]:
    """Names of our tables that a sentence may hold as they are: regulators, documents, publishers, editions."""
    reference = shipped().reference
    names = {row.regulator for rows in reference.regulations.values() for row in rows if row.regulator}
    for edition in shipped().editions.values():
        names |= {edition.publisher}
        for sources in edition.citations.values():
            names |= {name for source in sources for name in (source.title, source.publisher)}
    return frozenset(names)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    translation.activate("en")


def faults(response: Page, language: str) -> list[str]:
    assert response["Content-Language"] == language
    return list(english_on(response.content.decode(), language, official_names()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_holds_english(language: str) -> None:
    client = Walker().client
    found = {path: faults(client.get(f"/{language}{path}"), language) for path in PUBLIC}
    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_a_journey_holds_english(language: str, name: str) -> None:
    found = dict(pages_of_journey(PEOPLE[name], language))
    assert {path: texts for path, texts in found.items() if texts} == {}


def pages_of_journey(person: Person, language: str) -> Iterator[tuple[str, list[str]]]:
    """Every question as it opens and as it is refused, then the summary, the result and the link to share."""
    walker = Walker(prefix=f"/{language}")
    while walker.step != "answers":
        page = walker.page()
        yield walker.step, faults(page, language)
        refused = {**read_form(page).hidden, "offer-wage_amount": "x", "experience-experience_years": "x"}
        yield f"{walker.step}, refused", faults(walker.client.post(walker.address, refused), language)
        walker.answer(person)
    yield "answers", faults(walker.page(), language)
    yield "result", faults(walker.result(), language)
    share = walker.client.post(walker.address.replace("/answers/", "/share/"))
    yield "share", faults(share, language)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_explanation_of_a_worked_case_holds_english(language: str, case: dict[str, Any]) -> None:
    answers = Answers.parse(case["answers"], shipped().reference)
    told = present(answers, shipped(), rulebook(), language, None)
    found = [
        left_in_english(text, language, sorted(official_names(), key=len, reverse=True))
        for text in sentences(told)
    ]
    assert [text for text in found if text] == []


def sentences(told: Any, key: str = "") -> Iterator[str]:
    """Every text of an assessment that a visitor reads: no code, no address, nothing of a source."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name not in {"sources", "id", "edition", "slug", "answers", "reasons"}:
                yield from sentences(value, name)
    elif isinstance(told, list):
        for each in told:
            yield from sentences(each, key)
    elif isinstance(told, str) and " " in told:
        yield told


def test_english_is_noticed_in_each_language() -> None:
    english = "Tell us which country you rely on: the rest depends on it."
    for language in LANGUAGES:
        assert left_in_english(english, language)
        page = f'<html lang="{language}"><p>CPTPP</p><p>{english}</p><p lang="en">{english}</p>'
        assert len(list(english_on(page, language))) == 1
    assert not left_in_english("CPTPPの就労許可（T52）の要件です。", "ja")
    assert left_in_english("Wage", "ja")
    assert not left_in_english("Vous avez un permis de travail de IRCC.", "fr")
    assert not left_in_english("El permiso que usted solicita no es de residencia.", "es")
