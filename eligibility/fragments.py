"""Parts of pages for htmx; a plain request for the same address gets the whole page (design, section 7, guard 13)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

HEADER = "HX-Request"


def is_wanted(request: HttpRequest) -> bool:
    """Whether a script on the page asks, and not the browser for a page."""
    asked = HtmxDetails(request)
    return bool(asked) and not asked.history_restore_request


def mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell caches that the address has two answers, and make a redirect move the page, not its part."""
    patch_vary_headers(response, [HEADER])
    if is_wanted(request) and response.status_code == 302:
        response.status_code = 200
        response["HX-Redirect"] = response["Location"]
        del response["Location"]
