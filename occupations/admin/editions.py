"""Editions: looked at, edited as drafts, sent to review, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations import publishing
from occupations.admin.base import ExplainingAdmin
from occupations.admin.drafts import DraftingAdmin
from occupations.models import Edition, EditionCheck


@admin.register(Edition)
class EditionAdmin(DraftingAdmin):
    list_display = ["slug", "state", "publisher", "source_modified", "read_on", "is_comparison"]
    list_filter = ["state", "is_comparison", "publisher"]
    search_fields = ["slug", "title", "summary"]
    readonly_fields = ["state"]
    actions = ["send_to_review", "return_to_draft", "publish", "withdraw"]

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str]:
        return ["state"] if obj is None else ["slug", "state"]

    @admin.action(description=gettext_lazy("Send to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        self._each(request, queryset, publishing.send_to_review, _("The edition %s is in review."))

    @admin.action(description=gettext_lazy("Return to draft"), permissions=["change"])
    def return_to_draft(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        self._each(request, queryset, publishing.return_to_draft, _("The edition %s is a draft again."))

    @admin.action(
        description=gettext_lazy("Publish: nothing in it can change afterwards"), permissions=["change"]
    )
    def publish(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        said = _("The edition %s is published. Add a period in force to let it decide.")
        self._each(request, queryset, publishing.publish, said)

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        self._each(request, queryset, publishing.withdraw, _("The edition %s is withdrawn."))

    def _each(
        self, request: HttpRequest, editions: QuerySet[Edition], step: Callable[[Edition], None], said: str
    ) -> None:
        for edition in editions:
            try:
                step(edition)
            except publishing.Refused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                self.message_user(request, said % edition.pk, messages.SUCCESS)


@admin.register(EditionCheck)
class EditionCheckAdmin(ExplainingAdmin):
    """When somebody compared an edition with its source; can be added to a published edition."""

    list_display = ["edition", "checked_on", "who", "finding"]
    list_filter = ["edition"]
    exclude = ["who"]

    def save_model(self, request: HttpRequest, obj: EditionCheck, form: Any, change: bool) -> None:
        obj.who = obj.who or request.user.get_username()
        super().save_model(request, obj, form, change)
