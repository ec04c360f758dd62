"""The second step's means: a telephone that shows codes, and ten recovery codes for the day it is lost."""

from __future__ import annotations

from base64 import b32encode
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from io import BytesIO
from secrets import token_bytes
from typing import Final, NamedTuple

import segno
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, identify_hasher, make_password
from django.contrib.auth.models import User
from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from cptpp_site.staff.models import RecoveryCode

RECOVERY_CODES: Final = 10
CODE_BYTES: Final = 5
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
    if not (code.isdecimal() and len(code) == DIGITS):
        return _check_recovery(user, code)
    telephone = telephone_of(user)
    return Checked(None) if telephone is None else check_with(user, telephone, code)


def check_with(user: User, device: Device, given: str) -> Checked:
    """Compare a code with one device."""
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Checked(None, (why or {}).get("locked_until"))
    return Checked(verify_token(user, device.persistent_id, plain(given)))


@transaction.atomic
def _check_recovery(user: User, code: str) -> Checked:
    """Compare a code with the recovery codes; the one that is right is used up."""
    device = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return Checked(None)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Checked(None, (why or {}).get("locked_until"))
    any_of_them = RecoveryCode.objects.filter(device=device).first()
    hashed = "" if any_of_them is None else _hashed_like(any_of_them.hashed, code)
    used, _by_table = RecoveryCode.objects.filter(device=device, hashed=hashed).delete()
    if not used:
        device.throttle_increment()
        return Checked(None)
    device.throttle_reset(commit=False)
    device.set_last_used_timestamp(commit=False)
    device.save()
    return Checked(device)


def _hashed_like(known: str, code: str) -> str:
    """A code hashed as `known` was: with its salt, and as often."""
    hasher = identify_hasher(known)
    parts = hasher.decode(known)
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(code, parts["salt"], parts["iterations"])
    return hasher.encode(code, parts["salt"])


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
        codes.add(b32encode(token_bytes(CODE_BYTES)).decode().lower())
    # Hashing takes its time on purpose, and can be done for several at once.
    with ThreadPoolExecutor() as threads:
        hashes = list(threads.map(partial(make_password, salt=get_hasher().salt()), sorted(codes)))
    RecoveryCode.objects.bulk_create(RecoveryCode(device=device, hashed=hashed) for hashed in hashes)
    return [f"{code[:4]}-{code[4:]}" for code in sorted(codes)]


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(device__user=user).count()


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
