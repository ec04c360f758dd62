"""`make load`: 100 visitors at once against gunicorn with two workers, then with one; what they met, and the memory.

LOAD_SECONDS= shortens it (600), LOAD_VISITORS= changes the crowd. The exit status is 1 when a request failed or
memory grew by more than 5 % after the first fifth; milliseconds and requests a second depend on the machine.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from scripts.topology.database import Server
from scripts.topology.running import COLLECTED
from scripts.topology.web import Replica, environment_of, manage
from tests.live import ROOT

SECONDS = int(os.environ.get("LOAD_SECONDS") or "600")
VISITORS = int(os.environ.get("LOAD_VISITORS") or "100")
WARM_UP = 0.2
"""Share of the time after which memory must be flat."""
MOST_GROWTH = 0.05
FAST_ENOUGH_MS = 200
SCALING = 1.7


@dataclass(frozen=True, slots=True)
class Run:
    workers: int
    requests: int
    failures: int
    per_second: float
    p50: float
    p95: float
    growth: float
    """Of the memory of all workers, from the end of the warm-up to the end; 0.03 is 3 %."""


class Memory:
    """Watches the memory of a process and its children, once a second."""

    def __init__(self, pid: int) -> None:
        self.megabytes: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(psutil.Process(pid),), daemon=True)
        self._thread.start()

    def growth(self) -> float:
        self._ended.set()
        self._thread.join()
        warm = self.megabytes[int(len(self.megabytes) * WARM_UP) :]
        part = max(1, len(warm) // 5)
        first, last = sum(warm[:part]) / part, sum(warm[-part:]) / part
        return last / first - 1

    def _watch(self, process: psutil.Process) -> None:
        while not self._ended.wait(1):
            family = [process, *process.children(recursive=True)]
            self.megabytes.append(sum(each.memory_full_info().uss for each in family) / 1e6)


def run(workers: int, server: Server, folder: Path, environment: dict[str, str]) -> Run:
    replica = Replica(f"web-{workers}", folder, {**environment, "WEB_WORKERS": str(workers)})
    process = replica.start()
    try:
        memory = Memory(process.pid)
        figures = folder / f"figures-{workers}"
        locust = [
            sys.executable,
            "-m",
            "locust",
            "--locustfile",
            "bench/visitors.py",
            "--headless",
            "--only-summary",
        ]
        locust += ["--host", replica.address, "--users", str(VISITORS), "--spawn-rate", str(VISITORS)]
        locust += ["--run-time", f"{SECONDS}s", "--csv", str(figures), "--exit-code-on-error", "0"]
        subprocess.run(  # noqa: S603 (our own interpreter and arguments)
            locust, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        growth = memory.growth()
    finally:
        replica.stop()
    with Path(f"{figures}_stats.csv").open(newline="") as file:
        told = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    return Run(
        workers,
        int(told["Request Count"]),
        int(told["Failure Count"]),
        float(told["Requests/s"]),
        float(told["50%"]),
        float(told["95%"]),
        growth,
    )


def main() -> int:
    began = time.monotonic()
    server = Server()
    with tempfile.TemporaryDirectory(prefix="cptpp-load-") as name:
        folder = Path(name)
        try:
            server.create()
            environment = environment_of(server.url, STATIC_ROOT=str(COLLECTED), TRUSTED_PROXIES="0")
            for arguments in (["migrate", "--verbosity=0"], ["load_data", "--verbosity=0"]):
                manage(environment, folder, *arguments)
            runs = [run(workers, server, folder, environment) for workers in (2, 1)]
        finally:
            server.remove()
    sys.stdout.write(
        f"{VISITORS} visitors, {SECONDS} s a run, on {os.cpu_count()} cores shared with locust\n"
    )
    sys.stdout.write("workers  requests  failures  req/s    p50 ms  p95 ms  memory after warm-up\n")
    for each in runs:
        sys.stdout.write(
            f"{each.workers:7}  {each.requests:8}  {each.failures:8}  {each.per_second:7.1f}  {each.p50:6.0f}  "
            f"{each.p95:6.0f}  {each.growth:+.1%}\n"
        )
    two, one = runs
    sys.stdout.write(
        f"scaling {two.per_second / one.per_second:.2f} (wanted {SCALING}), p95 {two.p95:.0f} ms (wanted "
        f"{FAST_ENOUGH_MS}), load average {os.getloadavg()[0]:.1f}, took {time.monotonic() - began:.0f} s\n"
    )
    return 0 if not any(each.failures or each.growth > MOST_GROWTH for each in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
