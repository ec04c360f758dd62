"""How to apply, what it costs and what follows: values of dated tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from occupations.rulebook.edition import Source
from occupations.rulebook.words import Texts


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
