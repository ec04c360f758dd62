"""Addresses of the staff's pages that need the rules; all under `/admin/`."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from eligibility.staff import case_pages, counts, impact_pages

guarded = admin.site.admin_view

urlpatterns = [
    path("counts/", guarded(counts.page), name="counts"),
    path("impact/", guarded(impact_pages.impact), name="impact"),
    path("impact/changes.csv", guarded(impact_pages.impact_file), name="impact-file"),
    path("impact/profile/<slug:profile>/", guarded(impact_pages.impact_profile), name="impact-profile"),
    path("reference-cases/", guarded(case_pages.reference_cases), name="reference-cases"),
]
