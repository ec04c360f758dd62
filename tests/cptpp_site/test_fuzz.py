"""Whatever is sent: never a 500, a stored stranger's field, another visitor's data (`make fuzz` sends more)."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from eligibility import embedding
from eligibility.models import EmbeddingSite, Feedback
from occupations.models import Edition
from tests import fuzzing

SHORT = 300
REQUESTS = int(os.environ.get("FUZZ_REQUESTS") or SHORT)
SEED = int(os.environ.get("FUZZ_SEED") or 20241003)
UNLIMITED = ("SHARE_LINKS", "API_REQUESTS", "API_CASES", "FEEDBACK", "SEARCHES", "SIGN_INS")


@pytest.fixture(scope="module")
def quiet() -> Iterator[None]:
    """Refusals are what this test wants; the log would be a line for each."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)


def tell(world: fuzzing.World, findings: Mapping[str, fuzzing.Drawn]) -> None:
    """How far it is; `make fuzz` shows it."""
    told = ", ".join(f"{status}: {count}" for status, count in sorted(world.statuses.items()))
    sys.stderr.write(f"{world.statuses.total()} requests; {told}; findings: {len(findings)}\n")
    for finding in findings:
        sys.stderr.write(f"  {finding}\n")


def test_nothing_that_is_sent_breaks_the_site_or_shows_what_is_another_visitors(
    db: None, quiet: None
) -> None:
    EmbeddingSite.objects.create(origin="https://www.consultant.example")
    embedding.allowed.forget()
    editions = list(Edition.objects.order_by("pk").values())
    with override_settings(**{f"{name}_PER_MINUTE": 10_000_000 for name in UNLIMITED}):
        world = fuzzing.world()
        findings: dict[str, fuzzing.Drawn] = {}

        @seed(SEED)
        @settings(
            max_examples=REQUESTS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def attack(data: st.DataObject) -> None:
            request = data.draw(fuzzing.drawn(world))
            for fault in fuzzing.send(world, request):
                findings.setdefault(f"{fault}: {request.method} {request.path[:80]}", request)
            if world.statuses.total() % 1000 == 0:
                tell(world, findings)

        attack()
    embedding.allowed.forget()
    tell(world, findings)
    assert findings == {}
    assert world.statuses.total() >= REQUESTS
    assert {200, 302, 404, 405} <= set(world.statuses)
    assert list(Edition.objects.order_by("pk").values()) == editions
    assert all(len(row.text) <= 1000 for row in Feedback.objects.all())
