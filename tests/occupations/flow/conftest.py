"""People, and one edition on its way to the public."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from occupations.models import (
    Edition,
)
from occupations.publishing import (
    approve_edition,
    submit_edition,
)
from tests.occupations.database import OFFICIAL, draft_with_rules
from tests.staff import person


@pytest.fixture
def author() -> User:
    return person("anna")


@pytest.fixture
def reviewer() -> User:
    return person("bert")


@pytest.fixture
def edition() -> Edition:
    return draft_with_rules(like=OFFICIAL)


@pytest.fixture
def submitted(edition: Edition, author: User) -> Edition:
    submit_edition(edition, "IRCC changed its page.", author)
    return edition


@pytest.fixture
def approved(submitted: Edition, reviewer: User) -> Edition:
    approve_edition(submitted, "Compared with the page.", reviewer)
    return submitted
