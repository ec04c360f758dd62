"""All of it together: made, started, ended."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.topology.database import Server
from scripts.topology.line import Line
from scripts.topology.web import Proxy, Replica, environment_of, fresh_folder, manage
from tests.live import ROOT

COLLECTED = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve() / "static"
"""Static files are those of `make run`: compressing them anew would take longer than everything else."""


@dataclass(slots=True)
class Topology:
    database: Server
    line: Line
    replicas: list[Replica]
    proxy: Proxy
    folder: Path
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return self.proxy.address


@contextmanager
def running(replicas: int = 2, **environment: str) -> Iterator[Topology]:
    """A fresh database with the shipped data, so many replicas and nginx, while the block runs.

    The replicas reach the database over `line`. Raises FileNotFoundError where nginx is not installed.
    """
    server, folder = Server(), fresh_folder()
    made: list[Replica] = []
    proxy: Proxy | None = None
    try:
        server.create()
        # Static files are collected once and shared, as they are by the image of a release.
        shared = environment_of(server.url, STATIC_ROOT=str(COLLECTED), **environment)
        for arguments in (["migrate", "--verbosity=0"], ["load_data", "--verbosity=0"]):
            manage(shared, folder, *arguments)
        manage(shared, folder, "collectstatic", "--no-input", "--verbosity=0")
        line = Line(server.port)
        shared["DATABASE_URL"] = server.url_on(line.port)
        made = [Replica(f"web-{number + 1}", folder, shared) for number in range(replicas)]
        for replica in made:
            replica.start()
        proxy = Proxy(made, folder)
        proxy.start()
        yield Topology(server, line, made, proxy, folder, shared)
    finally:
        if proxy is not None:
            proxy.stop()
        for replica in made:
            replica.stop()
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)
