"""The last imports on the staff's home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from occupations.admin.home import Line, Link, Panel, panels
from occupations.admin.import_access import may_import_files, may_see_imports
from occupations.admin.imports import name_of
from occupations.models import ImportRecord

MOST_LINES = 5


def last_imports(request: HttpRequest) -> Panel | None:
    """What was imported last, when and by whom."""
    if not may_see_imports(request):
        return None
    lines = [
        Line(
            _("%(kind)s: %(target)s") % {"kind": name_of(record.kind), "target": record.target},
            reverse("admin:occupations_importrecord_change", args=[record.pk]),
            _("%(day)s, by %(who)s: %(reason)s")
            % {"day": date_format(localtime(record.at)), "who": record.who, "reason": record.reason},
        )
        for record in ImportRecord.objects.all()[:MOST_LINES]
    ]
    links = [Link(_("All imports"), reverse("admin:occupations_importrecord_changelist"))]
    if may_import_files(request):
        links.insert(0, Link(_("Import an official file"), reverse("admin:occupations_importrecord_add")))
    return Panel(_("Last imports"), lines, links, _("Nothing was imported yet."))


panels.append(last_imports)
