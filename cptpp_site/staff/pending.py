"""Between the password and the code.

Until the code is right nobody is signed in: `request.user` stays anonymous, so no page can take half a sign-in for a
whole one. The session only remembers who gave a right password, for some minutes.
"""

from __future__ import annotations

import time
from typing import Final, NamedTuple

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django_otp import login as keep_device
from django_otp.models import Device

KEY: Final = "staff_pending"
SECONDS: Final = 600
"""How long a right password waits for its code."""
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


class Pending(NamedTuple):
    """Somebody whose password was right, and the page that they asked for."""

    user: User
    next_page: str


def begin(request: HttpRequest, user: User, next_page: str) -> None:
    """Remember that `user` gave a right password; whoever was signed in before no longer is."""
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "since": time.time(),
        "next": next_page,
    }


def waiting(request: HttpRequest) -> Pending | None:
    """Who waits for a code in this session; nobody after ten minutes or when the password has changed."""
    kept = request.session.get(KEY)
    if not kept or not 0 <= time.time() - kept["since"] < SECONDS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(kept["password"], user.get_session_auth_hash()):
        return None
    return Pending(user, kept["next"])


def finish(request: HttpRequest, pending: Pending, device: Device) -> None:
    """Sign in; the session gets a new key."""
    request.session.pop(KEY, None)
    login(request, pending.user, backend=BACKEND)
    keep_device(request, device)


def whose(request: HttpRequest) -> User:
    """The account that is signed in. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
