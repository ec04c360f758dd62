"""Ways to the pages that show what an edition does: beside an edition's title, and on the staff's home page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.models import ReferenceCase
from eligibility.staff.preview import PERMISSION, start_address
from occupations import snapshots
from occupations.admin.home import Line, Link, Panel, panels, tools
from occupations.admin.sections import SECTIONS
from occupations.admin.standing import standing
from occupations.models import Edition
from occupations.rulebook import NoEditionInForce


def edition_tools(request: HttpRequest, obj: Model) -> Iterator[Link]:
    """Preview, impact and reference cases of an edition."""
    if not isinstance(obj, Edition) or not request.user.has_perm(PERMISSION):
        return
    yield Link(_("Preview"), start_address(obj.pk))
    yield Link(_("Impact"), impact_address(obj.pk))
    yield Link(_("Reference cases"), f"{reverse('reference-cases')}?edition={obj.pk}")


def impact_address(after: str) -> str:
    """The impact page of an edition beside the one in force; without figures where none is."""
    try:
        before = snapshots.current().slug_in_force(snapshots.today())
    except (NoEditionInForce, snapshots.SnapshotUnavailable):
        return reverse("impact")
    return f"{reverse('impact')}?before={before}&after={after}"


def before_publishing(request: HttpRequest) -> Panel | None:
    """Drafts and editions in review, each with its impact; and how many reference cases there are."""
    if not request.user.has_perm(PERMISSION):
        return None
    lines = [
        Line(_("Impact of %(edition)s") % {"edition": each.pk}, impact_address(each.pk))
        for each in standing(request).unpublished
    ]
    marked = ReferenceCase.objects.filter(must_not_change=True).count()
    said = ngettext("%(n)s reference case must not change", "%(n)s reference cases must not change", marked)
    lines.append(Line(said % {"n": marked}, reverse("admin:eligibility_referencecase_changelist")))
    links = [
        Link(_("Impact of any edition"), reverse("impact")),
        Link(_("Run the reference cases"), reverse("reference-cases")),
    ]
    return Panel(_("See it before it is public"), lines, links)


tools.append(edition_tools)
panels.append(before_publishing)
SECTIONS["rules"][1].append("eligibility.ReferenceCase")
