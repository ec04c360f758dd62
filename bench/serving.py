"""The site under measurement: prepared as `make run` does, then served by its own gunicorn settings."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from bench.client import HOST, Request, send

WORKERS = 2
WARM_UP = 60
SECONDS_TO_START = 60.0


def prepare() -> None:
    """Django with the bench's settings, a database with the shipped data, and collected static files."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ.setdefault("SITE_MODE", "local")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_data", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def leave() -> None:
    """Stop the embedded database, unless somebody else uses it. Also when `prepare` did not come to its end."""
    connection.close()
    with suppress(CommandError):
        call_command("stop_database", if_idle=True, stdout=io.StringIO())


@contextmanager
def served() -> Iterator[int]:
    """A gunicorn of its own with two workers; the port that it answers on."""
    connection.close()
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ,
        "BIND": HOST,
        "PORT": str(port),
        "WEB_WORKERS": str(WORKERS),
        "DATA_DIR": str(settings.DATA_DIR),
    }
    configuration = settings.BASE_DIR / "deploy" / "gunicorn.conf.py"
    command = [sys.executable, "-m", "gunicorn", "--config", str(configuration), "cptpp_site.wsgi"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)  # noqa: S603 (our own command)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return once the site answers. Raises RuntimeError when it does not within a minute."""
    raw = Request("GET", "/readyz").raw(port)
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        if send(port, raw, 200, connections=1, count=1).seconds:
            return
        time.sleep(0.2)
    raise RuntimeError("The site to be measured did not start; its messages above say why.")


def warm_up(port: int, raws: list[tuple[bytes, int]]) -> None:
    """Every request often enough that both workers have met it."""
    for raw, wanted in raws:
        send(port, raw, wanted, connections=8, count=WARM_UP // 4)
