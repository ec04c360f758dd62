"""What the home page and the page of an edition say of publishing."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from occupations.admin.home import Line, Link, Panel, panels, tools
from occupations.admin.publishing.base import LOOK
from occupations.admin.standing import standing
from occupations.models import Edition, PeriodInForce
from occupations.publishing import reviews
from occupations.snapshots import today


def page_of(edition: Edition) -> str:
    return reverse("publishing:edition", args=[edition.pk])


def compare_address(edition: Edition) -> str:
    """The comparison with the edition that decides today, or of that one with the one before it."""
    begun = PeriodInForce.objects.filter(days__startswith__lte=today()).order_by("-days")
    before = begun.exclude(edition=edition).values_list("edition", flat=True).first() or edition.pk
    return reverse("publishing:compare", query={"before": before, "after": edition.pk})


def edition_tools(request: HttpRequest, obj: Model) -> Iterator[Link]:
    """Where an edition is compared, reviewed and published."""
    if isinstance(obj, Edition) and request.user.has_perm(LOOK):
        yield Link(_("Review and publish"), page_of(obj))
        yield Link(_("Compare with another edition"), compare_address(obj))


def in_review(request: HttpRequest) -> Panel | None:
    """Editions that wait for a reviewer, or for their publication."""
    if not request.user.has_perm(LOOK):
        return None
    waiting = standing(request).in_review
    approved = reviews.approved(waiting)
    lines = [
        Line(
            edition.title,
            page_of(edition),
            _("approved, not published yet") if edition.pk in approved else _("waits for a reviewer"),
        )
        for edition in waiting
    ]
    links = [
        Link(_("All editions and their next step"), reverse("publishing:overview")),
        Link(_("Compare two editions"), reverse("publishing:compare")),
    ]
    return Panel(_("Review and publish"), lines, links, _("No edition is in review."), bool(lines))


tools.append(edition_tools)
panels.append(in_review)
