"""What these pages share: who may see them, and the frame of the staff's pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]
LOOK = "occupations.view_edition"


def staff_page(view: View) -> View:
    """For staff who are signed in and may look at editions; others are asked to sign in, or refused."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(LOOK):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(allowed)


def somebody(request: HttpRequest) -> User:
    """The account that is signed in. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page in the frame of the staff's pages."""
    frame = admin.site.each_context(request)
    return render(
        request,
        f"admin/publishing/{template}",
        {**frame, "title": title, "publishing_title": _("Publishing"), **context},
        status=status,
    )
