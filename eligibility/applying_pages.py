"""Applying, the permit and what follows, as the result page shows them: money and dates written out, sources once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain
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
        missing = dict.fromkeys(("routes", "permit", "spouse", "fees", "documents", "plan", "afterwards"))
        return {**shown, **missing, "left_out": applying.left_out()}
    spouse = assessment["spouse"]
    return {
        **shown,
        "routes": [_route(route, language) for route in assessment["routes"]],
        "first_steps": _first_steps(assessment["routes"], language),
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
    """One way to apply with its own lines; those that every way has stand before all of them."""
    own = {part: [line for line in route[part] if line["route"]] for part in ("steps", "risks", "times")}
    return {
        **route,
        "badge": BADGES[route["standing"]],
        **{part: _texts(lines) for part, lines in own.items()},
        "sources": _sources([route, *chain.from_iterable(own.values())], language),
    }


def _first_steps(routes: Iterable[Json], language: str) -> dict[str, Any]:
    """The steps that every way has, before its own."""
    steps = {line["id"]: line for route in routes for line in route["steps"] if line["route"] is None}
    return {"steps": _texts(steps.values()), "sources": _sources(steps.values(), language)}


def _told(part: Json, language: str) -> dict[str, Any]:
    sources = _sources([part, *part["details"]], language)
    badge = BADGES.get(part.get("standing", ""), "")
    return {**part, "badge": badge, "details": _texts(part["details"]), "sources": sources}


def _fees(assessment: Json, language: str) -> dict[str, Any] | None:
    """What the total holds by payer, then what a partner would add, then what stands apart from it."""
    rows = [
        {**fee, "amount": formatting.money(Decimal(fee["amount"]), language)} for fee in assessment["fees"]
    ]
    if not rows:
        return None
    usual = [row for row in rows if row["payer"] != Payer.EMPLOYER and row["counted"]]
    totals = assessment["fee_totals"]
    return {
        **totals,
        "payers": [
            {
                "name": payer_rows[0]["payer_text"],
                "total": formatting.money(Decimal(totals[payer.value]), language),
                "rows": payer_rows,
            }
            for payer in (Payer.WORKER, Payer.PARTNER)
            if (payer_rows := [row for row in usual if row["payer"] == payer])
        ],
        "apart": list({row["fee"]: row for row in rows if row not in usual}.values()),
        "sources": _sources(rows, language),
    }


def _sources(parts: Iterable[Json], language: str) -> list[dict[str, str]]:
    """Each document of some parts once, with its date written out."""
    found = {source["title"]: source for part in parts for source in part.get("sources", ())}
    return [
        {
            **source,
            "date": formatting.day(date.fromisoformat(source["date"]), language) if source["date"] else "",
        }
        for source in found.values()
    ]
