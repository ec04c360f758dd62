"""How to apply, fees, the permit and advice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from occupations import rulebook as rb
from occupations.building.values import Payload, Row, TextOf, day


def build_applying(payload: Payload, sources: Mapping[str, rb.Source], text_of: TextOf) -> rb.Applying:
    def in_order(table: str) -> list[Row]:
        return sorted(payload[table], key=lambda row: (row["position"], row["slug"]))

    rules = sorted(payload["application_rules"], key=lambda row: (row["position"], row["reason"]))
    return rb.Applying(
        routes=tuple(
            rb.ApplicationRoute(
                slug=row["slug"],
                title=text_of("application_route.title", row["title"]),
                what=text_of("application_route.what", row["what"]),
                fact_ids=tuple(row["fact_ids"]),
                source=sources[row["source"]],
                rules=tuple(_rule(rule, sources, text_of) for rule in rules if rule["route"] == row["slug"]),
            )
            for row in in_order("application_routes")
        ),
        lines=tuple(_line(row, sources, text_of) for row in in_order("advice_lines")),
        fees=tuple(_fee(row, sources, text_of) for row in in_order("fees")),
        permit_terms=tuple(
            rb.PermitTerm(
                slug=row["slug"],
                as_of=date.fromisoformat(row["as_of"]),
                months=row["months"],
                fact_ids=tuple(row["fact_ids"]),
                source=sources[row["source"]],
            )
            for row in sorted(payload["permit_terms"], key=lambda row: (row["slug"], row["as_of"]))
        ),
    )


def _rule(row: Row, sources: Mapping[str, rb.Source], text_of: TextOf) -> rb.ApplicationRule:
    return rb.ApplicationRule(
        reason=row["reason"],
        all_of=frozenset(rb.Situation(word) for word in row["all_of"]),
        standing=rb.Standing(row["standing"]),
        says=text_of("application_rule.says", row["says"]),
        since=day(row["since"]),
        fact_ids=tuple(row["fact_ids"]),
        source=sources[row["source"]],
    )


def _line(row: Row, sources: Mapping[str, rb.Source], text_of: TextOf) -> rb.AdviceLine:
    return rb.AdviceLine(
        slug=row["slug"],
        part=rb.LinePart(row["part"]),
        route=row["route"],
        any_of=frozenset(rb.Situation(word) for word in row["any_of"]),
        says=text_of("advice_line.says", row["says"]),
        since=day(row["since"]),
        checked_on=date.fromisoformat(row["checked_on"]),
        fact_ids=tuple(row["fact_ids"]),
        source=sources[row["source"]],
    )


def _fee(row: Row, sources: Mapping[str, rb.Source], text_of: TextOf) -> rb.Fee:
    note = row["note"]
    return rb.Fee(
        slug=row["slug"],
        as_of=date.fromisoformat(row["as_of"]),
        label=text_of("fee.label", row["label"]),
        amount=Decimal(row["amount"]),
        payers=tuple(rb.Payer(word) for word in row["payers"]),
        unit=rb.FeeUnit(row["unit"]),
        any_of=frozenset(rb.Situation(word) for word in row["any_of"]),
        counted=row["counted"],
        note=text_of("fee.note", note) if note else {},
        fact_ids=tuple(row["fact_ids"]),
        source=sources[row["source"]],
    )
