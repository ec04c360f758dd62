"""One person on whom two editions are compared."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from eligibility.rules.answers import Answers


class Origin(StrEnum):
    """Where a profile comes from."""

    SHIPPED = "shipped"
    """A worked case that comes with the product."""
    STAFF = "staff"
    """A reference case that staff keep."""
    GENERATED = "generated"


class Profile(NamedTuple):
    """Answers with a name of their own. `must_not_change` is what staff marked."""

    id: str
    answers: Answers
    origin: Origin = Origin.GENERATED
    name: str = ""
    must_not_change: bool = False
