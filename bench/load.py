"""`make load`: 100 visitors at once against gunicorn with two workers, then with one; what they met, and what it cost.

`--topology` (or LOAD_TOPOLOGY=1): instead behind nginx, two replicas with two workers each and PostgreSQL over TCP.
LOAD_SECONDS= shortens a run (600), LOAD_VISITORS= changes the crowd. The exit status is 1 when a request failed or
memory grew by more than 5 % after the first fifth; milliseconds and requests a second depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from bench.load_table import Run, told
from bench.visitors import MEASURING
from bench.watching import Memory, Processor
from scripts.ending import end_on_signals
from scripts.topology.database import Server, programs_with
from scripts.topology.running import COLLECTED, running
from scripts.topology.web import Replica, environment_of, manage
from tests.live import ROOT

SECONDS = int(os.environ.get("LOAD_SECONDS") or "600")
VISITORS = int(os.environ.get("LOAD_VISITORS") or "100")
LIMITS = (
    "SEARCHES_PER_MINUTE",
    "SHARE_LINKS_PER_MINUTE",
    "API_REQUESTS_PER_MINUTE",
    "API_CASES_PER_MINUTE",
    "FEEDBACK_PER_MINUTE",
)
WITHOUT_LIMITS = dict.fromkeys(LIMITS, str(10**9))
"""All visitors come from one address here; the limits have tests of their own."""


def measured(name: str, port: int, pids: Sequence[int], proxy: Sequence[int] = ()) -> Run:
    """What the crowd meets at this port. `pids`: masters of the site, `proxy`: of nginx; their children count too."""
    command = [sys.executable, "-m", "bench.visitors", str(port), str(VISITORS), str(SECONDS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as crowd:  # noqa: S603 (our own)
        try:
            lines = cast(IO[str], crowd.stdout)
            if lines.readline().strip() != MEASURING:
                raise RuntimeError("The crowd did not begin; its messages above say why.")
            memory, site, before_it = Memory(pids), Processor(pids), Processor(proxy)
            line = lines.readline()
            site_seconds, proxy_seconds, machine = site.seconds(), before_it.seconds(), site.machine()
            growth = memory.growth()
        except BaseException:
            crowd.kill()
            raise
    if not line:
        raise RuntimeError("The crowd ended before its time; its messages above say why.")
    figures: dict[str, Any] = json.loads(line)
    return Run(name, figures, site_seconds, proxy_seconds, machine, growth)


def alone() -> Iterator[Run]:
    """One gunicorn, with two workers and then with one."""
    with prepared() as (environment, folder):
        for workers in (2, 1):
            replica = Replica(f"web-{workers}", folder, {**environment, "WEB_WORKERS": str(workers)})
            try:
                master = replica.start()
                yield measured(f"{workers} worker{'s' if workers > 1 else ''}", replica.port, [master.pid])
            finally:
                replica.stop()


@contextmanager
def prepared() -> Iterator[tuple[dict[str, str], Path]]:
    """A database with the shipped data; the environment of a site on it, and a folder for its files."""
    server = Server()
    try:
        with tempfile.TemporaryDirectory(prefix="cptpp-load-") as name:
            folder = Path(name)
            server.create()
            environment = environment_of(
                server.url, STATIC_ROOT=str(COLLECTED), TRUSTED_PROXIES="0", **WITHOUT_LIMITS
            )
            for arguments in (["migrate", "--verbosity=0"], ["load_data", "--verbosity=0"]):
                manage(environment, folder, *arguments)
            yield environment, folder
    finally:
        server.remove()


def behind_nginx() -> Iterator[Run]:
    """The production topology, its limits for one address lifted; the rules come from a streaming replica where one can
    be made. Raises FileNotFoundError without nginx.
    """
    streams = _has_replica_programs()
    with running(with_standby=streams, environment=WITHOUT_LIMITS) as topology:
        processes = [*(replica.process for replica in topology.replicas), topology.proxy.process]
        *masters, proxy = [process.pid for process in processes if process is not None]
        name = f"nginx, 2 x 2 workers{', replica' if streams else ''}"
        yield measured(name, topology.proxy.port, masters, [proxy])


def _has_replica_programs() -> bool:
    try:
        programs_with("pg_basebackup")
    except FileNotFoundError:
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument(
        "--topology", action="store_true", default=bool(os.environ.get("LOAD_TOPOLOGY")), help="behind nginx"
    )
    options = parser.parse_args()
    end_on_signals()
    logging.disable(logging.WARNING)
    began = time.monotonic()
    try:
        runs = list(behind_nginx() if options.topology else alone())
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{told(runs, VISITORS, SECONDS, time.monotonic() - began)}\n")
    return 0 if all(each.is_good for each in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
