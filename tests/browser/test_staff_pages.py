"""The staff's pages in a browser: no barrier, nothing that the content security policy stops, usable on a tablet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from eligibility.models import DailyCount
from eligibility.models.feedback import ShownOutcome
from occupations import drafting, snapshots
from occupations.models import Condition, Edition, OccupationRule
from tests import databases, live
from tests.browser.gallery import watch
from tests.browser.test_every_page import axe, found
from tests.occupations.database import OFFICIAL
from tests.staff import administrator

SLUG = "trial-2027"
TABLET = 768
SIZES = [(390, 844), (TABLET, 1024), (1280, 900)]
"""Phone, tablet, desk."""
STATES = ["home", "list", "form", "errors", "conflict", "published", "missing_texts", "guide_texts", "counts"]


def count_some_weeks() -> None:
    """Journeys of the last days: many and few, so that numbers, bars and hidden cells stand on the page."""
    for back in range(20):
        day = snapshots.today() - timedelta(days=back)
        for country, number in (("AU", 700 - 30 * back), ("JP", 45), ("MX", 12), ("other", 3)):
            begun = DailyCount(day=day, event=DailyCount.Event.BEGUN, country=country, number=number)
            finished = DailyCount(day=day, event=DailyCount.Event.FINISHED, country=country)
            finished.outcome, finished.number = ShownOutcome.ELIGIBLE, number // 3
            begun.save()
            finished.save()


@pytest.fixture(scope="module")
def staff_site(
    shipped_database: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """The address of a site with a draft, the cookie of somebody signed in, and keys of rows."""
    name = databases.name_of("staff")
    with django_db_blocker.unblock():
        databases.copy(shipped_database, name)
        with databases.connected_to(name):
            cookie = administrator().cookies[settings.SESSION_COOKIE_NAME].value
            count_some_weeks()
            drafting.start_draft(Edition.objects.get(pk=OFFICIAL), SLUG, "A trial", "anna", "To look at it.")
            keys = {
                "condition": Condition.objects.filter(edition=SLUG).earliest("position").pk,
                "rule": OccupationRule.objects.filter(edition=SLUG, unit_group__isnull=False)
                .earliest("pk")
                .pk,
                "published": OccupationRule.objects.filter(edition=OFFICIAL).earliest("pk").pk,
            }
            address = databases.url_of(name)
            connection.close()
    log = tmp_path_factory.mktemp("staff") / "server.log"
    environment = live.environment_for(address, settings.DATA_DIR)
    # The server must accept the session that this process has signed.
    with live.gunicorn(environment, log) as base:
        yield base, cookie, keys
    with django_db_blocker.unblock():
        databases.drop(name)


class Desk:
    """Somebody signed in, at one of the pages."""

    def __init__(self, context: BrowserContext, base: str, keys: dict[str, int]) -> None:
        self.context, self.base, self.keys = context, base, keys
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        watch(self.page, self.complaints)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.base}/admin/{path}")

    def open(self, state: str) -> None:
        rules = "occupations/occupationrule/"
        simple = {
            "home": "",
            "counts": "counts/",
            "guide_texts": "occupations/guidetext/?part=permit",
            "list": f"{rules}?edition={SLUG}&country=AU",
            "form": f"{rules}{self.keys['rule']}/change/",
            "published": f"{rules}{self.keys['published']}/change/",
            "missing_texts": "occupations/translation/missing/?language=fr",
        }
        if state == "errors":
            self.go(f"{rules}add/?edition={SLUG}")
            self.page.locator("[name=_save]").click()
            self.page.locator(".error-list").wait_for()
        elif state == "conflict":
            self.conflict()
        else:
            self.go(simple[state])

    def conflict(self) -> None:
        path = f"occupations/condition/{self.keys['condition']}/change/"
        self.go(path)
        colleague = Desk(self.context, self.base, self.keys)
        colleague.go(path)
        before = colleague.page.locator("#id_help").input_value()
        colleague.page.locator("#id_help").fill(f"{before} And more.")
        colleague.page.locator("[name=_save]").click()
        colleague.page.locator(".messagelist").wait_for()
        colleague.page.close()
        self.page.locator("#id_help").fill("Something else.")
        self.page.locator("[name=_save]").click()
        self.page.locator(".conflict").wait_for()


@pytest.fixture(scope="module")
def desk(browser: Browser, staff_site: tuple[str, str, dict[str, int]]) -> Iterator[Desk]:
    base, cookie, keys = staff_site
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    yield Desk(context, base, keys)
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_a_staff_page_has_no_barrier_and_breaks_no_policy(desk: Desk, state: str) -> None:
    desk.complaints.clear()
    desk.open(state)
    assert desk.complaints == []
    for width, height in SIZES:
        desk.page.set_viewport_size({"width": width, "height": height})
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width, width
    desk.page.set_viewport_size({"width": TABLET, "height": 1024})
    assert found(axe(desk.page)["violations"]) == []


def test_an_occupation_is_looked_up_and_a_line_is_saved_by_keyboard(desk: Desk) -> None:
    """Every key press goes to what has the focus; the mouse is not used."""
    page = desk.page
    desk.go(f"occupations/occupationrule/add/?edition={SLUG}&country=AU&category=professional&effect=exclude")
    page.locator("#id_list_entry").focus()
    page.keyboard.type("typed by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".select2-search__field").wait_for()
    assert page.locator(".select2-search__field").get_attribute("aria-label") == "Unit group:"
    page.keyboard.type("21231")
    page.locator(".select2-results__option--highlighted", has_text="21231").wait_for()
    page.keyboard.press("Enter")
    for name, text in (("fact_ids", "F-05"), ("confidence", "primary")):
        page.locator(f"#id_{name}").focus()
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert f"edition={SLUG}" in page.url
