"""Addresses of the API; none carries a language."""

from __future__ import annotations

from django.urls import path

from eligibility.api.views import api

urlpatterns = [path("v1/", api.urls)]
