"""An import in the browser, in threads of a real server: sent, looked at, confirmed; no barrier, no inline code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from occupations.models import ImportRecord, OtherDoor
from tests import databases
from tests.browser.test_every_page import axe, found
from tests.occupations.importing import official
from tests.staff import person, signed_in

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
SECONDS = 60
"""A thread beside a snapshot that is built anew, on a busy machine."""
HEADER = "country,name,code,text,fact_ids,hidden\r\n"


@pytest.fixture
def staff_page(watched: Page, live_site: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Page]:
    """A page on which somebody is signed in who may do everything; they are gone afterwards."""
    with django_db_blocker.unblock(), databases.connected_to(databases.name_of("live")):
        user = person("ines", superuser=True)
        cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        watched.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_site}]
        )
        yield watched


def assert_no_barrier(page: Page) -> None:
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert found(axe(page)["violations"]) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_spreadsheet_and_an_official_file_are_imported(staff_page: Page, tmp_path: Path) -> None:
    page = staff_page
    door = OtherDoor.objects.get(country="CL")
    sheet = tmp_path / "doors.csv"
    page.goto("/admin/occupations/otherdoor/")
    page.get_by_role("link", name="Import a spreadsheet").click()
    assert_no_barrier(page)

    sheet.write_text(f'{HEADER}Chile,"{door.name}",F99,x,F-38,perhaps\r\n')
    send(page, sheet)
    expect(page.get_by_role("heading", name="The files were refused. Nothing was changed.")).to_be_visible()
    expect(page.get_by_text("doors.csv, row 2, column hidden")).to_be_visible()
    assert_no_barrier(page)

    sheet.write_text(f'{HEADER}CL,"{door.name}",F99,"{door.text}",F-38,no\r\n')
    page.get_by_role("link", name="Send other files").click()
    send(page, sheet)
    expect(page.get_by_role("heading", name="This would change. Nothing is written yet.")).to_be_visible()
    expect(page.get_by_role("cell", name="F99")).to_be_visible()
    assert_no_barrier(page)
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", name="The import is stored.")).to_be_visible(timeout=SECONDS * 1000)
    door.refresh_from_db()
    assert door.code == "F99"

    table = official.concordance().with_cell(0, " GSIM Type of Change", "VC2")
    table_path = tmp_path / table.name
    table_path.write_bytes(table.bytes())
    page.goto("/admin/occupations/importrecord/add/")
    assert_no_barrier(page)
    page.get_by_role("link", name="From NOC 2016 to NOC 2021").click()
    send(page, table_path)
    expect(page.get_by_role("cell", name="VC1 VC2")).to_be_visible()
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", name="The import is stored.")).to_be_visible(timeout=SECONDS * 1000)
    page.get_by_role("link", name="All imports").click()
    expect(page.get_by_role("row", name="ines a test")).to_have_count(2)
    assert ImportRecord.objects.filter(who="ines").count() == 2


def send(page: Page, path: Path) -> None:
    page.get_by_label("File").or_(page.get_by_label("Spreadsheet")).set_input_files(path)
    page.get_by_label("Reason").fill("a test")
    page.get_by_role("button", name="Send and look at it").click()
