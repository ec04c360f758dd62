"""The baselines first, so that finding them costs them nothing; then the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from bench.plain_wizard import plain_wizard
from cptpp_site.urls import urlpatterns as site_patterns


def bare(request: HttpRequest) -> HttpResponse:
    """The least that a view can do."""
    return HttpResponse("bare")


urlpatterns: list[URLPattern | URLResolver] = [
    path("bench/bare/", bare),
    path("bench/plain/<slug:step>/", plain_wizard(), name="plain-step"),
    *site_patterns,
]
