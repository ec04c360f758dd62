"""Staff accounts for tests: the one place that knows how a person signs in."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "correct horse battery staple"
"""Of `person(..., password=PASSWORD)`: good enough for the password policy."""


def person(
    name: str = "anna", groups: Iterable[str] = (), *, superuser: bool = False, password: str | None = None
) -> User:
    """A staff account in the named groups, which must exist; `superuser` may do everything.

    Without `password` it cannot type one, only be `signed_in`.
    """
    user = User.objects.create_user(name, password=password, is_staff=True, is_superuser=superuser)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return user


def telephone(user: User) -> TOTPDevice:
    """The device that shows the user's codes; the first call sets it up."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=True, defaults={"name": "telephone"})
    return device


def code(device: TOTPDevice) -> str:
    """The six digits that the device shows now. Each works once: `forget_codes` lets one work again."""
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift).token():06d}"


def forget_codes(device: TOTPDevice) -> None:
    """Let the next code work although one of the same half minute was used, and after wrong ones."""
    TOTPDevice.objects.filter(pk=device.pk).update(
        last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None
    )


def signed_in(user: User, client: Client | None = None) -> Client:
    """A client on which `user` has passed every step of signing in."""
    client = client or Client()
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = telephone(user).persistent_id
    session.save()
    return client


def administrator(client: Client | None = None) -> Client:
    """A client signed in as somebody who may do everything."""
    return signed_in(person(superuser=True), client)
