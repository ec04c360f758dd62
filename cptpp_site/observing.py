"""Each request gets an identifier, a line in the log and a place in the metrics; none of them knows who asked or what.

A request is named by its route (`/check/<journey>/<step>/`), never by its path.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cptpp_site import logs, metrics

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
ID_BYTES = 12
UNKNOWN_ROUTE = "(none)"
KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

logger = logging.getLogger("cptpp_site.requests")


class ObservingMiddleware:
    """The outermost layer: what it measures contains all the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        identifier = identifier_for(request)
        token = logs.request_id.set(identifier)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            response.headers[HEADER] = identifier
            route = route_of(request)
            method = request.method if request.method in KNOWN_METHODS else "other"
            metrics.observe(str(method), route, response.status_code, seconds)
            if settings.REQUEST_LOG and route not in settings.ROUTES_NOT_LOGGED:
                log_request(str(method), route, response.status_code, seconds)
            return response
        finally:
            logs.request_id.reset(token)


def identifier_for(request: HttpRequest) -> str:
    """The one that the proxy gave, when it is well-formed (8 to 64 letters, digits, `.`, `_`, `-`), else a new one."""
    given = request.headers.get(HEADER, "")
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(ID_BYTES)


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, without anything that a visitor filled in; one value where no route matched."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match is not None else UNKNOWN_ROUTE


def log_request(method: str, route: str, status: int, seconds: float) -> None:
    told = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000, 1)}
    logger.info("%s %s %s", method, route, status, extra=told)
