"""Which language a page is in: the prefix of its address says so, and only two pages ask the visitor's browser. Staff
choose theirs (`cptpp_site.staff.language`).

`?language=fr` on any page leads to the same page in French and keeps the choice in a cookie. It is an address rather
than a form, so that the switch needs no cookie, no script and no token, and a public page stays the same for all.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from cptpp_site.staff.language import language_for
from eligibility.languages import CHOICE, accepted_language, address_in, choice_in, language_of_path

WITHOUT_LANGUAGE: Final = (
    "/api/", "/static/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/"
)  # fmt: skip
"""Addresses that have no prefix and no choice of language; so has `settings.STAFF_PATH`."""
ASKING: Final = re.compile(r"/(?:r/[^/]+/)?")
"""The start page and a shared result, without a prefix: they open in the language of the reader."""
SECONDS_A_YEAR: Final = 365 * 24 * 60 * 60


class LanguageMiddleware(MiddlewareMixin):
    """Makes the language of the address active, names it in the response, and follows a choice."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        # In a world of its own (eligibility/mounts.py) such a path leads nowhere, and there is no session.
        is_staff_page = request.path_info.startswith(settings.STAFF_PATH) and hasattr(request, "session")
        language = language_for(request) if is_staff_page else language_of_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        if request.method not in ("GET", "HEAD") or not _has_languages(request.path_info):
            return None
        chosen = choice_in(request)
        if chosen is not None:
            return _chosen(request, chosen)
        wanted = _wanted(request)
        if wanted != language and ASKING.fullmatch(request.path_info):
            return _asked(HttpResponseRedirect(_address(request, wanted)))
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        if ASKING.fullmatch(request.path_info):
            _asked(response)
        return response


def _has_languages(path: str) -> bool:
    return not path.startswith((*WITHOUT_LANGUAGE, settings.STAFF_PATH))


def _wanted(request: HttpRequest) -> str:
    """The language chosen before, else the first that the browser asks for and the site has."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in dict(settings.LANGUAGES) else accepted_language(request)


def _address(request: HttpRequest, language: str) -> str:
    """This page in a language, with everything of the query but the choice."""
    path = address_in(request.path_info, language)
    left = [(key, each) for key, values in request.GET.lists() if key != CHOICE for each in values]
    query = f"?{urlencode(left)}" if left else ""
    # Never two slashes in front: a browser would take what follows for the name of another site.
    return f"{get_script_prefix().rstrip('/')}/{path.lstrip('/')}{query}"


def _chosen(request: HttpRequest, language: str) -> HttpResponseBase:
    response = HttpResponseRedirect(_address(request, language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=SECONDS_A_YEAR,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    add_never_cache_headers(response)
    return response


def _asked(response: HttpResponseBase) -> HttpResponseBase:
    """An answer that depends on the browser's languages: no cache may give it to the next reader."""
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    patch_cache_control(response, private=True, no_cache=True)
    return response
