"""Very many journeys open at once."""

from __future__ import annotations

from collections.abc import Callable

from bench.crowd import Ask, Crowd, Tally, Visit
from bench.visitors import Journeys
from bench.watching import family
from scripts.drills.found import Found
from scripts.topology.running import Topology

MANY = {False: 200, True: 10_000}
AT_A_TIME = 20
REQUESTS_BEFORE = 5
"""Of each journey, before any of them goes on: two questions are answered then."""
GOING_ON = {False: 20, True: 500}
MOST_GROWTH = 0.1


class Halves:
    """Journeys of which everyone is begun first, and some are ended afterwards."""

    def __init__(self, port: int, number: int) -> None:
        self.open: list[tuple[Visit, Ask]] = []
        self.left = number
        self._journeys = Journeys(port)
        self._port = port

    def begin(self) -> Tally:
        """Walk all of them half of the way. What the visitors met."""
        return self._walked(lambda number: self._begun(number) if number < self.left else None)

    def end(self, number: int) -> Tally:
        """Walk so many of them, spread over all, to their results."""
        chosen = self.open[:: max(1, len(self.open) // number)]
        return self._walked(lambda number: _resumed(*chosen[number]) if number < len(chosen) else None)

    def _walked(self, journey: Callable[[int], Visit | None]) -> Tally:
        crowd = Crowd(self._port, journey)
        for _visitor in range(AT_A_TIME):
            crowd.one_more()
        crowd.walk_to_the_end()
        return crowd.tally

    def _begun(self, number: int) -> Visit:
        visit = self._journeys.journey(number)
        ask = next(visit)
        for _request in range(REQUESTS_BEFORE):
            reply = yield ask
            ask = visit.send(reply)
        self.open.append((visit, ask))


def _resumed(visit: Visit, ask: Ask) -> Visit:
    while True:
        reply = yield ask
        try:
            ask = visit.send(reply)
        except StopIteration:
            return


def many_journeys(topology: Topology, full: bool) -> Found:
    """All of them are open at once, and some go on to their results: the server keeps nothing of them."""
    journeys = Halves(topology.proxy.port, MANY[full])
    before = _memory(topology)
    begun = journeys.begin()
    after = _memory(topology)
    ended = journeys.end(GOING_ON[full])
    failures = begun.failures + ended.failures
    told = {
        "open at once": len(journeys.open),
        "requests": begun.requests + ended.requests,
        "failed": failures.total(),
        "went on to the right result": ended.journeys,
        "memory of the web processes MB": f"{before:.0f} then {after:.0f}",
        **({"failures": dict(failures)} if failures else {}),
    }
    flat = after <= before * (1 + MOST_GROWTH)
    good = not failures and len(journeys.open) == MANY[full] and ended.journeys >= GOING_ON[full] and flat
    return Found("many journeys at once", good, told)


def _memory(topology: Topology) -> float:
    """Megabytes that the web processes have for themselves."""
    pids = [replica.process.pid for replica in topology.replicas if replica.process is not None]
    return float(sum(each.memory_full_info().uss for each in family(pids))) / 1e6
