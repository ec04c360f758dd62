"""Bytes and requests of the pages a visitor loads first and next (design, section 9), as they travel."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from cptpp_site.compression import compressed
from tests.browser.people import ENGINEER
from tests.eligibility.test_wizard_guards import at
from tests.eligibility.walker import Page, Walker

pytestmark = pytest.mark.django_db

KB = 1024
ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
SCRIPT = {"HX-Request": "true"}
Pages = dict[str, Page]


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def assets(response: Page) -> dict[str, int]:
    """Every file that the page loads -> its bytes as they travel."""
    names = ASSET.findall(response.content.decode())
    return {
        name: packed((Path(settings.STATIC_ROOT) / name.removeprefix("/static/")).read_bytes())
        for name in names
    }


def whole_transfer(response: Page) -> int:
    """The page, its headers and every file of it."""
    headers = sum(len(name) + len(value) + 4 for name, value in response.items())
    cookies = len(response.cookies.output())
    return len(compressed(response.content)) + headers + cookies + sum(assets(response).values())


def first_question() -> Page:
    return Walker().page()


def test_the_first_question_travels_in_thirty_five_kilobytes_and_five_requests() -> None:
    page = first_question()
    assert whole_transfer(page) <= 35 * KB
    assert 1 + len(assets(page)) <= 5


@pytest.mark.parametrize("step", ["status", "education", "experience", "language"])
def test_a_following_question_travels_in_six_kilobytes(step: str) -> None:
    page = at(step).page()
    assert whole_transfer(page) - sum(assets(page).values()) <= 6 * KB
    assert assets(page).keys() <= assets(first_question()).keys(), "It loads a file that is not loaded yet."


@pytest.mark.parametrize("step", ["occupation", "place", "offer"])
def test_a_question_that_answers_while_one_types_keeps_to_the_budgets(step: str) -> None:
    page = at(step).page()
    sizes = assets(page)
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 18 * KB
    assert sum(size for name, size in sizes.items() if name.endswith(".css")) <= 8 * KB
    assert 1 + len(sizes) <= 5
    assert whole_transfer(page) <= 35 * KB
    assert whole_transfer(page) - sum(sizes.values()) <= 6 * KB


def test_the_results_shown_while_typing_travel_in_three_kilobytes() -> None:
    walker = at("occupation")
    for words in ("manager", "technician", "software engineer"):
        assert packed(walker.client.get(walker.address, {"q": words}, headers=SCRIPT).content) <= 3 * KB


def test_pages_are_compressed_on_the_way() -> None:
    walker = Walker()
    response = walker.client.get(walker.address, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


def brotlied(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


@pytest.fixture(scope="module", params=[code for code, _name in settings.LANGUAGES])
def journey(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Pages:
    """Every page of an engineer's journey in a language; the tests only measure them."""
    with django_db_blocker.unblock():
        walker = Walker(prefix="" if request.param == settings.LANGUAGE_CODE else f"/{request.param}")
        pages = {}
        while walker.step != "answers":
            pages[walker.step] = walker.page()
            walker.answer(ENGINEER)
        return {**pages, "summary": walker.page(), "result": walker.result()}


@pytest.mark.parametrize("pack", [packed, brotlied])
def test_every_page_of_a_journey_keeps_to_its_budget_in_every_language(
    journey: Pages, pack: Callable[[bytes], int]
) -> None:
    known = assets(journey["country"])
    for name, page in journey.items():
        new = sum(size for file, size in assets(page).items() if file not in known)
        size = pack(page.content)
        if name == "result":
            assert size + sum(assets(page).values()) <= 40 * KB
        elif name == "country":
            assert size + sum(known.values()) <= 35 * KB
        else:
            assert size <= 6 * KB, name
        assert new <= 18 * KB, name
        assert 1 + len(assets(page)) <= 5, name
