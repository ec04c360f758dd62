"""Editions: looked at, and edited as drafts. Their way to the public is in `occupations.admin.publishing`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.admin.base import ExplainingAdmin
from occupations.admin.drafts import DraftingAdmin
from occupations.models import Edition, EditionCheck


@admin.register(Edition)
class EditionAdmin(DraftingAdmin):
    list_display = [
        "slug",
        "state",
        "publishing_page",
        "publisher",
        "source_modified",
        "read_on",
        "is_comparison",
    ]
    list_filter = ["state", "is_comparison", "publisher"]
    search_fields = ["slug", "title", "summary"]
    readonly_fields = ["state"]

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str]:
        return ["state"] if obj is None else ["slug", "state"]

    @admin.display(description=gettext_lazy("next step"))
    def publishing_page(self, edition: Edition) -> SafeString:
        """Reviewed, published and withdrawn on a page of its own, never by a bare change of the state."""
        url = reverse("publishing:edition", args=[edition.pk])
        return format_html('<a href="{}">{}</a>', url, _("Review and publish"))


@admin.register(EditionCheck)
class EditionCheckAdmin(ExplainingAdmin):
    """When somebody compared an edition with its source; can be added to a published edition."""

    list_display = ["edition", "checked_on", "who", "finding"]
    list_filter = ["edition"]
    exclude = ["who"]

    def save_model(self, request: HttpRequest, obj: EditionCheck, form: Any, change: bool) -> None:
        obj.who = obj.who or request.user.get_username()
        super().save_model(request, obj, form, change)
