"""Every text of the guide, by the page that says it: what staff may put into other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.template.loader import get_template
from django.utils.translation import gettext_noop

from eligibility import guide_facts
from eligibility.guide import PAGES
from eligibility.templatetags.guide_texts import GuideTextNode

SHARED: Final = ("frame", "fees", "sources")
"""Templates that several pages are made with."""
SHARED_BY_PAGES: Final = "shared"


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the guide, its contents page or, without a title, what several pages say. `title` is English."""

    slug: str
    title: str
    texts: Sequence[str]


@cache
def parts() -> tuple[Part, ...]:
    """Parts in the order of the guide, their texts in English and each once, in the order of the page."""
    return (
        Part("contents", gettext_noop("Guide to the CPTPP work permit"), _texts("contents")),
        *(
            Part(
                page.slug,
                page.title,
                _once(page.title, page.about, *_texts(page.slug), *guide_facts.TEXTS.get(page.slug, ())),
            )
            for page in PAGES
        ),
        Part(SHARED_BY_PAGES, "", _once(*(text for name in SHARED for text in _texts(name)))),
    )


def every_text() -> frozenset[str]:
    return frozenset(text for part in parts() for text in part.texts)


def _texts(name: str) -> tuple[str, ...]:
    return _once(*_said_in(name))


def _said_in(name: str) -> Iterator[str]:
    # The backend's template holds Django's own, whose nodes are known once it is compiled.
    compiled = getattr(get_template(f"guide/{name}.html"), "template")  # noqa: B009 (the type of the backend hides it)
    for node in compiled.nodelist.get_nodes_by_type(GuideTextNode):
        yield node.english


def _once(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
