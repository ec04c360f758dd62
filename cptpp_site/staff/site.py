"""The staff's site: Django's admin, open to whoever passed both steps of signing in, and to nobody else."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class StaffSite(AdminSite):
    """Asks for a password and a one-time code; everything else is Django's."""

    site_header = _("CPTPP Check: staff")
    site_title = _("CPTPP Check: staff")

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff whose sign-in was confirmed by a code."""
        verified = getattr(request.user, "is_verified", None)
        return super().has_permission(request) and verified is not None and bool(verified())

    def get_urls(self) -> list[Any]:
        from cptpp_site.staff import account, views

        own: list[URLPattern | URLResolver] = [
            path("code/", views.code, name="code"),
            path("set-up/", views.set_up, name="set_up"),
            path("set-up/picture.svg", views.set_up_picture, name="set_up_picture"),
            path("recovery-codes/", self.admin_view(account.recovery_codes), name="recovery_codes"),
            path("recovery-codes.txt", self.admin_view(account.recovery_file), name="recovery_file"),
            path("my-sign-in/", self.admin_view(account.my_sign_in), name="my_sign_in"),
        ]
        return [*own, *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from cptpp_site.staff.views import PasswordView

        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        view = never_cache(PasswordView.as_view(extra_context=extra_context or {}))
        return cast(HttpResponse, view(request))
