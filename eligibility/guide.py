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
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eligibility import guide_facts
from eligibility.addresses import in_every_language
from eligibility.citations import Citations
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
    title: Promise
    about: Promise
    """A sentence for the contents list."""
    facts: Facts


PAGES: Final = (
    GuidePage(
        "permit",
        _("What the permit is"),
        _("What it lets you do, how long it lasts, and how it differs from one with a labour market study."),
        guide_facts.permit,
    ),
    GuidePage(
        "who-qualifies",
        _("Who qualifies"),
        _("Countries, occupations, education, experience, pay and the other requirements."),
        guide_facts.who,
    ),
    GuidePage(
        "application",
        _("How to apply"),
        _("What the employer does first, the ways to apply, the papers, the time and the fees."),
        guide_facts.application,
    ),
    GuidePage(
        "family",
        _("Your family"),
        _("When a spouse or partner can have a work permit as well, and what it costs."),
        guide_facts.family,
    ),
    GuidePage(
        "afterwards",
        _("After the permit"),
        _("How long you can stay, how to extend it, and what it can lead to."),
        guide_facts.afterwards,
    ),
    GuidePage(
        "mistakes",
        _("Mistakes to avoid"),
        _("What goes wrong most easily, and for whom."),
        guide_facts.mistakes,
    ),
)
BY_SLUG: Final = {page.slug: page for page in PAGES}


@public
def contents(request: HttpRequest) -> HttpResponse:
    """What the guide holds."""
    rulebook = snapshots.rulebook()
    context = {**edition_stamp(rulebook, language()), **in_every_language(request)}
    return render(request, "guide/contents.html", {**context, "pages": [_link(page) for page in PAGES]})


@public
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the guide."""
    shown = BY_SLUG.get(page)
    if shown is None:
        raise Http404("The guide has no such page.")
    snapshot = snapshots.current()
    rulebook = snapshot.rulebook(snapshots.today())
    place = PAGES.index(shown)
    context = {
        **edition_stamp(rulebook, language()),
        **in_every_language(request),
        **guide_facts.common(rulebook, language()),
        **shown.facts(rulebook, language()),
        "page": _link(shown),
        "pages": [_link(each) for each in PAGES],
        "previous": _link(PAGES[place - 1]) if place else None,
        "next": _link(PAGES[place + 1]) if place + 1 < len(PAGES) else None,
        "citations": Citations(snapshot, rulebook, language()),
    }
    return render(request, f"guide/{shown.slug}.html", context)


def _link(page: GuidePage) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "title": page.title,
        "about": page.about,
        "url": reverse("guide-page", kwargs={"page": page.slug}),
    }
