"""A result on paper: two pages with the answer, every criterion and the checklist."""

from __future__ import annotations

import re

import pytest

from tests.browser import people
from tests.browser.visitor import Visitor

PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("person", ["ENGINEER", "LOW_PAY", "SHORT_DEGREE"])
def test_a_result_prints_on_two_pages(visitor: Visitor, person: str, size: str) -> None:
    visitor.walk(getattr(people, person))
    visitor.open("result")
    printed = visitor.page.pdf(format=size)
    assert 1 <= len(PAGE.findall(printed)) <= 2


def test_on_paper_every_criterion_and_the_boxes_to_tick_are_there(visitor: Visitor) -> None:
    visitor.walk(people.ENGINEER)
    visitor.open("result")
    visitor.page.emulate_media(media="print")
    assert visitor.page.locator("[data-criterion]:visible").count() == 9
    assert visitor.page.locator(".checklist input[type=checkbox]:visible").count() > 5
    assert visitor.page.locator(".stamp").is_visible()
    assert not visitor.page.locator(".actions").first.is_visible()
