"""The preview: a whole walk under a draft, for staff alone, and nothing of the draft anywhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from occupations import snapshots
from occupations.models import Condition, Edition, OccupationRule
from tests.browser import html_check
from tests.browser.people import ENGINEER
from tests.eligibility.staff.conftest import DRAFT
from tests.eligibility.walker import Walker, marks
from tests.staff import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("draft")]
PREFIX = f"/admin/preview/{DRAFT}"
SECRET = "Draft entry that nobody may see"
BANNER = f"Preview of {DRAFT} (draft): not public."


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def card(response: Any) -> str:
    """What a page of found occupations says of software engineers."""
    return text(response).split('data-code="21231"')[1].split("</li>")[0]


def walked(client: Client, prefix: str = PREFIX) -> Walker:
    walker = Walker(client, prefix)
    walker.walk(ENGINEER)
    return walker


def test_the_whole_walk_is_decided_by_the_draft_under_a_banner(editor: Client) -> None:
    walker = Walker(editor, PREFIX)
    assert BANNER in text(walker.page())
    walker.walk(ENGINEER)
    assert "offer" in walker.visited
    result = walker.result()
    assert marks(result)["outcome"] == "not_eligible"
    assert marks(result)["edition"] == DRAFT
    assert marks(result)["criteria"]["occupation"] == "fail"
    page = text(result)
    assert BANNER in page
    assert SECRET in page
    assert html_check.complaints(page) == []


def test_every_address_of_a_preview_stays_in_it(editor: Client) -> None:
    page = text(walked(editor).result())
    inside = [part.split('"')[0] for part in page.split('href="/')[1:]]
    outside = [path for path in inside if not path.startswith((PREFIX[1:], "static/"))]
    assert len(inside) > 10
    assert all(path.startswith("admin/") for path in outside), outside
    forms = [part.split('"')[0] for part in page.split('action="/')[1:]]
    assert forms
    assert all(path.startswith(PREFIX[1:]) for path in forms)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/occupations/mx/",
        "/occupations/compare/",
        "/occupations/noc/21231/",
        "/guide/who-qualifies/",
        "/editions/",
    ],
)
def test_lists_guide_and_editions_follow_the_draft(editor: Client, path: str) -> None:
    response = editor.get(PREFIX + path)
    assert response.status_code == 200
    assert BANNER in text(response)


def test_lists_panels_search_and_files_hold_the_lines_of_the_draft(editor: Client) -> None:
    assert SECRET in text(editor.get(f"{PREFIX}/occupations/mx/"))
    assert SECRET in text(editor.get(f"{PREFIX}/occupations/mx/list.csv"))
    search = "/occupations/search?q=software+engineer&country=MX"
    found, public = card(editor.get(PREFIX + search)), card(Client().get(search))
    assert "The list for your country does not include it." in found
    assert "The list for your country includes it" in public
    kept = json.loads(text(editor.get(f"{PREFIX}/check/{walked(editor).journey}/result.json")))
    assert (kept["edition"], kept["outcome"]) == (DRAFT, "not_eligible")


def test_a_question_that_only_the_draft_has_is_asked_in_its_preview_alone(editor: Client) -> None:
    Condition.objects.create(edition_id=DRAFT, position=99, slug="only-here", question="Is it only here?")
    OccupationRule.objects.filter(list_entry=SECRET).update(when="only-here")
    preview, public = Walker(editor, PREFIX), Walker()
    preview.walk(ENGINEER, until="conditions")
    assert "Is it only here?" in text(preview.page())
    public.walk(ENGINEER)
    assert "conditions" not in public.visited


# --- Who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/check/", "/occupations/mx/", "/r/token/"])
def test_a_stranger_is_led_to_the_sign_in_page(path: str) -> None:
    response = Client().get(PREFIX + path)
    assert response.status_code == 302
    assert response["Location"] == f"/admin/login/?next={PREFIX}{path}"


def test_an_account_without_the_permission_is_refused() -> None:
    assert signed_in(person("nobody")).get(f"{PREFIX}/").status_code == 403


def test_a_password_without_the_code_is_not_enough() -> None:
    client = Client()
    client.force_login(person("half", ["editor"]))
    assert client.get(f"{PREFIX}/").status_code == 302


@pytest.mark.parametrize("group", ["editor", "reviewer", "administrator", "auditor"])
def test_every_group_may_look(group: str) -> None:
    assert signed_in(person("x", [group])).get(f"{PREFIX}/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/admin/preview/no-such/", "/admin/preview/", f"{PREFIX}/admin/", f"{PREFIX}/api/v1/editions"]
)
def test_what_is_not_there_is_not_found(editor: Client, path: str) -> None:
    assert editor.get(path).status_code == 404


def test_a_published_edition_can_be_previewed_too(editor: Client) -> None:
    page = text(editor.get("/admin/preview/article-2026/editions/"))
    assert "Preview of article-2026 (published): not public." in page


# --- Nothing leaks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/occupations/mx/",
        "/occupations/mx/list.csv",
        "/occupations/compare/",
        "/editions/",
        "/api/v1/editions",
        "/api/v1/lists/MX",
    ],
)
def test_a_public_page_is_the_same_before_and_after_a_preview(editor: Client, path: str) -> None:
    before = Client().get(path)
    assert SECRET not in text(before)
    inside = editor.get(f"{PREFIX}{path}")
    walked(editor)
    after = Client().get(path)
    assert (after.status_code, after.get("ETag"), after["Cache-Control"]) == (
        before.status_code,
        before.get("ETag"),
        before["Cache-Control"],
    )
    page = text(after)
    assert SECRET not in page
    assert DRAFT not in page
    assert "Preview of" not in page
    if inside.status_code == 200:
        assert "preview" not in page.lower()


def test_a_preview_is_kept_by_no_cache_and_answers_no_etag(editor: Client) -> None:
    public = Client().get("/occupations/mx/")
    inside = editor.get(f"{PREFIX}/occupations/mx/", headers={"If-None-Match": public["ETag"]})
    assert inside.status_code == 200
    assert "ETag" not in inside
    assert "no-store" in inside["Cache-Control"]
    assert "public" not in inside["Cache-Control"]
    assert inside["X-Robots-Tag"] == "noindex"


def test_an_edit_of_the_draft_shows_at_once_in_the_preview_alone(editor: Client) -> None:
    revision = snapshots.current().revision
    walker = walked(editor)
    assert marks(walker.result())["outcome"] == "not_eligible"
    OccupationRule.objects.filter(list_entry=SECRET).delete()
    assert marks(walker.result())["outcome"] == "eligible"
    snapshots.refresh()
    assert snapshots.current().revision == revision
    assert DRAFT not in snapshots.current().editions


def test_the_public_check_is_not_decided_by_the_draft_while_a_preview_goes_on(editor: Client) -> None:
    walked(editor)
    public = walked(editor, "")
    result = public.result()
    assert marks(result)["outcome"] == "eligible"
    assert marks(result)["edition"] == "ircc-2024-10-03"
    assert BANNER not in text(result)


def test_an_error_in_a_preview_leaves_the_public_rules_in_place(editor: Client) -> None:
    assert editor.get(f"{PREFIX}/occupations/zz/").status_code == 404
    assert snapshots.rulebook().edition.slug == "ircc-2024-10-03"
    assert SECRET not in text(Client().get("/occupations/mx/"))


# --- Cookies ----------------------------------------------------------------------------------------------


def test_a_preview_has_cookies_of_its_own_that_mean_nothing_on_the_site(editor: Client) -> None:
    walker = walked(editor)
    name = f"preview-journey-{walker.journey}"
    assert name in editor.cookies
    assert f"journey-{walker.journey}" not in editor.cookies
    assert editor.get(f"/check/{walker.journey}/answers/").status_code == 302
    thief = Client()
    thief.cookies[f"journey-{walker.journey}"] = editor.cookies[name].value
    refused = thief.get(f"/check/{walker.journey}/answers/")
    assert refused.status_code == 410, "The signature is bound to the preview."


def test_a_public_journey_cannot_be_gone_on_with_in_a_preview(editor: Client) -> None:
    public = walked(editor, "")
    inside = editor.get(f"{PREFIX}/check/{public.journey}/answers/")
    assert inside.status_code == 302
    assert "country" in inside["Location"]


@pytest.mark.parametrize(
    "path", ["/feedback/", "/feedback/thanks/", "/r/token/", "/check/AAAAAAAAAAAA/share/"]
)
def test_what_reaches_beyond_a_preview_is_refused_with_a_reason(editor: Client, path: str) -> None:
    for response in (editor.get(PREFIX + path), editor.post(PREFIX + path)):
        assert response.status_code == 403
        assert "Not in a preview" in text(response)


# --- Keeping a result -------------------------------------------------------------------------------------


def test_the_result_page_offers_to_keep_it_and_brings_its_answers_along(editor: Client) -> None:
    walker = walked(editor)
    page = text(walker.result())
    address = page.split('<a class="button" href="/admin/eligibility/referencecase/add/')[1].split('"')[0]
    assert ENGINEER["noc"] not in address, "Answers are never part of an address."
    form = editor.get(f"/admin/eligibility/referencecase/add/{address.replace('&amp;', '&')}")
    initial = form.context["adminform"].form.initial
    answers = json.loads(initial["given"])
    assert initial["expected_under"] == DRAFT
    assert (answers["country"], answers["noc"]) == (ENGINEER["country"], ENGINEER["noc"])
    assert "Keep as a reference case" not in text(walker.page())


def test_somebody_who_may_not_keep_cases_is_not_offered_to() -> None:
    auditor = signed_in(person("aud", ["auditor"]))
    assert "Keep as a reference case" not in text(walked(auditor).result())


def test_a_journey_of_another_browser_brings_nothing_along(editor: Client, reviewer: Client) -> None:
    walker = walked(editor)
    query = {"edition": DRAFT, "journey": walker.journey}
    form = reviewer.get("/admin/eligibility/referencecase/add/", query)
    assert form.context["adminform"].form.initial["given"] == ""


def test_an_edition_in_review_says_so(editor: Client) -> None:
    Edition.objects.filter(pk=DRAFT).update(state="in_review")
    assert f"Preview of {DRAFT} (in review): not public." in text(editor.get(f"{PREFIX}/"))
