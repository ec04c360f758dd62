"""What one assessment reads: one edition with the reference tables as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from occupations.rulebook.applying import AdviceLine, Fee, LinePart, PermitTerm, Situation
from occupations.rulebook.edition import Edition
from occupations.rulebook.reference import Reference, Regulation, Wage
from occupations.rulebook.words import EVERY_PROVINCE, Texts


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One edition with the reference tables as they stood on a day."""

    edition: Edition
    reference: Reference
    revision: int
    on: date

    def wage(self, noc: str, region: str) -> Wage | None:
        """The wage with a median for the region, else its province or territory, else Canada (C-20).

        At each step the newest vintage that was available on the rulebook's day.
        """
        known = self.reference.regions.get(region)
        if known is None:
            return None
        for code in (region, *known.wider):
            for wage in self.reference.wages.get((noc, code), ()):
                if wage.vintage.available_from <= self.on:
                    return wage
        return None

    def regulations(self, noc: str, region: str) -> tuple[Regulation, ...]:
        """Rows of the region's very province, else the rows for all ten provinces, else none (C-21)."""
        known = self.reference.regions.get(region)
        if known is None or known.province is None:
            return ()
        rows = self.reference.regulations.get(noc, ())
        own = tuple(row for row in rows if row.province == known.province)
        if own or known.is_territory:
            return own
        return tuple(row for row in rows if row.province == EVERY_PROVINCE)

    def advice(self, part: LinePart, situations: frozenset[Situation]) -> Iterable[AdviceLine]:
        """The lines of a part that hold for a visitor on the rulebook's day."""
        return (
            line
            for line in self.reference.applying.lines
            if line.part is part and line.holds(situations, self.on)
        )

    def fees(self) -> tuple[Fee, ...]:
        """Each fee once, as it stands on the rulebook's day."""
        return _as_of(self.reference.applying.fees, self.on)

    def permit_term(self, slug: str) -> PermitTerm | None:
        """A length as it stands on the rulebook's day; None when the tables have no such row."""
        for term in _as_of(self.reference.applying.permit_terms, self.on):
            if term.slug == slug:
                return term
        return None


Dated = TypeVar("Dated", Fee, PermitTerm)


def _as_of(rows: tuple[Dated, ...], on: date) -> tuple[Dated, ...]:
    """Of each slug the newest row that is not after `on`, else the oldest one."""
    chosen: dict[str, Dated] = {}
    for row in rows:
        known = chosen.get(row.slug)
        if known is None or known.as_of < row.as_of <= on or (known.as_of > on and row.as_of < known.as_of):
            chosen[row.slug] = row
    return tuple(chosen.values())


@dataclass(frozen=True, slots=True)
class PeriodInForce:
    """Days on which an edition decides, first and last included; an open end is None."""

    edition: str
    first_day: date
    last_day: date | None

    def includes(self, on: date) -> bool:
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


@dataclass(frozen=True, slots=True)
class Publication:
    """How an edition came to the public, and whether it was withdrawn."""

    edition: str
    title: Texts
    publisher: str
    url: str
    published_on: date | None
    """The day in Toronto; None for an edition that came with the site."""
    approved: bool
    """Whether a second person, none of its authors, approved it. Says nothing without `published_on`."""
    is_withdrawn: bool
    withdrawn_on: date | None


class NoEditionInForce(LookupError):
    """No edition decides on the day asked for."""


class UnknownEdition(LookupError):
    """The slug asked for is not a published edition."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All published editions, the periods in force and the reference tables at one revision."""

    revision: int
    editions: Mapping[str, Edition]
    periods: tuple[PeriodInForce, ...]
    reference: Reference
    publications: Mapping[str, Publication] = field(default_factory=dict)
    """Of editions that were made or withdrawn on this site: slug -> how."""

    def slug_in_force(self, on: date) -> str:
        """The slug of the edition that decides on a day. Raises NoEditionInForce."""
        for period in self.periods:
            if period.includes(on):
                return period.edition
        raise NoEditionInForce(f"No edition of the rules is in force on {on.isoformat()}.")

    def rulebook(self, on: date, slug: str | None = None) -> Rulebook:
        """The rulebook of `slug`, or of the edition in force. Raises NoEditionInForce, UnknownEdition."""
        chosen = slug if slug is not None else self.slug_in_force(on)
        edition = self.editions.get(chosen)
        if edition is None:
            known = ", ".join(sorted(self.editions))
            raise UnknownEdition(
                f"There is no published edition {chosen!r}; the published ones are: {known}."
            )
        return Rulebook(edition=edition, reference=self.reference, revision=self.revision, on=on)

    def comparisons(self, deciding: str) -> Iterable[str]:
        """Slugs of the editions shown beside the deciding one."""
        return (slug for slug, edition in self.editions.items() if edition.is_comparison and slug != deciding)
