"""What staff read of the visitors' feedback: a list to look through, and to delete from when it grows old."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.models import Feedback
from eligibility.models.feedback import Helpful
from occupations.admin.base import AnyAdmin, ReadOnlyAdmin
from occupations.admin.home import Line, Link, Panel, panels
from occupations.snapshots import today

DAYS_SHOWN = 30


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    """Nobody writes or changes feedback here; whoever has the permission may delete it."""

    list_display = ["day", "page", "outcome", "helpful", "language", "text"]
    list_filter = ["helpful", "page", "outcome", "language", "day"]
    search_fields = ["text"]
    date_hierarchy = "day"

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return AnyAdmin.has_delete_permission(self, request, obj)


def on_home(request: HttpRequest) -> Panel | None:
    """How much feedback came of late, and how much of it says that a page did not help."""
    if not request.user.has_perm("eligibility.view_feedback"):
        return None
    late = Feedback.objects.filter(day__gt=today() - timedelta(days=DAYS_SHOWN))
    counted = late.aggregate(
        all=models.Count("pk"), unhelpful=models.Count("pk", models.Q(helpful=Helpful.NO))
    )
    address = reverse("admin:eligibility_feedback_changelist")
    lines = []
    if counted["all"]:
        all_said = ngettext("%(count)s answer", "%(count)s answers", counted["all"])
        unhelpful = ngettext(
            "%(count)s says that the page did not help",
            "%(count)s say that the page did not help",
            counted["unhelpful"],
        )
        lines = [
            Line(all_said % {"count": counted["all"]}, address),
            Line(unhelpful % {"count": counted["unhelpful"]}, f"{address}?helpful__exact={Helpful.NO.value}"),
        ]
    title = _("Feedback of the last %(days)s days") % {"days": DAYS_SHOWN}
    return Panel(title, lines, [Link(_("All feedback"), address)], _("Nobody has said anything."))


panels.append(on_home)
