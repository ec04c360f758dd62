"""The story of a change: drafted by one, seen in its effect, approved by another, in force tomorrow, on record."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from occupations import staff
from occupations.models import Edition, OccupationRule
from occupations.snapshots import today
from tests import databases, live
from tests.eligibility.api.test_assess import CASES
from tests.occupations.database import OFFICIAL
from tests.staff import PASSWORD, code, forget_codes, person, telephone

DRAFT = "ircc-trial"
DEVELOPER = next(case["answers"] for case in CASES if case["id"] == "pub-01")
"""A software engineer from Mexico who qualifies by the edition that ships (profiles pub-01)."""


@pytest.fixture
def sites(committed_database: str, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The site today and the site tomorrow, on one database with two members of staff."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        for name, groups in (("anna", [staff.EDITOR, staff.REVIEWER]), ("ben", [staff.REVIEWER])):
            telephone(person(name, groups, password=PASSWORD))
    address = databases.url_of(committed_database)
    connection.close()
    now = live.environment_for(address, settings.DATA_DIR)
    later = {**now, "DJANGO_SETTINGS_MODULE": "tests.tomorrow"}
    with live.gunicorn(now, tmp_path / "1.log") as first, live.gunicorn(later, tmp_path / "2.log") as second:
        yield first, second


def sign_in(browser: Browser, base: str, name: str) -> Page:
    """A browser of one's own in which the member of staff has given password and code."""
    device = telephone(User.objects.get(username=name))
    forget_codes(device)
    page = browser.new_context(base_url=base).new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code", exact=False).first.fill(code(device), timeout=5000)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    return page


def answer_of(base: str) -> dict[str, Any]:
    """What the public site answers the engineer."""
    site = HTTPConnection(urlsplit(base).netloc, timeout=20)
    site.request(
        "POST", "/api/v1/assess", json.dumps({"answers": DEVELOPER}), {"Content-Type": "application/json"}
    )
    told: dict[str, Any] = json.loads(site.getresponse().read())
    site.close()
    return told


def settled(base: str, edition: str) -> dict[str, Any]:
    """The answer once each of the server's processes has seen the change; they look every second."""
    for _second in range(20):
        told = [answer_of(base) for _process in range(6)]
        if all(each["edition"] == edition for each in told) and len({each["outcome"] for each in told}) == 1:
            return told[0]
        time.sleep(1)
    raise AssertionError(f"{base} does not come to answer by {edition}.")


def test_an_exclusion_goes_from_a_draft_to_the_public_page(browser: Browser, sites: tuple[str, str]) -> None:
    base, tomorrow = sites
    assert answer_of(base)["outcome"] == answer_of(tomorrow)["outcome"] == "eligible"

    anna = sign_in(browser, base, "anna")
    start_draft(anna)
    exclude_software_engineers(anna)
    see_the_effect(anna)
    submit(anna)
    the_author_cannot_approve(anna)

    ben = sign_in(browser, base, "ben")
    approve_for_tomorrow(ben)

    assert settled(tomorrow, DRAFT)["outcome"] == "not_eligible"
    assert settled(base, OFFICIAL)["outcome"] == "eligible"
    announced(ben, tomorrow)
    sql_is_refused()
    the_log_tells_it_all(ben)


def start_draft(page: Page) -> None:
    page.goto(f"/admin/occupations/edition/{OFFICIAL}/change/")
    page.get_by_role("link", name="Start a new draft").first.click()
    page.get_by_label("Short name").fill(DRAFT)
    page.get_by_label("Reason").fill("IRCC changed its page.")
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_text("is a draft now")).to_be_visible()


def exclude_software_engineers(page: Page) -> None:
    page.goto(f"/admin/occupations/occupationrule/?edition__slug__exact={DRAFT}")
    page.get_by_role("link", name="Add").first.click()
    page.get_by_label("Country").select_option("MX")
    page.get_by_label("Category").select_option("professional")
    page.get_by_label("Effect").select_option("exclude")
    page.get_by_label("List entry").fill("software engineers and designers")
    page.get_by_role("combobox", name="Unit group").click()
    page.get_by_role("searchbox").last.fill("21231")
    page.get_by_role("option", name="21231").click()
    page.get_by_label("Facts").fill("F-05")
    page.get_by_label("Confidence").fill("primary")
    page.get_by_label("Why?").fill("IRCC took software engineers off the list for Mexico.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def see_the_effect(page: Page) -> None:
    page.goto(f"/admin/impact/?before={OFFICIAL}&after={DRAFT}")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.get_by_text("Mexico").first).to_be_visible()
    page.goto(f"/admin/publishing/compare/?before={OFFICIAL}&after={DRAFT}")
    expect(page.get_by_text("software engineers and designers").first).to_be_visible()


def submit(page: Page) -> None:
    page.goto(f"/admin/publishing/edition/{DRAFT}/")
    page.get_by_label("Reason").fill("One exclusion for Mexico.")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("is in review now")).to_be_visible()


def the_author_cannot_approve(page: Page) -> None:
    page.goto(f"/admin/publishing/edition/{DRAFT}/")
    assert page.get_by_role("button", name="Approve").count() == 0
    expect(page.get_by_text("so somebody else must approve it")).to_be_visible()
    expect(page.get_by_text("who is none of its authors, must approve it first")).to_be_visible()


def approve_for_tomorrow(page: Page) -> None:
    page.goto(f"/admin/publishing/edition/{DRAFT}/")
    approval = page.locator("article", has=page.get_by_role("button", name="Approve"))
    approval.get_by_role("textbox").fill("Compared with IRCC's page.")
    approval.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("is approved and can be published")).to_be_visible()
    publishing = page.locator("article", has=page.get_by_role("button", name="Publish or schedule"))
    publishing.get_by_label("First day").fill(f"{today() + timedelta(days=1)}")
    publishing.get_by_label("Reason").fill("In force with IRCC's change.")
    publishing.get_by_role("button", name="Publish or schedule").click()
    expect(page.get_by_text("is published")).to_be_visible()


def announced(page: Page, tomorrow: str) -> None:
    """Visitors read today that it comes, and tomorrow that it decides."""
    page.goto("/editions/")
    coming = page.locator(f"[data-edition={DRAFT}]")
    expect(coming).to_contain_text("A second person, who had not written it, approved it.")
    expect(coming).to_contain_text("Mexico, Professionals: 1 line added.")
    page.goto(f"{tomorrow}/editions/")
    expect(page.locator("[data-when=present]")).to_have_attribute("data-edition", DRAFT)


def sql_is_refused() -> None:
    rule = OccupationRule.objects.filter(edition=DRAFT, unit_group__code="21231", country="MX").get()
    for change in (
        lambda: OccupationRule.objects.filter(pk=rule.pk).update(effect="include"),
        lambda: OccupationRule.objects.filter(pk=rule.pk).delete(),
        lambda: Edition.objects.filter(pk=DRAFT).update(summary="Another."),
    ):
        with pytest.raises(DatabaseError, match=DRAFT), transaction.atomic():
            change()


def the_log_tells_it_all(page: Page) -> None:
    page.goto("/admin/occupations/change/?q=software+engineers")
    expect(page.get_by_text("IRCC took software engineers off the list for Mexico.").first).to_be_visible()
    page.goto(f"/admin/publishing/edition/{DRAFT}/")
    record = page.locator("section[aria-labelledby=record]")
    for who, what in (
        ("anna", "One exclusion for Mexico."),
        ("ben", "Compared with IRCC's page."),
        ("ben", "In force with"),
    ):
        expect(record.get_by_role("row").filter(has_text=who).filter(has_text=what)).to_be_visible()
