"""The open sign-ins of an account: shown to its owner, and ended at will."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from cptpp_site.staff.models import StaffSession, TemporaryPassword

BROWSER_LENGTH: Final = 200
MUST_CHOOSE: Final = "staff_must_choose"
"""In the session of somebody whose password was set by somebody else."""


@receiver(user_logged_in)
def remember(request: HttpRequest, user: User, **kwargs: Any) -> None:
    if request.session.session_key is None:
        request.session.save()
    StaffSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "began_at": timezone.now(),
            "browser": request.headers.get("User-Agent", "")[:BROWSER_LENGTH],
        },
    )
    if TemporaryPassword.objects.filter(user=user).exists():
        request.session[MUST_CHOOSE] = True


@receiver(user_logged_out)
def forget(request: HttpRequest, **kwargs: Any) -> None:
    StaffSession.objects.filter(session_key=request.session.session_key).delete()


def password_chosen(request: HttpRequest, user: User, key_before: str | None) -> None:
    """After a change of one's own password: this session, which has a new key, goes on and the others end."""
    StaffSession.objects.filter(session_key=key_before).update(session_key=request.session.session_key)
    end(user, but=request.session.session_key)
    TemporaryPassword.objects.filter(user=user).delete()
    request.session.pop(MUST_CHOOSE, None)


def open_sessions(user: User) -> list[StaffSession]:
    """The sign-ins that still hold, newest first; rows of sessions that have ended are cleared away."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = StaffSession.objects.filter(user=user)
    rows.exclude(session_key__in=living).delete()
    return list(rows.filter(session_key__in=living))


def end(user: User, but: str | None = None) -> int:
    """End every sign-in of `user` except the one with the key `but`; returns how many."""
    rows = StaffSession.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()
    rows.delete()
    return len(keys)
