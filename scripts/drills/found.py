"""What the drills have in common: how many visitors walk, and what is told afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from scripts.drills.visitors import Tally
from scripts.topology.running import Topology

VISITORS = 50
PAUSE = 0.2
"""Seconds that a visitor of a drill thinks; the load test has none."""
SECONDS_BEFORE = 3
SECONDS_TO_RECOVER = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What a drill showed: figures in words, and whether it is what was promised."""

    name: str
    is_good: bool
    figures: dict[str, object]

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.figures.items())
        return f"{'good' if self.is_good else 'BAD '}  {self.name}: {told}"


Drill: TypeAlias = Callable[[Topology, bool], Found]
"""Makes a fault on a running topology; the second argument asks for the long form."""


def figures(tally: Tally) -> dict[str, object]:
    """What the visitors met, in words."""
    return {
        "requests": tally.requests,
        "whole journeys": tally.journeys,
        "failed pages": sum(tally.failures.values()),
        "journeys with a lost answer": tally.wrong,
        "p50 ms": round(tally.slowest(0.5)),
        "p95 ms": round(tally.slowest(0.95)),
        **({"failures": dict(tally.failures)} if tally.failures else {}),
    }


def is_clean(tally: Tally) -> bool:
    """Whether visitors walked whole journeys and met no fault."""
    return not tally.failures and not tally.wrong and tally.journeys > 0
