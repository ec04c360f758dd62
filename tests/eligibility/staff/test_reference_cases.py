"""Reference cases: kept from what staff bring along, run under any edition, and a bar to publishing."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from eligibility.impact import shipped_cases
from eligibility.models import ReferenceCase
from eligibility.rules.answers import Answers
from eligibility.sharing import token_for
from eligibility.staff import reports
from eligibility.staff.given import NotUsable, answers_from
from occupations import snapshots
from occupations.models import Edition
from occupations.publishing import checklist
from occupations.rulebook import Snapshot
from tests.browser import html_check
from tests.browser.people import ENGINEER
from tests.eligibility.rules.cases import ARTICLE, OFFICIAL, QUALIFIED
from tests.eligibility.rules.cases import shipped as shipped_snapshot
from tests.eligibility.staff.conftest import DRAFT
from tests.eligibility.walker import Walker

ADD = "/admin/eligibility/referencecase/add/"
RUN = "/admin/reference-cases/"


def text(response: Any) -> str:
    return str(response.content.decode())


def keep(client: Client, given: str = "", **changes: Any) -> Any:
    fields = {
        "name": "Engineer from Mexico",
        "given": given or json.dumps(QUALIFIED),
        "expected_under": OFFICIAL,
        "note": "Asked by a client.",
        **changes,
    }
    return client.post(ADD, fields)


# --- What staff bring along -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return shipped_snapshot()


def read(given: str, snapshot: Snapshot) -> dict[str, object]:
    return answers_from(given, snapshot).to_json()


def test_a_link_a_token_a_file_and_answers_give_the_same_answers(snapshot: Snapshot) -> None:
    answers = Answers.parse(QUALIFIED, snapshot.reference)
    token = token_for(answers, snapshot.rulebook(date(2026, 11, 22)))
    file = {"id": None, "outcome": "eligible", "criteria": {}, "answers": QUALIFIED}
    for given in (
        token,
        f"https://check.example.org/r/{token}/",
        f"  http://127.0.0.1:8000/fr/r/{token}/  ",
        f"https://check.example.org/r/{token}/?x=1#top",
        json.dumps(QUALIFIED),
        json.dumps({"id": "a", "answers": QUALIFIED}),
        json.dumps(file, indent=2),
    ):
        assert read(given, snapshot) == answers.to_json(), given


def test_what_serves_advice_alone_is_not_kept(snapshot: Snapshot) -> None:
    advice = {
        "passport_country": "MX",
        "current_location": "outside_canada",
        "has_partner": True,
        "offer_start_date": "2027-03-01",
        "passport_expiry": "2030-01-01",
        "offer_months": 24,
    }
    assert read(json.dumps({**QUALIFIED, **advice}), snapshot) == read(json.dumps(QUALIFIED), snapshot)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("software engineer", "neither a link"),
        ("https://check.example.org/occupations/", "neither a link"),
        ("https://check.example.org/r/abc:def:ghi/", "cannot be read"),
        ("abc:def:ghi", "cannot be read"),
        ('{"country": ', "not valid JSON"),
        ('{"country": "MX", "country": "AU"}', "same key twice"),
        ('{"country": "Mexico"}', "country:"),
        ('{"outcome": "eligible", "criteria": {}}', "holds no answers"),
        ('{"answers": [], "id": "a"}', "An object of answers is needed"),
        ("{" * 5000, "JSON"),
    ],
)
def test_what_holds_no_answers_is_refused_with_a_sentence(given: str, said: str, snapshot: Snapshot) -> None:
    with pytest.raises(NotUsable, match=said):
        answers_from(given, snapshot)


def test_an_old_link_is_named_as_such(snapshot: Snapshot, settings: Any) -> None:
    token = token_for(Answers.parse(QUALIFIED, snapshot.reference), snapshot.rulebook(date(2026, 11, 22)))
    settings.SHARE_LINK_DAYS = -1
    with pytest.raises(NotUsable, match="older than"):
        answers_from(token, snapshot)


# --- Keeping ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_case_is_kept_with_the_outcome_of_the_edition_and_the_person_who_kept_it(editor: Client) -> None:
    assert keep(editor, must_not_change="on").status_code == 302
    case = ReferenceCase.objects.get()
    assert (case.edition, case.on, case.author) == (OFFICIAL, snapshots.today(), "ed")
    assert (case.expected_outcome, case.expected_category) == ("eligible", "professional")
    assert set(case.expected_criteria.values()) == {"pass"}
    assert case.must_not_change
    assert case.answers == Answers.parse(QUALIFIED, snapshots.current().reference).to_json()


@pytest.mark.django_db
def test_the_downloaded_result_of_a_visitor_can_be_kept(editor: Client) -> None:
    walker = Walker()
    walker.walk(ENGINEER)
    file = walker.client.get(f"/check/{walker.journey}/result.json").content.decode()
    assert keep(editor, file).status_code == 302
    assert ReferenceCase.objects.get().answers["noc"] == ENGINEER["noc"]


@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_on_the_form_and_nothing_is_kept(editor: Client) -> None:
    page = text(keep(editor, "https://check.example.org/r/abc:def:ghi/"))
    assert "This link cannot be read." in page
    assert not ReferenceCase.objects.exists()


@pytest.mark.django_db
def test_two_cases_cannot_have_one_name(editor: Client) -> None:
    keep(editor)
    assert "already exists" in text(keep(editor))
    assert ReferenceCase.objects.count() == 1


@pytest.mark.django_db
def test_a_case_shows_what_is_expected_and_keeps_its_answers_when_edited(editor: Client) -> None:
    keep(editor)
    case = ReferenceCase.objects.get()
    address = reverse("admin:eligibility_referencecase_change", args=[case.pk])
    page = text(editor.get(address))
    assert "Eligible (professional), by ircc-2024-10-03 on" in page
    assert "Mexico, citizen" in page
    sent = {"name": "Another name", "note": "", "answers": "{}", "expected_outcome": "not_eligible"}
    assert editor.post(address, sent).status_code == 302
    after = ReferenceCase.objects.get()
    assert (after.name, after.answers, after.expected_outcome) == (
        "Another name",
        case.answers,
        "eligible",
    )


@pytest.mark.django_db
def test_an_editor_marks_a_case_and_only_a_reviewer_lets_it_change_again(
    editor: Client, reviewer: Client
) -> None:
    keep(editor, must_not_change="on")
    case = ReferenceCase.objects.get()
    address = reverse("admin:eligibility_referencecase_change", args=[case.pk])
    editor.post(address, {"name": case.name, "note": ""})
    case.refresh_from_db()
    assert case.must_not_change
    assert editor.post(reverse("admin:eligibility_referencecase_delete", args=[case.pk])).status_code == 403
    reviewer.post(address, {"name": case.name, "note": ""})
    case.refresh_from_db()
    assert not case.must_not_change


@pytest.mark.django_db
def test_a_reviewer_expects_anew_what_the_edition_in_force_says(editor: Client, reviewer: Client) -> None:
    keep(editor, json.dumps({**QUALIFIED, "country": "CL"}), expected_under=ARTICLE)
    case = ReferenceCase.objects.get()
    assert case.expected_outcome == "not_eligible"
    action = {"action": "expect_anew", "_selected_action": [case.pk]}
    listed = reverse("admin:eligibility_referencecase_changelist")
    editor.post(listed, action)
    case.refresh_from_db()
    assert (case.edition, case.expected_outcome) == (ARTICLE, "not_eligible")
    reviewer.post(listed, action)
    case.refresh_from_db()
    assert (case.edition, case.expected_outcome) == (OFFICIAL, "eligible")


@pytest.mark.django_db
def test_a_shipped_case_can_be_copied(editor: Client) -> None:
    form = editor.get(ADD, {"shipped": "pub-09"}).context["adminform"].form
    assert form.initial["name"] == "Australian registered nurse"
    assert json.loads(form.initial["given"])["country"] == "AU"
    for nonsense in ({"shipped": "x"}, {"profile": "x"}, {"journey": "x", "edition": "x"}):
        assert editor.get(ADD, nonsense).context["adminform"].form.initial["given"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"expected_outcome": "perhaps"}, "reference_case_words_known"),
        ({"expected_category": "manager"}, "reference_case_words_known"),
        ({"author": ""}, "reference_case_has_an_author"),
    ],
)
def test_the_database_refuses_words_that_nothing_knows(change: dict[str, str], constraint: str) -> None:
    row = {
        "name": "A case",
        "answers": {},
        "edition": OFFICIAL,
        "on": date(2026, 11, 22),
        "expected_outcome": "eligible",
        "expected_category": "professional",
        "expected_criteria": {},
        "author": "ed",
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReferenceCase.objects.create(**{**row, **change})


# --- Running ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", [OFFICIAL, ARTICLE])
@pytest.mark.django_db
def test_every_shipped_case_comes_to_what_is_expected_under_the_shipped_editions(slug: str) -> None:
    done = reports.run_cases(slug)
    assert len(done.runs) == len(shipped_cases(snapshots.current().reference)) == 28
    assert not any(each.answer_changes or each.criteria for each in done.runs)
    assert {each.edition for each in done.runs} == {slug}


def test_the_page_shows_which_cases_a_draft_changes(editor: Client, draft: Edition) -> None:
    keep(editor, must_not_change="on", name="Engineer who stays")
    page = text(editor.get(RUN, {"edition": DRAFT}))
    assert "1 case that must not change comes to another answer." in page
    assert "Engineer who stays" in page
    assert "Australian registered nurse" in page
    only = text(editor.get(RUN, {"edition": DRAFT, "changed": "1"}))
    assert "Engineer who stays" in only
    assert "Mexican software engineer, Toronto offer" in only
    assert "Australian registered nurse" not in only
    for each in (page, only):
        assert html_check.complaints(each) == []
    assert editor.get(RUN, {"edition": "no-such"}).status_code == 404


@pytest.mark.django_db
def test_without_a_word_the_edition_in_force_is_run(editor: Client) -> None:
    assert "All 28 cases come to the expected answer." in text(editor.get(RUN))


def test_the_command_ends_with_an_error_only_when_a_marked_case_changes(
    editor: Client, draft: Edition
) -> None:
    output = StringIO()
    call_command("reference_cases", DRAFT, stdout=output)
    assert "1 of 28 cases come to another answer" in output.getvalue()
    keep(editor, must_not_change="on")
    output = StringIO()
    with pytest.raises(CommandError, match="1 of the cases"):
        call_command("reference_cases", DRAFT, "--json", stdout=output)
    told = [json.loads(line) for line in output.getvalue().splitlines()]
    assert len(told) == 29
    assert (told[0]["name"], told[0]["found"]["outcome"]) == ("Engineer from Mexico", "not_eligible")
    with pytest.raises(CommandError, match="no-such"):
        call_command("reference_cases", "no-such")


# --- The checklist ----------------------------------------------------------------------------------------


def kept_line(edition: Edition) -> checklist.Line:
    return next(line for line in checklist.lines(edition) if line.slug == "reference-cases")


def test_a_marked_case_that_changes_stops_the_draft(editor: Client, draft: Edition) -> None:
    keep(editor)
    assert kept_line(draft).is_well, "A case that is not marked stops nothing."
    ReferenceCase.objects.update(must_not_change=True)
    line = kept_line(draft)
    assert line.stops
    (problem,) = line.problems
    assert "Engineer from Mexico" in problem.text
    assert "“Not eligible” (professional) instead of “Eligible” (professional)" in problem.text
    assert editor.get(problem.url).status_code == 200


def test_a_marked_case_that_stays_stops_nothing(editor: Client, draft: Edition) -> None:
    keep(editor, json.dumps({**QUALIFIED, "country": "JP"}), must_not_change="on")
    assert kept_line(draft).is_well


def test_a_marked_case_whose_code_is_gone_stops_the_draft_too(editor: Client, draft: Edition) -> None:
    keep(editor, must_not_change="on")
    case = ReferenceCase.objects.get()
    ReferenceCase.objects.update(answers={**case.answers, "noc": "00000"})
    line = kept_line(draft)
    assert line.stops
    assert "name a code that is gone" in line.problems[0].text
    assert "can no longer be read" in text(editor.get(RUN, {"edition": DRAFT}))
    change = reverse("admin:eligibility_referencecase_change", args=[case.pk])
    assert editor.get(change).status_code == 200


def test_a_case_is_run_on_the_wages_of_its_own_day(editor: Client, draft: Edition) -> None:
    without_figure = {name: value for name, value in QUALIFIED.items() if name != "prevailing_wage_hourly"}
    keep(editor, json.dumps({**without_figure, "wage_amount": "56.00"}))
    case = ReferenceCase.objects.get()
    on_their_day = reports.run_cases(OFFICIAL).runs[0].found.outcome
    case.on = date(2025, 6, 1)
    case.save()
    earlier = reports.run_cases(OFFICIAL).runs[0].found.outcome
    assert (on_their_day, earlier) == ("not_eligible", "eligible")
