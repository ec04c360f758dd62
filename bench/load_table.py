"""The table of `make load`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.watching import Machine

MOST_GROWTH = 0.05
FAST_ENOUGH_MS = 200
SCALING = 1.7


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `figures` as bench.crowd tells them; processor seconds of the site, of the proxy and of the machine."""

    name: str
    figures: Mapping[str, Any]
    site: float
    proxy: float
    machine: Machine
    growth: float
    """Of the memory of the site's processes, from the end of the warm-up to the end; 0.03 is 3 %."""

    @property
    def failures(self) -> int:
        return sum(self.figures["failures"].values())

    @property
    def per_second(self) -> float:
        return float(self.figures["requests"] / self.figures["elapsed"])

    @property
    def is_good(self) -> bool:
        """Nothing failed, memory is flat. Milliseconds depend on the machine and are only told."""
        return not self.failures and self.growth <= MOST_GROWTH

    def each(self, seconds: float) -> float:
        """Milliseconds of processor a request."""
        return float(1000 * seconds / max(1, self.figures["requests"]))

    @property
    def cells(self) -> tuple[str, ...]:
        crowd, cores = self.figures["processor"], os.cpu_count() or 1
        others = (self.machine.busy - self.site - self.proxy - crowd) / self.machine.there_were * cores
        every = self.figures["all"]
        return (
            self.name,
            f"{self.figures['requests']:,}",
            f"{self.figures['journeys']:,}",
            f"{self.failures}",
            f"{self.per_second:.0f}",
            f"{every['p50']:.0f}",
            f"{every['p95']:.0f}",
            f"{every['most']:.0f}",
            f"{self.growth:+.1%}",
            f"{self.each(self.site):.2f}",
            f"{self.each(self.proxy):.2f}" if self.proxy else "",
            f"{self.each(crowd):.2f}",
            f"{max(0.0, others):.2f}",
        )


HEADS = (
    *("", "requests", "journeys", "errors", "req/s", "p50 ms", "p95 ms", "longest", "memory after warm-up"),
    *("site ms", "nginx ms", "crowd ms", "other cores"),
)


def told(runs: Sequence[Run], visitors: int, seconds: int, took: float) -> str:
    """The whole table as text."""
    cores = os.cpu_count()
    lines = [
        f"{visitors} visitors without a pause, {seconds} s a run, on {cores} cores that the site shares with them.",
        "Whole journeys of the reference cases; every status, address and outcome is judged. Columns site, nginx and",
        "crowd: milliseconds of processor a request. Other cores: used meanwhile by anything else on this machine.",
        "",
        *_drawn([HEADS, *(run.cells for run in runs)]),
        "",
        *_by_name(runs[0]),
        "",
        *(f"FAILED {why}: {number}" for run in runs for why, number in run.figures["failures"].items()),
    ]
    if len(runs) == 2:
        lines += _scaling(*runs)
    lines.append(
        f"p95 {runs[0].figures['all']['p95']:.0f} ms with {runs[0].name} (wanted {FAST_ENOUGH_MS}); took {took:.0f} s."
    )
    return "\n".join(lines)


def _scaling(two: Run, one: Run) -> list[str]:
    cost_of_two, cost_of_one = two.each(two.site), one.each(one.site)
    measured = f"{two.per_second / one.per_second:.2f} (wanted {SCALING})"
    computed = (
        f"{2 * cost_of_one / cost_of_two:.2f} ({cost_of_two:.2f} ms of two workers, {cost_of_one:.2f} of one)"
    )
    return [
        f"scaling, requests a second of two workers by those of one, the crowd on the same cores: {measured}",
        f"scaling that cores of their own would give, computed from the processor time of a request: {computed}",
    ]


def _by_name(run: Run) -> list[str]:
    """Every request of a journey, the slowest first."""
    by_name = sorted(run.figures["by_name"].items(), key=lambda item: -item[1]["p95"])
    rows = [
        (name, f"{each['count']:,}", f"{each['p50']:.0f}", f"{each['p95']:.0f}") for name, each in by_name
    ]
    return _drawn([(run.name, "requests", "p50 ms", "p95 ms"), *rows])


def _drawn(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
