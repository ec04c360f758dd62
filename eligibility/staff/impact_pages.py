"""The impact pages: what a draft would change, for whom, and one person in full."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eligibility.impact import Change
from eligibility.listing.export import BYTE_ORDER_MARK, harmless
from eligibility.staff import telling
from eligibility.staff.figures import figures
from eligibility.staff.filtering import Filter
from eligibility.staff.reports import Comparison, compare
from occupations import snapshots
from occupations.models import Edition
from occupations.models.choices import State
from occupations.rulebook import NoEditionInForce, UnknownEdition

EXAMPLES_ON_A_PAGE: Final = 25
HEADER: Final = (
    "profile",
    "origin",
    "name",
    "country",
    "noc",
    "title",
    "before",
    "category_before",
    "after",
    "category_after",
    "criteria_that_differ",
    "answers",
)
MAY_VIEW = permission_required("occupations.view_edition", raise_exception=True)


@require_safe
@MAY_VIEW
def impact(request: HttpRequest) -> HttpResponseBase:
    """Two editions to choose; once they are chosen, what becomes of everybody under the later one."""
    context = {**admin.site.each_context(request), "title": _("Impact"), **edition_choices(request)}
    if "before" not in request.GET or "after" not in request.GET:
        return render(request, "admin/impact/impact.html", context)
    comparison = _comparison(request)
    chosen = Filter.read(request.GET)
    changes = list(chosen.chosen(comparison.report.changes))
    page = Paginator(changes, EXAMPLES_ON_A_PAGE).get_page(request.GET.get("page"))
    books, language = comparison.books, _language()
    context |= {
        "comparison": comparison,
        "filter": chosen,
        **figures(comparison, chosen, language),
        "editions_query": _editions_query(comparison),
        "page": page,
        "examples": [telling.change_told(change, books, language) for change in page],
    }
    return render(request, "admin/impact/impact.html", context)


@require_safe
@MAY_VIEW
def impact_file(request: HttpRequest) -> HttpResponseBase:
    """Everybody who comes out differently, as far as the filter lets them through, for a spreadsheet."""
    comparison = _comparison(request)
    changes = list(Filter.read(request.GET).chosen(comparison.report.changes))
    name = f"impact-{comparison.before.edition.slug}-{comparison.after.edition.slug}.csv"
    return StreamingHttpResponse(
        _lines(changes, comparison, _language()),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_safe
@MAY_VIEW
def impact_profile(request: HttpRequest, profile: str) -> HttpResponse:
    """One person under both editions, criterion by criterion."""
    comparison = _comparison(request)
    change = comparison.change(profile)
    if change is None:
        raise Http404(_("This profile comes out alike now; perhaps the draft has changed since."))
    answers, language = change.profile.answers, _language()
    context = {
        **admin.site.each_context(request),
        "title": change.profile.name or _("Profile %(id)s") % {"id": change.profile.id},
        "comparison": comparison,
        "editions_query": _editions_query(comparison),
        "told": telling.change_told(change, comparison.books, language),
        "summary": telling.summary(change.profile._replace(name=""), comparison.books[1], language),
        "criteria": telling.criteria_told(answers, comparison.books, language),
        "answers": json.dumps(answers.to_json(), indent=2, ensure_ascii=False),
    }
    return render(request, "admin/impact/profile.html", context)


# --- Parts ------------------------------------------------------------------------------------------------


def _language() -> str:
    return get_language() or "en"


def _comparison(request: HttpRequest) -> Comparison:
    """The report that the address asks for. Raises Http404 for an edition that is not there."""
    try:
        return compare(request.GET.get("before", ""), request.GET.get("after", ""))
    except UnknownEdition as error:
        raise Http404(str(error)) from error


def edition_choices(request: HttpRequest) -> dict[str, Any]:
    """Every edition; the one in force and the newest draft are proposed."""
    editions = list(Edition.objects.order_by("slug"))
    try:
        in_force = snapshots.current().slug_in_force(snapshots.today())
    except NoEditionInForce:
        in_force = ""
    drafts = [each.slug for each in editions if each.state in (State.DRAFT, State.IN_REVIEW)]
    return {
        "editions": [{"slug": each.slug, "state": each.get_state_display()} for each in editions],
        "before_slug": request.GET.get("before", in_force),
        "after_slug": request.GET.get("after", drafts[-1] if drafts else ""),
        "in_force": in_force,
    }


def _editions_query(comparison: Comparison) -> str:
    return f"before={comparison.before.edition.slug}&after={comparison.after.edition.slug}"


class _Echo:
    """A file that gives back what is written to it, so that rows can be sent one by one."""

    def write(self, value: str) -> str:
        return value


def _lines(changes: list[Change], comparison: Comparison, language: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + str(writer.writerow(HEADER))
    for change in changes:
        yield str(writer.writerow([harmless(cell) for cell in _cells(change, comparison, language)]))


def _cells(change: Change, comparison: Comparison, language: str) -> Iterator[str]:
    profile, answers = change.profile, change.profile.answers
    group = comparison.books[1].reference.unit_groups.get(answers.noc or "")
    yield from (profile.id, profile.origin.value, profile.name, answers.country or "", answers.noc or "")
    yield group.title.get(language, group.title["en"]) if group else ""
    yield from (change.before.outcome.value, change.before.category.value)
    yield from (change.after.outcome.value, change.after.category.value)
    yield ";".join(criterion.value for criterion in change.criteria)
    yield json.dumps(answers.to_json(), ensure_ascii=False)
