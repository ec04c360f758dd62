"""Addresses of the site. Pages carry the language as a prefix (none for English); the rest has none."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from cptpp_site import disclosure, health, metrics, page_urls
from eligibility import crawlers

handler403 = "cptpp_site.staff.refusals.not_allowed"
handler500 = "cptpp_site.staff.outage.failed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.page, name="metrics"),
    path(".well-known/security.txt", disclosure.security_txt, name="security-txt"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(
        "sitemap.xml",
        index,
        {"sitemaps": crawlers.SITEMAPS, "sitemap_url_name": "sitemap-of"},
        name="sitemap",
    ),
    path("sitemap-<str:section>.xml", sitemap, {"sitemaps": crawlers.SITEMAPS}, name="sitemap-of"),
    path("admin/publishing/", include("occupations.admin.publishing.urls")),
    path("admin/", include("eligibility.staff.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("eligibility.api.urls")),
    *page_urls.urlpatterns,
]
