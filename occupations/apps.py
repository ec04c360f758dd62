"""The app that holds what staff keep: editions, occupations, wages, regions."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OccupationsConfig(AppConfig):
    name = "occupations"
    verbose_name = _("Rules and reference tables")

    def ready(self) -> None:
        from occupations.publishing import checks  # Its models exist only now.

        checks.register_all()
