"""Drills with a streaming replica: the primary is lost, the replica is lost; visitors notice neither."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlsplit

from occupations import snapshots
from scripts.drills.colleague import PERIOD, Colleague, Seen, hidden_inputs
from scripts.drills.faults import OUTAGE
from scripts.drills.found import PAUSE, SECONDS_BEFORE, SECONDS_TO_RECOVER, VISITORS, Found, figures, is_clean
from scripts.drills.visitors import Browser, Tally, crowd
from scripts.topology.database import Server, wait_for_replica
from scripts.topology.running import Topology
from scripts.topology.web import Replica, wait_for

SEARCHERS: Final = 2
SECONDS_FOR_STAFF: Final = 8.0
"""Within which a staff page must say that the database is away."""
SECONDS_TO_REACH: Final = 20.0
"""Within which every process must show a change, its way through the replica and the reading of all rows included."""
IN_A_ROW: Final = 12
"""So many answers from one address in a row that every one of its workers is among them."""
GIVEN: Final = re.compile(r"The rules are at data revision (\d+), read from the (\w+)\.")
FEE: Final = "UPDATE occupations_fee SET amount = amount + 1 WHERE slug = 'work-permit'"


def primary_lost(topology: Topology, full: bool) -> Found:
    """The primary is killed among journeys and searches; a process starts without it; staff are told, then go on."""
    colleague = Colleague(topology)
    period = _period_form(colleague)
    with _searching(topology.address) as searches, crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(SECONDS_BEFORE)
        topology.database.kill()
        down = time.monotonic()
        told = [colleague.get("/admin/"), colleague.post(PERIOD, period)]
        feedback = colleague.send("/feedback/", {"helpful": "yes", "text": "All of it was clear."})
        fresh = _started_without_folder(topology.replicas[0])
        time.sleep(max(0.0, OUTAGE[full] - (time.monotonic() - down)))
        topology.database.start()
        back = [wait_for(200, f"{each.address}/readyz", SECONDS_TO_RECOVER) for each in topology.replicas]
        follows = _seconds_until_it_follows(topology)
    again = colleague.get("/admin/")
    page = _Page(topology, "/editions/")
    sent = colleague.post(PERIOD, hidden_inputs(told[1].text))
    reached = page.seconds_to_change()
    kept = feedback.status == 503 and "All of it was clear." in feedback.text
    shown = {
        "outage s": OUTAGE[full],
        "searches": searches.requests,
        "failed searches": sum(searches.failures.values()),
        "staff told": [each.status for each in told],
        "in s": round(max(each.seconds for each in told), 1),
        "feedback kept in its page": kept,
        "started without primary and folder": fresh,
        "ready again after s": round(max(back), 1),
        "replica follows again after s": round(follows, 1),
        "staff afterwards": [again.status, sent.status],
        "publication reached visitors after s": round(reached, 1),
        "through": _givers(topology),
        **figures(visitors.tally),
    }
    good = [is_clean(visitors.tally), not searches.failures, kept, fresh == "replica", _is_told(told)]
    good += [
        again.status == 200,
        sent.status == 302,
        reached < SECONDS_TO_REACH,
        "replica" in _givers(topology),
    ]
    return Found("primary lost", all(good), shown)


def primary_frozen(topology: Topology, full: bool) -> Found:
    """The primary hangs: connections stay and nobody answers. Visitors go on, staff are told instead of waiting."""
    colleague = Colleague(topology)
    for _ in range(IN_A_ROW):
        colleague.get("/admin/")  # Now every worker keeps a connection that will hang.
    with _searching(topology.address) as searches, crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(SECONDS_BEFORE)
        topology.database.freeze()
        told = [colleague.get("/admin/") for _ in range(6)]
        topology.database.thaw()
        back = [wait_for(200, f"{each.address}/readyz", SECONDS_TO_RECOVER) for each in topology.replicas]
    again = colleague.get("/admin/")
    shown = {
        "failed searches": sum(searches.failures.values()),
        "staff told": sorted({each.status for each in told}),
        "in s": round(max(each.seconds for each in told), 1),
        "ready again after s": round(max(back), 1),
        "staff afterwards": again.status,
        **figures(visitors.tally),
    }
    good = [is_clean(visitors.tally), not searches.failures, _is_told(told), again.status == 200]
    return Found("primary hangs", all(good), shown)


def standby_lost(topology: Topology, full: bool) -> Found:
    """The replica is killed, comes back and hangs: a change reaches visitors each time, through whichever answers."""
    standby = _standby(topology)
    with _searching(topology.address) as searches, crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(SECONDS_BEFORE)
        standby.kill()
        time.sleep(SECONDS_BEFORE)
        without = _seconds_of_a_change(topology)
        ready = _readiness(topology.replicas[0])
        given_by = _givers(topology)
        standby.start()
        wait_for_replica(topology.database, SECONDS_TO_RECOVER)
        time.sleep(SECONDS_BEFORE)
        reached = _seconds_of_a_change(topology)
        given_then = _givers(topology)
        standby.freeze()
        frozen = _seconds_of_a_change(topology)
        given_frozen = _givers(topology)
        standby.thaw()
    shown = {
        "failed searches": sum(searches.failures.values()),
        "readyz meanwhile": ready["status"],
        "warnings": len(ready["warnings"]),
        "change reached visitors after s": round(without, 1),
        "through": given_by,
        "after its return in s": round(reached, 1),
        "through then": given_then,
        "while it hangs in s": round(frozen, 1),
        "through meanwhile": given_frozen,
        **figures(visitors.tally),
    }
    good = [
        is_clean(visitors.tally),
        not searches.failures,
        ready["status"] == "ok",
        bool(ready["warnings"]),
    ]
    good += [set(given_by) == {"primary"}, "replica" in given_then, set(given_frozen) == {"primary"}]
    good += [max(without, reached, frozen) < SECONDS_TO_REACH]
    return Found("replica lost", all(good), shown)


WITH_STANDBY: dict[str, Callable[[Topology, bool], Found]] = {
    "primary": primary_lost,
    "frozen": primary_frozen,
    "standby": standby_lost,
}


def _standby(topology: Topology) -> Server:
    if topology.standby is None:
        raise ValueError("This drill needs a topology with a streaming replica.")
    return topology.standby


def _period_form(colleague: Colleague) -> dict[str, str]:
    """A period in force from tomorrow on, as the staff's form sends it."""
    return hidden_inputs(colleague.get(PERIOD).text) | {
        "edition": "article-2026",
        "first_day": (snapshots.today() + timedelta(days=1)).isoformat(),
        "reason": "A drill.",
    }


def _is_told(seen: list[Seen]) -> bool:
    """Whether staff got the page that says what is the matter, and soon."""
    return all(
        each.status == 503
        and "The database cannot be reached just now" in each.text
        and each.seconds < SECONDS_FOR_STAFF
        for each in seen
    )


def _started_without_folder(replica: Replica) -> str:
    """Restart a web process with an empty data folder; the database whose rules it then has ("" for none)."""
    replica.stop()
    shutil.rmtree(replica.data)
    logged = replica.log.stat().st_size
    replica.start()
    told = _readiness(replica)
    lines = replica.log.read_text()[logged:]
    if told["revision"] is None or told["from_file"]:
        return ""
    return (
        "replica" if "read from the replica" in lines and "read from the primary" not in lines else "primary"
    )


def _readiness(replica: Replica) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_body(replica, "/readyz"))
    return told


def _body(replica: Replica, path: str) -> str:
    connection = HTTPConnection(urlsplit(replica.address).netloc, timeout=SECONDS_TO_RECOVER)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        if response.status == 404:
            raise RuntimeError(f"There is no page {path}.")
        return response.read().decode()
    finally:
        connection.close()


def _seconds_of_a_change(topology: Topology) -> float:
    """Change a fee on the primary; the seconds until every process shows it."""
    page = _Page(topology, "/guide/application/")
    topology.database.execute(FEE)
    return page.seconds_to_change()


class _Page:
    """A page of visitors, as it was before something was changed."""

    def __init__(self, topology: Topology, path: str) -> None:
        self.replicas, self.path = topology.replicas, path
        self.before = {_main_of(replica, path) for replica in self.replicas}
        if len(self.before) != 1:
            raise RuntimeError(f"{path} is not the same everywhere, so a change cannot be told.")

    def seconds_to_change(self) -> float:
        """The seconds until every process shows something else. Raises TimeoutError."""
        began = time.monotonic()
        for replica in self.replicas:
            in_a_row = 0
            while in_a_row < IN_A_ROW:
                in_a_row = 0 if _main_of(replica, self.path) in self.before else in_a_row + 1
                if time.monotonic() - began > SECONDS_TO_RECOVER:
                    raise TimeoutError(f"{self.path} did not change within {SECONDS_TO_RECOVER} seconds.")
        return time.monotonic() - began


def _main_of(replica: Replica, path: str) -> str:
    return _body(replica, path).partition('id="main"')[2]


def _seconds_until_it_follows(topology: Topology) -> float:
    began = time.monotonic()
    wait_for_replica(topology.database, SECONDS_TO_RECOVER)
    return time.monotonic() - began


def _givers(topology: Topology) -> dict[str, int]:
    """By database, how many workers have read the newest revision from it.

    A worker whose ten seconds end in the moment of a change asks the primary too, and is then ahead of the replica.
    """
    given = [found for replica in topology.replicas for found in GIVEN.findall(replica.log.read_text())]
    newest = max((int(number) for number, _ in given), default=0)
    return dict(Counter(giver for number, giver in given if int(number) == newest))


@contextmanager
def _searching(address: str) -> Iterator[Tally]:
    """Visitors who search for occupations while the block runs; an answer without a result counts as a failure."""
    tally, ended = Tally(), threading.Event()

    def search() -> None:
        browser = Browser(address, tally)
        while not ended.wait(1):
            try:
                if b"data-code=" not in browser.get("/occupations/search?q=nurse").content:
                    tally.failures["nothing found"] += 1
            except ConnectionError:
                continue  # It is in the tally.

    threads = [threading.Thread(target=search, daemon=True) for _ in range(SEARCHERS)]
    for thread in threads:
        thread.start()
    try:
        yield tally
    finally:
        ended.set()
        for thread in threads:
            thread.join(timeout=SECONDS_TO_RECOVER)
