"""A real web server for tests: gunicorn with the production configuration file, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30


def status_of(address: str) -> int:
    """The status of a GET. Raises `OSError` where nobody answers."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status
    except HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


def body_of(address: str, headers: Mapping[str, str]) -> str:
    """The body of a GET. Raises `OSError` where nobody answers."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request("GET", parts.path, headers=dict(headers))
        return connection.getresponse().read().decode()
    finally:
        connection.close()


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
        "SEARCHES_PER_MINUTE": "1000000",
    }


@contextmanager
def gunicorn(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Serve the site while the block runs; gives the base address, without a slash at its end."""
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


def wait_until_served(
    address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = SECONDS_TO_START
) -> None:
    """Return when `address` answers; fail with the server's log when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status_of(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server does not answer at {address}:\n{log.read_text()[-4000:]}")
