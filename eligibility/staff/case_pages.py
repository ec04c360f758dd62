"""The reference cases under any edition."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from eligibility.explanations.names import CRITERIA
from eligibility.impact import CaseRun, Origin
from eligibility.staff import telling
from eligibility.staff.impact_pages import MAY_VIEW, edition_choices
from eligibility.staff.reports import CaseRuns, run_cases
from occupations.rulebook import UnknownEdition


@require_safe
@MAY_VIEW
def reference_cases(request: HttpRequest) -> HttpResponse:
    """Every reference case under one edition, beside what was expected of it."""
    context = {**admin.site.each_context(request), "title": _("Reference cases"), **edition_choices(request)}
    slug = request.GET.get("edition") or context["in_force"]
    try:
        done = run_cases(slug)
    except UnknownEdition as error:
        raise Http404(str(error)) from error
    only_changed = request.GET.get("changed") == "1"
    context |= {
        "edition_slug": slug,
        "only_changed": only_changed,
        "headline": _headline(done),
        "breaks": bool(done.breaking),
        "unreadable": [case.name for case in done.unreadable],
        "runs": [_told(each) for each in done.runs if each.answer_changes or not only_changed],
    }
    return render(request, "admin/impact/reference_cases.html", context)


def _headline(done: CaseRuns) -> str:
    if done.breaking:
        return ngettext(
            "%(count)s case that must not change comes to another answer.",
            "%(count)s cases that must not change come to another answer.",
            len(done.breaking),
        ) % {"count": len(done.breaking)}
    changed = sum(each.answer_changes for each in done.runs)
    if changed:
        return ngettext(
            "%(count)s of %(total)s cases comes to another answer; none of them is marked “must not change”.",
            "%(count)s of %(total)s cases come to another answer; none of them is marked “must not change”.",
            changed,
        ) % {"count": changed, "total": len(done.runs)}
    return _("All %(total)s cases come to the expected answer.") % {"total": len(done.runs)}


def _told(each: CaseRun) -> dict[str, Any]:
    profile = each.case.profile
    return {
        "id": profile.id,
        "pk": profile.id.removeprefix("r-") if profile.origin is Origin.STAFF else "",
        "name": profile.name,
        "note": each.case.note,
        "origin_name": telling.ORIGINS[profile.origin],
        "must_not_change": profile.must_not_change,
        "breaks": each.breaks,
        "changes": each.answer_changes,
        "expected": telling.verdict_told(each.expected),
        "expected_under": each.edition,
        "found": telling.verdict_told(each.found),
        "criteria": [CRITERIA[criterion] for criterion in each.criteria],
    }
