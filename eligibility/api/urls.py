"""Addresses of the API; none carries a language. What is not here is answered 404 by the API and not by a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from eligibility.api import problems
from eligibility.api.views import api


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any other address under /api/."""
    return problems.problem(404)


urlpatterns = [path("v1/", api.urls), re_path("", nothing_here)]
