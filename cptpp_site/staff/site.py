"""The staff's site: Django's admin, open to whoever passed both steps of signing in, and to nobody else."""

from __future__ import annotations

from functools import update_wrapper
from http import HTTPStatus
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from cptpp_site.staff import account, language, lockout, views
from cptpp_site.staff.pending import whose
from cptpp_site.staff.sessions import MUST_CHOOSE, password_chosen

WHILE_TEMPORARY: Final = {"password_change", "recovery_codes", "recovery_file", "logout", "jsi18n"}
"""Pages that answer before a temporary password is replaced."""
WRONG: Final = "password_incorrect"
"""Django's code of the error for a wrong old password."""


class StaffSite(AdminSite):
    """Asks for a password and a one-time code; everything else is Django's."""

    site_header = _("CPTPP Check: staff")
    site_title = _("CPTPP Check: staff")

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff whose sign-in was confirmed by a code."""
        verified = getattr(request.user, "is_verified", None)
        return super().has_permission(request) and verified is not None and bool(verified())

    def get_urls(self) -> list[Any]:
        own: list[URLPattern | URLResolver] = [
            path("code/", lockout.limited_tries(views.code), name="code"),
            path("set-up/", lockout.limited_tries(views.set_up), name="set_up"),
            path("set-up/picture.svg", views.set_up_picture, name="set_up_picture"),
            path("recovery-codes/", self.admin_view(account.recovery_codes), name="recovery_codes"),
            path("recovery-codes.txt", self.admin_view(account.recovery_file), name="recovery_file"),
            path("my-sign-in/", self.admin_view(account.my_sign_in), name="my_sign_in"),
            path("language/", self.admin_view(language.choose), name="language"),
        ]
        return [*own, *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's, but whose password is temporary can only choose another."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            name = request.resolver_match.url_name if request.resolver_match else None
            if (
                request.session.get(MUST_CHOOSE)
                and name not in WHILE_TEMPORARY
                and self.has_permission(request)
            ):
                return redirect("admin:password_change")
            return cast(HttpResponseBase, guarded(request, *args, **kwargs))

        return update_wrapper(inner, guarded)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        shown = never_cache(views.PasswordView.as_view(extra_context=extra_context or {}))
        view = lockout.limited_tries(shown)
        return cast(HttpResponse, view(request))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's; it ends the other sign-ins of the account. A wrong old password counts like one at the door."""
        user, key = whose(request), request.session.session_key
        if request.method == "POST" and lockout.is_locked(request, user):
            return lockout.locked_out(request, credentials={"username": user.get_username()})
        if request.method == "GET" and request.session.get(MUST_CHOOSE):
            messages.info(
                request, _("Somebody else set your password. Choose one of your own before you go on.")
            )
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            password_chosen(request, user, key)
        elif request.method == "POST" and _form_of(response).has_error("old_password", WRONG):
            lockout.count_wrong_code(request, user)
        return response


def _form_of(response: Any) -> BaseForm:
    """The form of a page that is shown again."""
    form: BaseForm = response.context_data["form"]
    return form
