"""A small HTTP client: whole requests as bytes, any number under way at once, one connection for each."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

HOST = "127.0.0.1"
GIVE_UP_AFTER = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, ready to go."""

    method: str
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def raw(self, port: int) -> bytes:
        host = f"{HOST}:{port}"
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        lines.append("Accept-Encoding: gzip, deflate, br")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        body = urlencode(self.body, doseq=True).encode()
        if self.method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(slots=True)
class Answered:
    """Seconds of each request that was answered, and how many were not answered as wanted."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    elapsed: float = 0.0

    def add(self, other: Answered) -> None:
        self.seconds += other.seconds
        self.errors += other.errors
        self.elapsed += other.elapsed


@dataclass(slots=True)
class _Under:
    began: float
    left: bytes
    got: bytearray = field(default_factory=bytearray)


def send(port: int, raw: bytes, wanted: int, *, connections: int, count: int) -> Answered:
    """The same request `count` times, `connections` at once; another status than `wanted` is an error."""
    found, waiting, under = Answered(), count, 0
    selector = selectors.DefaultSelector()
    began = time.perf_counter()
    while waiting or under:
        while waiting and under < connections:
            _open(selector, port, raw)
            waiting, under = waiting - 1, under + 1
        ready = selector.select(GIVE_UP_AFTER)
        if not ready:
            found.errors += under
            break
        for key, events in ready:
            if _moved(key, events, selector):
                continue
            under -= 1
            _finish(key.data, wanted, found)
    selector.close()
    found.elapsed = time.perf_counter() - began
    return found


def _open(selector: selectors.BaseSelector, port: int, raw: bytes) -> None:
    began = time.perf_counter()
    connection = socket.socket()
    connection.setblocking(False)
    connection.connect_ex((HOST, port))
    selector.register(connection, selectors.EVENT_WRITE, _Under(began, raw))


def _moved(key: selectors.SelectorKey, events: int, selector: selectors.BaseSelector) -> bool:
    """Send or read what can be; False when the answer is whole or the connection is lost."""
    connection, state = cast(socket.socket, key.fileobj), key.data
    try:
        if events & selectors.EVENT_WRITE:
            state.left = state.left[connection.send(state.left) :]
            if not state.left:
                selector.modify(connection, selectors.EVENT_READ, state)
            return True
        part = connection.recv(262_144)
    except OSError:
        part = b""
    if part:
        state.got += part
        return True
    selector.unregister(connection)
    connection.close()
    return False


def _finish(state: _Under, wanted: int, found: Answered) -> None:
    if state.got[9:12] == str(wanted).encode():
        found.seconds.append(time.perf_counter() - state.began)
    else:
        found.errors += 1
