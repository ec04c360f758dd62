"""Overview of editions, the page of one of them, and its steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from occupations.admin.home import tools_for
from occupations.admin.publishing.base import page, somebody, staff_page
from occupations.admin.publishing.forms import NoteForm
from occupations.admin.publishing.steps import STEPS, in_turn, why_not
from occupations.models import Edition, EditionReview, PeriodInForce, ReviewStep
from occupations.models.choices import State
from occupations.publishing import Refused, checklist, reviews
from occupations.publishing.periods import previous_edition
from occupations.snapshots import today

Context = dict[str, Any]
ONE_DAY = timedelta(days=1)
CHECKED = (State.DRAFT, State.IN_REVIEW)


@staff_page
def overview(request: HttpRequest) -> HttpResponse:
    """Every edition with its state and its days; what waits for somebody comes first."""
    periods = list(PeriodInForce.objects.order_by("days"))
    order = [State.IN_REVIEW, State.DRAFT, State.PUBLISHED, State.WITHDRAWN]
    editions = sorted(Edition.objects.all(), key=lambda edition: order.index(State(edition.state)))
    rows = [{"edition": edition, **_standing(edition, periods)} for edition in editions]
    return page(request, "overview.html", _("Publishing"), {"rows": rows})


@staff_page
def edition_page(request: HttpRequest, slug: str) -> HttpResponse:
    """State, checklist, record and open steps of one edition."""
    return _page(request, get_object_or_404(Edition, pk=slug))


@staff_page
def take_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One step (POST); what is refused is said on the page, beside what was typed."""
    edition = get_object_or_404(Edition, pk=slug)
    if name not in STEPS:
        raise Http404
    if request.method != "POST":
        return redirect("publishing:edition", slug)
    step, user = STEPS[name], somebody(request)
    if not user.has_perm(step.permission):
        raise PermissionDenied(step.permission)
    form = step.form(edition, request.POST, prefix=name)
    if form.is_valid():
        try:
            step.act(edition, user, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, step.done % {"edition": edition.pk})
            return redirect("publishing:edition", slug)
    edition = get_object_or_404(Edition, pk=slug)
    return _page(request, edition, {name: form}, status=422)


def _page(
    request: HttpRequest, edition: Edition, filled: dict[str, NoteForm] | None = None, status: int = 200
) -> HttpResponse:
    periods = list(PeriodInForce.objects.select_related("edition").order_by("days"))
    context = {
        "edition": edition,
        **_standing(edition, periods),
        "record": list(EditionReview.objects.filter(edition=edition)),
        "authors": reviews.authors(edition),
        "approval": reviews.approval(edition) if edition.state == State.IN_REVIEW else None,
        "steps": list(_steps(request, edition, filled or {}, periods)),
        "lines": checklist.lines(edition) if edition.state in CHECKED else [],
        "needs_second": reviews.second_person_is_needed(),
        "tools": tools_for(request, edition),
        "refused": bool(filled),
    }
    context["stops"] = any(line.stops for line in context["lines"])
    return page(request, "edition.html", edition.title, context, status)


def _steps(
    request: HttpRequest, edition: Edition, filled: dict[str, NoteForm], periods: list[PeriodInForce]
) -> Iterable[Context]:
    user = somebody(request)
    # A step that somebody else has taken meanwhile is shown with its refusal, though its turn is over.
    for name in dict.fromkeys([*filled, *in_turn(edition)]):
        step = STEPS[name]
        refusal = why_not(name, edition, user)
        form = filled.get(name) or (None if refusal else step.form(edition, prefix=name))
        then = _then(name, edition, periods)
        yield {
            "name": name,
            "title": _("Withdraw and return to the previous edition") if then else step.title,
            "text": step.text,
            "then": then,
            "form": form,
            "why_not": refusal,
            "is_grave": step.is_grave,
        }


def _then(name: str, edition: Edition, periods: list[PeriodInForce]) -> str:
    """What the step means for the days of this edition."""
    if name == ReviewStep.WITHDRAW and any(
        today() in period.days for period in periods if period.edition_id == edition.pk
    ):
        try:
            earlier = previous_edition(edition, periods)
        except Refused as refusal:
            return str(refusal)
        return _("From today on %(name)s (%(slug)s) decides again.") % {
            "name": earlier.short_name,
            "slug": earlier.pk,
        }
    return ""


def _standing(edition: Edition, periods: list[PeriodInForce]) -> Context:
    """Its periods, and a sentence on when it decides."""
    mine = [period for period in periods if period.edition_id == edition.pk]
    return {
        "state": State(edition.state).label,
        "periods": [
            {
                "first_day": period.days.lower,
                "last_day": _last_day(period),
                "is_present": today() in period.days,
                "is_planned": period.days.lower > today(),
                "reason": period.reason,
                "who": period.who,
            }
            for period in mine
        ],
    }


def _last_day(period: PeriodInForce) -> date | None:
    return None if period.days.upper is None else period.days.upper - ONE_DAY
