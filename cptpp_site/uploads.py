"""How much anybody may send: staff what an import needs, visitors next to nothing. The API looks itself."""

from __future__ import annotations

from django.conf import settings

from eligibility.api.middleware import PATH as API_PATH

MOST_OF_STAFF = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
"""Bytes of a request."""
MOST_OF_VISITORS = 64 * 1024
"""The largest form of a visitor holds 1,000 characters and some choices."""


def most_bytes(path: str) -> int | None:
    """How many bytes the body of a request to `path` may have; None where the API says so in its own words."""
    if path.startswith(API_PATH):
        return None
    return MOST_OF_STAFF if path.startswith(settings.STAFF_PATH) else MOST_OF_VISITORS
