"""Pages on the shipped data in memory. Without a database, a single query fails a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from occupations import snapshots
from occupations.rulebook import Snapshot


@pytest.fixture(autouse=True)
def held(shipped: Snapshot) -> Iterator[Snapshot]:
    """The shipped data, held in memory while a test runs."""
    snapshots.hold(shipped)
    yield shipped
    snapshots.hold(None)
