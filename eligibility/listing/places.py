"""Wages and regulators of one unit group by province or territory (F-15 to F-17, C-20, C-21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from eligibility.rules.wage import find_prevailing_wage
from occupations.rulebook import EVERY_PROVINCE, Region, RegionLevel, Regulation, Rulebook, Source, Wage

FULL_BAR = 100


@dataclass(frozen=True, slots=True)
class PlaceWage:
    """The median that counts in a place: CAD per hour, exact; None where no table has one."""

    region: Region
    hourly: Fraction | None
    row: Wage | None
    """The table row behind it: the place's own, or that of its province, or of Canada."""
    bar: int
    """The share of the highest median shown for the unit group, 0 to FULL_BAR."""

    @property
    def is_own(self) -> bool:
        return self.row is not None and self.row.region == self.region.code


@dataclass(frozen=True, slots=True)
class WageTable:
    """The medians of a unit group: Canada, each province and territory, and regions with a figure of their own."""

    provinces: tuple[PlaceWage, ...]
    """Canada first."""
    regions: tuple[tuple[Region, tuple[PlaceWage, ...]], ...]
    """(province or territory, its economic regions)."""
    sources: tuple[Source, ...]

    @property
    def has_yearly(self) -> bool:
        """Whether a figure was published per year and divided by 2,080 hours (C-20)."""
        places = (*self.provinces, *(place for _, regions in self.regions for place in regions))
        return any(place.row is not None and place.row.annual for place in places)


def wage_table(noc: str, rulebook: Rulebook) -> WageTable:
    """Every median of the unit group that is available on the rulebook's day."""
    known = rulebook.reference.regions.values()
    wide = [region for region in known if region.level is not RegionLevel.ECONOMIC_REGION]
    small = [region for region in known if region.level is RegionLevel.ECONOMIC_REGION]
    found = {
        region.code: (region, *_hourly(noc, region, rulebook))
        for region in (*sorted(wide, key=lambda region: region.level is not RegionLevel.NATIONAL), *small)
    }
    highest = max((hourly for _, hourly, _ in found.values() if hourly is not None), default=Fraction(1))
    places = {
        code: PlaceWage(region, hourly, row, round(FULL_BAR * hourly / highest) if hourly else 0)
        for code, (region, hourly, row) in found.items()
    }
    regions = tuple(
        (province, inside)
        for province in wide
        if (
            inside := tuple(
                _own(places[region.code] for region in small if province.code in region.wider[:1])
            )
        )
    )
    rows = [place.row for place in places.values() if place.row is not None and place.is_own]
    return WageTable(
        provinces=tuple(place for place in places.values() if place.region in wide),
        regions=regions,
        sources=tuple(dict.fromkeys(row.vintage.source for row in rows)),
    )


def _hourly(noc: str, region: Region, rulebook: Rulebook) -> tuple[Fraction | None, Wage | None]:
    found = find_prevailing_wage(noc, region.code, rulebook)
    return (found.rate.as_fraction() if found.rate is not None else None), found.row


def _own(places: Iterable[PlaceWage]) -> list[PlaceWage]:
    return [place for place in places if place.is_own]


@dataclass(frozen=True, slots=True)
class Regulated:
    """What one province or territory asks of the unit group; `region` is None for all ten provinces."""

    region: Region | None
    rows: tuple[Regulation, ...]


def regulated(noc: str, rulebook: Rulebook) -> tuple[Regulated, ...]:
    """The rows of the unit group by place: those for all ten provinces first, then in the order of the regions."""
    rows = rulebook.reference.regulations.get(noc, ())
    everywhere = tuple(row for row in rows if row.province == EVERY_PROVINCE)
    found = [Regulated(None, everywhere)] if everywhere else []
    for region in rulebook.reference.regions.values():
        if region.level is RegionLevel.PROVINCE:
            own = tuple(row for row in rows if row.province == region.province)
            if own:
                found.append(Regulated(region, own))
    return tuple(found)
