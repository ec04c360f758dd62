"""The guide: short pages on the permit in plain words, each statement with its source.

Words stand in `templates/guide/`, figures and lists come from the rulebook (`eligibility.guide_facts`). Pages
answer 304 while data, release and language stay the same, set no cookie and need no query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop

from eligibility import guide_facts
from eligibility.addresses import in_every_language
from eligibility.citations import Citations
from eligibility.guide_texts import Wording, wording_of
from eligibility.list_pages.shared import edition_stamp
from eligibility.lists import public
from eligibility.wizard import language
from occupations import snapshots
from occupations.rulebook import Rulebook

Facts = Callable[[Rulebook, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the guide; its template is `guide/<slug>.html`."""

    slug: str
    title: str
    about: str
    """A sentence for the contents list. Both are English; `Wording.says` gives them to a reader."""
    facts: Facts


PAGES: Final = (
    GuidePage(
        "permit",
        gettext_noop("What the permit is"),
        gettext_noop(
            "What it lets you do, how long it lasts, and how it differs from one with a labour market study."
        ),
        guide_facts.permit,
    ),
    GuidePage(
        "who-qualifies",
        gettext_noop("Who qualifies"),
        gettext_noop("Countries, occupations, education, experience, pay and the other requirements."),
        guide_facts.who,
    ),
    GuidePage(
        "application",
        gettext_noop("How to apply"),
        gettext_noop("What the employer does first, the ways to apply, the papers, the time and the fees."),
        guide_facts.application,
    ),
    GuidePage(
        "family",
        gettext_noop("Your family"),
        gettext_noop("When a spouse or partner can have a work permit as well, and what it costs."),
        guide_facts.family,
    ),
    GuidePage(
        "afterwards",
        gettext_noop("After the permit"),
        gettext_noop("How long you can stay, how to extend it, and what it can lead to."),
        guide_facts.afterwards,
    ),
    GuidePage(
        "mistakes",
        gettext_noop("Mistakes to avoid"),
        gettext_noop("What goes wrong most easily, and for whom."),
        guide_facts.mistakes,
    ),
)
BY_SLUG: Final = {page.slug: page for page in PAGES}


@public
def contents(request: HttpRequest) -> HttpResponse:
    """What the guide holds."""
    rulebook = snapshots.rulebook()
    wording = wording_of(rulebook, language())
    context = {
        **edition_stamp(rulebook, language()),
        **in_every_language(request),
        "wording": wording,
        "pages": [_link(page, wording) for page in PAGES],
    }
    return render(request, "guide/contents.html", context)


@public
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the guide."""
    shown = BY_SLUG.get(page)
    if shown is None:
        raise Http404("The guide has no such page.")
    snapshot = snapshots.current()
    rulebook = snapshot.rulebook(snapshots.today())
    wording = wording_of(rulebook, language())
    place = PAGES.index(shown)
    context = {
        **edition_stamp(rulebook, language()),
        **in_every_language(request),
        **guide_facts.common(rulebook, language()),
        **shown.facts(rulebook, language()),
        "wording": wording,
        "page": _link(shown, wording),
        "pages": [_link(each, wording) for each in PAGES],
        "previous": _link(PAGES[place - 1], wording) if place else None,
        "next": _link(PAGES[place + 1], wording) if place + 1 < len(PAGES) else None,
        "citations": Citations(snapshot, rulebook, language()),
    }
    return render(request, f"guide/{shown.slug}.html", context)


def _link(page: GuidePage, wording: Wording) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "title": wording.says(page.title),
        "about": wording.says(page.about),
        "url": reverse("guide-page", kwargs={"page": page.slug}),
    }
