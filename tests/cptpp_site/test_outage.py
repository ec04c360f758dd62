"""What staff are told while the database is away: a page at once, that keeps what they sent."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.client import RequestFactory

from cptpp_site.staff.outage import failed
from occupations import snapshots
from occupations.outages import broke_at_commit, is_away
from occupations.publishing.refusals import Refused, explained
from tests import databases, staff
from tests.live import free_port


@pytest.fixture
def editor(db: None) -> Client:
    """A signed-in member of staff, to whom errors are shown as to anybody."""
    snapshots.refresh()
    client = staff.administrator()
    client.raise_request_exception = False
    return client


@pytest.fixture
def away() -> Iterator[None]:
    with databases.nobody_at(free_port()):
        yield


class _Inputs(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.values[given["name"] or ""] = given["value"] or ""


# --- The page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/admin/", "/admin/occupations/edition/", "/admin/nothing-here/"])
def test_a_staff_page_says_that_the_database_is_away(editor: Client, address: str) -> None:
    with databases.nobody_at(free_port()):
        response = editor.get(address)
    text = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "The database cannot be reached just now" in text
    assert f"data revision {snapshots.current().revision}" in text
    assert response["X-Request-ID"] in text
    assert f'<a href="{address}">Try again</a>' in text
    assert "<form" not in text
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_sign_in_is_kept_and_pages_work_again_by_themselves(editor: Client) -> None:
    with databases.nobody_at(free_port()):
        assert editor.get("/admin/").status_code == 503
    assert editor.get("/admin/").status_code == 200


def test_what_was_sent_is_not_saved_and_can_be_sent_again_from_the_page(editor: Client) -> None:
    sent = {
        "language": "fr",
        "_reason": 'Because of "quotes" <b>&amp;</b>\nand lines',
        "csrfmiddlewaretoken": "t",
    }
    with databases.nobody_at(free_port()):
        response = editor.post("/admin/language/?from=here", sent)
    text = response.content.decode()
    assert response.status_code == 503
    assert "What you have just sent was not saved." in text
    assert 'action="/admin/language/?from=here"' in text
    assert _Inputs(text).values == sent
    again = editor.post("/admin/language/", _Inputs(text).values)
    assert again.status_code == 302
    assert editor.session["staff_language"] == "fr"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/admin/login/", {"username": "anna", "password": "four secret words here"}),
        ("/admin/code/", {"code": "four secret words here"}),
        ("/admin/auth/user/1/password/", {"password1": "four secret words here"}),
    ],
)
def test_a_password_or_a_code_stands_in_no_page(
    editor: Client, address: str, sent: dict[str, str], away: None
) -> None:
    response = editor.post(address, sent)
    assert response.status_code == 503
    assert "secret words" not in response.content.decode()
    assert "<form" not in response.content.decode()


def test_a_form_with_a_file_or_a_giant_one_is_not_repeated(editor: Client, away: None) -> None:
    with open(__file__, "rb") as file:
        with_file = editor.post("/admin/uploads/new/", {"kind": "wages", "file": file})
    giant = editor.post("/admin/language/", {"language": "x" * 3_000_000})
    for response in (with_file, giant):
        assert response.status_code == 503
        assert "go back and send it again" in response.content.decode()
        assert "<form" not in response.content.decode()


def test_it_speaks_french_where_the_browser_does(editor: Client, away: None) -> None:
    response = editor.get("/admin/", headers={"Accept-Language": "fr-CA,fr;q=0.9"})
    assert response["Content-Language"] == "fr"
    assert "La base de données" in response.content.decode()


def test_a_database_that_takes_the_call_and_says_nothing_is_given_up_within_seconds(editor: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, databases.nobody_at(silent.getsockname()[1]):
        began = time.monotonic()
        assert editor.get("/admin/").status_code == 503
        assert time.monotonic() - began < 7


def test_visitors_go_on_meanwhile(editor: Client, away: None) -> None:
    assert Client().get("/occupations/").status_code == 200
    assert Client().get("/occupations/search", {"q": "nurse"}).status_code == 200


def test_feedback_says_that_it_was_not_kept_and_keeps_the_words_in_the_page(
    editor: Client, away: None
) -> None:
    response = Client().post(
        "/feedback/", {"helpful": "yes", "text": "All of it was clear.", "page": "result"}
    )
    assert response.status_code == 503
    assert "We could not keep your words just now" in response.content.decode()
    assert "All of it was clear." in response.content.decode()


def test_another_failure_of_a_staff_page_stays_a_failure() -> None:
    request = RequestFactory().get("/admin/")
    request.session = {}  # type: ignore[assignment] # any: that it is there marks a staff page
    try:
        raise ValueError
    except ValueError:
        assert failed(request).status_code == 500


# --- Telling it from what else a database says --------------------------------------------------------------


def error_of(statement: str) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return caught.value


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("INSERT INTO auth_user SELECT * FROM auth_user", False),
        ("SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)", False),
        ("SELECT * FROM no_such_table", False),
        ("SET TRANSACTION READ ONLY; DELETE FROM django_session", True),
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
    ],
)
def test_a_refusal_is_told_from_a_database_that_is_away(
    committed_database: str, statement: str, expected: bool
) -> None:
    User.objects.create_user("anna")
    assert is_away(error_of(statement)) is expected


def test_a_step_that_loses_its_database_was_not_refused_by_it(committed_database: str) -> None:
    with pytest.raises(DatabaseError), explained(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(Refused), explained(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_a_connection_lost_while_saving_ends_is_told_from_one_lost_before(committed_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        cursor.execute(
            "CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON auth_group DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION leave()"
        )
    at_commit = error_of("INSERT INTO auth_group (name) VALUES ('night watch')")
    connection.close()
    before = error_of("SELECT pg_terminate_backend(pg_backend_pid())")
    assert [is_away(each) for each in (at_commit, before)] == [True, True]
    assert [broke_at_commit(each) for each in (at_commit, before)] == [True, False]
    said = [told_after(error) for error in (at_commit, before)]
    assert ["cannot tell whether what you sent was saved" in text for text in said] == [True, False]
    assert ["look in another tab whether it was saved" in text for text in said] == [True, False]
    assert ["What you have just sent was not saved" in text for text in said] == [False, True]
    assert [_Inputs(text).values["name"] for text in said] == ["Night watch"] * 2


def told_after(error: DatabaseError) -> str:
    """The page for a change that this error ended."""
    request = RequestFactory().post("/admin/auth/group/add/", {"name": "Night watch"})
    request.session = {}  # type: ignore[assignment] # any: that it is there marks a staff page
    try:
        raise error
    except DatabaseError:
        return failed(request).content.decode()
