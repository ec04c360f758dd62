"""What is overdue for a check: the list, the mark of one click, the command of every day."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from occupations import overdue
from occupations.models import Change, Edition, EditionCheck, Source, SourceCheck
from occupations.snapshots import today
from tests.occupations.database import ARTICLE, OFFICIAL, draft
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "admin:occupations_overdue"


def one(ident: str) -> overdue.Checked:
    return next(each for each in overdue.all_checked() if each.id == ident)


def test_every_published_edition_and_every_source_in_use_is_on_the_list() -> None:
    draft()
    unused = Source.objects.create(
        id="S-99", title="Nobody cites it", publisher="x", read_on=date(2020, 1, 1)
    )
    found = {each.id for each in overdue.all_checked()}
    assert {f"edition:{OFFICIAL}", f"edition:{ARTICLE}", "source:S-01"} <= found
    assert f"source:{unused.pk}" not in found
    assert "edition:trial-2027" not in found


def test_the_last_check_counts_and_an_older_one_does_not() -> None:
    edition = Edition.objects.get(pk=OFFICIAL)
    assert one(f"edition:{OFFICIAL}").last == edition.read_on
    EditionCheck.objects.create(edition=edition, checked_on=date(2020, 1, 1), who="ben", finding="Old")
    assert one(f"edition:{OFFICIAL}").last == edition.read_on
    EditionCheck.objects.create(edition=edition, checked_on=today(), who="carla", finding="As before")
    found = one(f"edition:{OFFICIAL}")
    assert (found.last, found.who, found.days) == (today(), "carla", 0)


def test_it_is_overdue_the_day_after_the_days_are_over(settings: Settings) -> None:
    settings.CHECK_AFTER_DAYS = 30
    check = SourceCheck.objects.create(
        source_id="S-01", checked_on=today() - timedelta(days=30), who="ben", finding="As before"
    )
    Source.objects.filter(pk="S-01").update(read_on=date(2020, 1, 1))
    assert not one("source:S-01").is_overdue
    assert "source:S-01" not in {each.id for each in overdue.overdue()}
    SourceCheck.objects.filter(pk=check.pk).update(checked_on=today() - timedelta(days=31))
    assert one("source:S-01").is_overdue
    assert "source:S-01" in {each.id for each in overdue.overdue()}


def test_one_click_marks_a_row_and_the_history_says_so(client: Client) -> None:
    administrator(client)
    page = client.post(reverse(PAGE), {"one": "source:S-01"}, follow=True).content.decode()
    assert "One check of today is noted." in page
    check = SourceCheck.objects.get()
    assert (check.source_id, check.checked_on, check.who, check.finding) == (
        "S-01",
        today(),
        "anna",
        "As before.",
    )
    noted = Change.objects.filter(table="occupations_sourcecheck").latest("id")
    assert (noted.who, noted.why) == ("anna", "As before.")


def test_many_are_marked_at_once_of_a_published_edition_too(client: Client) -> None:
    administrator(client)
    form = {"checked": [f"edition:{OFFICIAL}", "source:S-01", "source:none"], "finding": "Nothing new"}
    assert "2 checks of today are noted." in client.post(reverse(PAGE), form, follow=True).content.decode()
    assert EditionCheck.objects.get().finding == "Nothing new"
    assert "Nothing was chosen" in client.post(reverse(PAGE), {}, follow=True).content.decode()


def test_the_home_page_and_the_list_say_what_is_overdue(client: Client, settings: Settings) -> None:
    settings.CHECK_AFTER_DAYS = 1
    administrator(client)
    title = overdue.overdue()[0].title
    assert title in client.get(reverse("admin:index")).content.decode()
    assert "Overdue." in client.get(reverse(PAGE)).content.decode()


def test_an_editor_marks_an_auditor_reads_and_a_stranger_does_neither() -> None:
    editor, auditor = signed_in(person("ben", ["editor"])), signed_in(person("carla", ["auditor"]))
    stranger = signed_in(person("dora"))
    assert editor.post(reverse(PAGE), {"one": "source:S-01"}).status_code == 302
    assert auditor.get(reverse(PAGE)).status_code == 200
    assert auditor.post(reverse(PAGE), {"one": "source:S-01"}).status_code == 403
    assert stranger.get(reverse(PAGE)).status_code == 403
    assert SourceCheck.objects.count() == 1


def test_the_command_lists_what_is_overdue_and_says_it_with_its_status() -> None:
    output = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("overdue_checks", days=0, stdout=output)
    assert ended.value.code == 3
    assert f"edition {OFFICIAL}:" in output.getvalue()
    output = StringIO()
    call_command("overdue_checks", days=36500, stdout=output)
    assert output.getvalue() == "Everything was checked within 36500 days.\n"
