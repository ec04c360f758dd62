"""Sessions, accounts and messages for staff pages only; and a page for when the rules cannot be read.

The staff classes are subclasses, so that Django's checks for the admin still find what they look for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django_otp.middleware import OTPMiddleware

from cptpp_site.staff import limits
from occupations.history import acting, add_reason
from occupations.patience import drop_if_silent
from occupations.snapshots import SnapshotUnavailable

SECONDS_UNTIL_RETRY = 10
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
REASON_FIELD = "_reason"
"""The field "Why?" of the staff's forms (templates/admin/submit_line.html)."""


class _StaffOnly(MiddlewareMixin):
    """Steps aside on every page outside `STAFF_PATH`."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.path_info.startswith(settings.STAFF_PATH):
            return super().__call__(request)
        return self.get_response(request)


class StaffSessionMiddleware(_StaffOnly, SessionMiddleware):
    """`request.session`, on staff pages. The first that asks the database, so a dead connection ends here."""

    def process_request(self, request: HttpRequest) -> None:
        drop_if_silent()
        super().process_request(request)


class StaffAuthenticationMiddleware(_StaffOnly, AuthenticationMiddleware):
    """`request.user`, on staff pages; elsewhere Django's context processor says "anonymous"."""


class StaffMessageMiddleware(_StaffOnly, MessageMiddleware):
    """Messages, on staff pages."""


class StaffSignInMiddleware:
    """`request.user.is_verified`, on staff pages; ends sessions whose time is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.verified = OTPMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(settings.STAFF_PATH):
            return self.get_response(request)
        limits.end_when_over(request)
        response: HttpResponseBase = self.verified(request)
        return response


class StaffActingMiddleware(_StaffOnly):
    """Tells the history who acts on staff pages, where, and for what reason when the form gives one."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.method not in CHANGING or not request.path_info.startswith(settings.STAFF_PATH):
            return self.get_response(request)
        with acting(request.user, where=request.path_info):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        # Not earlier: a form is read only when its token was found right.
        if request.method in CHANGING and request.path_info.startswith(settings.STAFF_PATH):
            add_reason(request.POST.get(REASON_FIELD, "").strip())


class RulesUnavailableMiddleware(MiddlewareMixin):
    """Answers 503 with a page while neither the database nor a file has the rules."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SnapshotUnavailable):
            return None
        response = render(request, "unavailable.html", status=503)
        response["Retry-After"] = str(SECONDS_UNTIL_RETRY)
        return response
