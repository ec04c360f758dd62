"""The check in a frame of a consultant's site: the visitor's pages under `/embed/`, for the origins that staff allow.

Why the frame has cookies of its own, and what a browser that blocks them is told: docs/decisions/0013-embedding.md.
"""

from __future__ import annotations

import logging
import time
from threading import Lock
from typing import Any

from csp.decorators import csp_replace
from django.db import Error as DatabaseError
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from eligibility import mounts
from eligibility.models import EmbeddingSite
from occupations.patience import drop_if_silent

logger = logging.getLogger(__name__)

PREFIX = "/embed"
SECONDS_KEPT = 5
"""How long a process goes by what it read of the list: a change holds everywhere within this time."""


class Frame(mounts.Mount):
    """The pages that the sites on the staff's list may frame; while the list is empty there are none."""

    cookie_prefix = "embed-"
    opens_tabs = True
    notice_template = "components/frame_notice.html"

    def prefix_of(self, path: str) -> str | None:
        inside = path == PREFIX or path.startswith(f"{PREFIX}/")
        return PREFIX if inside and allowed.origins() else None

    def notice(self, request: HttpRequest | None) -> dict[str, Any]:
        return {"site_url": mounts.site_address("start")}

    def finish(self, request: HttpRequest, response: HttpResponseBase) -> None:
        del response["X-Frame-Options"]  # It knows no list of origins.
        # A framing page that isolates itself (COEP) would else refuse the frame, although its origin is on the list.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        csp_replace({"frame-ancestors": list(allowed.origins())})(lambda _request: response)(request)
        for morsel in response.cookies.values():
            # A browser that knows `Partitioned` keeps a jar for each framing site, so that nobody is followed from one
            # to the next. Python learns the attribute in 3.14; here it rides on the one before it.
            morsel["samesite"] = "None; Partitioned"
            morsel["secure"] = True


class Allowed:
    """The origins of the active sites, as this process last read them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._origins: tuple[str, ...] = ()
        self._read_at = -float("inf")

    def origins(self) -> tuple[str, ...]:
        """Without a database the last known list: a visitor in the middle of the questions goes on."""
        with self._lock:
            if time.monotonic() - self._read_at >= SECONDS_KEPT:
                self._read()
            return self._origins

    def forget(self, **_signal: object) -> None:
        """Read the list again at the next request."""
        with self._lock:
            self._read_at = -float("inf")

    def _read(self) -> None:
        try:
            drop_if_silent()
            active = EmbeddingSite.objects.filter(active=True)
            self._origins = tuple(active.values_list("origin", flat=True))
        except DatabaseError as error:
            logger.warning("The list of embedding sites cannot be read: %s", error)
        self._read_at = time.monotonic()


allowed = Allowed()
post_save.connect(allowed.forget, sender=EmbeddingSite)
post_delete.connect(allowed.forget, sender=EmbeddingSite)
