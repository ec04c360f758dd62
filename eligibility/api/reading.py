"""The body of an assess request: strict JSON, one case or many (C-23, C-27)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from eligibility.api.problems import Refused
from eligibility.lines import BadLine, read_json

MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_CASES = 1000
BATCH = "cases"
JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Body:
    """One case, or the cases of a batch, as raw JSON values."""

    cases: list[Any]
    is_batch: bool


def read_body(request: HttpRequest) -> Body:
    """The cases that were sent. Raises Refused (400, 413, 415, 422)."""
    if request.content_type not in ("", JSON_TYPE):
        raise Refused(415, f"The body must be JSON. Send it with the header Content-Type: {JSON_TYPE}.")
    raw = _json(_content(request))
    if not isinstance(raw, dict) or BATCH not in raw:
        return Body([raw], is_batch=False)
    cases = raw[BATCH]
    if len(raw) > 1:
        raise Refused(422, f'A batch holds "{BATCH}" and nothing beside it.')
    if not isinstance(cases, list):
        raise Refused(422, f'"{BATCH}" must be a list of cases.')
    if len(cases) > MAX_CASES:
        raise Refused(422, f"A batch holds at most {MAX_CASES:,} cases; this one has {len(cases):,}.")
    return Body(cases, is_batch=True)


def _content(request: HttpRequest) -> bytes:
    """The body, of which nothing is read when it says itself that it is too large."""
    too_large = Refused(413, f"The body is larger than {MAX_BODY_BYTES:,} bytes. Send fewer cases at once.")
    try:
        said = int(request.META.get("CONTENT_LENGTH") or 0)
        if said > MAX_BODY_BYTES:
            raise too_large
        return request.body
    except RequestDataTooBig:
        raise too_large from None
    except (UnreadablePostError, ValueError):
        raise Refused(400, "The body could not be read to its end.") from None


def _json(content: bytes) -> Any:
    if not content.strip():
        raise Refused(400, 'The body is empty; send {"id": "...", "answers": {...}}.')
    try:
        return read_json(content, "body")
    except BadLine as error:
        raise Refused(400, str(error)) from None
