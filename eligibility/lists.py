"""The public lists: overview, countries side by side, one country, one unit group, files for spreadsheets.

Views only route: rows come from `eligibility.listing`. Pages answer 304 while data, release and language stay the
same, set no cookie and need no query.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from eligibility import list_pages, release
from eligibility.addresses import in_every_language
from eligibility.list_pages import NotListed
from eligibility.listing.export import csv_lines
from eligibility.wizard import language
from occupations import search, snapshots
from occupations.rulebook import Category, Rulebook

QUERY = "q"
FOUND_AT_MOST = 20
SECONDS_KEPT = 60
"""How long a browser or a proxy may show a page without asking again: a new edition is seen within a minute."""

View = Callable[..., HttpResponseBase]


def etag(request: HttpRequest, **_kwargs: str) -> str | None:
    """Names the data revision, the edition in force, the day, the release, the language and the address.

    None where the client asks for "any": whether the page exists is not known yet.
    """
    if request.headers.get("If-None-Match", "").strip() == "*":
        return None
    rulebook = snapshots.rulebook()
    named = (
        rulebook.revision,
        rulebook.edition.slug,
        rulebook.on.isoformat(),
        release.fingerprint(),
        language(),
        request.get_full_path(),
    )
    return f'"{sha256(repr(named).encode()).hexdigest()[:32]}"'


def public(view: View) -> View:
    """A page that is alike for everybody; what the tables do not know becomes a page that helps on."""
    conditional = condition(etag_func=etag)(view)

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        try:
            response: HttpResponseBase = conditional(request, **kwargs)
        except NotListed as missing:
            context = list_pages.not_found(missing, snapshots.rulebook(), language())
            return render(request, "lists/not_found.html", context, status=404)
        patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
        return response

    return answer


@public
def overview(request: HttpRequest) -> HttpResponse:
    """Countries and categories of the edition in force; with `?q=` the unit groups found."""
    rulebook, query = snapshots.rulebook(), _query(request)
    found = _codes_found(query, rulebook)
    return _page(request, "overview", list_pages.overview(query, found, rulebook, language()))


@public
def compare(request: HttpRequest) -> HttpResponse:
    """What each country says of each unit group, side by side."""
    rulebook, query = snapshots.rulebook(), _query(request)
    found = frozenset(_codes_found(query, rulebook))
    return _page(request, "compare", list_pages.compare(query, found, rulebook, language()))


@public
def country(request: HttpRequest, country: str, category: str = "") -> HttpResponseBase:
    """The whole list of a country, or of one of its categories."""
    rulebook, query = snapshots.rulebook(), _query(request)
    code = list_pages.known_country(country, rulebook)
    if country != code.lower():
        address = request.get_full_path().replace(f"/{country}/", f"/{code.lower()}/", 1)
        return redirect(address, permanent=True)
    if category and category not in set(Category):
        raise NotListed(country=code, category=category)
    categories = (Category(category),) if category else tuple(Category)
    found = frozenset(_codes_found(query, rulebook))
    context = list_pages.country(code, categories, query, found, rulebook, language())
    return _page(request, "country", {**context, "one_category": bool(category)})


@public
def unit_group(request: HttpRequest, code: str) -> HttpResponse:
    """One unit group: titles, every country's position, wages and regulators by place."""
    rulebook = snapshots.rulebook()
    if code not in rulebook.reference.unit_groups:
        raise NotListed(code=code)
    return _page(request, "unit_group", list_pages.unit_group(code, rulebook, language()))


@public
def country_file(request: HttpRequest, country: str) -> StreamingHttpResponse:
    """The lines of one country for a spreadsheet."""
    rulebook = snapshots.rulebook()
    code = list_pages.known_country(country, rulebook)
    return _file(rulebook, (code,), f"cptpp-{rulebook.edition.slug}-{code.lower()}.csv")


@public
def edition_file(request: HttpRequest) -> StreamingHttpResponse:
    """The lines of every country for a spreadsheet."""
    rulebook = snapshots.rulebook()
    return _file(rulebook, tuple(rulebook.edition.countries), f"cptpp-{rulebook.edition.slug}.csv")


def _query(request: HttpRequest) -> str:
    """The words looked for, as far as they are read; NUL and the like never reach a page."""
    given = "".join(letter if letter.isprintable() else " " for letter in request.GET.get(QUERY, ""))
    return given.strip()[: search.MAX_QUERY_LENGTH]


def _codes_found(query: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Codes whose job titles answer the query, best first."""
    if not query:
        return ()
    matches = search.index_for(snapshots.current()).search(query, limit=FOUND_AT_MOST)
    return tuple(match.noc for match in matches if match.noc in rulebook.reference.unit_groups)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"lists/{name}.html", {**context, **in_every_language(request)})


def _file(rulebook: Rulebook, countries: tuple[str, ...], name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        csv_lines(rulebook, countries, language()),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
