"""What processes of ours use while they are measured: memory each second, and processor time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

WARM_UP = 0.2
"""Share of the time after which memory must be flat."""


def family(pids: Sequence[int]) -> Iterator[psutil.Process]:
    """The processes and their children."""
    for pid in pids:
        process = psutil.Process(pid)
        yield process
        yield from process.children(recursive=True)


class Memory:
    """Watches what processes and their children have for themselves, once a second."""

    def __init__(self, pids: Sequence[int]) -> None:
        self.megabytes: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pids,), daemon=True)
        self._thread.start()

    def growth(self) -> float:
        """From the end of the warm-up to the end; 0.03 is 3 %."""
        self._ended.set()
        self._thread.join()
        warm = self.megabytes[int(len(self.megabytes) * WARM_UP) :]
        part = max(1, len(warm) // 5)
        first, last = sum(warm[:part]) / part, sum(warm[-part:]) / part
        return last / first - 1

    def _watch(self, pids: Sequence[int]) -> None:
        with suppress(psutil.NoSuchProcess):  # They were ended before the run was over.
            while not self._ended.wait(1):
                self.megabytes.append(sum(each.memory_full_info().uss for each in family(pids)) / 1e6)


@dataclass(frozen=True, slots=True)
class Machine:
    """Processor seconds of the whole machine in a span of time, whoever used them, and how many there were."""

    busy: float
    there_were: float


class Processor:
    """Processor seconds that processes and their children use from now on."""

    def __init__(self, pids: Sequence[int]) -> None:
        self.pids = pids
        self._before = self._used()
        self._machine = _of_the_machine()

    def seconds(self) -> float:
        return self._used() - self._before

    def machine(self) -> Machine:
        """Of everybody, since this was made."""
        now, before = _of_the_machine(), self._machine
        return Machine(now.busy - before.busy, now.there_were - before.there_were)

    def _used(self) -> float:
        times = [each.cpu_times() for each in family(self.pids)]
        return float(sum(each.user + each.system for each in times))


def _of_the_machine() -> Machine:
    times = psutil.cpu_times()
    total = float(sum(times)) - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)
    idle = times.idle + getattr(times, "iowait", 0.0)
    return Machine(total - float(idle), total)
