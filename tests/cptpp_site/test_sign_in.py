"""Signing in: a password, then a code; a telephone at the first time; recovery codes; nothing else opens a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, identify_hasher
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from cptpp_site.staff import devices, pending
from cptpp_site.staff.models import RecoveryCode
from tests.staff import PASSWORD, code, forget_codes, person, signed_in, telephone

pytestmark = pytest.mark.django_db
SIGN_IN = "/admin/login/"
OPEN = {"admin:login", "admin:code", "admin:set_up", "admin:set_up_picture", "admin:logout"}
"""What answers before both steps are passed; none of them shows anything of the site."""


@pytest.fixture
def anna(db: None) -> User:
    return person(superuser=True, password=PASSWORD)


def password(client: Client, name: str = "anna", word: str = PASSWORD, then: str = "") -> HttpResponse:
    return client.post(SIGN_IN, {"username": name, "password": word, "next": then})  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def admin_patterns() -> Iterator[tuple[str, str]]:
    """Every named page under /admin/: its name and an address made up for it."""

    def walk(entries: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
        for entry in entries:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, path)
            else:
                yield f"admin:{entry.name}", re.sub(r"<[^>]+>|\(\?P<[^>]+>[^)]*\)", "1", path).strip("^$")

    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern).startswith("admin/"):
            yield from walk(entry.url_patterns, f"/{entry.pattern}")


def opened_pages(client: Client) -> set[str]:
    """The names of the staff's pages that answer with anything but the way to the sign-in page."""
    answers = {}
    for name, path in admin_patterns():
        response = client.get(path)
        sent_away = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
        if not sent_away:
            answers[name] = response.status_code
    return set(answers)


def test_no_page_answers_a_visitor() -> None:
    assert len(list(admin_patterns())) > 100
    assert opened_pages(Client()) <= OPEN


def test_no_page_answers_a_password_alone(client: Client, anna: User) -> None:
    telephone(anna)
    assert password(client).status_code == 302
    assert opened_pages(client) <= OPEN


def test_no_page_answers_a_session_that_no_code_confirmed(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert opened_pages(client) <= OPEN


def test_pages_answer_after_both_steps(client: Client, anna: User) -> None:
    names = opened_pages(signed_in(anna, client))
    assert {"admin:index", "admin:occupations_edition_changelist", "admin:auth_user_add"} <= names


def test_password_and_code_lead_to_the_page_that_was_asked_for(client: Client, anna: User) -> None:
    device = telephone(anna)
    asked = reverse("admin:occupations_edition_changelist")
    away = client.get(asked)
    assert away["Location"] == f"{SIGN_IN}?next={asked}"
    assert password(client, then=asked)["Location"] == reverse("admin:code")
    before = client.session.session_key
    done = client.post(reverse("admin:code"), {"code": code(device)})
    assert done["Location"] == asked
    assert client.get(asked).status_code == 200
    assert client.session.session_key != before


def test_nobody_is_sent_to_another_site(client: Client, anna: User) -> None:
    device = telephone(anna)
    password(client, then="https://elsewhere.example/")
    assert client.post(reverse("admin:code"), {"code": code(device)})["Location"] == "/admin/"


def test_a_code_works_once(client: Client, anna: User) -> None:
    device = telephone(anna)
    shown = code(device)
    password(client)
    client.post(reverse("admin:code"), {"code": shown})
    second = Client()
    password(second)
    again = second.post(reverse("admin:code"), {"code": shown})
    assert "This code is not right." in again.content.decode()
    assert not is_in(second)


def test_a_right_password_waits_ten_minutes_for_its_code(
    client: Client, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = telephone(anna)
    password(client)
    monkeypatch.setattr(pending, "SECONDS", 0)
    late = client.post(reverse("admin:code"), {"code": code(device)}, follow=True)
    assert "Please begin with your name and password." in late.content.decode()
    assert not is_in(client)


def test_a_changed_password_ends_the_wait_for_a_code(client: Client, anna: User) -> None:
    device = telephone(anna)
    password(client)
    anna.set_password("another good long secret")
    anna.save()
    client.post(reverse("admin:code"), {"code": code(device)})
    assert not is_in(client)


def test_the_first_sign_in_sets_up_a_telephone_and_shows_ten_recovery_codes(
    client: Client, anna: User
) -> None:
    assert password(client)["Location"] == reverse("admin:set_up")
    assert client.get(reverse("admin:code"))["Location"] == reverse("admin:set_up")
    page = client.get(reverse("admin:set_up")).content.decode()
    device = TOTPDevice.objects.get(user=anna)
    assert devices.secret(device) in page
    picture = client.get(reverse("admin:set_up_picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert b"style" not in picture.content
    assert "no-store" in picture["Cache-Control"]
    assert (
        "This code is not right." in client.post(reverse("admin:set_up"), {"code": "000000"}).content.decode()
    )
    forget_codes(device)
    shown = client.post(reverse("admin:set_up"), {"code": code(device)}, follow=True)
    codes = re.findall(r"<code>(\w{4}-\w{4})</code>", shown.content.decode())
    assert len(codes) == len(set(codes)) == 10
    saved = client.get(reverse("admin:recovery_file")).content.decode()
    assert all(each in saved for each in codes)
    client.post(reverse("admin:recovery_codes"), {"kept": ""})
    assert codes[0] not in client.get(reverse("admin:recovery_codes"), follow=True).content.decode()
    assert is_in(client)


def test_a_recovery_code_takes_the_place_of_the_telephone_once(client: Client, anna: User) -> None:
    telephone(anna)
    one = devices.new_recovery_codes(anna)[0]
    password(client)
    done = client.post(reverse("admin:code"), {"code": one.upper()}, follow=True)
    assert "You have 9 left" in done.content.decode()
    second = Client()
    password(second)
    second.post(reverse("admin:code"), {"code": one})
    assert not is_in(second)


def test_new_recovery_codes_end_the_old_ones(client: Client, anna: User) -> None:
    old = devices.new_recovery_codes(anna)
    signed_in(anna, client).post(reverse("admin:recovery_codes"), {"new": ""})
    assert devices.recovery_codes_left(anna) == 10
    assert devices.check(anna, old[0]).device is None


def test_recovery_codes_are_kept_as_hashes_with_one_salt(anna: User) -> None:
    codes = [devices.plain(code) for code in devices.new_recovery_codes(anna)]
    kept = list(RecoveryCode.objects.filter(device__user=anna).values_list("hashed", flat=True))
    assert len({identify_hasher(hashed).decode(hashed)["salt"] for hashed in kept}) == 1
    assert len(set(kept)) == len(codes) == 10
    assert not any(code in hashed for code in codes for hashed in kept)
    assert all(any(check_password(code, hashed) for hashed in kept) for code in codes)


def test_a_code_that_was_hashed_less_often_still_works(anna: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    one = devices.new_recovery_codes(anna)[0]
    weaker = PBKDF2PasswordHasher().encode(devices.plain(one), "salt", iterations=1000)
    RecoveryCode.objects.filter(device__user=anna).update(hashed=weaker)
    assert devices.check(anna, "wrong-code").device is None
    StaticDevice.objects.filter(user=anna).update(throttling_failure_timestamp=None)
    assert devices.check(anna, one).device is not None


def test_codes_that_were_readable_are_hashed_and_still_work(anna: User) -> None:
    device = StaticDevice.objects.create(user=anna, name=devices.RECOVERY, confirmed=True)
    StaticToken.objects.create(device=device, token="abcd2345")
    migration = import_module("cptpp_site.staff.migrations.0003_recovery_codes_hashed")
    migration.hash_codes(apps, None)
    assert not StaticToken.objects.exists()
    assert devices.check(anna, "ABCD-2345").device == device
    assert devices.check(anna, "ABCD-2345").device is None


def test_another_telephone_needs_the_password_and_takes_the_old_ones_place(
    client: Client, anna: User
) -> None:
    signed_in(anna, client)
    old = telephone(anna)
    client.get(reverse("admin:set_up"))
    new = TOTPDevice.objects.get(user=anna, confirmed=False)
    wrong = client.post(reverse("admin:set_up"), {"code": code(new), "password": "guessed"})
    assert "This is not your password." in wrong.content.decode()
    assert devices.telephone_of(anna) == old
    client.post(reverse("admin:set_up"), {"code": code(new), "password": PASSWORD})
    assert devices.telephone_of(anna) == new
    assert not TOTPDevice.objects.filter(pk=old.pk).exists()
    assert is_in(client)


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_who_may_no_longer_come_in_is_told_what_everybody_is_told(
    client: Client, anna: User, change: dict[str, bool]
) -> None:
    User.objects.filter(pk=anna.pk).update(**change)
    told = password(client).content.decode()
    unknown = password(Client(), "nobody").content.decode()
    sentence = "This name and this password do not open the staff pages."
    assert sentence in told
    assert sentence in unknown


def test_the_site_in_use_is_ours() -> None:
    assert type(admin.site._wrapped).__name__ == "StaffSite"  # type: ignore[attr-defined]
