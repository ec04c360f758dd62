"""The line between the site and its database: a TCP forwarder that can be made slow."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

CHUNK = 65536
SECONDS_TO_CONNECT = 2


class Line:
    """Forwards a free port of 127.0.0.1 to another one; every answer comes `delay` seconds late."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.delay = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.target), SECONDS_TO_CONNECT)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            threading.Thread(target=self._pass_on, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(server, client, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                if is_answer and self.delay:
                    time.sleep(self.delay)
                target.sendall(chunk)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
