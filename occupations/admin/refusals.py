"""The page that says why an edition cannot be changed, and what to do instead."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from occupations.admin.home import Link
from occupations.models import Edition
from occupations.models.choices import State
from occupations.models.editions import EditionRow


def same_row(row: EditionRow, draft: Edition) -> EditionRow | None:
    """The row of a draft that was copied from this one, found by what tells the rows of an edition apart."""
    for constraint in row._meta.constraints:
        fields = getattr(constraint, "fields", ())
        if isinstance(constraint, models.UniqueConstraint) and "edition" in fields:
            key = {name: getattr(row, name) for name in fields if name != "edition"}
            found: EditionRow | None = type(row)._base_manager.filter(edition=draft, **key).first()
            return found
    return None


def ways_on(request: HttpRequest, edition: Edition, row: EditionRow | None = None) -> list[Link]:
    """The same row in each draft, or each draft; then starting a new one."""
    links = []
    if edition.state != State.IN_REVIEW:
        for draft in Edition.objects.filter(state=State.DRAFT).order_by("slug"):
            there = None if row is None else same_row(row, draft)
            target: models.Model = there or draft
            name = f"admin:occupations_{target._meta.model_name}_change"
            text = _("Open it in the draft “%(draft)s”") if there else _("Open the draft “%(draft)s”")
            links.append(Link(text % {"draft": draft.title}, reverse(name, args=[target.pk])))
    if request.user.has_perm("occupations.add_edition"):
        address = reverse("admin:occupations_edition_start_draft", args=[edition.pk])
        links.append(Link(_("Start a new draft from this edition"), address))
    return links


def refusal_page(request: HttpRequest, edition: Edition, row: EditionRow | None = None) -> HttpResponse:
    """Status 403, why, and the ways on."""
    context = {
        **admin.site.each_context(request),
        "title": _("This edition cannot be changed"),
        "edition": edition,
        "row": row,
        "ways_on": ways_on(request, edition, row),
        "opts": Edition._meta,
    }
    return TemplateResponse(request, "admin/refused.html", context, status=403)
