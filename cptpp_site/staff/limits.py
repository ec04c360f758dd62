"""How long a sign-in lasts: so many minutes without a click, and so many hours altogether."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

BEGAN: Final = "staff_began"
SEEN: Final = "staff_seen"
SECONDS_BETWEEN_NOTES: Final = 60
"""A session is written at most so often only to say that it is in use."""


@receiver(user_logged_in)
def note_beginning(request: HttpRequest, **kwargs: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = time.time()


def end_when_over(request: HttpRequest) -> None:
    """Sign out whose time is over, and say why; else note now and then that the session is in use."""
    if not request.user.is_authenticated:
        return
    now = time.time()
    began, seen = request.session.get(BEGAN, 0.0), request.session.get(SEEN, 0.0)
    if now - began >= settings.STAFF_SESSION_HOURS * 3600:
        logout(request)
        messages.info(
            request, _("You were signed out at the end of the day's session. Please sign in again.")
        )
    elif now - seen >= settings.STAFF_IDLE_MINUTES * 60:
        logout(request)
        messages.info(
            request, _("You were signed out because nothing happened for a while. Please sign in again.")
        )
    elif now - seen >= SECONDS_BETWEEN_NOTES:
        request.session[SEEN] = now
