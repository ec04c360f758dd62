"""Applying, the permit and what follows, as the result page shows them: money and dates written out, sources once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from eligibility import formatting
from eligibility.explanations import applying
from eligibility.presenting import Json
from eligibility.rules.outcomes import OverallOutcome
from occupations.rulebook import Payer, Standing

BADGES = {Standing.OPEN.value: "pass", Standing.CONDITIONS.value: "unknown", Standing.CLOSED.value: "fail"}
"""Which badge of a criterion each standing looks like."""


def for_page(assessment: Json, language: str) -> dict[str, Any]:
    """The sections of `templates/result/` about applying, from the Assessment JSON.

    When the answer is no, only what helps is given, and `left_out` says that the rest is missing.
    """
    shown = {"pitfalls": _texts(assessment["pitfalls"])}
    if assessment["outcome"] == OverallOutcome.NOT_ELIGIBLE.value:
        empty = {"routes": [], "documents": [], "afterwards": [], "plan": []}
        return {
            **shown,
            **empty,
            "permit": None,
            "spouse": None,
            "fees": None,
            "left_out": applying.left_out(),
        }
    spouse = assessment["spouse"]
    return {
        **shown,
        "routes": [_route(route, language) for route in assessment["routes"]],
        "permit": _told(assessment["permit"], language),
        "spouse": None if spouse["wanted"] is False else _told(spouse, language),
        "fees": _fees(assessment, language),
        "documents": assessment["documents"],
        "afterwards": _told({"details": assessment["afterwards"]}, language),
        "plan": _texts(assessment["plan"]),
        "left_out": "",
    }


def _texts(lines: Iterable[Json]) -> list[str]:
    return [line["text"] for line in lines]


def _route(route: Json, language: str) -> dict[str, Any]:
    lines = [*route["steps"], *route["risks"], *route["times"]]
    return {
        **route,
        "badge": BADGES[route["standing"]],
        **{part: _texts(route[part]) for part in ("steps", "risks", "times")},
        "sources": _sources([route, *lines], language),
    }


def _told(part: Json, language: str) -> dict[str, Any]:
    sources = _sources([part, *part["details"]], language)
    badge = BADGES.get(part.get("standing", ""), "")
    return {**part, "badge": badge, "details": _texts(part["details"]), "sources": sources}


def _fees(assessment: Json, language: str) -> dict[str, Any] | None:
    """The fees in one table, the employer's apart from it."""
    rows = [
        {**fee, "amount": formatting.money(Decimal(fee["amount"]), language)} for fee in assessment["fees"]
    ]
    if not rows:
        return None
    return {
        **assessment["fee_totals"],
        "rows": [row for row in rows if row["payer"] != Payer.EMPLOYER],
        "employers": [row for row in rows if row["payer"] == Payer.EMPLOYER],
        "sources": _sources(rows, language),
    }


def _sources(parts: Iterable[Json], language: str) -> list[dict[str, str]]:
    """Each document of some parts once, with its date written out."""
    found: dict[str, dict[str, str]] = {}
    for part in parts:
        for source in part.get("sources", ()):
            dated = formatting.day(date.fromisoformat(source["date"]), language) if source["date"] else ""
            found.setdefault(source["title"], {**source, "date": dated})
    return list(found.values())
