"""The history of one row, for the page "History" of any object."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from occupations.admin.history import author, day_of
from occupations.history import reading, words
from occupations.models import Change

register = template.Library()
MOST = 200
"""Changes that one page shows; the log has all."""


@register.inclusion_tag("admin/history/row.html", takes_context=True)
def history_of_row(context: dict[str, Any], table: str, row: str) -> dict[str, Any]:
    """Its changes, newest first, and how it was on the day that `on` asks for."""
    request = context["request"]
    changes = Change.objects.filter(table=table, row=row)
    then = None
    if "on" in request.GET:
        moment = reading.end_of(day_of(request))
        then = changes.filter(at__lt=moment).order_by("-id").first()
    return {
        "changes": [(change, author(change), words.lines(change)) for change in changes[:MOST]],
        "is_cut": changes.count() > MOST,
        "on": day_of(request),
        "asked": "on" in request.GET,
        "then": words.as_it_was(then) if then and then.after else [],
        "begins": reading.history_begins(),
    }


@register.inclusion_tag("admin/history/row.html", takes_context=True)
def history_of(context: dict[str, Any], obj: Model) -> dict[str, Any]:
    """The same of an object."""
    return history_of_row(context, obj._meta.db_table, str(obj.pk))
