"""`manage.py serve`: bring database, shipped data and static files up to date, then serve the site."""

from __future__ import annotations

import os
import socket
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

HOST = "127.0.0.1"
SECONDS_FOR_PORT = 3


class Command(BaseCommand):
    help = "Prepare everything and serve the site on http://127.0.0.1:8000 (PORT changes it) until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=None, help="default: PORT, else 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"] or _port_from_environment()
        began = time.monotonic()
        wait_for_port(port)
        self._say("Starting the database ..." if not settings.DATABASE_URL else "Reaching the database ...")
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached: {str(error).strip()}") from error
        self._say("Bringing the tables up to date ...")
        call_command("migrate", interactive=False)
        self._say("Loading the shipped data ...")
        call_command("load_data")
        self._say("Collecting the static files ...")
        call_command("collectstatic", interactive=False, verbosity=0)
        connection.close()
        self._say(f"Ready after {time.monotonic() - began:.1f} s, starting the web server ...")
        _become_web_server(port)

    def _say(self, sentence: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(sentence))
        self.stdout.flush()


def _port_from_environment() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CommandError(f"PORT is {given!r}; set it to a number from 1 to 65535.")
    return int(given)


def wait_for_port(port: int) -> None:
    """Return when the port is free; workers of a killed server hold it for a second.

    Raises `CommandError` when it stays in use.
    """
    deadline = time.monotonic() + SECONDS_FOR_PORT
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except PermissionError as error:
                raise CommandError(
                    f"This account may not use port {port}. Choose a higher one: make run PORT=8001"
                ) from error
            except OSError as error:
                if time.monotonic() > deadline:
                    raise CommandError(
                        f"Port {port} is in use by another program. Stop that program, or choose another "
                        f"port: make run PORT={port + 1 if port < 65535 else 8001}"
                    ) from error
            else:
                return
        time.sleep(0.2)


def _become_web_server(port: int) -> None:
    """Replace this process by gunicorn, so that no parent is left whose death would orphan it."""
    address = f"http://{HOST}:{port}/"
    os.environ |= {
        "BIND": HOST,
        "PORT": str(port),
        "SITE_ANNOUNCEMENT": f"CPTPP Check is at {address} (Ctrl-C stops it)",
        "RUNS_IN_TERMINAL": "1",
    }
    configuration = settings.BASE_DIR / "deploy" / "gunicorn.conf.py"
    sys.stdout.flush()
    arguments = [sys.executable, "-m", "gunicorn", "--config", str(configuration), "cptpp_site.wsgi"]
    os.chdir(settings.BASE_DIR)
    os.execv(sys.executable, arguments)  # noqa: S606 (our own interpreter, no shell wanted)
