"""Django's PostgreSQL backend on the embedded server, which the first connection starts.

`DATABASES` gives, beside the usual keys, `DATA_DIR` (a path) and `DURABLE` (False for throw-away data).
Commands that open no connection (`check`, `makemigrations --help`) start nothing.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from cptpp_site.embedded_places import EmbeddedPostgresError
from cptpp_site.embedded_postgres import EmbeddedServer, server_of


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the server before the first connection, and again when it has gone."""

    @property
    def embedded_server(self) -> EmbeddedServer:
        return server_of(self.settings_dict["DATA_DIR"], self.settings_dict.get("DURABLE", True))

    def get_connection_params(self) -> dict[str, Any]:
        self._ensure_server()
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            # Perhaps somebody killed the server that we remember as running.
            self.embedded_server.forget()
            self._ensure_server()
            return super().get_new_connection(conn_params)

    def _ensure_server(self) -> None:
        try:
            self.settings_dict["HOST"] = str(self.embedded_server.ensure())
        except EmbeddedPostgresError as error:
            raise OperationalError(str(error)) from error
