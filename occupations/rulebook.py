"""What the rules read: one edition and the reference tables, frozen and in memory.

Pure Python: imports nothing of ours and nothing of Django, so that an assessment needs no database.
`occupations.building` makes these values from plain rows; `occupations.snapshots` keeps the current ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

DEFAULT_LANGUAGE = "en"
EVERY_COUNTRY = "*"
EVERY_PROVINCE = "ALL"

Texts = Mapping[str, str]
"""One text in several languages: language code -> text. English is always there."""


def text_in(texts: Texts, language: str) -> str:
    """The text in `language`, or in English where no translation exists."""
    return texts.get(language) or texts[DEFAULT_LANGUAGE]


class Category(StrEnum):
    PROFESSIONAL = "professional"
    TECHNICIAN = "technician"


class Effect(StrEnum):
    INCLUDE = "include"
    EXCLUDE = "exclude"


class CredentialRule(StrEnum):
    """Which credentials count (C-7, C-8)."""

    DEGREE = "degree"
    DEGREE_OR_TECHNICAL = "degree_or_technical"
    ASSOCIATE_OR_HIGHER = "associate_or_higher"


class RegionLevel(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"
    ECONOMIC_REGION = "economic_region"


class RegulationKind(StrEnum):
    """What a province asks of an occupation (C-21)."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    COMPULSORY_TRADE = "compulsory_trade"
    TITLE = "title"
    UPCOMING = "upcoming"
    VOLUNTARY = "voluntary"
    NONE = "none"


class Situation(StrEnum):
    """Words for a visitor's case, by which rows about applying are chosen. Worked out from the answers."""

    OUTSIDE_CANADA = "outside_canada"
    IN_CANADA_VISITOR = "in_canada_visitor"
    IN_CANADA_WORK_PERMIT = "in_canada_work_permit"
    IN_CANADA_STUDY_PERMIT = "in_canada_study_permit"
    IN_CANADA_OTHER = "in_canada_other"
    LOCATION_NOT_SAID = "location_not_said"
    IN_CANADA = "in_canada"
    """Goes with every word that begins with it."""
    VISA_EXEMPT = "visa_exempt"
    VISA_REQUIRED = "visa_required"
    VISA_NOT_KNOWN = "visa_not_known"
    ETA = "eta"
    """The passport holder flies with an electronic travel authorization."""
    PROFESSIONAL = "professional"
    TECHNICIAN = "technician"
    """Without an occupation both categories hold."""
    OFFER_ARRANGED = "offer_arranged"
    OFFER_MISSING = "offer_missing"
    OCCUPATION_NAMED = "occupation_named"
    OCCUPATION_OPEN = "occupation_open"
    STATUS_NOT_ACCEPTED = "status_not_accepted"
    PERMANENT_RESIDENT = "permanent_resident"
    SHORTER_DEGREE = "shorter_degree"
    """The requirement accepts a shorter degree with a letter from the employer."""
    ALLOWANCES = "allowances"
    LICENCE_OPEN = "licence_open"
    PLACE_OPEN = "place_open"
    CONTROL_OPEN = "control_open"
    PASSPORT_LIMITS = "passport_limits"
    """The passport ends before the permit otherwise would."""
    PASSPORT_EXPIRED = "passport_expired"
    PARTNER = "partner"
    SPOUSE_OPEN = "spouse_open"
    SPOUSE_CLOSED = "spouse_closed"
    SPOUSE_NOT_KNOWN = "spouse_not_known"


LOCATIONS = (
    Situation.OUTSIDE_CANADA,
    Situation.IN_CANADA_VISITOR,
    Situation.IN_CANADA_WORK_PERMIT,
    Situation.IN_CANADA_STUDY_PERMIT,
    Situation.IN_CANADA_OTHER,
    Situation.LOCATION_NOT_SAID,
)
"""Exactly one of them holds."""
VISAS = (Situation.VISA_EXEMPT, Situation.VISA_REQUIRED, Situation.VISA_NOT_KNOWN)
"""Exactly one of them holds."""


class Standing(StrEnum):
    """How a way to apply, or the spouse's permit, stands for a visitor."""

    OPEN = "open"
    CLOSED = "closed"
    CONDITIONS = "conditions"


class LinePart(StrEnum):
    """The part of the result to which an advice line belongs."""

    STEP = "step"
    RISK = "risk"
    TIME = "time"
    PERMIT = "permit"
    SPOUSE = "spouse"
    DOCUMENT = "document"
    PITFALL = "pitfall"
    AFTERWARDS = "afterwards"
    PLAN = "plan"


class Payer(StrEnum):
    WORKER = "worker"
    PARTNER = "partner"
    EMPLOYER = "employer"


class FeeUnit(StrEnum):
    """What a fee is paid for once."""

    PERMIT = "permit"
    PERSON = "person"
    OFFER = "offer"


FIRST_PERMIT = "first-permit"
"""Slug of the permit term that limits the first permit (F-25)."""


# --- An edition -------------------------------------------------------------------------------------------


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

    def country(self, country: str) -> CountryRule | None:
        """The edition's line on a country, or None when the edition does not know it."""
        return self.countries.get(country)

    def covers(self, country: str) -> bool:
        rule = self.countries.get(country)
        return rule is not None and rule.covered

    def requirement(self, country: str | None, category: Category) -> Requirement | None:
        """The country's own row, else the row for every country, else None.

        A missing or uncovered country reads the row for every country (C-14, C-15); so does a covered
        country without a row of its own.
        """
        if country is not None and self.covers(country):
            own = self.requirements.get((country, category))
            if own is not None:
                return own
        return self.requirements.get((EVERY_COUNTRY, category))

    def has_include_rule(self, country: str, category: Category) -> bool:
        """Whether any line of the country's list includes anything in this category (C-4)."""
        return (country, category) in self._included

    def rules_for(self, country: str, category: Category, noc: str, teer: int) -> tuple[OccupationRule, ...]:
        """Every rule whose `match` names this code or its TEER; conditions are not looked at."""
        by_code = self._by_code.get((country, category, noc), ())
        by_teer = self._by_teer.get((country, category, teer), ())
        return (*by_code, *by_teer) if by_code and by_teer else by_code or by_teer


# --- Reference tables -------------------------------------------------------------------------------------


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
    note: str
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
class ApplicationRule:
    """How a way to apply stands for visitors of whom every word of `all_of` holds (F-21 to F-24)."""

    reason: str
    """A slug, once a route."""
    all_of: frozenset[Situation]
    standing: Standing
    says: Texts
    since: date | None
    """Before this day the rule does not hold; None when that day is not known."""
    fact_ids: tuple[str, ...]
    source: Source

    def holds(self, situations: frozenset[Situation], on: date) -> bool:
        return self.all_of <= situations and (self.since is None or self.since <= on)


@dataclass(frozen=True, slots=True)
class ApplicationRoute:
    """One way to apply; the first of its rules that holds decides."""

    slug: str
    title: Texts
    what: Texts
    fact_ids: tuple[str, ...]
    source: Source
    rules: tuple[ApplicationRule, ...]


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One sentence or two of advice, for visitors of whom any word of `any_of` holds; none means everybody."""

    slug: str
    part: LinePart
    route: str | None
    """Steps, risks and times may belong to one way to apply."""
    any_of: frozenset[Situation]
    says: Texts
    since: date | None
    """Before this day the line is not shown."""
    checked_on: date
    fact_ids: tuple[str, ...]
    source: Source

    def holds(self, situations: frozenset[Situation], on: date) -> bool:
        return (not self.any_of or bool(self.any_of & situations)) and (
            self.since is None or self.since <= on
        )


@dataclass(frozen=True, slots=True)
class Fee:
    """A government fee in Canadian dollars, as it stands from `as_of` on (F-28 to F-30)."""

    slug: str
    as_of: date
    label: Texts
    amount: Decimal
    payers: tuple[Payer, ...]
    unit: FeeUnit
    any_of: frozenset[Situation]
    """Words of which one must hold; none means that everybody may have to pay it."""
    counted: bool
    """Whether it is part of the usual total."""
    note: Texts
    fact_ids: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class PermitTerm:
    """A length in months, as it stands from `as_of` on (F-25)."""

    slug: str
    as_of: date
    months: int
    fact_ids: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Applying:
    """What is known of applying, and of the permit afterwards. Each list stands in its order on the page."""

    routes: tuple[ApplicationRoute, ...] = ()
    lines: tuple[AdviceLine, ...] = ()
    fees: tuple[Fee, ...] = ()
    permit_terms: tuple[PermitTerm, ...] = ()


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
    applying: Applying = Applying()
    other_doors: tuple[OtherDoor, ...] = ()
    """Those of single countries first."""
    shared_titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """NOC code -> codes whose official job titles are partly the same, most in common first."""


# --- What one assessment reads ----------------------------------------------------------------------------


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
