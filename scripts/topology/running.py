"""All of it together: made, started, ended."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.topology.database import Server, programs_with, wait_for_replica
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
    standby: Server | None = None

    @property
    def address(self) -> str:
        return self.proxy.address


@contextmanager
def running(
    replicas: int = 2, *, with_standby: bool = False, environment: Mapping[str, str] | None = None
) -> Iterator[Topology]:
    """A fresh database with the shipped data, so many replicas and nginx, while the block runs.

    The replicas reach the database over `line`, and its streaming replica (`standby`) at once. Raises FileNotFoundError
    where nginx is not installed, or pg_basebackup, which a standby needs.
    """
    server = Server(programs_with("pg_basebackup") if with_standby else None)
    standby = Server(server.programs) if with_standby else None
    folder = fresh_folder()
    made: list[Replica] = []
    proxy: Proxy | None = None
    try:
        server.create()
        # Static files are collected once and shared, as they are by the image of a release.
        shared = environment_of(server.url, STATIC_ROOT=str(COLLECTED), **(environment or {}))
        for arguments in (["migrate", "--verbosity=0"], ["load_data", "--verbosity=0"]):
            manage(shared, folder, *arguments)
        manage(shared, folder, "collectstatic", "--no-input", "--verbosity=0")
        line = Line(server.port)
        shared["DATABASE_URL"] = server.url_on(line.port)
        if standby is not None:
            standby.copy_of(server)
            wait_for_replica(server)
            shared["DATABASE_REPLICA_URL"] = standby.url
        made = [Replica(f"web-{number + 1}", folder, shared) for number in range(replicas)]
        for replica in made:
            replica.start()
        proxy = Proxy(made, folder)
        proxy.start()
        yield Topology(server, line, made, proxy, folder, shared, standby)
    finally:
        if proxy is not None:
            proxy.stop()
        for replica in made:
            replica.stop()
        if standby is not None:
            standby.remove()
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)
