"""Pages that need no journey: start, about, privacy, accessibility; and the pages of what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from eligibility import mounts
from eligibility.addresses import in_every_language
from eligibility.lists import public
from eligibility.wizard import language
from occupations import snapshots
from occupations.rulebook import text_in

MINUTES_TO_ANSWER = 8
"""Reading every question at 230 words a minute and 5 seconds for each field; a test counts again."""


@public
def start(request: HttpRequest) -> HttpResponse:
    rulebook = snapshots.rulebook()
    names = rulebook.reference.country_names
    covered = [code for code, rule in rulebook.edition.countries.items() if rule.covered]
    context = {
        "check_url": reverse("check"),
        "minutes": MINUTES_TO_ANSWER,
        "occupations_url": reverse("lists"),
        "countries": sorted(text_in(names[code], language()) for code in covered),
        **in_every_language(request),
    }
    return render(request, "start.html", context)


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(
        request, "about.html", {"edition": snapshots.rulebook().edition, **in_every_language(request)}
    )


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html", in_every_language(request))


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html", in_every_language(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without our token: the browser blocks cookies, or the page was too old."""
    if settings.CSRF_COOKIE_NAME not in request.COOKIES:
        framed = mounts.current() is not None
        context = {"cookies_blocked": True, "framed": framed, "tab_url": mounts.site_address("check")}
        return render(request, "expired.html", context, status=403)
    return render(request, "403_csrf.html", status=403)
