"""`make bench`: one table of our figures beside baselines of the same run. Exit status 1 when a budget is exceeded."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator

from bench import serving
from bench.table import Row, drawn

PARTS = ("pages", "counts", "deciding", "search", "loading", "impact", "lighthouse")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="write the rows as JSON")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    options = parser.parse_args()
    began = time.monotonic()
    serving.prepare()
    logging.disable(logging.WARNING)
    rows: list[Row] = []
    for name in options.only:
        _say(f"Measuring: {name} ...")
        rows += _part(name)()
    seconds = time.monotonic() - began
    if options.json:
        sys.stdout.write(json.dumps({"seconds": seconds, "rows": [row.as_json() for row in rows]}, indent=2))
    else:
        sys.stdout.write(f"{drawn(rows)}\n\n")
    over = [row for row in rows if row.holds is False]
    _say(f"{len(rows)} rows in {seconds:.0f} s; {len(over)} over budget.")
    return 1 if over else 0


def _part(name: str) -> Callable[[], Iterator[Row]]:
    """Imported late: the parts need Django to be set up."""
    from bench import deciding, impacts, lighthouse, loading, pages, searching, transfers

    return {
        "pages": pages.rows,
        "counts": transfers.rows,
        "deciding": deciding.rows,
        "search": searching.rows,
        "loading": loading.rows,
        "impact": impacts.rows,
        "lighthouse": lighthouse.rows,
    }[name]


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
