"""The preview: the visitor's pages with any edition deciding, for signed-in staff and nobody else."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import get_script_prefix, reverse

from eligibility import journeys, mounts
from eligibility.replay import replay
from eligibility.rules.answers import Answers
from eligibility.wizard import language
from occupations import edition_content, snapshots
from occupations.models import Edition
from occupations.rulebook import UnknownEdition

PREFIX: Final = re.compile(r"^/admin/preview/(?P<edition>[-\w]+)(?=/|$)")
INSIDE: Final = re.compile(r"/admin/preview/(?P<edition>[-\w]+)/$")
NOT_HERE: Final = re.compile(r"/(?:feedback/|share/|r/[^/]+/)")
"""Pages that reach beyond a preview: feedback is the visitors', and a link to a result would show another one."""
PERMISSION: Final = "occupations.view_edition"


class Preview(mounts.Mount):
    """The visitor's pages under `/admin/preview/<edition>/`."""

    cookie_prefix = "preview-"
    notice_template = "admin/preview/notice.html"
    is_counted = False

    def prefix_of(self, path: str) -> str | None:
        found = PREFIX.match(path)
        return found[0] if found else None

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        """The sign-in page; no permission; no such edition; a page that a preview does not have."""
        if not admin.site.has_permission(request):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        found = PREFIX.match(request.path_info)
        slug = found["edition"] if found else ""
        if not Edition.objects.filter(slug=slug).exists():
            raise Http404(f"There is no edition {slug!r}.")
        if NOT_HERE.search(request.path_info):
            context = {**admin.site.each_context(request), "edition": slug, "start_url": start_address(slug)}
            return render(request, "admin/preview/not_here.html", context, status=403)
        # A page of a draft is made anew each time, whatever a browser has kept.
        request.META.pop("HTTP_IF_NONE_MATCH", None)
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
        return None

    def around(self, request: HttpRequest) -> AbstractContextManager[Any]:
        content = edition_content.content_of(_edition_inside())
        return snapshots.deciding(edition_content.snapshot_with(content, snapshots.current()))

    def notice(self, request: HttpRequest | None) -> dict[str, Any]:
        slug = _edition_inside()
        edition = Edition.objects.filter(slug=slug).first()
        return {
            "slug": slug,
            "state": edition.get_state_display() if edition else "",
            "edition_url": mounts.site_address("admin:occupations_edition_change", object_id=slug),
            "keep_url": _keep_address(request, slug),
        }

    def finish(self, request: HttpRequest, response: HttpResponseBase) -> None:
        del response["ETag"]
        del response["Last-Modified"]


preview = Preview()


def start_address(slug: str) -> str:
    """Where the preview of an edition begins."""
    return f"{reverse('admin:index')}preview/{slug}/"


def answers_in(request: HttpRequest, slug: str, journey: str) -> Answers | None:
    """The answers of a journey in the preview of an edition; None when there is no such journey in this browser."""
    try:
        content = edition_content.content_of(slug)
    except UnknownEdition:
        return None
    made = edition_content.snapshot_with(content, snapshots.current())
    with mounts.entered(preview, start_address(slug).rstrip("/")), snapshots.deciding(made):
        cookies = mounts.own_cookies(request.COOKIES, preview)
        stored = journeys.read_from(cookies, journey)[1]
        return replay(stored, snapshots.rulebook(), language()).answers if stored else None


def _edition_inside() -> str:
    """The edition of the preview that is being made."""
    found = INSIDE.search(get_script_prefix())
    return found["edition"] if found else ""


def _keep_address(request: HttpRequest | None, slug: str) -> str:
    """On the result page the address of the form that keeps it as a reference case; else empty."""
    match = None if request is None else request.resolver_match
    if request is None or match is None or match.url_name != "result":
        return ""
    if not request.user.has_perm("eligibility.add_referencecase"):
        return ""
    form = mounts.site_address("admin:eligibility_referencecase_add")
    return f"{form}?edition={slug}&journey={match.kwargs['journey']}"
