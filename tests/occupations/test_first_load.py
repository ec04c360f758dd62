"""The first load into a new database, as `make run` does it."""

from __future__ import annotations

import io
import time

from django.core.management import call_command

from occupations import snapshots
from occupations.building import build_snapshot
from occupations.models import Wage
from occupations.shipped import shipped_payload


def test_an_empty_database_is_filled_in_under_fifteen_seconds(empty_database: str) -> None:
    out = io.StringIO()
    began = time.monotonic()
    call_command("load_data", stdout=out)
    assert time.monotonic() - began < 15
    assert "  job titles: 57,702 rows" in out.getvalue()
    assert "  wages: 12,822 rows" in out.getvalue()
    assert Wage.objects.count() == 12_822
    built = snapshots.refresh()
    assert built == build_snapshot(shipped_payload(), built.revision)
