"""The journey cookie: one visitor's walk in one browser tab, kept by the visitor and by nobody else.

Declared fields only, compressed and signed, for a day. The name carries the journey, so that two tabs are two
journeys, and the signature is bound to the name, so that a cookie cannot be passed off as another journey's.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from formtools.wizard.storage.base import BaseStorage

from eligibility import mounts
from eligibility.replay import Stored

VERSION = 1
"""Of what this release writes; raised with each change of a stored field (see docs/operation.md)."""
KEPT_FOR_SECONDS = 24 * 60 * 60
NEWEST_KEPT = 4
ID_BYTES = 9
ID_PATTERN = r"[A-Za-z0-9_-]{12}"
_NAME = "journey-"

Steps = Mapping[str, Any]
"""Slug -> [values, basis], as a cookie holds them."""
READERS: dict[int, Callable[[Steps], Steps]] = {}
"""Other versions that this release understands -> their steps in the form of VERSION. An older one stays here for a day
after VERSION was raised; a newer one is here one release before, so that replicas of both can serve one journey."""


class CookieState(Enum):
    """What the browser sent for a journey."""

    NONE = "none"
    VALID = "valid"
    EXPIRED = "expired"
    OTHER_VERSION = "other version"
    """Ours and in time, but of a release whose answers this one cannot read."""
    TAMPERED = "tampered"


def new_id() -> str:
    """A journey id that matches ID_PATTERN."""
    return secrets.token_urlsafe(ID_BYTES)


def cookie_name(journey: str) -> str:
    return f"{settings.COOKIE_PREFIX}{_NAME}{journey}"


def _salt(journey: str) -> str:
    """Bound to the journey and to the world it is in, so that a cookie of a preview means nothing on the site."""
    mount = mounts.current()
    return f"eligibility.journeys:{mount.cookie_prefix if mount else ''}{journey}"


def read(request: HttpRequest, journey: str) -> tuple[CookieState, dict[str, Stored]]:
    """The journey's stored steps, in the form of VERSION; empty unless the cookie is valid. Never raises."""
    return read_from(request.COOKIES, journey)


def read_from(cookies: Mapping[str, str], journey: str) -> tuple[CookieState, dict[str, Stored]]:
    """Like `read`, from cookies under the names that the pages know."""
    text = cookies.get(cookie_name(journey))
    if text is None:
        return CookieState.NONE, {}
    try:
        payload = signing.loads(text, salt=_salt(journey), max_age=KEPT_FOR_SECONDS)
    except signing.SignatureExpired:
        return CookieState.EXPIRED, {}
    except (signing.BadSignature, ValueError):
        return CookieState.TAMPERED, {}
    steps = _steps_of(payload)
    return (CookieState.OTHER_VERSION, {}) if steps is None else (CookieState.VALID, steps)


def _steps_of(payload: Mapping[str, Any]) -> dict[str, Stored] | None:
    """Steps of a payload that we signed; None for a version that nobody told us how to read: it is never guessed at."""
    version, steps = payload.get("v"), payload.get("s")
    if version != VERSION:
        if version not in READERS:
            return None
        steps = READERS[version](steps or {})
    return {slug: Stored(values, basis) for slug, (values, basis) in (steps or {}).items()}


def write(response: HttpResponseBase, journey: str, stored: Mapping[str, Stored]) -> None:
    """Set the journey's cookie for another day."""
    steps = {slug: [step.values, step.basis] for slug, step in stored.items()}
    text = signing.dumps({"v": VERSION, "s": steps}, salt=_salt(journey), compress=True)
    response.set_cookie(
        cookie_name(journey),
        text,
        max_age=KEPT_FOR_SECONDS,
        path="/",
        secure=settings.IS_PRODUCTION,
        httponly=True,
        samesite="Lax",
    )


def keep(
    request: HttpRequest, response: HttpResponseBase, journey: str, stored: Mapping[str, Stored]
) -> None:
    """Write the journey's cookie, and let go of the oldest journeys beyond NEWEST_KEPT."""
    write(response, journey, stored)
    for other in surplus(request, journey):
        erase(response, other)


def erase(response: HttpResponseBase, journey: str) -> None:
    response.delete_cookie(cookie_name(journey), path="/", samesite="Lax")


def surplus(request: HttpRequest, journey: str) -> Iterable[str]:
    """Journeys to let go so that this one and the newest others make NEWEST_KEPT; unreadable ones first."""
    start = cookie_name("")
    others = [name.removeprefix(start) for name in request.COOKIES if name.startswith(start)]
    others = [other for other in others if other != journey]
    others.sort(key=lambda other: _written_at(request, other), reverse=True)
    return others[NEWEST_KEPT - 1 :]


def _written_at(request: HttpRequest, journey: str) -> int:
    """When our signature says a cookie was written, in seconds; 0 when the signature is not ours."""
    text = request.COOKIES[cookie_name(journey)]
    try:
        signing.TimestampSigner(salt=_salt(journey)).unsign(text)
    except signing.BadSignature:
        return 0
    return signing.b62_decode(text.rsplit(":", 2)[1])


class JourneyStorage(BaseStorage):  # type: ignore[misc]
    """formtools' storage on the journey cookie: reads once, writes only what changed, keeps declared fields.

    The step at hand is the one in the address, so it is not stored; there are no files.
    """

    def __init__(self, prefix: str, request: HttpRequest, file_storage: None = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.journey = prefix
        self.cookie_state, self.stored = read(request, prefix)
        self._step: str | None = None
        self._changed = False
        self._erased = False

    def _get_current_step(self) -> str | None:
        return self._step

    def _set_current_step(self, step: str) -> None:
        self._step = step

    def _get_extra_data(self) -> dict[str, Any]:
        return {}

    def get_step_data(self, step: str) -> Stored | None:
        return self.stored.get(step)

    def set_step_data(self, step: str, cleaned_data: Stored) -> None:
        if self.stored.get(step) != cleaned_data:
            self.stored[step] = cleaned_data
            self._changed = True

    def get_step_files(self, step: str) -> None:
        return None

    def reset(self) -> None:
        self.stored = {}
        self._erased = True

    def update_response(self, response: HttpResponseBase) -> None:
        if self._erased:
            erase(response, self.journey)
        elif self._changed:
            keep(self.request, response, self.journey, self.stored)
