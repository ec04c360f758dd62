"""A clock that is wrong: moved in the middle of journeys, and put right again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.test import Client

from scripts.drills.found import Found
from scripts.drills.visitors import Browser, Tally
from scripts.topology.running import Topology
from scripts.topology.web import Replica
from tests.eligibility.rules.cases import QUALIFIED
from tests.eligibility.walker import Walker, marks
from tests.live import status_of

DAY = 24 * 60 * 60
MINUTE = 60
SETTINGS = "scripts.drills.moved_clock"


def clock_moved(topology: Topology, full: bool) -> Found:
    """The clock of one web process goes back a day, forward almost a day, forward a day, and right again.

    The clock is that of Python in the process (scripts/drills/moved_clock.py): what signs, counts and decides asks it.
    """
    file = topology.folder / "clock"
    file.write_text("0")
    environment = {**topology.environment, "DJANGO_SETTINGS_MODULE": SETTINGS, "CLOCK_FILE": str(file)}
    replica = Replica("web-clock", topology.folder, environment)
    met: dict[str, object] = {}
    try:
        replica.start()
        for name, seconds in (("a day back", -DAY), ("23 h 59 on", DAY - MINUTE), ("a day on", DAY + MINUTE)):
            file.write_text("0")
            journey = _half_way(replica.address)
            file.write_text(str(seconds))
            met[name] = _goes_on(journey, QUALIFIED)
            met[f"begun anew {name}"] = _goes_on(_half_way(replica.address), QUALIFIED)
            met[f"readyz {name}"] = status_of(f"{replica.address}/readyz")
        ahead = _half_way(replica.address)
        file.write_text("0")
        met["begun a day on, then right again"] = _goes_on(ahead, QUALIFIED)
    finally:
        replica.stop()
    wanted = {name: 200 if name.startswith("readyz") else "eligible" for name in met} | {
        "a day on": "ended, 410"
    }
    return Found("clock moved", met == wanted, met)


def _half_way(address: str) -> Walker:
    walker = Walker(cast(Client, Browser(address, Tally())))
    walker.walk(QUALIFIED, until="education")
    return walker


def _goes_on(walker: Walker, answers: Mapping[str, Any]) -> str:
    """What becomes of a journey: its outcome, or how it ended."""
    page = walker.page()
    if page.status_code != 200:
        return f"ended, {page.status_code}"
    walker.walk(answers)
    return str(marks(walker.result())["outcome"])
