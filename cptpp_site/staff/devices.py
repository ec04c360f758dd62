"""The second step's means: a telephone that shows codes, and ten recovery codes for the day it is lost."""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES: Final = 10
DIGITS: Final = 6
TELEPHONE: Final = "telephone"
RECOVERY: Final = "recovery codes"


class Checked(NamedTuple):
    """What came of a code: the device that took it, or until when no code is looked at."""

    device: Device | None
    blocked_until: datetime | None = None


def telephone_of(user: User) -> TOTPDevice | None:
    """The confirmed device that shows codes."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("-pk").first()


def new_telephone(user: User) -> TOTPDevice:
    """The device that is being set up: the same secret until its first code was right."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": TELEPHONE})
    return device


def check(user: User, given: str) -> Checked:
    """Compare a code with the telephone's, or with the recovery codes when it looks like one.

    A wrong code makes the device wait, twice as long each time.
    """
    code = plain(given)
    device: Device | None
    if code.isdecimal() and len(code) == DIGITS:
        device = telephone_of(user)
    else:
        device = StaticDevice.objects.filter(user=user, confirmed=True).first()
    return Checked(None) if device is None else check_with(user, device, code)


def check_with(user: User, device: Device, given: str) -> Checked:
    """Compare a code with one device."""
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Checked(None, (why or {}).get("locked_until"))
    return Checked(verify_token(user, device.persistent_id, plain(given)))


def plain(given: str) -> str:
    """A code as it is stored: no spaces or hyphens, small letters."""
    return "".join(given.split()).replace("-", "").lower()


@transaction.atomic
def confirm(device: TOTPDevice) -> None:
    """From now on this telephone counts, and no other of the same person."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten fresh codes, in two groups of four; the old ones no longer work."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY, confirmed=True)
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(StaticToken.random_token())
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in sorted(codes))
    return [f"{code[:4]}-{code[4:]}" for code in sorted(codes)]


def recovery_codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def forget(user: User) -> None:
    """Take away every device and code: the next sign-in sets up a new telephone."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def secret(device: TOTPDevice) -> str:
    """The secret as one types it into a telephone, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(device: TOTPDevice) -> bytes:
    """The square that a telephone reads, as SVG without any style."""
    out = BytesIO()
    segno.make(device.config_url, error="m").save(out, kind="svg", scale=6, border=4, light="#fff")
    return out.getvalue()
