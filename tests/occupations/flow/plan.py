"""What the plan and the record say, and a change behind the reviewer's back."""

from __future__ import annotations

from datetime import date, timedelta

from occupations.models import (
    Edition,
    EditionReview,
    PeriodInForce,
)
from tests.occupations.database import execute

DAY = timedelta(days=1)
Plan = list[tuple[str, date, date | None]]


def plan() -> Plan:
    periods = PeriodInForce.objects.order_by("days")
    return [(period.edition_id, period.days.lower, period.days.upper) for period in periods]


def steps() -> list[tuple[str, str, str]]:
    return list(EditionReview.objects.values_list("step", "who", "reason"))


def changed_in_review(edition: Edition) -> None:
    """What somebody with raw SQL might do behind the reviewer's back."""
    execute("UPDATE occupations_edition SET state = 'draft' WHERE slug = %s", edition.pk)
    execute("UPDATE occupations_requirement SET min_experience_years = 1 WHERE edition_id = %s", edition.pk)
    execute("UPDATE occupations_edition SET state = 'in_review' WHERE slug = %s", edition.pk)
