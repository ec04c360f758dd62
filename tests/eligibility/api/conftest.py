"""The API with the shipped rules in memory and nobody counted yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from eligibility import rate_limits
from occupations import snapshots
from tests.eligibility.rules.cases import shipped


@pytest.fixture(autouse=True)
def rules_in_memory() -> Iterator[None]:
    snapshots.hold(shipped())
    rate_limits.count_again()
    yield
    snapshots.hold(None)


@pytest.fixture
def api(db: None) -> Client:
    """A client whose own CSRF checks are on, because programs send no token."""
    return Client(enforce_csrf_checks=True)
