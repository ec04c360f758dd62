"""Question, summary and result pages ask the database nothing once the rules are in memory (design, section 9)."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.browser.people import ENGINEER
from tests.eligibility.walker import Walker, filled, read_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker() -> Walker:
    """A visitor who has answered everything; the rules are in memory by then."""
    walked = Walker()
    walked.walk(ENGINEER)
    return walked


def test_a_whole_journey_makes_no_query(
    walker: Walker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        again = Walker()
        again.walk(ENGINEER)
        assert again.page().status_code == 200
        assert again.result().status_code == 200
    assert len(again.visited) == 10


@pytest.mark.parametrize("step", ["country", "occupation", "education", "place", "offer"])
def test_showing_and_answering_a_question_makes_no_query(
    walker: Walker, step: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    walker.address = walker.address.replace("/answers/", f"/{step}/")
    with django_assert_num_queries(0):
        page = walker.page()
    body = filled(read_form(page), step, ENGINEER)
    with django_assert_num_queries(0):
        assert walker.send(body).status_code == 302


def test_a_refused_answer_makes_no_query(
    walker: Walker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    walker.address = walker.address.replace("/answers/", "/offer/")
    body = {**filled(read_form(walker.page()), "offer", ENGINEER), "offer-wage_amount": "much"}
    with django_assert_num_queries(0):
        assert walker.send(body).status_code == 200


def test_the_result_makes_no_query(walker: Walker, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert walker.result().status_code == 200
