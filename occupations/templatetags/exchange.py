"""Links of a list's page: out as a spreadsheet, in again, and which official file it comes from."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from occupations.admin.import_access import may_import_list, may_see_list
from occupations.exchange import sheets
from occupations.exchange.lists import is_known

register = template.Library()


@register.simple_tag(takes_context=True)
def exchange_links(context: dict[str, Any]) -> list[dict[str, str]]:
    """Text and address of each link; the export has the same rows as the page, by its filters and search."""
    request: HttpRequest = context["request"]
    model = context["cl"].model
    name = str(model._meta.model_name)
    links: list[dict[str, str]] = []
    if not is_known(model) or not may_see_list(request, model):
        return links
    if may_import_list(request, model):
        links.append({"text": _("Import a spreadsheet"), "url": reverse("admin:import_list", args=[name])})
    query = request.GET.urlencode()
    for form, text in ((sheets.XLSX, _("Export to Excel")), (sheets.CSV, _("Export as CSV"))):
        url = reverse("admin:export_list", args=[name, form])
        links.append({"text": text, "url": f"{url}?{query}" if query else url})
    return links
