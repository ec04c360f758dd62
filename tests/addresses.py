"""Every address that the site answers, with samples for its variable parts: for tests that leave none out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern, URLPattern, URLResolver

JOURNEY = "abcdefghijkl"
SAMPLES = {
    "journey": JOURNEY,
    "step": "country",
    "token": "no-such-token",
    "country": "mx",
    "category": "professional",
    "code": "21231",
    "page": "permit",
    "section": "pages",
    "app_label": "occupations",
    "url": "nowhere",
    "content_type_id": "1",
}
"""By the name of the part; a name that is not here stands for the key of a row: 1."""
_ROUTE_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_REGEX_PART = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def every_address() -> list[str]:
    """One address for every pattern of the site, without those that Django's admin keeps for old links."""
    return sorted({f"/{path}" for path in _paths("", get_resolver().url_patterns)})


def _paths(start: str, patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in patterns:
        path = start + _sample(each)
        if isinstance(each, URLResolver):
            yield from _paths(path, each.url_patterns)
        else:
            yield path


def _sample(pattern: URLPattern | URLResolver) -> str:
    inner = pattern.pattern
    if isinstance(inner, RoutePattern):
        return _ROUTE_PART.sub(lambda part: SAMPLES.get(part[1], "1"), str(inner))
    if isinstance(inner, RegexPattern):
        return (
            _REGEX_PART.sub(lambda part: SAMPLES.get(part[1], "1"), str(inner)).strip("^$").replace("\\Z", "")
        )
    return str(inner)  # The prefix of the language that is active.
