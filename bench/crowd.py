"""Many visitors in one process: as many requests under way as visitors, each on a connection of its own.

Made to cost as little processor as it can, because it shares the machine with the site that it measures. What the
visitors do is in bench/visitors.py.
"""

from __future__ import annotations

import re
import select
import socket
import time
from array import array
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple, cast

from bench.client import HOST
from bench.table import late

GIVE_UP_AFTER = 30.0
FAILURES_TO_STOP = 500
LOOK_EACH = 1.0
"""Seconds between two looks for requests that nobody answers."""
CHUNK = 262_144
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class Ask(NamedTuple):
    """A request: what it is called in the table, and its bytes."""

    name: str
    raw: bytes


class Reply(NamedTuple):
    """What came back: status, head as sent, body as sent (compressed, when it was)."""

    status: bytes
    head: bytes
    body: bytes


class WrongError(Exception):
    """The site answered something else than a visitor must get. The text says what."""


Visit = Generator[Ask, Reply, None]
"""One journey: asks, is given the reply, asks again. Raises WrongError."""


@dataclass(slots=True)
class Tally:
    """What all visitors met. `seconds`: name of the request -> of each reply."""

    seconds: dict[str, array[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    journeys: int = 0

    @property
    def requests(self) -> int:
        return sum(map(len, self.seconds.values()))

    def as_json(self, elapsed: float, processor: float) -> dict[str, object]:
        """Milliseconds by request; seconds of the run, and of our own processor time in it."""
        everything = [each for seconds in self.seconds.values() for each in seconds]
        return {
            "requests": self.requests,
            "journeys": self.journeys,
            "failures": dict(self.failures),
            "elapsed": elapsed,
            "processor": processor,
            "all": _figures(everything),
            "by_name": {name: _figures(list(seconds)) for name, seconds in self.seconds.items()},
        }


def _figures(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds) or [0.0]
    return {
        "count": len(seconds),
        "p50": 1000 * ordered[len(ordered) // 2],
        "p95": 1000 * late(ordered),
        "most": 1000 * ordered[-1],
    }


class Visitor:
    """One visitor of the crowd, with the connection and the request that are under way."""

    __slots__ = ("began", "got", "name", "socket", "visit", "wanted")

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.visit: Visit
        self.name = ""
        self.began = 0.0
        self.got = b""
        self.wanted = 0


class Crowd:
    """Visitors, each on one journey after the other without a pause.

    `journey` gives the n-th one, None after the last.
    """

    def __init__(self, port: int, journey: Callable[[int], Visit | None]) -> None:
        self.port = port
        self.journey = journey
        self._numbers = count()
        self.tally = Tally()
        self._poll = select.epoll()
        self._under: dict[int, Visitor] = {}

    def one_more(self) -> None:
        """A visitor more sets out."""
        self._set_out(Visitor())

    def walk(self, seconds: float, is_last: bool = False) -> None:
        """Let them walk for so long; the last time they finish the request that they are on."""
        ends = time.perf_counter() + seconds
        looked = 0.0
        while self._under:
            now = time.perf_counter()
            is_over = now >= ends
            if (is_over and not is_last) or self.tally.failures.total() >= FAILURES_TO_STOP:
                return
            if now - looked >= LOOK_EACH:
                looked = now
                self._give_up(now)
            for descriptor, _events in self._poll.poll(LOOK_EACH):
                self._read(self._under[descriptor], is_last and is_over)

    def walk_to_the_end(self) -> None:
        """Let them walk until no journey is left."""
        while self._under and self.tally.failures.total() < FAILURES_TO_STOP:
            self.walk(LOOK_EACH)

    def _set_out(self, visitor: Visitor) -> None:
        visit = self.journey(next(self._numbers))
        if visit is not None:
            visitor.visit = visit
            self._send(visitor, next(visit))

    def _send(self, visitor: Visitor, ask: Ask) -> None:
        visitor.name = ask.name
        visitor.got, visitor.wanted = b"", 0
        visitor.began = time.perf_counter()
        try:
            if visitor.socket is None:
                self._connect(visitor)
            # So small a request fits the buffer.
            cast(socket.socket, visitor.socket).sendall(ask.raw)
        except OSError as error:
            self._fail(visitor, f"{ask.name}: {type(error).__name__}")

    def _connect(self, visitor: Visitor) -> None:
        """Raises OSError. On one machine the connection stands when the call returns: there is nothing to wait for."""
        visitor.socket = made = socket.socket()
        made.connect((HOST, self.port))
        made.setblocking(False)
        self._poll.register(made.fileno(), select.EPOLLIN)
        self._under[made.fileno()] = visitor

    def _read(self, visitor: Visitor, is_over: bool) -> None:
        try:
            part = cast(socket.socket, visitor.socket).recv(CHUNK)
        except OSError as error:
            self._fail(visitor, f"{visitor.name}: {type(error).__name__}", is_over)
            return
        if not part:
            self._fail(visitor, f"{visitor.name}: the connection was closed before the whole answer", is_over)
            return
        visitor.got = visitor.got + part if visitor.got else part
        if not visitor.wanted:
            end = visitor.got.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(visitor.got, 0, end)
            if length is None:
                self._fail(visitor, f"{visitor.name}: an answer without a length", is_over)
                return
            visitor.wanted = end + 4 + int(length[1])
        if len(visitor.got) >= visitor.wanted:
            self._answered(visitor, is_over)

    def _answered(self, visitor: Visitor, is_over: bool) -> None:
        """Note the time, judge the reply, ask what comes next."""
        seconds = self.tally.seconds.get(visitor.name)
        if seconds is None:
            seconds = self.tally.seconds[visitor.name] = array("d")
        seconds.append(time.perf_counter() - visitor.began)
        got = visitor.got
        end = got.index(b"\r\n\r\n")
        head = got[:end]
        if is_over or _CLOSES.search(head):
            self._close(visitor)
        try:
            ask = visitor.visit.send(Reply(got[9:12], head, got[end + 4 :]))
        except StopIteration:
            self.tally.journeys += 1
        except WrongError as error:
            self._fail(visitor, f"{visitor.name}: {error}", is_over)
            return
        else:
            if not is_over:
                self._send(visitor, ask)
            return
        self._close(visitor)
        if not is_over:
            self._set_out(visitor)

    def _fail(self, visitor: Visitor, why: str, is_over: bool = False) -> None:
        """Count a failure; the visitor sets out on another journey."""
        self.tally.failures[why] += 1
        self._close(visitor)
        if not is_over and self.tally.failures.total() < FAILURES_TO_STOP:
            self._set_out(visitor)

    def _close(self, visitor: Visitor) -> None:
        if visitor.socket is not None:
            self._under.pop(visitor.socket.fileno(), None)
            visitor.socket.close()
            visitor.socket = None

    def _give_up(self, now: float) -> None:
        for visitor in list(self._under.values()):
            if now - visitor.began > GIVE_UP_AFTER:
                self._fail(visitor, f"{visitor.name}: no answer within {GIVE_UP_AFTER:.0f} s")
