"""Who may do what: every group over every screen, and nobody without signing in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from occupations import staff
from occupations.models import Edition
from tests.occupations.database import OFFICIAL, draft_with_rules
from tests.staff import person, signed_in

pytestmark = pytest.mark.django_db

ROWS = ["country", "requirement", "condition", "occupationrule", "uncodedentry", "criterionfacts", "citation"]
TEXTS = ["difference", "translation", "countryname", "occupationsynonym", "source", "otherdoor"]
ADVICE = ["applicationroute", "applicationrule", "adviceline", "fee", "permitterm"]
WRITTEN_BY_EDITORS = {"edition", *ROWS, *TEXTS, *ADVICE}
LOOKED_UP = [
    "unitgroup",
    "jobtitle",
    "concordancepair",
    "region",
    "wagevintage",
    "wage",
    "regulation",
    "fact",
    "loadedfile",
    "datarevision",
]
ADDED = {
    "editor": WRITTEN_BY_EDITORS | {"editioncheck", "sourcecheck"},
    "reviewer": WRITTEN_BY_EDITORS | {"editioncheck", "sourcecheck", "periodinforce"},
    "administrator": WRITTEN_BY_EDITORS
    | {"editioncheck", "sourcecheck", "periodinforce", "embeddingsite", "user"},
    "auditor": set(),
}
"""Group -> screens on which it may add something."""
CHANGED = {
    "editor": WRITTEN_BY_EDITORS,
    "reviewer": WRITTEN_BY_EDITORS,
    "administrator": WRITTEN_BY_EDITORS | {"embeddingsite", "user"},
    "auditor": set(),
}
DELETED = {**CHANGED, "administrator": CHANGED["administrator"] | {"feedback"}}
SCREENS = {
    str(model._meta.model_name): model
    for model in admin.site._registry
    if model._meta.app_label in {"occupations", "eligibility"}
}


def request_of(user: User) -> HttpRequest:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("group", staff.GROUPS)
def test_a_group_may_do_what_is_listed_here_and_no_more(group: str) -> None:
    draft = draft_with_rules()
    user = person(groups=[group])
    request = request_of(user)
    found: dict[str, set[str]] = {"view": set(), "add": set(), "change": set(), "delete": set()}
    screens: dict[str, type[Any]] = {**SCREENS, "user": User}
    for name, model in screens.items():
        screen = admin.site.get_model_admin(model)
        row = draft if model is Edition else model(edition=draft) if name in ROWS else None
        if screen.has_view_permission(request):
            found["view"].add(name)
        if screen.has_add_permission(request):
            found["add"].add(name)
        if screen.has_change_permission(request, row):
            found["change"].add(name)
        if screen.has_delete_permission(request, row):
            found["delete"].add(name)
    known = {
        *WRITTEN_BY_EDITORS,
        *LOOKED_UP,
        "editioncheck",
        "sourcecheck",
        "periodinforce",
        "feedback",
        "embeddingsite",
        "user",
    }
    assert found["view"] >= known
    assert found["add"] & known == ADDED[group]
    assert found["change"] & known == CHANGED[group]
    assert found["delete"] & known == DELETED[group]


@pytest.mark.parametrize("group", staff.GROUPS)
def test_every_screen_answers_a_group_as_its_permissions_say(group: str) -> None:
    draft_with_rules()
    client = signed_in(person(groups=[group]))
    for name, model in SCREENS.items():
        assert client.get(address(model, "changelist")).status_code == 200, name
        expected = 200 if name in ADDED[group] or name not in {*WRITTEN_BY_EDITORS, *LOOKED_UP} else 403
        given = {"edition": "trial-2027"} if name in ROWS else {}
        if name in {*WRITTEN_BY_EDITORS, *LOOKED_UP}:
            assert client.get(address(model, "add"), given).status_code == expected, name
        row = model._default_manager.first()
        if row is not None:
            page = client.get(address(model, "change", row.pk))
            assert page.status_code == 200, name
            saves = b'name="_save"' in page.content
            assert not (saves and name not in CHANGED[group]), name


@pytest.mark.parametrize("group", ["auditor"])
def test_an_auditor_sees_no_button_that_changes_anything(group: str) -> None:
    draft_with_rules()
    client = signed_in(person(groups=[group]))
    for model in (Edition, SCREENS["condition"], SCREENS["occupationrule"]):
        listed = client.get(address(model, "changelist")).content.decode()
        assert 'name="action"' not in listed
        assert "addlink" not in listed
    page = client.get(address(Edition, "change", "trial-2027")).content.decode()
    assert 'type="submit" value=' not in page


def test_a_person_without_a_group_sees_no_screen() -> None:
    client = signed_in(person())
    assert "you belong to no group yet" in client.get("/admin/").content.decode()
    for model in SCREENS.values():
        assert client.get(address(model, "changelist")).status_code == 403


def test_somebody_who_may_do_everything_is_not_kept_from_a_draft_nor_let_at_a_published_edition() -> None:
    draft = draft_with_rules()
    request = request_of(person(superuser=True))
    for name in ("edition", *ROWS):
        model = SCREENS[name]
        screen = admin.site.get_model_admin(model)
        of_draft, of_published = (
            edition if model is Edition else model(edition=edition)
            for edition in (draft, Edition.objects.get(pk=OFFICIAL))
        )
        for may in (screen.has_change_permission, screen.has_delete_permission):
            assert may(request, of_draft), name
            assert not may(request, of_published), name


def test_a_permission_that_is_named_here_exists() -> None:
    known = {f"{each.content_type.app_label}.{each.codename}" for each in Permission.objects.select_related()}
    for group in staff.GROUPS:
        assert staff.permissions_of(group) <= known


def test_migrating_again_puts_the_groups_in_order() -> None:
    editor, auditor = Group.objects.get(name=staff.EDITOR), Group.objects.get(name=staff.AUDITOR)
    before = set(editor.permissions.all())
    editor.permissions.clear()
    auditor.permissions.add(Permission.objects.get(codename="delete_edition"))
    for app in apps.get_app_configs():
        staff.grant_permissions(app, apps, "default")
    assert set(editor.permissions.all()) == before
    assert not auditor.permissions.filter(codename="delete_edition").exists()


def addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Every address below a resolver, with 1 in the place of each value."""
    for entry in resolver.url_patterns:
        route = str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + route)
        elif isinstance(entry, URLPattern) and not route.startswith("(?P"):
            yield prefix + "/".join("1" if "<" in part else part for part in route.split("/"))


def test_nothing_is_reachable_without_signing_in() -> None:
    below = next(
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and entry.app_name == "admin"
    )
    found = list(addresses(below, "/admin/"))
    assert len(found) > 100
    client = Client()
    for each in found:
        for send in (client.get, client.post):
            response = send(each)
            open_to_all = each in {"/admin/login/"}
            assert open_to_all or response.status_code == 302, each
            assert open_to_all or response["Location"].startswith("/admin/"), each
