"""Occupations, lists, wages and editions."""

from __future__ import annotations

from enum import StrEnum

from eligibility.api.schemas.base import Day, Exact, Money, Source, Stamp
from eligibility.listing.positions import Standing
from occupations.rulebook import Category, Effect, RegionLevel, RegulationKind


class Line(Exact):
    """One line of an edition. It applies where `when` is answered yes and `unless` no."""

    effect: Effect
    certain: bool
    noc: str | None
    teers: list[int]
    when: str | None
    unless: str | None
    entry: str
    condition: str | None
    note: str | None
    facts: list[str]


class Position(Exact):
    """What a country's list says of a unit group."""

    country: str
    country_name: str
    category: Category | None
    standing: Standing
    standing_text: str
    lines: list[Line]


class UnitGroup(Exact):
    code: str
    title: str
    teer: int
    category: Category | None


class OccupationFound(UnitGroup):
    matched_title: str
    position: Position | None
    """Where a country was given."""


class Occupations(Stamp):
    """Unit groups whose titles answer the query, best first."""

    query: str
    country: str | None
    occupations: list[OccupationFound]


class Regulated(Exact):
    """What a province asks of an occupation; `province` is null for all ten."""

    province: str | None
    kind: RegulationKind
    kind_text: str
    regulator: str | None
    note: str | None
    as_of: str | None
    source: Source


class Occupation(UnitGroup, Stamp):
    titles: dict[str, str]
    job_titles: dict[str, list[str]]
    positions: list[Position]
    regulated: list[Regulated]


class Part(StrEnum):
    GENERAL = "general"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    UNCLEAR = "unclear"


class ListLine(Line):
    part: Part


class Uncoded(Exact):
    """An entry that no code fits for certain; it decides nothing."""

    effect: Effect
    entry: str
    note: str | None


class Following(Exact):
    """A unit group that no line names and a line for its TEER includes."""

    code: str
    title: str
    standing: Standing


class CategoryLines(Exact):
    category: Category
    name: str
    teers: list[int]
    is_open: bool
    lines: list[ListLine]
    uncoded: list[Uncoded]
    following: list[Following]
    sources: list[Source]


class CountryLists(Stamp):
    """Every line that the edition in force has for a country."""

    country: str
    name: str
    covered: bool
    note: str | None
    categories: list[CategoryLines]


class Per(StrEnum):
    HOUR = "hour"
    YEAR = "year"


class WageRow(Exact):
    """The table row behind a median: the region's own, or that of its province or territory, or of Canada."""

    region: str
    region_name: str
    per: Per
    low: Money | None
    median: Money | None
    high: Money | None
    vintage: str
    reference_period: str | None
    source: Source


class WageFound(Stamp):
    """The median to compare an offer with; null where no table has one."""

    noc: str
    region: str
    median_hourly: Money | None
    """Rounded to a hundredth of a cent; the assessment itself compares unrounded."""
    row: WageRow | None


class Period(Exact):
    first_day: Day
    last_day: Day | None


class EditionCountry(Exact):
    code: str
    covered: bool
    statuses: list[str]


class ConditionAsked(Exact):
    slug: str
    question: str


class Edition(Exact):
    slug: str
    title: str
    summary: str
    publisher: str
    url: str
    source_modified: Day | None
    read_on: Day
    is_comparison: bool
    periods_in_force: list[Period]
    countries: list[EditionCountry]
    conditions: list[ConditionAsked]


class Region(Exact):
    code: str
    level: RegionLevel
    province: str | None
    name: str


class Editions(Exact):
    """Every published edition, when each decides, and the codes that answers may use."""

    revision: int
    on: Day
    in_force: str
    editions: list[Edition]
    regions: list[Region]
