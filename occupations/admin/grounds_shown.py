"""The facts of a row and the documents in which they stand, as links."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from occupations.models import Citation, Fact


def grounds_of(row: Any) -> str:
    """One line a fact: its number and title, then its sources in this row's edition. Two queries."""
    facts = Fact.objects.in_bulk(row.fact_ids or [])
    sources: dict[str, list[Any]] = {}
    edition = getattr(row, "edition_id", None)
    cited = Citation.objects.filter(edition=edition, fact__in=facts).select_related("source")
    for citation in cited.order_by("position"):
        sources.setdefault(citation.fact_id, []).append(citation.source)
    if not facts:
        return _("Nothing yet: give the numbers of its facts.")
    lines = ((_fact(facts[number]), _sources(sources.get(number, []))) for number in sorted(facts))
    return format_html('<ul class="grounds">{}</ul>', format_html_join("", "<li>{}{}</li>", lines))


def _fact(fact: Fact) -> str:
    address = reverse("admin:occupations_fact_change", args=[fact.pk])
    return format_html('<a href="{}">{} {}</a>', address, fact.pk, fact.title)


def _sources(sources: list[Any]) -> str:
    if not sources:
        return ""
    links = (
        (reverse("admin:occupations_source_change", args=[source.pk]), source.title) for source in sources
    )
    return format_html(
        '<span class="sources">{}</span>', format_html_join(", ", '<a href="{}">{}</a>', links)
    )
