"""Lock-out after wrong passwords or codes: django-axes counts in the database, for all processes.

One account from one address waits; the same account from elsewhere does not, so that nobody can shut a colleague out.
An account that does not exist is counted and locked alike.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from math import ceil
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.rate_limits import client_address, spend, too_many

NO_ADDRESS = "0.0.0.0"  # noqa: S104 (stands for an address that cannot be read; nothing is bound to it)


def address_of(request: HttpRequest) -> str:
    """The client's address as the visitors' limits see it; for IPv6 the first one of its network."""
    found = client_address(request)
    try:
        return str(ip_network(found).network_address if "/" in found else ip_address(found))
    except ValueError:
        return NO_ADDRESS


def limited_tries(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that one address may send something to `SIGN_INS_PER_MINUTE` times a minute, whatever the account.

    The lock-out counts for each account; this stops somebody who tries one password on many.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seconds = (
            spend(request, "sign-in", settings.SIGN_INS_PER_MINUTE) if request.method == "POST" else None
        )
        if seconds is None:
            return view(request, *args, **kwargs)
        response = too_many(request, seconds)
        response.headers["Retry-After"] = str(seconds)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def is_locked(request: HttpRequest, user: User) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": user.get_username()})


def count_wrong_code(request: HttpRequest, user: User) -> None:
    """A wrong code counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)


def locked_out(
    request: HttpRequest, original: HttpResponseBase | None = None, credentials: object = None
) -> HttpResponse:
    """The page that says when to come back. Status 429 with Retry-After."""
    wait = seconds_left(request, credentials if isinstance(credentials, dict) else None)
    context = {
        **admin.site.each_context(request),
        "title": _("Too many wrong tries"),
        "minutes": ceil(wait / 60),
        "until": timezone.localtime(timezone.now() + timedelta(seconds=wait)),
    }
    response = TemplateResponse(request, "admin/sign_in/locked.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response.render()


def seconds_left(request: HttpRequest, credentials: dict[str, str] | None) -> int:
    """Seconds until the lock ends: counted from the last wrong try."""
    attempts = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials), ip_address=address_of(request)
    )
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    until = (last or timezone.now()) + cool_off
    return max(1, ceil((until - timezone.now()).total_seconds()))
