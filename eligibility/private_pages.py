"""Pages that belong to one visitor: nobody keeps them, and no search engine lists them."""

from __future__ import annotations

from typing import Final, TypeVar

from django.http.response import HttpResponseBase

NEVER_KEPT: Final = {
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "Expires": "0",
    "X-Robots-Tag": "noindex",
}
Response = TypeVar("Response", bound=HttpResponseBase)


def private(response: Response) -> Response:
    """The response, with the headers of such a page."""
    for name, value in NEVER_KEPT.items():
        response.headers[name] = value
    return response
