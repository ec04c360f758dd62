"""Errors of the API as problem details (RFC 9457). Texts are English: they are for those who write programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from occupations.rulebook import NoEditionInForce
from occupations.snapshots import SnapshotUnavailable

CONTENT_TYPE = "application/problem+json"
SECONDS_UNTIL_RETRY = 10
DETAILS = {
    400: "The request cannot be understood.",
    403: "This address does not allow the request.",
    404: "There is nothing at this address. /api/v1/docs lists what there is.",
    405: "This address does not take this method; the Allow header names those that it takes.",
    413: "The request is too large.",
    500: "Something went wrong on our side. It has been noted; please try again later.",
    503: "The rules cannot be read at the moment. Please try again in a few seconds.",
}


class Refused(Exception):
    """A request that cannot be answered; `errors` holds (field, full sentence) for everything wrong."""

    def __init__(
        self, status: int, detail: str, errors: Iterable[tuple[str, str]] = (), **more: object
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.more = status, detail, list(errors), more


def problem(
    status: int, detail: str = "", errors: Iterable[tuple[str, str]] = (), **more: object
) -> HttpResponse:
    """A problem details response; `more` are further members, such as the id of a case."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or DETAILS.get(status, DETAILS[400]),
        **more,
    }
    if told := [{"field": name, "message": sentence} for name, sentence in errors]:
        body["errors"] = told
    response = HttpResponse(json.dumps(body), content_type=CONTENT_TYPE, status=status)
    response["Content-Language"] = "en"
    response["Cache-Control"] = "no-store"
    return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The client is over its limit."""
    response = problem(
        429, f"Your network has sent too many requests. Please try again in {seconds} seconds."
    )
    response["Retry-After"] = str(seconds)
    return response


def install(api: NinjaAPI) -> None:
    """Answer every exception of an operation that we know with a problem."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Http404, lambda request, error: problem(404))
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(SnapshotUnavailable, _unavailable)
    api.add_exception_handler(NoEditionInForce, _unavailable)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, error.detail, error.errors, **error.more)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [(str(each["loc"][-1]), f"{each['msg']}.") for each in error.errors]
    return problem(422, "Some parameters are not as they must be; see the errors.", errors)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code)


def _unavailable(request: HttpRequest, error: object) -> HttpResponse:
    """Neither the database nor a file has the rules, or none of them decides today."""
    response = problem(503)
    response["Retry-After"] = str(SECONDS_UNTIL_RETRY)
    return response
