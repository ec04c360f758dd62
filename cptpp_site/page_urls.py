"""The visitor's pages alone: what the site serves under a mount (eligibility/mounts.py)."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

PAGES: list[URLPattern | URLResolver] = [path("", include("eligibility.urls"))]

urlpatterns: list[URLPattern | URLResolver] = [*i18n_patterns(*PAGES, prefix_default_language=False)]
