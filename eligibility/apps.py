"""The app of what visitors do."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EligibilityConfig(AppConfig):
    name = "eligibility"
    verbose_name = _("Visitors")

    def ready(self) -> None:
        from eligibility.staff import checks  # Models exist only now.

        checks.register_all()
