"""The impact pages and command: figures that agree with the report, filters, the file, and who may look."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from cptpp_site import settings as project
from eligibility.admin import effects
from eligibility.impact import Origin
from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import OverallOutcome
from eligibility.staff import reports
from occupations import snapshots
from occupations.admin import home
from occupations.models import Edition
from tests.browser import html_check
from tests.eligibility.staff.conftest import DRAFT
from tests.staff import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("draft")]
OFFICIAL = "ircc-2024-10-03"
PAGE = "/admin/impact/"
FILE = "/admin/impact/changes.csv"
EDITIONS = {"before": OFFICIAL, "after": DRAFT}


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def rows(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text(response).removeprefix("\ufeff"))))


def test_the_page_asks_for_two_editions_and_proposes_the_one_in_force_and_the_draft(editor: Client) -> None:
    page = text(editor.get(PAGE))
    assert f'<option value="{OFFICIAL}" selected>{OFFICIAL} (in force)</option>' in page
    assert f'<option value="{DRAFT}" selected>{DRAFT} (draft)</option>' in page
    assert "The answer changes" not in page


def test_the_page_tells_what_the_report_says(editor: Client) -> None:
    page = text(editor.get(PAGE, EDITIONS))
    report = reports.compare(OFFICIAL, DRAFT).report
    assert f"The answer changes for {len(report.flips)} of {report.total} profiles." in page
    assert len(report.flips) > 3
    for outcome in OverallOutcome:
        assert (
            f'<td class="number">{report.before[outcome]}</td><td class="number">{report.after[outcome]}</td>'
            in page
        )
    assert "600 generated profiles (seed 2026) and 28 reference cases" in page
    assert "Mexican software engineer, Toronto offer" in page
    assert "Draft entry that nobody may see" in page
    assert html_check.complaints(page) == []


def test_every_example_links_to_a_page_that_tells_it_in_full(editor: Client) -> None:
    page = text(editor.get(PAGE, EDITIONS))
    links = [
        part.split('"')[0].replace("&amp;", "&") for part in page.split('href="/admin/impact/profile/')[1:]
    ]
    assert links
    for link in links[:3]:
        told = text(editor.get(f"/admin/impact/profile/{link}"))
        assert "Each criterion" in told
        assert html_check.complaints(told) == []
    generated = next(link for link in links if link.startswith("g-"))
    told = text(editor.get(f"/admin/impact/profile/{generated}"))
    keep = told.split('href="/admin/eligibility/referencecase/add/')[1].split('"')[0].replace("&amp;", "&")
    form = editor.get(f"/admin/eligibility/referencecase/add/{keep}").context["adminform"].form
    assert json.loads(form.initial["given"])["noc"] == "21231"
    assert form.initial["expected_under"] == OFFICIAL


def test_editions_that_are_alike_change_nothing_and_the_page_says_so(editor: Client) -> None:
    page = text(editor.get(PAGE, {"before": OFFICIAL, "after": OFFICIAL}))
    assert "The answer stays the same for all 628 profiles." in page
    assert html_check.complaints(page) == []


@pytest.mark.parametrize(
    ("chosen", "column", "values"),
    [
        ({"country": "MX"}, "country", {"MX"}),
        ({"country": "JP"}, "country", set()),
        ({"category": "professional"}, "category_after", {"professional"}),
        ({"category": "technician"}, "category_after", set()),
        ({"criterion": "occupation"}, "criteria_that_differ", {"occupation"}),
        ({"criterion": "wage"}, "criteria_that_differ", set()),
        ({"origin": "shipped"}, "profile", {"pub-01"}),
        ({"answer": "eligible"}, "after", set()),
        ({"answer": "not_eligible"}, "after", {"not_eligible"}),
    ],
)
def test_a_filter_lets_through_what_it_names(
    editor: Client, chosen: dict[str, str], column: str, values: set[str]
) -> None:
    found = rows(editor.get(FILE, {**EDITIONS, **chosen}))
    assert {row[column] for row in found} == values
    shown = text(editor.get(PAGE, {**EDITIONS, **chosen}))
    assert f"{len(found)} profile" in shown


def test_unknown_words_of_a_filter_are_ignored(editor: Client) -> None:
    words = {"criterion": "x", "category": "x", "origin": "x", "answer": "x", "page": "x"}
    assert len(rows(editor.get(FILE, {**EDITIONS, **words}))) == len(rows(editor.get(FILE, EDITIONS)))
    assert editor.get(PAGE, {**EDITIONS, **words}).status_code == 200


def test_the_file_holds_every_flip_with_answers_that_flip_again(editor: Client) -> None:
    response = editor.get(FILE, EDITIONS)
    assert response["Content-Disposition"] == f'attachment; filename="impact-{OFFICIAL}-{DRAFT}.csv"'
    found = rows(response)
    comparison = reports.compare(OFFICIAL, DRAFT)
    assert [row["profile"] for row in found] == [change.profile.id for change in comparison.report.flips]
    for row in found:
        answers = Answers.parse(json.loads(row["answers"]), snapshots.current().reference)
        before, after = (assess(answers, book) for book in comparison.books)
        assert (before.outcome, after.outcome) == (row["before"], row["after"])
        assert row["before"] != row["after"]


def test_those_who_keep_their_answer_are_listed_only_on_request(editor: Client) -> None:
    flips = rows(editor.get(FILE, EDITIONS))
    everybody = rows(editor.get(FILE, {**EDITIONS, "all": "1"}))
    report = reports.compare(OFFICIAL, DRAFT).report
    assert len(flips) == len(report.flips)
    assert len(everybody) == len(report.changes)


def test_a_report_is_made_once_and_anew_when_the_draft_changes(editor: Client, draft: Any) -> None:
    first = reports.compare(OFFICIAL, DRAFT)
    assert reports.compare(OFFICIAL, DRAFT) is first
    draft.occupationrule_set.filter(list_entry__startswith="Draft entry").delete()
    second = reports.compare(OFFICIAL, DRAFT)
    assert second is not first
    assert second.report.flips == ()


def test_the_page_reads_the_database_a_fixed_number_of_times(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(45):
        editor.get(PAGE, EDITIONS)


def test_reference_cases_come_first_and_count_as_such() -> None:
    report = reports.compare(OFFICIAL, DRAFT).report
    assert report.origins[Origin.SHIPPED] == 28
    assert report.origins[Origin.GENERATED] == 600
    assert report.changes[0].profile.origin is Origin.SHIPPED


# --- Who may ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PAGE, FILE, "/admin/impact/profile/g-000001/", "/admin/reference-cases/"])
def test_strangers_sign_in_first_and_accounts_need_the_permission(path: str) -> None:
    stranger = Client().get(path, EDITIONS)
    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/admin/login/")
    assert signed_in(person("nobody")).get(path, EDITIONS).status_code == 403


@pytest.mark.parametrize("path", [PAGE, FILE, "/admin/reference-cases/"])
def test_every_group_may_look_and_nobody_posts(path: str) -> None:
    auditor = signed_in(person("aud", ["auditor"]))
    assert auditor.get(path, EDITIONS).status_code == 200
    assert auditor.post(path, EDITIONS).status_code == 405


@pytest.mark.parametrize("slug", ["no-such", "", "x" * 300, "'"])
def test_an_edition_that_is_not_there_is_not_found(editor: Client, slug: str) -> None:
    assert editor.get(PAGE, {**EDITIONS, "after": slug}).status_code == 404
    assert editor.get(FILE, {**EDITIONS, "before": slug}).status_code == 404


def test_a_profile_that_comes_out_alike_is_not_found(editor: Client) -> None:
    assert editor.get("/admin/impact/profile/g-999999/", EDITIONS).status_code == 404


def test_the_home_page_leads_here(editor: Client) -> None:
    page = text(editor.get("/admin/"))
    assert f'href="{PAGE}?before={OFFICIAL}&amp;after={DRAFT}"' in page
    assert "0 reference cases must not change" in page


def test_an_edition_has_links_to_preview_impact_and_cases(draft: Edition, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = person("ed", ["editor"])
    assert [link.url for link in effects.edition_tools(request, draft)] == [
        f"/admin/preview/{DRAFT}/",
        f"{PAGE}?before={OFFICIAL}&after={DRAFT}",
        f"/admin/reference-cases/?edition={DRAFT}",
    ]
    assert effects.edition_tools in home.tools
    assert list(effects.edition_tools(request, request.user)) == []
    request.user = person("nobody")
    assert list(effects.edition_tools(request, draft)) == []


# --- The command ------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("impact", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_tells_the_same_as_the_report() -> None:
    told = json.loads(run(OFFICIAL, DRAFT, "--profiles", "600", "--json"))
    report = reports.compare(OFFICIAL, DRAFT, 600).report
    assert told["profiles"] == report.total == 628
    assert told["flips"] == len(report.flips)
    assert [each["id"] for each in told["changes"]] == [change.profile.id for change in report.changes]
    assert told["by_country"]["MX"]["flips"] == told["by_criterion"]["occupation"]["flips"] == told["flips"]
    assert sum(each["before"] for each in told["outcomes"].values()) == told["profiles"]
    in_words = run(OFFICIAL, DRAFT, "--profiles", "600")
    assert f"The answer changes for {told['flips']} of them." in in_words
    assert "MX" in in_words


def test_ten_thousand_are_drawn_unless_told_otherwise(settings: Any) -> None:
    assert project.IMPACT_PROFILES == 10_000
    settings.IMPACT_PROFILES = project.IMPACT_PROFILES
    told = json.loads(run(OFFICIAL, DRAFT, "--json"))
    assert told["origins"] == {"shipped": 28, "generated": 10_000}


def test_reference_cases_alone_can_be_compared() -> None:
    assert json.loads(run(OFFICIAL, "article-2026", "--profiles", "0", "--json"))["profiles"] == 28


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([OFFICIAL, "no-such"], "no-such"), ([OFFICIAL, DRAFT, "--profiles", "-1"], "zero or more")],
)
def test_the_command_says_what_is_wrong(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)
