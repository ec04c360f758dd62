"""Ending a program that has started others: what it began ends with it, also when it is stopped from outside."""

from __future__ import annotations

import signal
import sys
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def end_on_signals() -> None:
    """From now on SIGTERM, SIGINT and SIGHUP raise SystemExit (128 and the signal's number) in the main thread.

    So every `finally` and context manager clears up. A second signal does not disturb them in that.
    """
    for number in ENDING:
        signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)
