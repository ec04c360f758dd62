"""The drills: each makes one fault while visitors walk, and returns what they met."""

from __future__ import annotations

import time

from scripts.drills.clock import clock_moved
from scripts.drills.disk import disk_full, read_only
from scripts.drills.found import (
    PAUSE,
    SECONDS_BEFORE,
    SECONDS_TO_RECOVER,
    VISITORS,
    Drill,
    Found,
    figures,
    is_clean,
)
from scripts.drills.many import many_journeys
from scripts.drills.processes import posts_in_flight, web_killed, workers_killed
from scripts.drills.releases import broken_catalogue, rolling_restart
from scripts.drills.visitors import Browser, Crowd, Tally, crowd
from scripts.topology.running import Topology
from scripts.topology.web import wait_for
from tests.live import status_of

OUTAGE = {False: 6, True: 30}
SLOW_SECONDS = 2.0


def database_killed(topology: Topology, full: bool) -> Found:
    """PostgreSQL is killed among 50 journeys and started again later: nobody notices, nothing is restarted."""
    with crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(SECONDS_BEFORE)
        topology.database.kill()
        down = time.monotonic()
        search = status_of(f"{topology.address}/occupations/search?q=nurse")
        ready = status_of(f"{topology.replicas[0].address}/readyz")
        time.sleep(max(0.0, OUTAGE[full] - (time.monotonic() - down)))
        topology.database.start()
        again = [wait_for(200, f"{each.address}/readyz", SECONDS_TO_RECOVER) for each in topology.replicas]
    told = {
        "outage s": OUTAGE[full],
        "search meanwhile": search,
        "readyz meanwhile": ready,
        "ready again after s": round(max(again), 1),
        **figures(visitors.tally),
    }
    return Found("database killed", is_clean(visitors.tally) and search == 200 and ready == 503, told)


def slow_database(topology: Topology, full: bool) -> Found:
    """Every answer of the database comes two seconds late: pages of a journey do not wait for it."""
    topology.line.delay = SLOW_SECONDS
    try:
        with crowd(topology.address, VISITORS, PAUSE) as visitors:
            time.sleep(2 * SECONDS_BEFORE)
    finally:
        topology.line.delay = 0.0
    for replica in topology.replicas:
        wait_for(200, f"{replica.address}/readyz", SECONDS_TO_RECOVER)
    return Found("database slow (2 s an answer)", is_clean(visitors.tally), figures(visitors.tally))


def corrupt_cookies(topology: Topology, full: bool) -> Found:
    """A journey whose cookie was changed in one place ends with a page that says so; never an error."""
    tally = Tally()
    met: set[int] = set()
    for position in range(0, 120, 3):
        browser, address = _begun_journey(topology.address)
        name = next(name for name in browser.cookies if name.startswith("journey-"))
        text = browser.cookies[name].value
        place = position % len(text)
        browser.cookies[name] = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        browser.tally = tally
        met.add(browser.get(address).status_code)
    good = met == {410}
    return Found("cookie corrupted", good, {"cookies": tally.requests, "answers": sorted(met)})


def _begun_journey(address: str) -> tuple[Browser, str]:
    """A browser with one answer, and the question that it stands at."""
    return Crowd(address, 0).begin({"country": "MX", "status": "citizen"})


DRILLS: dict[str, Drill] = {
    "database": database_killed,
    "web": web_killed,
    "workers": workers_killed,
    "posts": posts_in_flight,
    "slow": slow_database,
    "full": disk_full,
    "readonly": read_only,
    "clock": clock_moved,
    "texts": broken_catalogue,
    "cookies": corrupt_cookies,
    "many": many_journeys,
    "rolling": rolling_restart,
}
