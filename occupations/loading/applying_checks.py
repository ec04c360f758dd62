"""Whether the rows about applying fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from occupations.loading.problems import Problem
from occupations.loading.reading import ReadTable, Row
from occupations.rulebook import LOCATIONS, VISAS, LinePart, Situation

PARTS_OF_A_ROUTE = (LinePart.STEP, LinePart.RISK, LinePart.TIME)
TABLES = ("application_routes", "application_rules", "advice_lines", "fees", "permit_terms")
APPLYING_REFERENCES = (
    *((table, "fact_ids", "facts", "id") for table in TABLES),
    *((table, "source", "sources", "id") for table in TABLES),
    ("application_rules", "route", "application_routes", "slug"),
    ("advice_lines", "route", "application_routes", "slug"),
)


def advice_line(row: Row) -> str | None:
    if row["route"] is not None and row["part"] not in PARTS_OF_A_ROUTE:
        return f"A line of the part {row['part']} belongs to no way to apply; leave `route` empty."
    return None


def open_cases(routes: ReadTable, rules: ReadTable) -> Iterator[Problem]:
    """Every route needs a rule for each place where a visitor may be, with each kind of passport."""
    by_route: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in rules.rows:
        by_route[row["route"]].append(frozenset(row["all_of"]))
    for row, place in zip(routes.rows, routes.places, strict=True):
        for location, visa in product(LOCATIONS, VISAS):
            words = {location, visa}
            if location.startswith(Situation.IN_CANADA):
                words.add(Situation.IN_CANADA)
            if not any(needed <= words for needed in by_route[row["slug"]]):
                yield Problem(place, f"No rule says how {row['slug']} stands for {location} with {visa}.")
