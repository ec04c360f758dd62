"""Web replicas and the nginx before them, with the locations of deploy/locations.conf."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.live import ROOT, free_port, status_of, wait_until_served

LOCATIONS = ROOT / "deploy" / "locations.conf"
SECONDS_TO_DRAIN = 40
_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
{user}
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/static keys_zone=static:1m;
    server_tokens off;
    upstream web {{
        least_conn;
        {replicas}
    }}
    server {{
        listen 127.0.0.1:{port};
        include {folder}/locations.conf;
    }}
}}
"""


class Replica:
    """One gunicorn on a port of its own, with a data folder of its own. A release is a folder with the code."""

    def __init__(
        self,
        name: str,
        folder: Path,
        environment: Mapping[str, str],
        release: Path = ROOT,
        data: Path | None = None,
    ) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.name = name
        self.data = data or folder / name
        self.log = folder / f"{name}.log"
        self.environment = dict(environment)
        self.release = release
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Returns its process when it answers."""
        if not self.data.exists():
            self.data.mkdir()
        environment = {**os.environ, **self.environment, "DATA_DIR": str(self.data), "PORT": str(self.port)}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and arguments)
                self.command(),
                cwd=self.release,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_until_served(f"{self.address}/healthz", self.process, self.log)
        # Once through each worker, so that the rules are in memory before a visitor comes.
        for _ in range(4):
            status_of(f"{self.address}/readyz")
        return self.process

    def command(self) -> list[str]:
        return [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "cptpp_site.wsgi"]

    def kill(self) -> None:
        """kill -9 for master and workers."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # It has ended by itself.
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Let it finish what it is answering."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=SECONDS_TO_DRAIN)


class Proxy:
    """nginx before replicas. Raises FileNotFoundError where it is not installed."""

    def __init__(self, replicas: list[Replica], folder: Path) -> None:
        program = shutil.which(
            "nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
        )
        if program is None:
            raise FileNotFoundError("nginx is not installed. On Debian or Ubuntu: apt install nginx-light")
        self.program = program
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder / "nginx"
        self.folder.mkdir()
        # One visitor of a drill stands for a hundred addresses; the limits have a test of their own.
        lines = LOCATIONS.read_text().splitlines(keepends=True)
        kept = "".join(line for line in lines if not line.startswith(("limit_", "proxy_cache_use")))
        (self.folder / "locations.conf").write_text(kept)
        servers = "\n        ".join(
            f"server 127.0.0.1:{replica.port} max_fails=3 fail_timeout=2s;" for replica in replicas
        )
        user = "user root;" if os.geteuid() == 0 else ""
        text = _NGINX.format(folder=self.folder, replicas=servers, port=self.port, user=user)
        (self.folder / "nginx.conf").write_text(text)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [self.program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        with (self.folder / "output").open("wb") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603 (found above)
        wait_until_served(f"{self.address}/healthz", self.process, self.folder / "output")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=10)


def environment_of(database_url: str, **more: str) -> dict[str, str]:
    """The environment of every replica: one key for all; plain http, because this nginx has no certificate."""
    return {
        "DJANGO_SETTINGS_MODULE": "cptpp_site.settings",
        "SITE_MODE": "local",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": database_url,
        "TRUSTED_PROXIES": "1",
        "BIND": "127.0.0.1",
        "WEB_WORKERS": "2",
        **more,
    }


def manage(environment: Mapping[str, str], data: Path, *arguments: str) -> None:
    """Run a management command. Raises CalledProcessError."""
    subprocess.run(  # noqa: S603 (our own interpreter and arguments)
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment, "DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def fresh_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="cptpp-site-"))


def wait_for(status: int, address: str, seconds: float) -> float:
    """The seconds until `address` answered with a status. Raises TimeoutError."""
    began = time.monotonic()
    while True:
        try:
            if status_of(address) == status:
                return time.monotonic() - began
        except OSError:
            pass
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{address} did not answer {status} within {seconds} seconds.")
        time.sleep(0.1)
