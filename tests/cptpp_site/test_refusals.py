"""Staff who ask for what their account may not do are told which group may, in the frame of the staff's pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.occupations.database import OFFICIAL, draft
from tests.staff import administrator, person, signed_in

pytestmark = pytest.mark.django_db
FRAME = 'id="site-name"'


def refused(client: Client, address: str, *, post: bool = False) -> str:
    answer = client.post(address) if post else client.get(address)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert FRAME in page
    assert "Your account may not do this" in page
    return page


def test_an_auditor_is_told_which_groups_add_rows() -> None:
    auditor = signed_in(person("carla", ["auditor"]))
    page = refused(auditor, reverse("admin:occupations_source_add"))
    assert "This belongs to these groups: editor, reviewer, administrator." in page
    assert "Your account is in the group auditor." in page
    assert "ask an administrator" in page
    assert "Nothing was changed." not in page


@pytest.mark.parametrize(
    ("address", "post", "groups"),
    [
        ("/admin/occupations/periodinforce/add/", False, "these groups: reviewer, administrator."),
        ("/admin/auth/user/add/", False, "the group administrator."),
        (
            f"/admin/occupations/edition/{OFFICIAL}/start-draft/",
            False,
            "these groups: editor, reviewer, administrator.",
        ),
        ("/admin/occupations/translation/missing/", True, "these groups: editor, reviewer, administrator."),
        ("/admin/occupations/source/S-01/change/", True, "these groups: editor, reviewer, administrator."),
    ],
)
def test_each_page_names_the_groups_that_may(address: str, post: bool, groups: str) -> None:
    page = refused(signed_in(person("carla", ["auditor"])), address, post=post)
    assert f"This belongs to {groups}" in page
    assert ("Nothing was changed." in page) is post


@pytest.mark.parametrize(
    "address",
    [
        "/admin/occupations/edition/",
        "/admin/publishing/",
        "/admin/impact/",
        f"/admin/preview/{OFFICIAL}/",
        "/admin/occupations/guidetext/",
    ],
)
def test_somebody_without_a_group_is_told_of_every_group(address: str) -> None:
    page = refused(signed_in(person("dora")), address)
    assert "This belongs to these groups: editor, reviewer, administrator, auditor." in page
    assert "Your account is in no group yet." in page


def test_an_editor_who_approves_is_told_that_a_reviewer_does() -> None:
    made = draft()
    page = refused(
        signed_in(person("emil", ["editor"])),
        reverse("publishing:step", args=[made.pk, "approve"]),
        post=True,
    )
    assert "This belongs to these groups: reviewer, administrator." in page


def test_what_nobody_does_is_not_promised_to_a_group() -> None:
    page = refused(administrator(), reverse("admin:occupations_fact_add"))
    assert "No group may do this here." in page
    assert "ask an administrator" not in page


def test_visitors_and_half_signed_in_staff_learn_nothing_of_groups(client: Client) -> None:
    person("anna")
    client.force_login(User.objects.get(username="anna"))
    answer = client.get(reverse("admin:occupations_source_add"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))
