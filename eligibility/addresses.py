"""One page in every language of the site, for search engines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from eligibility.languages import address_in


def in_every_language(request: HttpRequest) -> dict[str, Any]:
    """Context of `base.html` for a page that may be found by a search engine: `canonical`, `alternates`.

    The canonical address has no query string: a filtered list is the same page.
    """
    return {
        "canonical": request.build_absolute_uri(request.path_info),
        "alternates": [
            {"code": code, "absolute": request.build_absolute_uri(address_in(request.path_info, code))}
            for code, _name in settings.LANGUAGES
        ],
    }
