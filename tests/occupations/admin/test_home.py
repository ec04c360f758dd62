"""The staff's home page: what is in force, scheduled and being written, and what other modules add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eligibility.models import Feedback
from occupations import snapshots
from occupations.admin import home
from occupations.models import Edition, OccupationSynonym
from occupations.publishing import put_in_force, send_to_review
from occupations.snapshots import today
from tests.occupations.admin.forms import send
from tests.occupations.database import ARTICLE, OFFICIAL, draft
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


@pytest.fixture
def panels() -> Iterator[list[home.PanelOf]]:
    """The registry, which is as before afterwards."""
    before = list(home.panels)
    yield home.panels
    home.panels[:] = before


def shown(client: Client) -> dict[str, str]:
    """Title of each panel -> its HTML."""
    page = client.get(HOME).content.decode()
    found = re.findall(r'<section class="panel.*?</section>', page, re.S)
    return {re.findall(r"<h2[^>]*>(.*?)</h2>", one)[0]: one for one in found}


def test_it_leads_with_the_edition_that_decides(staff: Client) -> None:
    panel = shown(staff)["In force today"]
    assert reverse("admin:occupations_edition_change", args=[OFFICIAL]) in panel
    assert Edition.objects.get(pk=OFFICIAL).title in panel
    assert "since Oct. 3, 2024, until further notice" in panel


def test_it_names_what_is_scheduled_and_when_the_present_edition_ends(staff: Client) -> None:
    assert "No change is scheduled." in shown(staff)["Scheduled"]
    put_in_force(Edition.objects.get(pk=ARTICLE), today() + timedelta(days=10), "A trial.", "anna")
    panels = shown(staff)
    assert "A trial." in panels["Scheduled"]
    assert Edition.objects.get(pk=ARTICLE).title in panels["Scheduled"]
    assert "up to and including" in panels["In force today"]


def test_it_names_drafts_and_counts_those_that_it_does_not_name(staff: Client) -> None:
    assert "Nobody is writing a draft." in shown(staff)["Drafts"]
    for number in range(10):
        draft(f"trial-{number}")
    panel = shown(staff)["Drafts"]
    assert "trial-0, draft" in panel
    assert "2 more drafts" in panel


def test_it_counts_feedback_that_says_a_page_did_not_help(staff: Client) -> None:
    title = "Feedback of the last 30 days"
    assert "Nobody has said anything." in shown(staff)[title]
    Feedback.objects.create(day=today(), language="en", page="guide", helpful="no")
    Feedback.objects.create(day=today(), language="en", page="guide", helpful="yes")
    Feedback.objects.create(day=today() - timedelta(days=60), language="en", page="guide", helpful="no")
    panel = shown(staff)[title]
    assert "2 answers" in panel
    assert "1 says that the page did not help" in panel
    linked = re.findall(r'href="([^"]*helpful[^"]*)"', panel)[0]
    assert staff.get(linked).status_code == 200


def test_a_module_adds_a_panel(staff: Client, panels: list[home.PanelOf]) -> None:
    panels.append(lambda request: home.Panel("Overdue", [home.Line("Three rows", "/admin/", "since May")]))
    panels.append(lambda request: None)
    panel = shown(staff)["Overdue"]
    assert '<a href="/admin/">Three rows</a>' in panel
    assert "since May" in panel


def test_every_screen_stands_in_a_group(staff: Client) -> None:
    page = staff.get(HOME).content.decode()
    assert ">More</h3>" not in page
    assert page.index("Rules of the editions") < page.index("To look things up")


MOST_QUERIES = 20
"""Of the page as a reviewer sees it: the session, the person and their permissions, then one to three a panel."""


def test_it_asks_the_database_little_and_no_more_for_many_drafts_than_for_two(staff: Client) -> None:
    snapshots.refresh()
    reviewer = signed_in(person("rita", ["reviewer"]))
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            made = draft(f"trial-{number}")
            if number % 2:
                send_to_review(made)
            save_synonym(staff, number)
        with CaptureQueriesContext(connection) as queries:
            page = reviewer.get(HOME).content.decode()
        counts.append(len(queries))
    assert "Latest changes" in page
    assert page.count("waits for a reviewer") == 6
    assert counts[1] <= counts[0] <= MOST_QUERIES, [query["sql"][:150] for query in queries]


def save_synonym(client: Client, number: int) -> None:
    """A change whose title names another row."""
    synonym = OccupationSynonym.objects.select_related("unit_group").order_by("pk")[number]
    form = {
        "unit_group": synonym.unit_group_id,
        "language": synonym.language,
        "phrase": f"{synonym.phrase} {number}",
    }
    form |= {"why": "A trial.", "source": synonym.source}
    send(client, reverse("admin:occupations_occupationsynonym_change", args=[synonym.pk]), form)
