"""Checks of sources, and the page that lists what is overdue: one click marks it as checked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from occupations import overdue
from occupations.admin.base import ExplainingAdmin
from occupations.admin.home import Line, Link, Panel, panels
from occupations.models import SourceCheck

MOST_LINES = 5
FINDING_LENGTH = 300


@admin.register(SourceCheck)
class SourceCheckAdmin(ExplainingAdmin):
    """When somebody looked at a source again."""

    list_display = ["source", "checked_on", "who", "finding"]
    list_filter = ["source"]
    exclude = ["who"]

    def get_urls(self) -> list[URLPattern]:
        page = path("overdue/", self.admin_site.admin_view(self.overdue), name="occupations_overdue")
        return [page, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: SourceCheck, form: Any, change: bool) -> None:
        obj.who = obj.who or request.user.get_username()
        super().save_model(request, obj, form, change)

    def overdue(self, request: HttpRequest) -> HttpResponse:
        """Everything that can be checked, the oldest check first; POST notes checks of today."""
        if not may_see(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._mark(request)
        found = overdue.all_checked()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Checks against the sources"),
            "found": found,
            "overdue": sum(one.is_overdue for one in found),
            "days": settings.CHECK_AFTER_DAYS,
            "may_mark": may_mark(request),
            "finding_length": FINDING_LENGTH,
        }
        return TemplateResponse(request, "admin/overdue.html", context)

    def _mark(self, request: HttpRequest) -> HttpResponse:
        if not may_mark(request):
            raise PermissionDenied("occupations.add_editioncheck")
        one = request.POST.get("one", "")
        chosen = [one] if one else request.POST.getlist("checked")
        finding = request.POST.get("finding", "").strip()[:FINDING_LENGTH] or _("As before.")
        done = overdue.mark_checked(chosen, request.user, finding)
        if done:
            said = ngettext("One check of today is noted.", "%(count)d checks of today are noted.", done) % {
                "count": done
            }
            messages.success(request, said)
        else:
            messages.warning(request, _("Nothing was chosen, so nothing is noted."))
        return redirect("admin:occupations_overdue")


def may_see(request: HttpRequest) -> bool:
    return request.user.has_perms(["occupations.view_edition", "occupations.view_source"])


def may_mark(request: HttpRequest) -> bool:
    return request.user.has_perms(["occupations.add_editioncheck", "occupations.add_sourcecheck"])


def overdue_panel(request: HttpRequest) -> Panel | None:
    """What is overdue, on the home page."""
    if not may_see(request):
        return None
    found = overdue.overdue()
    lines = [
        Line(one.title, one.url, _("last checked on %(day)s") % {"day": date_format(one.last)})
        for one in found[:MOST_LINES]
    ]
    more = len(found) - len(lines)
    text = ngettext("Check it, and %(count)d more", "Check them, and %(count)d more", len(lines)) % {
        "count": more
    }
    page = Link(text if more > 0 else _("All checks"), reverse("admin:occupations_overdue"))
    return Panel(_("To be checked"), lines, [page], _("Everything was checked in good time."), bool(found))


panels.append(overdue_panel)
