"""What an Assessment says about applying: routes, permit, family, fees, papers. All of it is advice."""

from __future__ import annotations

from typing import Literal

from eligibility.api.schemas.base import Day, Exact, Money, Source
from eligibility.rules.outcomes import Criterion
from eligibility.rules.permit import Limit, SpouseReason
from occupations.rulebook import FeeUnit, Payer

# Another enumeration of the document has the name Standing.
RouteStanding = Literal["open", "closed", "conditions"]


class FactSource(Source):
    fact: str


class Advice(Exact):
    """A sentence or two, with the day it was last checked."""

    id: str
    route: str | None
    text: str
    since: Day | None
    checked_on: Day
    sources: list[FactSource]


class Route(Exact):
    """A way to apply, and whether this visitor may take it."""

    route: str
    title: str
    what: str
    standing: RouteStanding
    standing_text: str
    reason: str
    text: str
    since: Day | None
    steps: list[Advice]
    risks: list[Advice]
    times: list[Advice]
    sources: list[FactSource]


class Spouse(Exact):
    """The open work permit of a spouse or partner."""

    standing: RouteStanding
    standing_text: str
    reason: SpouseReason
    wanted: bool | None
    text: str
    details: list[Advice]


class Permit(Exact):
    """How long the permit may last; null where that cannot be said."""

    limit: Limit
    months: int | None
    longest_months: int | None
    begins: Day
    start_given: bool
    ends: Day | None
    text: str
    details: list[Advice]
    sources: list[FactSource]


class Fee(Exact):
    fee: str
    label: str
    amount: Money
    currency: Literal["CAD"]
    payer: Payer
    payer_text: str
    unit: FeeUnit
    unit_text: str
    counted: bool
    in_total: bool
    as_of: Day
    note: str
    sources: list[FactSource]


class FeeTotals(Exact):
    worker: Money
    partner: Money
    total: Money
    """What the family pays, without the employer's fee."""
    employer: Money
    currency: Literal["CAD"]
    text: str
    as_of_text: str


class Paper(Exact):
    text: str
    find_out: bool
    """Not a paper yet: something to find out first."""


class Papers(Exact):
    """The papers of one criterion; null for those of every application."""

    criterion: Criterion | None
    title: str
    note: str
    items: list[Paper]


class Applying(Exact):
    routes: list[Route]
    spouse: Spouse
    permit: Permit
    fees: list[Fee]
    fee_totals: FeeTotals
    documents: list[Papers]
    pitfalls: list[Advice]
    afterwards: list[Advice]
    plan: list[Advice]
