"""What a log line may hold: never a query string (a search word) and never the token of a shared result."""

from __future__ import annotations

import logging
import re

_QUERY_STRING = re.compile(r"(/[^\s\"'?]*)\?[^\s\"']*")
_SHARED_RESULT = re.compile(r"/r/[^\s\"'/?]+")


def without_visitor_details(text: str) -> str:
    """The text with every path's query string cut off and every share token left out."""
    return _SHARED_RESULT.sub("/r/…", _QUERY_STRING.sub(r"\1", text))


class WithoutVisitorDetails(logging.Filter):
    """Rewrites the message of each record; lets all records pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_visitor_details(record.getMessage()), ()
        return True
