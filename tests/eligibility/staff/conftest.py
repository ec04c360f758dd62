"""A draft with one more exclusion, and people of each group of staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from occupations.models import Edition
from tests import drafts
from tests.staff import person, signed_in

DRAFT = "trial-2027"


@pytest.fixture(autouse=True)
def small_population(settings: Any) -> None:
    """Enough people for every test but those that ask for more."""
    settings.IMPACT_PROFILES = 600


@pytest.fixture
def draft(db: None) -> Edition:
    """A copy of the edition in force that excludes software engineers of Mexico too."""
    edition = drafts.copied(DRAFT)
    drafts.excluded(edition, "MX", "21231")
    return edition


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(person("ed", ["editor"]))


@pytest.fixture
def reviewer(db: None) -> Client:
    return signed_in(person("rita", ["reviewer"]))
