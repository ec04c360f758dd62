"""`manage.py stop_database`: stop the embedded PostgreSQL; the next command that needs it starts it again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from cptpp_site.backend.base import DatabaseWrapper
from cptpp_site.embedded_places import EmbeddedPostgresError


class Command(BaseCommand):
    help = "Stop the embedded PostgreSQL. Nothing is lost; the next command that needs it starts it again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-idle", action="store_true", help="Leave it running while somebody else is connected."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections["default"]
        if not isinstance(connection, DatabaseWrapper):
            self.stdout.write("DATABASE_URL is set, so there is no embedded database to stop.")
            return
        connection.close()
        try:
            stopped = connection.embedded_server.stop(only_if_idle=options["if_idle"])
        except EmbeddedPostgresError as error:
            raise CommandError(str(error)) from error
        if stopped:
            self.stdout.write("The embedded database is stopped.")
        elif options["if_idle"]:
            self.stdout.write("The embedded database was left as it is: stopped already, or in use.")
        else:
            self.stdout.write("The embedded database was not running.")
