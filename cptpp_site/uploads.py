"""How much anybody may send: staff what an import needs, programs a batch of cases, visitors next to nothing."""

from __future__ import annotations

from django.conf import settings

from eligibility.api.middleware import PATH as API_PATH
from eligibility.api.reading import MAX_BODY_BYTES

MOST_OF_STAFF = 130 * 1024 * 1024
"""Bytes of a request: the four files of a classification and room to spare."""
MOST_OF_VISITORS = 64 * 1024
"""The largest form of a visitor holds 1,000 characters and some choices."""


def most_bytes(path: str) -> int:
    """How many bytes the body of a request to `path` may have."""
    if path.startswith(settings.STAFF_PATH):
        return MOST_OF_STAFF
    return MAX_BODY_BYTES if path.startswith(API_PATH) else MOST_OF_VISITORS
