"""One row of the table: our figure, what it is measured beside, the ratio, the budget and whether it holds."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure. With `at_most` or `at_least` it has a budget: of the ratio to `baseline`, or of a count without one."""

    section: str
    what: str
    ours: float | None
    unit: str = ""
    spread: str = ""
    baseline: float | None = None
    beside: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.baseline is None or self.ours is None else self.ours / self.baseline

    @property
    def holds(self) -> bool | None:
        """Whether the budget holds; None when there is none, or nothing was measured."""
        judged = self.ours if self.baseline is None else self.ratio
        if judged is None or (self.at_most is None and self.at_least is None):
            return None
        above = self.at_least is None or judged >= self.at_least
        return above and (self.at_most is None or judged <= self.at_most)

    @property
    def budget(self) -> str:
        times = "x" if self.baseline is not None else ""
        if self.at_most is not None:
            return f"<= {self.at_most:g}{times}"
        return "" if self.at_least is None else f">= {self.at_least:g}{times}"

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio, "budget": self.budget, "holds": self.holds}


def spread(values: Sequence[float], scale: float = 1.0) -> str:
    """The middle half of some values."""
    if len(values) < 4:
        return ""
    low, _middle, high = statistics.quantiles(values, n=4)
    return f"{low * scale:.3g} to {high * scale:.3g}"


def late(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def drawn(rows: Iterable[Row]) -> str:
    """The table as text."""
    heads = ("what", "ours", "middle half", "beside", "baseline", "ratio", "budget", "")
    lines: list[tuple[str, ...]] = [heads]
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            lines += [("",) * len(heads), (section.upper(), *("",) * (len(heads) - 1))]
        lines.append(_cells(row))
    cells = [line for line in lines if any(line[1:])]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "holds", False: "OVER BUDGET", None: ""}[row.holds]
    ours = "not measured" if row.ours is None else f"{row.ours:,.4g} {row.unit}".strip()
    baseline = "" if row.baseline is None else f"{row.baseline:,.4g} {row.unit}".strip()
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
    return (row.what, ours, row.spread, row.beside, baseline, ratio, row.budget, verdict)
