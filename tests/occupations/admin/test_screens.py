"""Every screen: words on every field, few queries, and a page for whatever is asked of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from occupations import drafting
from occupations.admin.edition_rows import CHOSEN, EditionRowAdmin
from occupations.models import Edition
from tests.occupations.database import OFFICIAL
from tests.staff import administrator

pytestmark = pytest.mark.django_db
SCREENS: dict[str, Any] = {
    str(model._meta.model_name): screen
    for model, screen in admin.site._registry.items()
    if model._meta.app_label in {"occupations", "eligibility"}
}
SENT = {"importrecord"}
"""Its form sends a file; tests/occupations/importing has the tests."""
WRITTEN = sorted(
    name
    for name, screen in SCREENS.items()
    if "ReadOnly" not in str(type(screen).__mro__) and name not in SENT
)
MOST_QUERIES = 20
"""Of a list: the session, the person, counts, the rows and the choices of its filters."""


@pytest.fixture
def staff(db: None) -> Client:
    return administrator()


@pytest.fixture
def copy(db: None) -> Edition:
    return drafting.start_draft(Edition.objects.get(pk=OFFICIAL), "trial-2027", "A trial", "anna", "To try.")


def address(screen: str, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:{SCREENS[screen].opts.app_label}_{screen}_{page}", args=args)


@pytest.mark.parametrize("screen", WRITTEN)
def test_every_field_says_in_words_what_belongs_in_it(screen: str, copy: Edition) -> None:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    shown = SCREENS[screen]
    if isinstance(shown, EditionRowAdmin):
        CHOSEN[request] = copy
    form = shown.get_form(request)()
    assert {name for name, field in form.fields.items() if not field.help_text} == set()


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_a_list_asks_the_database_little_however_long_it_is(
    screen: str, staff: Client, copy: Edition
) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert staff.get(address(screen)).status_code == 200
    assert len(queries) <= MOST_QUERIES, [query["sql"][:150] for query in queries]


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_a_key_that_is_not_there_is_a_page_that_says_so(screen: str, staff: Client) -> None:
    for key in ("999999999999999999999", "a\x00b"):
        for page in ("change", "history", "delete"):
            response = staff.get(address(screen, page, key))
            if page == "delete" and not SCREENS[screen].has_delete_permission(_request()):
                assert response.status_code == 403
            else:
                assert response.status_code == 404, (page, key)
                assert "Perhaps a colleague has deleted it" in response.content.decode()


def _request() -> Any:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    return request


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_a_list_answers_whatever_is_asked_of_it(screen: str, staff: Client) -> None:
    for query in ("q=%27zzzzzz", "q=%00&p=abc", "o=99.x&p=99999", "no_such__field=1"):
        assert staff.get(f"{address(screen)}?{query}", follow=True).status_code == 200, query


@pytest.mark.parametrize(
    "query",
    [
        "edition=none",
        "country=%00",
        "country=xx",
        "teer=9",
        "teer=a",
        "condition=none",
        "category__exact=x",
        "all=",
    ],
)
def test_the_list_of_rules_answers_any_filter(query: str, staff: Client) -> None:
    assert staff.get(f"{address('occupationrule')}?{query}", follow=True).status_code == 200


@pytest.mark.parametrize("chosen", [["abc"], ["\x00"], [""], ["999999"], []])
def test_an_action_on_rows_that_cannot_be_chosen_changes_nothing(chosen: list[str], staff: Client) -> None:
    for screen in ("condition", "edition"):
        body = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        assert staff.post(address(screen), body, follow=True).status_code == 200
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("term", ["", "21231", "%00", "%27", "x" * 2000])
def test_occupations_are_looked_up_by_code_and_title(term: str, staff: Client) -> None:
    path = "/admin/autocomplete/?app_label=occupations&model_name=occupationrule&field_name=unit_group"
    response = staff.get(f"{path}&term={term}")
    assert response.status_code == 200
    if term == "21231":
        assert [each["text"] for each in response.json()["results"]] == [
            "21231 Software engineers and designers"
        ]


@pytest.mark.parametrize("screen", WRITTEN)
def test_an_empty_form_is_shown_again_with_its_errors(screen: str, staff: Client, copy: Edition) -> None:
    response = staff.post(address(screen, "add"), {"edition": "trial-2027"} if _is_row(screen) else {})
    assert response.status_code == 200
    assert "Error:" in response.content.decode()


def _is_row(screen: str) -> bool:
    return isinstance(SCREENS[screen], EditionRowAdmin)


@pytest.mark.parametrize("screen", WRITTEN)
def test_a_form_full_of_nonsense_is_answered(screen: str, staff: Client, copy: Edition) -> None:
    columns: list[models.Field[Any, Any]] = list(SCREENS[screen].opts.concrete_fields)
    for nonsense in ("\x00", "x" * 5000, "9" * 400, "-1e309"):
        body = {column.name: [nonsense] if isinstance(column, ArrayField) else nonsense for column in columns}
        if _is_row(screen):
            body["edition"] = "trial-2027"
        response = staff.post(address(screen, "add"), body)
        assert response.status_code in (200, 302), nonsense
