"""The drills: each makes one fault while visitors walk, and returns what they met."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.drills.visitors import Browser, Crowd, Tally, crowd
from scripts.topology.running import Topology
from scripts.topology.web import Replica, wait_for
from tests.live import ROOT, status_of

VISITORS = 50
PAUSE = 0.2
"""Seconds that a visitor of a drill thinks; the load test has none."""
SECONDS_BEFORE = 3
OUTAGE = {False: 6, True: 30}
SLOW_SECONDS = 2.0
SECONDS_TO_RECOVER = 30
MANY_JOURNEYS = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a drill showed: figures in words, and whether it is what was promised."""

    name: str
    is_good: bool
    figures: dict[str, object]

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.figures.items())
        return f"{'good' if self.is_good else 'BAD '}  {self.name}: {told}"


def _figures(tally: Tally) -> dict[str, object]:
    return {
        "requests": tally.requests,
        "whole journeys": tally.journeys,
        "failed pages": sum(tally.failures.values()),
        "journeys with a lost answer": tally.wrong,
        "p50 ms": round(tally.slowest(0.5)),
        "p95 ms": round(tally.slowest(0.95)),
        **({"failures": dict(tally.failures)} if tally.failures else {}),
    }


def _is_clean(tally: Tally) -> bool:
    return not tally.failures and not tally.wrong and tally.journeys > 0


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
    figures = {
        "outage s": OUTAGE[full],
        "search meanwhile": search,
        "readyz meanwhile": ready,
        "ready again after s": round(max(again), 1),
        **_figures(visitors.tally),
    }
    return Found("database killed", _is_clean(visitors.tally) and search == 200 and ready == 503, figures)


def web_killed(topology: Topology, full: bool) -> Found:
    """A replica is killed with -9 while visitors walk, and started again."""
    with crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(SECONDS_BEFORE)
        topology.replicas[0].kill()
        time.sleep(SECONDS_BEFORE)
        topology.replicas[0].start()
        time.sleep(SECONDS_BEFORE)
    return Found("web replica killed", _is_clean(visitors.tally), _figures(visitors.tally))


def rolling_restart(topology: Topology, full: bool) -> Found:
    """One replica after the other gives way to a new release; a journey begun before goes on after."""
    release = _release(topology.folder / "release-2")
    begun = _begun_journey(topology.address)
    with crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(1)
        for number, old in enumerate(topology.replicas):
            old.stop()
            new = Replica(f"web-{number + 1}-new", topology.folder, topology.environment, release)
            new.port, new.address = old.port, old.address
            new.start()
            topology.replicas[number] = new
    finished = _finishes(begun)
    figures = {"journey begun on the old release ends on the new": finished, **_figures(visitors.tally)}
    return Found("rolling restart", _is_clean(visitors.tally) and finished, figures)


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
    return Found("database slow (2 s an answer)", _is_clean(visitors.tally), _figures(visitors.tally))


def folder_not_writable(topology: Topology, full: bool) -> Found:
    """A replica whose data folder takes nothing (a full disk, a read-only one) serves as the others do."""
    replica = Replica("web-full", topology.folder, topology.environment, data=Path("/dev/full"))
    replica.start()
    try:
        with crowd(replica.address, 5) as visitors:
            time.sleep(SECONDS_BEFORE)
        told = "could not be kept" in replica.log.read_text()
    finally:
        replica.stop()
    good = _is_clean(visitors.tally) and told
    return Found("data folder not writable", good, {"said in the log": told, **_figures(visitors.tally)})


def broken_catalogue(topology: Topology, full: bool) -> Found:
    """A release with half a file of texts does not start, so the roll-out stops before a visitor meets it."""
    release = _release(topology.folder / "release-broken")
    texts = release / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
    texts.write_bytes(texts.read_bytes()[: texts.stat().st_size // 2])
    replica = Replica("web-broken", topology.folder, topology.environment, release)
    try:
        replica.start()
        refused = False
    except AssertionError:
        refused = "cannot be read" in replica.log.read_text()
    finally:
        replica.kill()
    return Found("catalogue of texts broken", refused, {"refused to start and said why": refused})


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


def many_journeys(topology: Topology, full: bool) -> Found:
    """Many journeys begun and open at once: nothing is kept on the server, so memory does not grow with them."""
    number = MANY_JOURNEYS if full else MANY_JOURNEYS // 50
    tally = Tally()
    browsers = []
    for _ in range(number):
        browser = Browser(topology.address, tally)
        browsers.append((browser, browser.get("/check/")["Location"]))
    opened = sum(
        browser.get(address).status_code == 200 for browser, address in browsers[:: max(1, number // 200)]
    )
    sample = len(browsers[:: max(1, number // 200)])
    figures = {
        "journeys": number,
        "opened again": f"{opened} of {sample}",
        "p95 ms": round(tally.slowest(0.95)),
    }
    return Found("many journeys at once", not tally.failures and opened == sample, figures)


DRILLS: dict[str, Callable[[Topology, bool], Found]] = {
    "database": database_killed,
    "web": web_killed,
    "slow": slow_database,
    "disk": folder_not_writable,
    "texts": broken_catalogue,
    "cookies": corrupt_cookies,
    "many": many_journeys,
    "rolling": rolling_restart,
}


def _release(folder: Path) -> Path:
    """A copy of the tracked files: a release beside the running one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 (git, wherever it is)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def _begun_journey(address: str) -> tuple[Browser, str]:
    """A browser with one answer, and the question that it stands at."""
    one = Crowd(address, 0)
    return one.begin({"country": "MX", "status": "citizen"})


def _finishes(begun: tuple[Browser, str]) -> bool:
    """Whether the next question still opens without asking the first one again."""
    browser, address = begun
    return browser.get(address).status_code == 200
