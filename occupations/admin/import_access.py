"""Who may import and export what."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from occupations.exchange.lists import EDITED, is_known


def screen_of(model: type[models.Model]) -> admin.ModelAdmin[models.Model] | None:
    """The staff's screen of a table; None where it has none."""
    return admin.site.get_model_admin(model) if admin.site.is_registered(model) else None


def may_import_files(request: HttpRequest) -> bool:
    """Official files: whoever may add an import."""
    return request.user.has_perm("occupations.add_importrecord")


def may_see_list(request: HttpRequest, model: type[models.Model]) -> bool:
    screen = screen_of(model)
    return is_known(model) and screen is not None and screen.has_view_permission(request)


def may_import_list(request: HttpRequest, model: type[models.Model]) -> bool:
    """Whoever may add to the list and change it, and may import at all."""
    screen = screen_of(model)
    if model not in EDITED or screen is None or not may_import_files(request):
        return False
    return screen.has_add_permission(request) and screen.has_change_permission(request)


def may_delete_from_list(request: HttpRequest, model: type[models.Model]) -> bool:
    screen = screen_of(model)
    return screen is not None and screen.has_delete_permission(request)


def may_see_imports(request: HttpRequest) -> bool:
    return request.user.has_perm("occupations.view_importrecord") or may_import_files(request)
