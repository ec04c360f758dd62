"""The app that holds what staff keep: editions, occupations, wages, regions."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from occupations.staff import grant_permissions


class OccupationsConfig(AppConfig):
    name = "occupations"
    verbose_name = _("Rules and reference tables")

    def ready(self) -> None:
        # After Django's own receiver, which makes the permissions: its app is installed before this one.
        post_migrate.connect(grant_permissions, dispatch_uid="occupations.staff.grant_permissions")
        from occupations.history.tables import follow_tables  # Models exist only now.
        from occupations.publishing import checks

        post_migrate.connect(follow_tables, dispatch_uid="occupations.history.follow_tables")
        checks.register_all()
