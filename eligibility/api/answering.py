"""Responses of the API: language by `Accept-Language`, ETag by what the answer depends on, JSON as the command's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from eligibility import release
from eligibility.api.found import Json
from eligibility.api.reading import JSON_TYPE
from eligibility.languages import accepted_language
from occupations.rulebook import Rulebook

SECONDS_KEPT = 60
"""How long a read may be used without asking again."""


def read(request: HttpRequest, rulebook: Rulebook, make: Callable[[str], Json]) -> HttpResponseBase:
    """What `make` gives for the language, or 304 when the client has it. Raises what `make` raises."""
    language = accepted_language(request)
    with translation.override(language):
        body = make(language)
    response = HttpResponse(json.dumps(body), content_type=JSON_TYPE)
    etag = _etag(request, rulebook, language)
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    _name_language(response, language)
    return get_conditional_response(request, etag=etag, response=response) or response


def private(content: Json | Iterator[str], language: str) -> HttpResponseBase:
    """An assessment, or a list of them piece by piece; nobody keeps a copy on the way."""
    response: HttpResponseBase
    if isinstance(content, dict):
        response = HttpResponse(json.dumps(content), content_type=JSON_TYPE)
    else:
        response = StreamingHttpResponse(content, content_type=JSON_TYPE)
    response.headers["Cache-Control"] = "no-store"
    _name_language(response, language)
    return response


def _name_language(response: HttpResponseBase, language: str) -> None:
    response.headers["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])


def _etag(request: HttpRequest, rulebook: Rulebook, language: str) -> str:
    """Names the data revision, the edition in force, the day, the release, the language and the address."""
    named = (
        rulebook.revision,
        rulebook.edition.slug,
        rulebook.on.isoformat(),
        release.fingerprint(),
        language,
        request.get_full_path(),
    )
    return f'"{sha256(repr(named).encode()).hexdigest()[:32]}"'
