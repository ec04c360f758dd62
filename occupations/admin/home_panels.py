"""Which edition decides, which will, and what is being written."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from occupations.admin.home import Line, Link, Panel, panels
from occupations.admin.standing import standing
from occupations.models import Edition, PeriodInForce
from occupations.models.choices import State

MOST_LINES = 8


def page_of(edition: Edition) -> str:
    return reverse("admin:occupations_edition_change", args=[edition.pk])


def in_force(request: HttpRequest) -> Panel | None:
    """The edition that decides today, since when and until when."""
    if not request.user.has_perm("occupations.view_edition"):
        return None
    period = standing(request).deciding
    lines = (
        [] if period is None else [Line(str(period.edition.title), page_of(period.edition), _days(period))]
    )
    links = [Link(_("All periods in force"), reverse("admin:occupations_periodinforce_changelist"))]
    return Panel(_("In force today"), lines, links, _("No edition decides today."), period is None)


def scheduled(request: HttpRequest) -> Panel | None:
    """Editions that will decide from a later day on."""
    if not request.user.has_perm("occupations.view_periodinforce"):
        return None
    lines = [
        Line(
            period.edition.title,
            page_of(period.edition),
            _("from %(day)s: %(reason)s") % {"day": _day(period.days.lower), "reason": period.reason},
        )
        for period in standing(request).coming[:MOST_LINES]
    ]
    return Panel(_("Scheduled"), lines, empty=_("No change is scheduled."))


def being_written(request: HttpRequest) -> Panel | None:
    """Drafts, and drafts that wait for a reviewer."""
    if not request.user.has_perm("occupations.view_edition"):
        return None
    unpublished = sorted(standing(request).unpublished, key=lambda edition: edition.state, reverse=True)
    count = len(unpublished)
    lines = [
        Line(edition.title, page_of(edition), f"{edition.slug}, {edition.get_state_display()}")
        for edition in unpublished[:MOST_LINES]
    ]
    links = [Link(_("All editions"), reverse("admin:occupations_edition_changelist"))]
    deciding = standing(request).deciding
    if deciding is not None and request.user.has_perm("occupations.add_edition"):
        address = reverse("admin:occupations_edition_start_draft", args=[deciding.edition_id])
        links.insert(0, Link(_("Start a new draft from the edition in force"), address))
    if count > MOST_LINES:
        more = ngettext("%(count)s more draft", "%(count)s more drafts", count - MOST_LINES)
        address = f"{reverse('admin:occupations_edition_changelist')}?state__exact={State.DRAFT}"
        links.insert(0, Link(more % {"count": count - MOST_LINES}, address))
    return Panel(_("Drafts"), lines, links, _("Nobody is writing a draft."))


def _days(period: PeriodInForce) -> str:
    first = _day(period.days.lower)
    if period.days.upper is None:
        return _("since %(first)s, until further notice") % {"first": first}
    last = _day(period.days.upper - timedelta(days=1))
    return _("since %(first)s, up to and including %(last)s") % {"first": first, "last": last}


def _day(day: date) -> str:
    return date_format(day)


panels[:0] = [in_force, scheduled, being_written]
