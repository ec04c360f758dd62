"""Pages on the shipped data in memory. No test here has a database: a single query would fail it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from occupations import snapshots
from occupations.rulebook import PeriodInForce, Rulebook, Snapshot

EDITIONS = ("ircc-2024-10-03", "article-2026")


@pytest.fixture(autouse=True)
def held(shipped: Snapshot) -> Iterator[Snapshot]:
    """The shipped data, held in memory while a test runs."""
    snapshots.hold(shipped)
    yield shipped
    snapshots.hold(None)


@pytest.fixture(params=EDITIONS)
def deciding(request: pytest.FixtureRequest, shipped: Snapshot) -> Rulebook:
    """Each shipped edition in turn, as the one in force."""
    period = PeriodInForce(request.param, date(2020, 1, 1), None)
    snapshot = replace(shipped, periods=(period,))
    snapshots.hold(snapshot)
    return snapshot.rulebook(snapshots.today())
