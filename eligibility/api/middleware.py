"""What holds for everything under /api/: open to every origin, no cookie, HEAD for GET, errors as problem details."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from eligibility.api import problems

PATH = "/api/"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
HTTPS_ONLY = "Ask over https. This request came over plain http, where others can read it."
KEPT = ("Allow", "Retry-After")
"""Headers of an error page that say what to do."""


class ApiMiddleware:
    """Any origin may read, which is safe because no answer depends on a cookie or on who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PATH):
            return self.get_response(request)
        response = self._answer(request)
        response.cookies.clear()
        for name, value in CORS.items():
            response.headers[name] = value
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return problems.problem(403, HTTPS_ONLY)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        response = self.get_response(request)
        request.method = asked
        return _as_problem(response)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """The error itself, or in place of an error page a problem of the same status."""
    is_problem = response.headers.get("Content-Type") == problems.CONTENT_TYPE
    if response.status_code < 400 or is_problem:
        return response
    told = problems.problem(response.status_code)
    for name in KEPT:
        if name in response.headers:
            told.headers[name] = response.headers[name]
    return told
