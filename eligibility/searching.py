"""The public search for occupations: a page, and its results as a part of the page while the visitor types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility import fragments
from eligibility.occupation_cards import SEARCH, occupations_found
from eligibility.wizard import language
from occupations import snapshots
from occupations.rulebook import Rulebook, text_in

COUNTRY = "country"
"""Query parameter of the list to compare with; a filter, not an answer."""


@require_safe
def occupations_search(request: HttpRequest) -> HttpResponse:
    """Occupations for the words `q`, best first, beside the list of `country` where it is a covered one."""
    rulebook = snapshots.rulebook()
    asked = request.GET.get(COUNTRY, "")
    country = asked if rulebook.edition.covers(asked) else None
    found = occupations_found(request.GET.get(SEARCH, ""), country, rulebook, language())
    context = {"query": found.query, "found": found.cards, "count": found.sentence}
    if fragments.is_wanted(request):
        response = render(request, "components/occupations_listed.html", {**context, "is_fragment": True})
    else:
        choices = {"country": country, "countries": _covered_countries(rulebook)}
        response = render(request, "occupations_search.html", context | choices)
    fragments.mark(request, response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _covered_countries(rulebook: Rulebook) -> list[dict[str, Any]]:
    names = rulebook.reference.country_names
    covered = (code for code, rule in rulebook.edition.countries.items() if rule.covered)
    countries = [{"code": code, "name": text_in(names[code], language())} for code in covered]
    return sorted(countries, key=lambda country: country["name"])
