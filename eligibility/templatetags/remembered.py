"""Parts that stand many times on one result and are alike for everybody: each is rendered once for a language.

`{% criterion_cards criteria %}` puts a result's criteria together, of which badges and documents are remembered.
`{% outcome_badge outcome because %}`, `{% outcome_icon outcome %}`, `{% citations sources %}` and
`{% who_says_so sources %}` draw the component of the same name. Nothing of a visitor can be among their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from eligibility import mounts
from eligibility.drawing_criteria import card
from eligibility.languages import language_of_page

register = template.Library()

Document = tuple[str, str, str, str]
"""Title, publisher, address and date."""


@register.simple_tag(takes_context=True)
def criterion_cards(context: Context, criteria: Iterable[Mapping[str, Any]]) -> SafeString:
    """The criteria of a result, in order."""
    language = language_of_page(context)
    cards = (
        card(
            each,
            outcome_badge(context, each["outcome"], each["because"]),
            citations(context, each["sources"]),
            language,
        )
        for each in criteria
    )
    return SafeString("".join(cards))


@register.simple_tag(takes_context=True)
def outcome_badge(context: Context, outcome: str, because: str | None = None) -> SafeString:
    """One criterion's outcome: a mark and words."""
    return _drawn(
        "components/outcome_badge.html", language_of_page(context), outcome=outcome, because=because
    )


@register.simple_tag(takes_context=True)
def outcome_icon(context: Context, outcome: str) -> SafeString:
    """A tick, a cross or a question mark."""
    return _drawn("components/outcome_icon.html", language_of_page(context), outcome=outcome)


@register.simple_tag(takes_context=True)
def citations(context: Context, sources: Iterable[Mapping[str, str]]) -> SafeString:
    """A paragraph for each document."""
    return _cited("components/citations.html", language_of_page(context), _opens_tabs(), _documents(sources))


@register.simple_tag(takes_context=True)
def who_says_so(context: Context, sources: Iterable[Mapping[str, str]]) -> SafeString:
    """The documents behind a part of the result, closed until asked for; nothing when there are none."""
    return _cited("result/sources.html", language_of_page(context), _opens_tabs(), _documents(sources))


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
