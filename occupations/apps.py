"""The app that holds what staff keep: editions, occupations, wages, regions."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OccupationsConfig(AppConfig):
    name = "occupations"
    verbose_name = _("Rules and reference tables")

    def ready(self) -> None:
        from occupations.history.tables import follow_tables

        post_migrate.connect(follow_tables, dispatch_uid="occupations.history.follow_tables")
