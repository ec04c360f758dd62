"""The staff's pages on publishing in a browser: no barrier, nothing sideways, and the comparison on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

from occupations import publishing
from occupations.models import OccupationRule, Requirement
from tests import databases, live
from tests.browser.test_every_page import axe, found
from tests.browser.test_print import PAGE
from tests.occupations.database import ARTICLE, OFFICIAL, draft_with_rules
from tests.staff import person, signed_in

PAGES = (
    "/admin/publishing/",
    "/admin/publishing/edition/trial-2027/",
    "/admin/publishing/edition/trial-2028/",
    f"/admin/publishing/edition/{OFFICIAL}/",
    f"/admin/publishing/compare/?before={OFFICIAL}&after=trial-2027",
    f"/admin/publishing/compare/?before={ARTICLE}&after={OFFICIAL}&country=JP",
)
WIDTHS = (390, 1280)


@pytest.fixture
def staff_page(page: Page, committed_database: str, tmp_path: Path) -> Iterator[tuple[Page, str]]:
    """A browser in which a reviewer is signed in, on a site with an edition in review and a faulty draft."""
    edition = draft_with_rules(like=OFFICIAL)
    Requirement.objects.filter(edition=edition, country="AU").update(min_experience_years=3)
    publishing.submit_edition(edition, "IRCC changed its page.", person("anna"))
    faulty = draft_with_rules("trial-2028", OFFICIAL)
    OccupationRule.objects.filter(edition=faulty, category="professional").exclude(unit_group=None).update(
        category="technician"
    )
    client = signed_in(person("bert", superuser=True))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    address = databases.url_of(committed_database)
    connection.close()
    with live.gunicorn(live.environment_for(address, settings.DATA_DIR), tmp_path / "server.log") as base:
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
        yield page, base


def test_the_pages_on_publishing_have_no_barrier_and_the_comparison_prints(
    staff_page: tuple[Page, str],
) -> None:
    page, base = staff_page
    for path in PAGES:
        answer = page.goto(base + path)
        assert answer is not None
        assert answer.status == 200, path
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert found(axe(page)["violations"]) == [], (path, width)
            wide = page.evaluate("document.querySelector('#content').scrollWidth - innerWidth")
            assert wide <= 0, (path, width)
    page.emulate_media(media="print")
    page.goto(f"{base}/admin/publishing/compare/?before={OFFICIAL}&after=trial-2027")
    assert page.get_by_text("Least years of experience").first.is_visible()
    for hidden in ("#header", ".choose", ".breadcrumbs"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert 1 <= len(PAGE.findall(page.pdf(format="A4"))) <= 3
