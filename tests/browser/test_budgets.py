"""What a visitor downloads: bytes over the wire, headers included, and requests (design, section 9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.browser import people
from tests.browser.visitor import Visitor

KB = 1024


@dataclass
class Traffic:
    """Bytes that came over the wire, by address, since the last `forget`."""

    page: Page
    bytes_of: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        addresses: dict[str, str] = {}

        def begins(event: dict[str, object]) -> None:
            request = event["request"]
            assert isinstance(request, dict)
            addresses[str(event["requestId"])] = f"{request['method']} {request['url']}"

        def ends(event: dict[str, object]) -> None:
            size = event["encodedDataLength"]
            assert isinstance(size, (int, float))
            if size:
                self.bytes_of[addresses[str(event["requestId"])]] = int(size)

        session.on("Network.requestWillBeSent", begins)
        session.on("Network.loadingFinished", ends)

    @property
    def total(self) -> int:
        return sum(self.bytes_of.values())

    def of(self, ending: str) -> int:
        """Bytes of the addresses that end so."""
        return sum(size for address, size in self.bytes_of.items() if address.endswith(ending))

    def during(self, action: Callable[[], object]) -> Traffic:
        self.bytes_of.clear()
        action()
        self.page.wait_for_load_state("networkidle")
        return self


@pytest.fixture
def traffic(visitor: Visitor) -> Traffic:
    """The traffic of a browser that has been nowhere yet."""
    return Traffic(visitor.page)


def test_the_first_question_keeps_to_its_budget(visitor: Visitor, traffic: Traffic) -> None:
    first = traffic.during(lambda: visitor.page.goto("/check/"))
    assert visitor.step == "country"
    assert 0 < first.of(".css") <= 8 * KB
    assert first.of(".js") <= 18 * KB
    assert first.total <= 35 * KB, first.bytes_of
    assert len(first.bytes_of) <= 5, first.bytes_of


@pytest.mark.parametrize(
    "step", ["status", "education", "place", "licence", "language", "offer", "situation"]
)
def test_a_following_question_keeps_to_its_budget(visitor: Visitor, traffic: Traffic, step: str) -> None:
    visitor.walk(people.ENGINEER, until=step)
    shown_before = "status" if step == "status" else "occupation"
    traffic.during(lambda: visitor.open(shown_before))
    following = traffic.during(lambda: visitor.open(step))
    assert 0 < following.total <= 6 * KB, following.bytes_of


@pytest.mark.parametrize("person", [people.ENGINEER, people.UNSURE], ids=["eligible", "everything open"])
def test_the_result_keeps_to_its_budget_when_it_is_the_first_page(
    visitor: Visitor, traffic: Traffic, person: people.Person
) -> None:
    visitor.walk(person)
    result = traffic.during(lambda: visitor.open("result"))
    assert 0 < result.total <= 40 * KB, result.bytes_of
    assert len(result.bytes_of) <= 5, result.bytes_of


def test_no_page_asks_another_site_for_anything(visitor: Visitor, traffic: Traffic) -> None:
    visitor.walk(people.ENGINEER)
    traffic.bytes_of.clear()
    for path in ("/", "/about/", visitor.address("offer"), visitor.address("result")):
        visitor.page.goto(path)
        visitor.page.wait_for_load_state("networkidle")
    assert traffic.bytes_of
    assert all(visitor.base in address for address in traffic.bytes_of), traffic.bytes_of
