"""Web processes that die: a whole replica, a worker in the middle of a request, and what was being sent to them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import psutil
from django.test import Client

from scripts.drills.found import PAUSE, SECONDS_BEFORE, VISITORS, Found, figures, is_clean
from scripts.drills.visitors import Answer, Browser, Tally, crowd
from scripts.topology.running import Topology
from scripts.topology.web import Replica
from tests.eligibility.rules.cases import QUALIFIED
from tests.eligibility.walker import Walker, filled, read_form

DEATHS = {False: 4, True: 20}
SECONDS_BETWEEN_DEATHS = 1.5
POSTS = 40
FEEDBACKS = 6
"""Fewer than FEEDBACK_PER_MINUTE."""
_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


def web_killed(topology: Topology, full: bool) -> Found:
    """A replica is killed with -9 while visitors walk, and started again."""
    with crowd(topology.address, VISITORS, PAUSE) as visitors:
        time.sleep(SECONDS_BEFORE)
        topology.replicas[0].kill()
        time.sleep(SECONDS_BEFORE)
        topology.replicas[0].start()
        time.sleep(SECONDS_BEFORE)
    return Found("web replica killed", is_clean(visitors.tally), figures(visitors.tally))


def workers_killed(topology: Topology, full: bool) -> Found:
    """One worker after the other is killed with -9 while all of them are busy; its master starts another."""
    killed = 0
    with crowd(topology.address, VISITORS) as visitors:
        for number in range(DEATHS[full]):
            time.sleep(SECONDS_BETWEEN_DEATHS)
            workers = list(_workers(topology.replicas[number % len(topology.replicas)]))
            if workers:
                workers[0].kill()
                killed += 1
        time.sleep(SECONDS_BETWEEN_DEATHS)
    good = is_clean(visitors.tally) and killed == DEATHS[full]
    return Found("busy workers killed", good, {"killed": killed, **figures(visitors.tally)})


def _workers(replica: Replica) -> Iterator[psutil.Process]:
    if replica.process is not None:
        yield from psutil.Process(replica.process.pid).children()


def posts_in_flight(topology: Topology, full: bool) -> Found:
    """A replica dies with answers in its hands that it has not read yet: the other one is asked, nothing is lost.

    A feedback is stored, so nginx must not send it twice: its sender meets an error and can send it again.
    """
    answers = [_ready_answer(topology.address) for _ in range(POSTS)]
    feedbacks = [_ready_feedback(topology.address) for _ in range(FEEDBACKS)]
    before = _stored_feedback(topology)
    met, held = _sent_while_one_dies(topology, [*answers, *feedbacks])
    taken = [reply for reply in met[:POSTS] if reply is not None and reply.status_code == 302]
    further = sum(
        browser.get(reply["Location"]).status_code == 200
        for (browser, _address, _body), reply in zip(answers, met[:POSTS], strict=True)
        if reply is not None and reply.status_code == 302
    )
    statuses = [0 if reply is None else reply.status_code for reply in met[POSTS:]]
    stored = _stored_feedback(topology) - before
    told = {
        "sent at once": len(met),
        "in the hands of the dead": held,
        "answers taken": f"{len(taken)} of {POSTS}",
        "journeys that go on": further,
        "feedback": sorted(statuses),
        "feedback stored": stored,
    }
    once = stored == statuses.count(302) and set(statuses) <= {302, 502}
    return Found("answers in flight", held > 0 and further == POSTS and once, told)


Ready = tuple[Browser, str, Mapping[str, Any]]
"""Who sends what to which address."""


def _ready_answer(address: str) -> Ready:
    """The first question of a journey, filled in and not sent yet."""
    browser = Browser(address, Tally())
    walker = Walker(cast(Client, browser))
    return browser, walker.address, filled(read_form(walker.page()), walker.step, QUALIFIED)


def _ready_feedback(address: str) -> Ready:
    browser = Browser(address, Tally())
    page = browser.get("/feedback/").content.decode()
    return browser, "/feedback/", {**dict(_HIDDEN.findall(page)), "text": "a drill"}


def _sent_while_one_dies(topology: Topology, ready: list[Ready]) -> tuple[list[Answer | None], int]:
    """What each sender got, None for nothing; and how many connections the dead replica had."""
    replica = topology.replicas[0]
    stopped = [psutil.Process(replica.process.pid), *_workers(replica)] if replica.process else []
    for process in stopped:
        process.suspend()
    with ThreadPoolExecutor(len(ready)) as threads:
        under_way = [threads.submit(_posted, *each) for each in ready]
        time.sleep(1)
        held = _connections(replica.port)
        replica.kill()
        met = [each.result() for each in under_way]
    replica.start()
    return met, held


def _posted(browser: Browser, address: str, body: Mapping[str, Any]) -> Answer | None:
    try:
        return browser.post(address, body)
    except ConnectionError:
        return None


def _connections(port: int) -> int:
    """Connections that wait at a port of ours."""
    listed: Callable[..., Any] = psutil.net_connections
    return sum(
        bool(each.laddr) and each.laddr.port == port and each.status == psutil.CONN_ESTABLISHED
        for each in listed("tcp")
    )


def _stored_feedback(topology: Topology) -> int:
    return int(str(topology.database.execute("SELECT count(*) FROM eligibility_feedback")[0][0]))
