"""`make bench`: one table of our figures beside baselines of the same run. Exit status 1 when a budget is exceeded."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from bench import serving
from bench.table import Row, drawn
from scripts.ending import end_on_signals

PARTS = ("pages", "counts", "deciding", "search", "loading", "impact", "phone", "lighthouse")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="write the rows as JSON")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    options = parser.parse_args()
    end_on_signals()
    began = time.monotonic()
    try:
        return _measured(options.only, options.json, began)
    finally:
        serving.leave()


def _measured(parts: Sequence[str], as_json: bool, began: float) -> int:
    serving.prepare()
    logging.disable(logging.WARNING)
    rows: list[Row] = []
    for name in parts:
        _say(f"Measuring: {name} ...")
        rows += _part(name)()
    seconds = time.monotonic() - began
    if as_json:
        sys.stdout.write(json.dumps({"seconds": seconds, "rows": [row.as_json() for row in rows]}, indent=2))
    else:
        sys.stdout.write(f"{drawn(rows)}\n\n")
    over = [row for row in rows if row.holds is False]
    _say(f"{len(rows)} rows in {seconds:.0f} s; {len(over)} over budget.")
    return 1 if over else 0


def _part(name: str) -> Callable[[], Iterator[Row]]:
    """Imported late: the parts need Django to be set up."""
    from bench import deciding, impacts, lighthouse, loading, pages, searching, slow_phone, transfers

    return {
        "pages": pages.rows,
        "counts": transfers.rows,
        "deciding": deciding.rows,
        "search": searching.rows,
        "loading": loading.rows,
        "impact": impacts.rows,
        "phone": slow_phone.rows,
        "lighthouse": lighthouse.rows,
    }[name]


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
