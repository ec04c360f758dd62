"""A real web server for tests: gunicorn with the production configuration file, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment_for(database_url: str, data_dir: Path) -> dict[str, str]:
    """The environment of a local site on that database, with the static files collected in `data_dir`."""
    return {
        "DJANGO_SETTINGS_MODULE": "cptpp_site.settings",
        "SITE_MODE": "local",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
    }


@contextmanager
def gunicorn(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Serve the site in processes of its own while the block runs; gives the base address, no slash at its end."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "cptpp_site.wsgi"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment, "BIND": "127.0.0.1", "PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_served(f"{address}/healthz", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when `address` answers; fail with the server's log when it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server does not answer at {address}:\n{log.read_text()[-4000:]}")
