"""The visitors of the load test judge what they get; a wrong answer is a failure with its reason."""

from __future__ import annotations

import copy
import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

from bench.crowd import Crowd, Tally, Visit
from bench.visitors import Journeys
from tests.live import ROOT

JOURNEYS = 4


def walked(journeys: Journeys, port: int) -> Tally:
    """What two visitors met on the first journeys."""

    def journey(number: int) -> Visit | None:
        return journeys.journey(number) if number < JOURNEYS else None

    crowd = Crowd(port, journey)
    for _visitor in range(2):
        crowd.one_more()
    crowd.walk_to_the_end()
    return crowd.tally


def test_whole_journeys_are_walked_to_the_outcome_of_their_case(live_site: str) -> None:
    port = urlsplit(live_site).port or 0
    tally = walked(Journeys(port), port)
    assert dict(tally.failures) == {}
    assert tally.journeys == JOURNEYS
    assert {"begin", "question country", "answer offer", "summary", "result"} <= tally.seconds.keys()
    assert tally.requests > 15 * JOURNEYS


def test_another_outcome_than_that_of_the_case_is_a_failure(live_site: str) -> None:
    port = urlsplit(live_site).port or 0
    journeys = Journeys(port)
    journeys.cases = copy.deepcopy(journeys.cases)
    case = journeys.cases[0]
    for expected in case["expected"].values():
        expected["outcome"] = "something else"
    tally = walked(journeys, port)
    assert dict(tally.failures) == {f"result: {case['id']} was told eligible, not something else": 1}
    assert tally.journeys == JOURNEYS - 1


def test_a_signal_lets_a_program_clear_up() -> None:
    program = (
        "import time\nfrom scripts.ending import end_on_signals\nend_on_signals()\n"
        "try:\n    print('ready', flush=True)\n    time.sleep(30)\nfinally:\n    print('cleared up')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGTERM)
        assert process.stdout.read() == "cleared up\n"
    assert process.returncode == 128 + signal.SIGTERM
