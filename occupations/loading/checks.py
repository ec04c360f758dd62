"""Whether the rows of all tables fit together: keys, references and what a single cell cannot show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from occupations.loading.applying_checks import APPLYING_REFERENCES, advice_line, open_cases
from occupations.loading.problems import BadData, Problem
from occupations.loading.reading import ReadTable, Row
from occupations.rulebook import RegionLevel

Tables = Mapping[str, ReadTable]

REFERENCES = (
    # table, column, table it points to, column there
    ("editions", "classification", "classifications", "version"),
    ("countries", "edition", "editions", "slug"),
    ("countries", "fact_ids", "facts", "id"),
    ("requirements", "fact_ids", "facts", "id"),
    ("occupation_rules", "fact_ids", "facts", "id"),
    ("occupation_rules", "noc", "unit_groups", "code"),
    ("uncoded_entries", "fact_ids", "facts", "id"),
    ("criterion_facts", "fact_ids", "facts", "id"),
    ("citations", "fact", "facts", "id"),
    ("citations", "sources", "sources", "id"),
    ("difference_texts", "difference", "differences", "id"),
    ("difference_texts", "edition", "editions", "slug"),
    ("differences", "id", "facts", "id"),
    ("job_titles", "code", "unit_groups", "code"),
    ("concordance", "noc2016", "noc2016_groups", "code"),
    ("concordance", "noc2021", "unit_groups", "code"),
    ("synonyms", "noc", "unit_groups", "code"),
    ("wage_vintages", "source", "sources", "id"),
    ("wage_vintages", "classification", "classifications", "version"),
    ("wages", "vintage", "wage_vintages", "edition"),
    ("wages", "noc", "unit_groups", "code"),
    ("wages", "region", "regions", "code"),
    ("regulations", "noc", "unit_groups", "code"),
    ("regulations", "source", "sources", "id"),
    ("periods_in_force", "edition", "editions", "slug"),
    ("countries", "country", "country_names", "country"),
    *APPLYING_REFERENCES,
    ("other_doors", "fact_ids", "facts", "id"),
)


def check_tables(tables: Tables) -> None:
    """Raises BadData with every row that does not fit with the others."""
    problems = [
        *_repeated_keys(tables),
        *_broken_references(tables),
        *(problem for name, reason in ROW_CHECKS for problem in _checked(tables[name], reason)),
        *_rules_of_editions(tables),
        *_overlapping_periods(tables["periods_in_force"]),
        *open_cases(tables["application_routes"], tables["application_rules"]),
    ]
    if problems:
        raise BadData(problems)


def _checked(table: ReadTable, reason: Callable[[Row], str | None]) -> Iterator[Problem]:
    for row, place in zip(table.rows, table.places, strict=True):
        said = reason(row)
        if said is not None:
            yield Problem(place, said)


def _repeated_keys(tables: Tables) -> Iterator[Problem]:
    for table in tables.values():
        seen: dict[tuple[object, ...], str] = {}
        for row, place in zip(table.rows, table.places, strict=True):
            key = tuple(row[name] for name in table.key)
            if key in seen:
                shown = ", ".join(f"{name} {row[name]!r}" for name in table.key)
                yield Problem(place, f"The row for {shown} stands already at {seen[key]}; keep one of them.")
            seen[key] = str(place)


def _broken_references(tables: Tables) -> Iterator[Problem]:
    for name, column, other, other_column in REFERENCES:
        known = {row[other_column] for row in tables[other].rows}
        for row, place in zip(tables[name].rows, tables[name].places, strict=True):
            value = row[column]
            for item in value if isinstance(value, list) else [value]:
                if item is not None and item not in known:
                    yield Problem(place, f"`{column}` is {item!r}, which does not stand in table {other}.")


def _unit_group(row: Row) -> str | None:
    if int(row["code"][1]) != row["teer"]:
        return f"`teer` is {row['teer']}, but the second digit of {row['code']} is {row['code'][1]}."
    return None


def _wage(row: Row) -> str | None:
    amounts = [Decimal(row[name]) for name in ("low", "median", "high") if row[name] is not None]
    if amounts != sorted(amounts):
        return "The low wage, the median and the high wage must not decrease in this order."
    return None


def _region(row: Row) -> str | None:
    if (row["level"] == RegionLevel.NATIONAL) != (row["province"] is None):
        return "Only Canada as a whole has no province; every other region has one."
    return None


def _country(row: Row) -> str | None:
    if row["covered"] != bool(row["statuses"]):
        return "A covered country needs at least one accepted status, and an uncovered one has none."
    return None


def _requirement(row: Row) -> str | None:
    if (row["equivalent_years_with_letter"] is None) != (row["equivalent_country"] is None):
        return "Give the equivalent years and the equivalent country together, or neither."
    return None


def _occupation_rule(row: Row) -> str | None:
    if (row["noc"] is None) == (not row["teers"]):
        return "Give either a NOC code or TEERs, not both and not neither."
    return None


def _noc_group(row: Row) -> str | None:
    levels = ("broad_category", "major_group", "sub_major_group", "minor_group")
    due = levels[len(row["code"]) - 1]
    if row["level"] != due:
        return f"A code of {len(row['code'])} digits is a {due}, not a {row['level']}."
    return None


ROW_CHECKS = (
    ("unit_groups", _unit_group),
    ("wages", _wage),
    ("regions", _region),
    ("countries", _country),
    ("requirements", _requirement),
    ("occupation_rules", _occupation_rule),
    ("noc_groups", _noc_group),
    ("advice_lines", advice_line),
)


def _rules_of_editions(tables: Tables) -> Iterator[Problem]:
    """Conditions, countries and cited facts must stand in the same edition as the rule that names them."""
    conditions = {(row["edition"], row["slug"]) for row in tables["conditions"].rows}
    countries = {(row["edition"], row["country"]) for row in tables["countries"].rows}
    cited = {(row["edition"], row["fact"]) for row in tables["citations"].rows}
    for name in ("countries", "requirements", "occupation_rules", "uncoded_entries", "criterion_facts"):
        for row, place in zip(tables[name].rows, tables[name].places, strict=True):
            edition = row["edition"]
            for column in ("when", "unless"):
                if row.get(column) is not None and (edition, row[column]) not in conditions:
                    yield Problem(
                        place, f"`{column}` is {row[column]!r}, which is no condition of {edition}."
                    )
            country = row.get("country", "*")
            if country != "*" and (edition, country) not in countries:
                yield Problem(place, f"`country` is {country!r}, which is no country of {edition}.")
            for fact in row["fact_ids"]:
                if (edition, fact) not in cited:
                    yield Problem(place, f"`fact_ids` names {fact}, for which {edition} cites no source.")


def _overlapping_periods(table: ReadTable) -> Iterator[Problem]:
    """Periods of the file in order of their first day; the next may only begin after the one before ends."""
    ordered = sorted(zip(table.rows, table.places, strict=True), key=lambda pair: str(pair[0]["first_day"]))
    for (row, place), (later, _) in pairwise(ordered):
        if row["last_day"] is None or row["last_day"] >= later["first_day"]:
            yield Problem(place, f"The period reaches into the one that begins on {later['first_day']}.")
