"""Which tables go in and out as spreadsheets, and by which columns a row is found again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from occupations import models as m

EDITED: Mapping[type[models.Model], tuple[str, ...]] = {
    m.Edition: ("slug",),
    m.Country: ("edition", "country"),
    m.Requirement: ("edition", "country", "category"),
    m.Condition: ("edition", "slug"),
    m.OccupationRule: ("edition", "position"),
    m.UncodedEntry: ("edition", "position"),
    m.CriterionFacts: ("edition", "criterion"),
    m.Citation: ("edition", "fact", "source"),
    m.Source: ("id",),
    m.Difference: ("fact",),
    m.DifferenceText: ("difference", "edition"),
    m.Translation: ("context", "english", "language"),
    m.OccupationSynonym: ("unit_group", "language", "phrase"),
    m.Regulation: ("unit_group", "province", "source", "regulator", "note"),
    m.CountryName: ("country", "language"),
    m.GuideText: ("english",),
    m.OtherDoor: ("country", "name"),
    m.ApplicationRoute: ("slug",),
    m.ApplicationRule: ("route", "reason"),
    m.AdviceLine: ("slug",),
    m.Fee: ("slug", "as_of"),
    m.PermitTerm: ("slug", "as_of"),
}
"""Tables that staff change: in and out."""
LOOKED_UP: tuple[type[models.Model], ...] = (
    m.Fact,
    m.Classification,
    m.NocGroup,
    m.UnitGroup,
    m.JobTitle,
    m.Noc2016Group,
    m.ConcordancePair,
    m.Region,
    m.WageVintage,
    m.Wage,
    m.PeriodInForce,
    m.EditionCheck,
    m.SourceCheck,
    m.ImportRecord,
)
"""Tables that come from official files or are a record: only out."""
COLUMN_NAMES = {"unit_group": "noc"}
"""Name of a field -> name of its column, where they differ."""
NUMBERED = "position"
"""A row of a numbered table without this goes to the end."""
DELETE = "delete"
"""A further column; `yes` takes the row out."""


def is_known(model: type[models.Model]) -> bool:
    return model in EDITED or model in LOOKED_UP


def list_named(name: str) -> type[models.Model] | None:
    """The table by its model's name in small letters."""
    return next((one for one in (*EDITED, *LOOKED_UP) if one._meta.model_name == name), None)


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """What a spreadsheet of the table holds: no keys that only the database knows, no states, no moments."""
    key = EDITED.get(model, ())
    found: list[models.Field[Any, Any]] = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField | models.UUIDField | models.DateTimeField)
        and (field.editable or field.name in key)
    ]
    return sorted(found, key=lambda field: field.name not in key)


def column_of(field: models.Field[Any, Any]) -> str:
    return COLUMN_NAMES.get(field.name, field.name)


def says_several(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, ArrayField)
