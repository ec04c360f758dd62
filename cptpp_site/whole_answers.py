"""gunicorn's worker, but an answer leaves it in one piece: head and body together.

A worker that is killed between the two leaves a proxy with half an answer, which it can neither finish nor ask another
replica for. Without a single byte of it, it asks the other one, and the visitor notices nothing (`make drill`).
"""

from __future__ import annotations

from typing import Any

from gunicorn.workers.sync import SyncWorker


class WholeAnswer:
    """A connection that keeps the first bytes that are sent until more follow, or until `flush`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._held: bytes | None = b""
        """None once something has left."""

    def sendall(self, data: bytes) -> None:
        if self._held == b"":
            self._held = data
            return
        head, self._held = self._held, None
        self._connection.sendall(data if head is None else head + data)

    def sendfile(self, *args: Any, **kwargs: Any) -> Any:
        """The kernel sends the file, so the head goes before it."""
        self.flush()
        return self._connection.sendfile(*args, **kwargs)

    def flush(self) -> None:
        """Send what is still kept: the head of an answer without a body."""
        if self._held:
            self._held, head = None, self._held
            self._connection.sendall(head)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class WholeAnswerWorker(SyncWorker):  # type: ignore[misc] # gunicorn has no types
    def handle_request(self, listener: Any, req: Any, client: Any, addr: Any) -> None:
        whole = WholeAnswer(client)
        super().handle_request(listener, req, whole, addr)
        whole.flush()
