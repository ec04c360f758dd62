"""The languages of the site as pages and the API use them: the switch, and what a browser asks for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils.translation import get_language
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

CHOICE: Final = "language"
"""The query parameter by which a visitor chooses."""


def language_of_path(path: str) -> str:
    """The language whose prefix an address has; without a prefix, the one that has none."""
    first = path[1:].partition("/")
    return first[0] if first[1] and first[0] in _prefixed() else settings.LANGUAGE_CODE


def address_in(path: str, language: str) -> str:
    """The address of the same page in a language. `path` begins with a slash, as `request.path_info`."""
    current = language_of_path(path)
    bare = path if current == settings.LANGUAGE_CODE else path.removeprefix(f"/{current}")
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


def _prefixed() -> set[str]:
    return {code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def choice_in(request: HttpRequest) -> str | None:
    """The language that the address asks for, where the site has it."""
    chosen = request.GET.get(CHOICE)
    return chosen if chosen in dict(settings.LANGUAGES) else None


def accepted_language(request: HttpRequest) -> str:
    """The first language of `Accept-Language` that the site has, else its own. No cookie is read."""
    for wanted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted == "*":
            break
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


_FRENCH_NAME: Final = re.compile(r"\b(?:du Québec|Ordre|Barreau|Chambre des|Collège|Régie)\b")


def language_of_name(name: str) -> str:
    """The language of an official name of our tables: French for the bodies of Québec that have no other."""
    return "fr" if _FRENCH_NAME.search(name) else "en"


@lru_cache(maxsize=64)
def switch_links(active: str, query: str = "") -> tuple[dict[str, object], ...]:
    """The switch: each language with its code, its own name, whether it is active, and an address.

    The address is a query alone, so that it holds on any page, also on those of what went wrong. `query` is what else
    the page's address asks for.
    """
    more = f"&{query}" if query else ""
    return tuple(
        {
            "code": code,
            "name": name,
            "url": f"?{urlencode({CHOICE: code})}{more}",
            "current": code == active,
        }
        for code, name in settings.LANGUAGES
    )


def language_of_page(context: Context) -> str:
    """The language of the page that a template is drawn for; the active one where it is drawn for no request."""
    spoken: str | None = getattr(getattr(context, "request", None), "LANGUAGE_CODE", None)
    return spoken or get_language() or settings.LANGUAGE_CODE
