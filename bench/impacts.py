"""The staff's impact report: two editions on a generated population."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.table import Row
from eligibility.impact import population, report
from occupations import snapshots

SECTION = "impact report, processor time"
SIZES = (10_000, 100_000)


def rows() -> Iterator[Row]:
    """Seconds to draw the people and to assess each under both editions."""
    snapshot = snapshots.current()
    after = snapshot.rulebook(snapshots.today())
    before = snapshot.rulebook(snapshots.today(), next(iter(snapshot.comparisons(after.edition.slug))))
    first = None
    for size in SIZES:
        began = time.thread_time()
        found = report(before, after, population(before, after, size))
        taken = time.thread_time() - began
        flips = f"{len(found.flips):,} answers differ"
        yield Row(
            SECTION, f"{size:,} profiles", taken, "s", flips, first, f"{SIZES[0]:,} profiles" if first else ""
        )
        first = first or taken
