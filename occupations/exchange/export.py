"""A list, or the part of it that somebody looks at, as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from occupations.exchange import sheets
from occupations.exchange.lists import fields_of
from occupations.exchange.resources import resource_of


def exported(rows: QuerySet[Any], form: str) -> bytes:
    """The rows as `xlsx` or `csv`, with the columns that the import of the same list reads."""
    model = rows.model
    related = [field.name for field in fields_of(model) if field.is_relation]
    dataset = resource_of(model).export(queryset=rows.select_related(*related))
    if form == sheets.CSV:
        return sheets.write_csv(dataset.headers, dataset)
    return sheets.write_xlsx(dataset.headers, dataset, str(model._meta.verbose_name_plural))
