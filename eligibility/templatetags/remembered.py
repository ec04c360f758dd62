"""Parts that stand many times on one result and are alike for everybody: each is rendered once for a language.

`{% outcome_badge outcome because %}`, `{% outcome_icon outcome %}`, `{% citations sources %}` and
`{% who_says_so sources %}` draw the component of the same name. Nothing of a visitor can be among their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from eligibility import mounts

register = template.Library()

Document = tuple[str, str, str, str]
"""Title, publisher, address and date."""


@register.simple_tag
def outcome_badge(outcome: str, because: str | None = None) -> SafeString:
    """One criterion's outcome: a mark and words."""
    return _drawn("components/outcome_badge.html", get_language(), outcome=outcome, because=because)


@register.simple_tag
def outcome_icon(outcome: str) -> SafeString:
    """A tick, a cross or a question mark."""
    return _drawn("components/outcome_icon.html", get_language(), outcome=outcome)


@register.simple_tag
def citations(sources: Iterable[Mapping[str, str]]) -> SafeString:
    """A paragraph for each document."""
    return _cited("components/citations.html", get_language(), _opens_tabs(), _documents(sources))


@register.simple_tag
def who_says_so(sources: Iterable[Mapping[str, str]]) -> SafeString:
    """The documents behind a part of the result, closed until asked for; nothing when there are none."""
    return _cited("result/sources.html", get_language(), _opens_tabs(), _documents(sources))


def _opens_tabs() -> bool:
    mount = mounts.current()
    return mount is not None and mount.opens_tabs


def _documents(sources: Iterable[Mapping[str, str]]) -> tuple[Document, ...]:
    return tuple(
        (source["title"], source["publisher"], source.get("url", ""), source.get("date", ""))
        for source in sources or ()
    )


@lru_cache(maxsize=64)
def _drawn(template_name: str, language: str | None, **values: Any) -> SafeString:
    return render_to_string(template_name, values)


@lru_cache(maxsize=512)
def _cited(
    template_name: str, language: str | None, opens_tabs: bool, documents: tuple[Document, ...]
) -> SafeString:
    """`language` and `opens_tabs` are those of the page; the rendered links depend on both."""
    names = ("title", "publisher", "url", "date")
    sources = [dict(zip(names, document, strict=True)) for document in documents]
    return render_to_string(template_name, {"sources": sources})
