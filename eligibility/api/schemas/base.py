"""What the schemas share. Every key of an object is always there, and there are no others."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"})]
Money = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$", description="Canadian dollars")]


class Exact(Schema):
    """An object with these keys and no others."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Stamp(Exact):
    """Under which rules and data an answer was made."""

    edition: str
    revision: int
    on: Day


class Source(Exact):
    title: str
    publisher: str
    url: str
    date: Day | None
    """Of the document's last change, or the day it was read where it carries none."""


class Problem(Schema):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    id: str | int | float | bool | None = None
    """Of the case that is wrong."""
    countries: list[str] | None = None
    """Those of the edition, where the one asked for is not among them."""
    successors: list[str] | None = None
    """Codes of today for a code of the classification before."""


class FieldProblem(Exact):
    field: str
    message: str


Problem.model_rebuild()
