"""The staff's pages: Django's admin with our own site, and the app that holds what signing in needs."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class StaffAdminConfig(AdminConfig):
    """Makes `admin.site` the site that asks for a code."""

    default_site = "cptpp_site.staff.site.StaffSite"


class StaffConfig(AppConfig):
    name = "cptpp_site.staff"
    label = "staff"
    verbose_name = _("Staff accounts")
    default = True

    def ready(self) -> None:
        from cptpp_site.staff import limits, sessions  # noqa: F401 (their receivers listen from now on)
