"""The page for staff who ask for what their account may not do: it says which group may."""

from __future__ import annotations

import re
from typing import Final

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import permission_denied

from occupations.staff import GROUPS, permissions_of

SCREEN: Final = re.compile(r"(?P<app>[a-z]+)_(?P<model>[a-z0-9]+)_(?P<page>[a-z_]+)")
ACTIONS: Final = {"add": "add", "delete": "delete", "password_change": "change"}
"""What a screen asks of whoever opens it; other pages may be looked at by all who may look at the list."""
SAFE: Final = {"GET", "HEAD"}


@requires_csrf_token
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 403. Visitors, and staff who have not passed every step of signing in, get the visitors' page."""
    is_staff_page = request.path_info.startswith(settings.STAFF_PATH)
    if not is_staff_page or not hasattr(request, "session") or not admin.site.has_permission(request):
        return permission_denied(request, exception)
    permission = needed(request, exception)
    context = {
        **admin.site.each_context(request),
        "title": _("Your account may not do this"),
        "groups": [] if request.user.has_perm(permission) else groups_with(permission),
        "own_groups": sorted(request.user.groups.values_list("name", flat=True)),
        "is_known": bool(permission),
        "nothing_changed": request.method not in SAFE,
    }
    return TemplateResponse(request, "admin/not_allowed.html", context, status=403).render()


def needed(request: HttpRequest, exception: Exception) -> str:
    """The permission, as `app.codename`, that was missing; empty where neither exception nor address says."""
    if isinstance(exception, PermissionDenied) and exception.args and "." in str(exception.args[0]):
        return str(exception.args[0])
    match = request.resolver_match
    screen = SCREEN.fullmatch(match.url_name or "") if match else None
    if screen is None or screen["model"] not in _models(screen["app"]):
        return "occupations.view_edition" if request.method in SAFE else ""
    action = ACTIONS.get(screen["page"], "view" if request.method in SAFE else "change")
    return f"{screen['app']}.{action}_{screen['model']}"


def groups_with(permission: str) -> list[str]:
    """Groups of staff that have a permission, the one with the fewest first."""
    is_view = permission.partition(".")[2].startswith("view_")
    return [group for group in GROUPS if permission and (is_view or permission in permissions_of(group))]


def _models(app: str) -> set[str]:
    if app not in apps.app_configs:
        return set()
    return {str(model._meta.model_name) for model in apps.get_app_config(app).get_models()}
