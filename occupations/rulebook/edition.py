"""One dated, published set of rules with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from occupations.rulebook.words import EVERY_COUNTRY, Category, CredentialRule, Effect, Texts


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a fact rests on."""

    id: str
    title: str
    publisher: str
    url: str
    dated: date | None
    """The document's own date of last change."""
    read_on: date | None
    """The day the copy was read, for documents that carry no date of their own."""


@dataclass(frozen=True, slots=True)
class CountryRule:
    """What an edition says about one country (F-01, F-22, F-27, F-32)."""

    country: str
    covered: bool
    statuses: frozenset[str]
    spouse_statuses: frozenset[str]
    visa_exempt: bool
    eta: bool
    note: Texts
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Thresholds of one country and category; years are exact decimals (F-10 to F-14, F-18)."""

    country: str
    category: Category
    teers: frozenset[int]
    min_education_years: Decimal
    credential_rule: CredentialRule
    equivalent_years_with_letter: Decimal | None
    equivalent_country: str | None
    min_experience_years: Decimal
    degree_field_related_required: bool
    licence_grace_months: int
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A yes/no question that occupation rules depend on."""

    slug: str
    question: Texts
    help: Texts


@dataclass(frozen=True, slots=True)
class OccupationRule:
    """One line of an occupation list. Exactly one of `noc` and `teers` is set."""

    position: int
    country: str
    category: Category
    effect: Effect
    certain: bool
    noc: str | None
    teers: frozenset[int]
    when: str | None
    unless: str | None
    list_entry: Texts
    confidence: str
    note: Texts
    fact_ids: tuple[str, ...]
    min_education_years: Decimal | None = None
    """Overrides the requirement's degree length where the list specifies otherwise."""
    education_note: Texts = field(default_factory=dict)
    """A line for the visitor to check; empty means nothing beyond the requirement."""

    def matches(self, noc: str, teer: int) -> bool:
        return self.noc == noc if self.noc is not None else teer in self.teers


@dataclass(frozen=True, slots=True)
class UncodedEntry:
    """A list entry without a NOC code; decides nothing until staff add a code."""

    country: str
    category: Category
    effect: Effect
    certain: bool
    list_entry: Texts
    note: Texts
    fact_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated, published set of rules with its source."""

    slug: str
    title: Texts
    summary: Texts
    short_name: Texts
    """How a sentence names the edition: "IRCC's instructions of 3 October 2024"."""
    publisher: str
    url: str
    source_modified: date | None
    read_on: date
    effective_from: date
    effective_to: date | None
    is_comparison: bool
    """Shown beside the deciding edition where its answer differs."""
    countries: Mapping[str, CountryRule]
    requirements: Mapping[tuple[str, Category], Requirement]
    conditions: Mapping[str, Condition]
    occupation_rules: tuple[OccupationRule, ...]
    uncoded_entries: tuple[UncodedEntry, ...]
    criterion_facts: Mapping[str, tuple[str, ...]]
    """Facts that a criterion rests on whatever the case: criterion id -> fact ids."""
    citations: Mapping[str, tuple[Source, ...]]
    """Documents in which this edition's facts stand: fact id -> sources, best first."""
    _by_code: Mapping[tuple[str, Category, str], tuple[OccupationRule, ...]] = field(init=False, repr=False)
    _by_teer: Mapping[tuple[str, Category, int], tuple[OccupationRule, ...]] = field(init=False, repr=False)
    _included: frozenset[tuple[str, Category]] = field(init=False, repr=False)
    _covered: frozenset[str] = field(init=False, repr=False)
    _own_requirements: Mapping[tuple[str | None, Category], Requirement] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_code: dict[tuple[str, Category, str], tuple[OccupationRule, ...]] = {}
        by_teer: dict[tuple[str, Category, int], tuple[OccupationRule, ...]] = {}
        for rule in self.occupation_rules:
            if rule.noc is not None:
                code_key = (rule.country, rule.category, rule.noc)
                by_code[code_key] = (*by_code.get(code_key, ()), rule)
            for teer in rule.teers:
                teer_key = (rule.country, rule.category, teer)
                by_teer[teer_key] = (*by_teer.get(teer_key, ()), rule)
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_teer", by_teer)
        included = frozenset(
            (rule.country, rule.category) for rule in self.occupation_rules if rule.effect is Effect.INCLUDE
        )
        object.__setattr__(self, "_included", included)
        covered = frozenset(country for country, rule in self.countries.items() if rule.covered)
        object.__setattr__(self, "_covered", covered)
        own = {key: row for key, row in self.requirements.items() if key[0] in covered}
        object.__setattr__(self, "_own_requirements", own)

    def country(self, country: str) -> CountryRule | None:
        """The edition's line on a country, or None when the edition does not know it."""
        return self.countries.get(country)

    def covers(self, country: str) -> bool:
        return country in self._covered

    def requirement(self, country: str | None, category: Category) -> Requirement | None:
        """The country's own row, else the row for every country, else None.

        A missing or uncovered country reads the row for every country (C-14, C-15); so does a covered
        country without a row of its own.
        """
        own = self._own_requirements.get((country, category))
        return own if own is not None else self.requirements.get((EVERY_COUNTRY, category))

    def has_include_rule(self, country: str, category: Category) -> bool:
        """Whether any line of the country's list includes anything in this category (C-4)."""
        return (country, category) in self._included

    def rules_for(self, country: str, category: Category, noc: str, teer: int) -> tuple[OccupationRule, ...]:
        """Every rule whose `match` names this code or its TEER; conditions are not looked at."""
        by_code = self._by_code.get((country, category, noc), ())
        by_teer = self._by_teer.get((country, category, teer), ())
        return (*by_code, *by_teer) if by_code and by_teer else by_code or by_teer
