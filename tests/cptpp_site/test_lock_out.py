"""Lock-out after wrong tries, the ends of a session, accounts made by an administrator or from the command line."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from cptpp_site.staff import devices, limits, lockout
from cptpp_site.staff.models import TemporaryPassword
from tests.staff import PASSWORD, code, forget_codes, person, signed_in, telephone

pytestmark = pytest.mark.django_db
TRIES = 5


@pytest.fixture
def anna(db: None) -> User:
    return person(superuser=True, password=PASSWORD)


def password(
    client: Client, name: str = "anna", word: str = PASSWORD, address: str = "192.0.2.1"
) -> HttpResponse:
    given = {"username": name, "password": word}
    return client.post("/admin/login/", given, REMOTE_ADDR=address)  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["anna", "nobody-of-this-name"])
def test_five_wrong_passwords_lock_a_name_whether_it_exists_or_not(anna: User, name: str) -> None:
    for _ in range(TRIES - 1):
        assert password(Client(), name, "wrong").status_code == 200
    locked = password(Client(), name, "wrong")
    assert locked.status_code == 429
    assert 0 < int(locked["Retry-After"]) <= 15 * 60
    text = locked.content.decode()
    until = timezone.localtime() + timedelta(seconds=int(locked["Retry-After"]))
    assert f"Come back at {until:%H:%M}." in text
    assert "for 15 minutes" in text


def test_a_locked_name_is_not_let_in_with_the_right_password(anna: User) -> None:
    for _ in range(TRIES):
        password(Client(), word="wrong")
    assert password(Client()).status_code == 429
    assert password(Client(), address="192.0.2.2").status_code == 302


def test_tries_during_the_lock_do_not_lengthen_it(anna: User) -> None:
    for _ in range(TRIES):
        password(Client(), word="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert 0 < int(password(Client(), word="wrong")["Retry-After"]) <= 60
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert password(Client()).status_code == 302


def test_another_browser_or_a_forged_address_does_not_escape_the_lock(anna: User, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(TRIES):
        Client(
            headers={
                "User-Agent": f"browser {number}",
                "X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9",
            }
        ).post("/admin/login/", {"username": "anna", "password": "wrong"})
    same = Client(headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9"})
    assert password(same).status_code == 429
    other = Client(headers={"X-Forwarded-For": "203.0.113.9, 203.0.113.10"})
    assert password(other).status_code == 302


def test_an_ipv6_network_counts_as_one_address() -> None:
    def seen(address: str) -> str:
        return lockout.address_of(RequestFactory().get("/", REMOTE_ADDR=address))

    assert seen("2001:db8::1") == seen("2001:db8::ffff:1") == "2001:db8::"
    assert seen("not an address") == lockout.NO_ADDRESS


def test_one_address_cannot_try_one_password_on_many_accounts(anna: User, settings: Settings) -> None:
    settings.SIGN_INS_PER_MINUTE = 4
    statuses = [password(Client(), f"name-{number}", "wrong").status_code for number in range(5)]
    assert statuses == [200] * 4 + [429]
    refused = password(Client())
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "Please wait a moment" in refused.content.decode()
    assert Client().get("/admin/login/", REMOTE_ADDR="192.0.2.1").status_code == 200
    assert password(Client(), address="192.0.2.2").status_code == 302


def test_codes_count_against_the_same_limit(client: Client, anna: User, settings: Settings) -> None:
    settings.SIGN_INS_PER_MINUTE = 2
    telephone(anna)
    password(client)
    assert client.post("/admin/code/", {"code": "000000"}, REMOTE_ADDR="192.0.2.1").status_code == 200
    assert client.post("/admin/set-up/", {"code": "000000"}, REMOTE_ADDR="192.0.2.1").status_code == 429


def test_wrong_codes_make_the_device_wait_and_then_lock(client: Client, anna: User) -> None:
    device = telephone(anna)
    password(client)
    address = reverse("admin:code")
    client.post(address, {"code": "000000"}, REMOTE_ADDR="192.0.2.1")
    waits = client.post(address, {"code": code(device)}, REMOTE_ADDR="192.0.2.1").content.decode()
    assert re.search(r"After a wrong code the next one counts from \d\d:\d\d:\d\d on\.", waits)
    for _ in range(TRIES - 2):
        forget_codes(device)
        assert client.post(address, {"code": "000000"}, REMOTE_ADDR="192.0.2.1").status_code == 200
    forget_codes(device)
    assert client.post(address, {"code": "000000"}, REMOTE_ADDR="192.0.2.1").status_code == 429
    forget_codes(device)
    assert client.post(address, {"code": code(device)}, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert not is_in(client)


def test_no_password_and_no_code_is_kept_of_wrong_tries(client: Client, anna: User) -> None:
    telephone(anna)
    password(client, word="a wrong secret")
    password(client)
    client.post(reverse("admin:code"), {"code": "918273"}, REMOTE_ADDR="192.0.2.1")
    kept = " ".join(f"{row.post_data} {row.get_data}" for row in AccessAttempt.objects.all())
    assert "secret" not in kept
    assert "918273" not in kept


@pytest.mark.parametrize(
    ("key", "hours", "sentence"),
    [
        (limits.SEEN, 0.6, "You were signed out because nothing happened for a while."),
        (limits.BEGAN, 12.1, "You were signed out at the end of the day"),
    ],
)
def test_a_session_ends_when_it_is_idle_or_old(
    client: Client, anna: User, key: str, hours: float, sentence: str
) -> None:
    signed_in(anna, client)
    session = client.session
    session[key] = time.time() - hours * 3600
    session.save()
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/admin/login/")
    assert sentence in page.content.decode()
    assert not is_in(client)


def test_a_session_in_use_goes_on(client: Client, anna: User) -> None:
    signed_in(anna, client)
    session = client.session
    session[limits.SEEN] = time.time() - 20 * 60
    session.save()
    assert is_in(client)
    assert time.time() - client.session[limits.SEEN] < 60


def test_other_sign_ins_can_be_seen_and_ended(client: Client, anna: User) -> None:
    elsewhere = signed_in(anna, Client(headers={"User-Agent": "Old telephone"}))
    signed_in(anna, client)
    page = reverse("admin:my_sign_in")
    assert client.get(page).content.decode().count("<strong>Here</strong>") == 1
    assert "1 other sign-in was ended." in client.post(page, {"others": ""}, follow=True).content.decode()
    assert is_in(client)
    assert not is_in(elsewhere)


def test_a_new_password_ends_the_other_sign_ins(client: Client, anna: User) -> None:
    elsewhere = signed_in(anna)
    signed_in(anna, client)
    new = "four other words altogether"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("admin:password_change"), form).status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)


def test_wrong_old_passwords_count_towards_the_lock(client: Client, anna: User) -> None:
    signed_in(anna, client)
    address, new = reverse("admin:password_change"), "four other words altogether"
    form = {"old_password": "", "new_password1": new, "new_password2": new}
    for _ in range(TRIES):
        assert client.post(address, form).status_code == 200
    assert not AccessAttempt.objects.exists()
    for _ in range(TRIES - 1):
        assert client.post(address, {**form, "old_password": "wrong"}).status_code == 200
    assert client.post(address, {**form, "old_password": "wrong"}).status_code == 429
    locked = client.post(address, {**form, "old_password": PASSWORD})
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) > 0
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_the_password_page_shows_the_rules_and_refuses_a_short_one(client: Client, anna: User) -> None:
    signed_in(anna, client)
    address = reverse("admin:password_change")
    assert "at least 12 characters" in client.get(address).content.decode()
    form = {"old_password": PASSWORD, "new_password1": "short-one-1", "new_password2": "short-one-1"}
    assert "This password is too short" in client.post(address, form).content.decode()


@pytest.mark.parametrize("word", ["CPTPP-check-2026", "canada-permit-1", "AdminPassword99!"])
def test_a_password_of_words_of_the_site_is_refused(client: Client, anna: User, word: str) -> None:
    signed_in(anna, client)
    form = {"old_password": PASSWORD, "new_password1": word, "new_password2": word}
    page = client.post(reverse("admin:password_change"), form).content.decode()
    assert "little more than words that belong to this site" in page
    assert "can’t be little more than words of this site" in page


def test_a_word_of_the_site_may_stand_in_a_longer_password() -> None:
    validate_password("canada wide green bicycle")


def test_an_administrator_adds_a_colleague_who_chooses_a_password_first(client: Client, anna: User) -> None:
    signed_in(anna, client)
    given = {"username": "ben", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert client.post(reverse("admin:auth_user_add"), given).status_code == 302
    ben = User.objects.get(username="ben")
    assert ben.is_staff
    assert not ben.is_superuser
    colleague = Client()
    assert password(colleague, "ben")["Location"] == reverse("admin:set_up")
    colleague.get(reverse("admin:set_up"))
    colleague.post(reverse("admin:set_up"), {"code": code(devices.new_telephone(ben))})
    assert colleague.get(reverse("admin:recovery_codes")).status_code == 200
    assert colleague.get("/admin/")["Location"] == reverse("admin:password_change")
    new = "four other words altogether"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    colleague.post(reverse("admin:password_change"), form)
    assert is_in(colleague)
    assert not TemporaryPassword.objects.exists()


def test_an_administrator_resets_a_colleagues_sign_in(client: Client, anna: User) -> None:
    ben = person("ben", password=PASSWORD)
    open_page = signed_in(ben)
    devices.new_recovery_codes(ben)
    signed_in(anna, client)
    action = {"action": "reset_sign_in", "_selected_action": [ben.pk]}
    answer = client.post(reverse("admin:auth_user_changelist"), action, follow=True)
    assert "One person sets up a telephone at the next sign-in." in answer.content.decode()
    assert devices.telephone_of(ben) is None
    assert devices.recovery_codes_left(ben) == 0
    assert not is_in(open_page)


def test_only_a_superuser_touches_a_superuser(client: Client, anna: User) -> None:
    from django.contrib.auth.models import Permission

    ben = person("ben")
    ben.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    signed_in(ben, client)
    address = reverse("admin:auth_user_change", args=[anna.pk])
    assert client.post(address, {"username": "mine"}).status_code == 403
    own = client.get(reverse("admin:auth_user_change", args=[ben.pk])).content.decode()
    assert 'name="is_superuser"' not in own
    client.post(
        reverse("admin:auth_user_change", args=[ben.pk]),
        {"username": "ben", "is_active": "on", "is_superuser": "on"},
    )
    assert not User.objects.get(pk=ben.pk).is_superuser
    action = {"action": "reset_sign_in", "_selected_action": [anna.pk]}
    assert client.post(reverse("admin:auth_user_changelist"), action).status_code == 403


def test_secrets_have_no_screen_and_sign_in_logs_are_read_only(client: Client, anna: User) -> None:
    signed_in(anna, client)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404
    password(Client(), word="wrong")
    for screen in ("accessattempt", "accesslog", "accessfailurelog"):
        assert client.get(reverse(f"admin:axes_{screen}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:axes_{screen}_add")).status_code == 403
    one = AccessAttempt.objects.get()
    assert client.get(reverse("admin:axes_accessattempt_change", args=[one.pk])).status_code == 200
    plain = signed_in(person("ben"))
    assert plain.get(reverse("admin:axes_accesslog_changelist")).status_code == 403


def add_staff(*arguments: str) -> str:
    output = StringIO()
    call_command("add_staff", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_makes_the_first_account_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_PASSWORD", PASSWORD)
    monkeypatch.setenv("PORT", "8123")
    said = add_staff("--name", "carla")
    assert "Made the account carla (may do everything)." in said
    assert "Sign in at http://127.0.0.1:8123/admin/ and set up the one-time codes there." in said
    carla = User.objects.get(username="carla")
    assert carla.check_password(PASSWORD)
    assert carla.is_staff


def test_the_command_puts_an_account_into_groups(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_PASSWORD", PASSWORD)
    Group.objects.create(name="Proofreaders")
    add_staff("--name", "dora", "--group", "proofreaders")
    dora = User.objects.get(username="dora")
    assert [group.name for group in dora.groups.all()] == ["Proofreaders"]
    assert not dora.is_superuser
    with pytest.raises(CommandError, match=r"There is no group 'cooks'. The groups are: .*Proofreaders"):
        add_staff("--name", "emil", "--group", "cooks")


@pytest.mark.parametrize(
    ("name", "word", "said"),
    [
        ("anna", PASSWORD, "A user with that username already exists."),
        ("no spaces", PASSWORD, "Enter a valid username."),
        ("carla", "short", "The password in STAFF_PASSWORD is not good enough. This password is too short."),
    ],
)
def test_the_command_refuses_with_a_reason(
    anna: User, monkeypatch: pytest.MonkeyPatch, name: str, word: str, said: str
) -> None:
    monkeypatch.setenv("STAFF_PASSWORD", word)
    with pytest.raises(CommandError, match=re.escape(said)):
        add_staff("--name", name)
    assert User.objects.count() == 1
