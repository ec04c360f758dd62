"""Fixtures for the visitor's part."""

from __future__ import annotations

import pytest

from occupations.building import build_snapshot
from occupations.rulebook import Rulebook, Snapshot
from occupations.shipped import shipped_payload
from tests.dates import TODAY


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    """The shipped data, without a database."""
    return build_snapshot(shipped_payload())


@pytest.fixture(scope="session")
def rulebook(shipped: Snapshot) -> Rulebook:
    """The rules in force, with the reference tables."""
    return shipped.rulebook(TODAY)
