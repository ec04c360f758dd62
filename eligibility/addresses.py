"""One page in every language of the site: links for the visitor, and for search engines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


def in_every_language(request: HttpRequest) -> dict[str, Any]:
    """Context of `lists/frame.html`: `canonical`, and `alternates` and `language_links` where there are several.

    The canonical address has no query string: a filtered list is the same page.
    """
    active = get_language()
    links = [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": (path := translate_url(request.path, code)),
            "absolute": request.build_absolute_uri(path),
            "current": code == active,
        }
        for code, _ in settings.LANGUAGES
    ]
    return {
        "canonical": request.build_absolute_uri(request.path),
        "alternates": links,
        "language_links": links if len(links) > 1 else [],
    }
