"""What a process costs: reading the rules, memory of a worker, cold start; and how the rulebook grows."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator

import psutil
from django.conf import settings

from bench.client import Request, send
from bench.serving import WORKERS, served
from bench.table import Row
from occupations.building import Payload, build_snapshot
from occupations.shipped import shipped_payload

SECTION = "loading"
TENFOLD = 10
OF_AN_EDITION = "edition"
"""Column by which a row says whose it is."""
ELSEWHERE = {"periods_in_force", "wage_vintages"}
"""Tables whose column of that name says something else, or may name an edition once only."""


def rows() -> Iterator[Row]:
    """Seconds and megabytes."""
    payload = shipped_payload()
    built = _built(payload)
    yield Row(SECTION, "rulebook built from its rows", built, "s")
    grown = _with_editions(payload)
    yield Row(
        SECTION, "the same with 10x editions and their rows", _built(grown), "s", "", built, "as shipped"
    )
    kept, large = _kept(payload), _kept(grown)
    yield Row(SECTION, "memory of the rulebook", kept, "MB")
    yield Row(SECTION, "the same with 10x editions and their rows", large, "MB", "", kept, "as shipped")
    yield Row(SECTION, "Python and Django alone, to the first line", _django_alone(), "s")
    began = time.perf_counter()
    with served() as port:
        yield Row(SECTION, "cold start, to the first answer with the rules", time.perf_counter() - began, "s")
        searched = Request("GET", "/occupations/search?q=engineer").raw(port)
        send(port, searched, 200, connections=WORKERS * 2, count=WORKERS * 8)
        yield Row(SECTION, "memory of a worker, search index included", _memory(port), "MB")


def _built(payload: Payload) -> float:
    began = time.thread_time()
    build_snapshot(payload)
    return time.thread_time() - began


def _kept(payload: Payload) -> float:
    tracemalloc.start()
    snapshot = build_snapshot(payload)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del snapshot
    return megabytes


def _with_editions(payload: Payload) -> Payload:
    """The payload with every edition and its rows nine times more, under other names."""
    grown = {name: list(rows) for name, rows in payload.items()}
    for number in range(1, TENFOLD):
        for name, rows in payload.items():
            own = "slug" if name == "editions" else OF_AN_EDITION
            if name in ELSEWHERE or not rows or own not in rows[0]:
                continue
            grown[name] += [{**row, own: f"{row[own]}-{number}"} for row in rows]
    return grown


def _django_alone() -> float:
    command = [sys.executable, "-c", "import django; django.setup()"]
    taken = []
    for _repeat in range(3):
        began = time.perf_counter()
        subprocess.run(command, cwd=settings.BASE_DIR, check=True)  # noqa: S603 (our own command)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _memory(port: int) -> float:
    """Of one worker, on average, what it shares with the other counted in part."""
    master = next(
        child
        for child in psutil.Process().children()
        if any(part.laddr.port == port for part in child.net_connections("tcp") if part.laddr)
    )
    workers = master.children()
    return statistics.mean(worker.memory_full_info().pss for worker in workers) / 1e6
