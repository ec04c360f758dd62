"""Reference tables: occupations, regions, wages, regulated occupations, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from occupations.rulebook.applying import Applying
from occupations.rulebook.edition import Source
from occupations.rulebook.words import RegionLevel, RegulationKind, Texts


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A five-digit NOC 2021 occupation; TEER is its second digit (C-3)."""

    code: str
    teer: int
    title: Texts
    """Official titles in English and French; our own translations in other languages."""
    job_titles: Mapping[str, tuple[str, ...]]
    """Official example titles: language -> titles, illustrative ones first."""


@dataclass(frozen=True, slots=True)
class Region:
    """Canada, a province or territory, or an economic region."""

    code: str
    level: RegionLevel
    province: str | None
    """Postal code of the province or territory; None for Canada."""
    is_territory: bool
    name: Texts
    wider: tuple[str, ...]
    """Codes of the wider regions in look-up order: province or territory, then Canada (F-16)."""


@dataclass(frozen=True, slots=True)
class WageVintage:
    """One yearly publication of the Job Bank wages."""

    edition: str
    available_from: date
    source: Source


@dataclass(frozen=True, slots=True)
class Wage:
    """A published wage of an occupation in a region; amounts are per year when `annual`, else per hour."""

    noc: str
    region: str
    vintage: WageVintage
    low: Decimal | None
    median: Decimal | None
    high: Decimal | None
    annual: bool
    reference_period: str
    origin: str


@dataclass(frozen=True, slots=True)
class Regulation:
    """What one province (or `ALL` ten provinces) asks of an occupation (F-17)."""

    noc: str
    province: str
    kind: RegulationKind
    regulator: str
    note: Texts
    """Empty where there is nothing to note."""
    as_of: str
    source: Source


@dataclass(frozen=True, slots=True)
class Synonym:
    """A title that people use and the official index lacks; staff keep them."""

    language: str
    phrase: str
    noc: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A point where the editions differ, D-xx: topic and what each edition says (slug -> texts)."""

    id: str
    topic: Texts
    says: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class OtherDoor:
    """Another work permit, for citizens of one country or, under EVERY_COUNTRY, for anyone (F-38)."""

    country: str
    name: Texts
    code: str
    """The code that officers use; empty where there is none."""
    text: Texts
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Tables that are not rules. Wages are listed newest vintage first and only where a median is given."""

    classification: str
    unit_groups: Mapping[str, UnitGroup]
    concordance: Mapping[str, tuple[str, ...]]
    """Four-digit NOC 2016 code -> NOC 2021 codes."""
    noc2016_titles: Mapping[str, str]
    regions: Mapping[str, Region]
    wages: Mapping[tuple[str, str], tuple[Wage, ...]]
    """(NOC code, region code) -> wages."""
    regulations: Mapping[str, tuple[Regulation, ...]]
    """NOC code -> rows of every province."""
    country_names: Mapping[str, Texts]
    """ISO 3166-1 alpha-2 code -> names. Every country a visitor may name."""
    differences: Mapping[str, Difference]
    synonyms: tuple[Synonym, ...] = ()
    applying: Applying = field(default_factory=Applying)
    other_doors: tuple[OtherDoor, ...] = ()
    """Those of single countries first."""
    shared_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """NOC code -> codes whose official job titles are partly the same, most in common first."""
    guide_texts: Mapping[str, Texts] = field(default_factory=dict)
    """English text of the guide that comes with the site -> what staff say there instead."""
