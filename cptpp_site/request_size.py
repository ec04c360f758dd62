"""A request that says it is too large is refused with 413 before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from cptpp_site.uploads import most_bytes


class RequestSizeMiddleware:
    """Stands after the language and before whatever reads a body.

    A body without a length is none: the server hands over as many bytes as `Content-Length` says, and no more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        most = most_bytes(request.path_info)
        if most is not None and said.isdecimal() and int(said) > most:
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)
