"""What a log line may hold: no query string (a search word), no token of a shared result, no name of a journey.

In production a line is one JSON object (`JsonLines`). Of an exception it has the type and the places in the code, not
the message, which may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

_QUERY_STRING = re.compile(r"(/[^\s\"'?]*)\?[^\s\"']*")
_SHARED_RESULT = re.compile(r"/r/[^\s\"'/?]+")
_JOURNEY = re.compile(r"/check/[A-Za-z0-9_-]{12}(?=/|\b)")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that this thread answers; empty outside of one (cptpp_site/observing.py sets it)."""

EXTRA = ("method", "route", "status", "milliseconds")
"""Attributes of a record that become fields of its line; `observing.log_request` gives them."""


def without_visitor_details(text: str) -> str:
    """The text with every path's query string cut off and every share token and journey left out."""
    text = _SHARED_RESULT.sub("/r/…", _QUERY_STRING.sub(r"\1", text))
    return _JOURNEY.sub("/check/…", text)


class WithoutVisitorDetails(logging.Filter):
    """Rewrites the message of each record; lets all records pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_visitor_details(record.getMessage()), ()
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, and what `EXTRA` names."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identifier := request_id.get():
            line["request_id"] = identifier
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, places = record.exc_info
            line["exception"] = f"{kind.__module__}.{kind.__qualname__}"
            line["places"] = [
                f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(places)
            ]
        return json.dumps(line, ensure_ascii=False)
