"""How to apply, the permit, its cost, the papers and what comes afterwards, as plain JSON values.

The keys that `presenting.present` adds to an Assessment beside the criteria. All of it is advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from eligibility import formatting
from eligibility.explanations import applying, names
from eligibility.explanations.view import View
from eligibility.rules.outcomes import UNKNOWN, Assessment, Criterion, Evidence
from eligibility.rules.permit import Fees, PermitLength, Spouse
from eligibility.rules.routes import Application, Route
from occupations.rulebook import AdviceLine, Difference, LinePart, Snapshot, Source, text_in

Json = dict[str, Any]


def advice(application: Application, assessment: Assessment, view: View) -> Json:
    """Routes, spouse, permit, fees, documents, pitfalls, afterwards and plan, in the active language."""
    language = view.language

    def told(part: LinePart) -> list[Json]:
        return [_line(line, language) for line in view.rulebook.advice(part, application.situations)]

    return {
        "routes": [_route(route, language) for route in application.routes],
        "spouse": _spouse(application.spouse, told(LinePart.SPOUSE), view),
        "permit": _permit(application.permit, told(LinePart.PERMIT), view),
        "fees": _fees(application.fees, language),
        "fee_totals": _totals(application.fees, application.spouse, language),
        "documents": _documents(assessment, told(LinePart.DOCUMENT), language),
        "pitfalls": told(LinePart.PITFALL),
        "afterwards": told(LinePart.AFTERWARDS),
        "plan": told(LinePart.PLAN),
    }


def route_differences(application: Application, snapshot: Snapshot, view: View) -> list[Json]:
    """Where an edition shown for comparison says otherwise about applying in this case (D-06 to D-08, D-13)."""
    country, deciding = view.answers.country, view.rulebook.edition
    known = view.rulebook.reference.differences
    touching = dict.fromkeys(each for route in application.routes for each in _difference_ids(route, known))
    return [
        {
            "edition": slug,
            "criterion": None,
            "outcome": None,
            "difference": difference.id,
            "text": applying.route_difference(difference, snapshot.editions[slug], view),
        }
        for slug in snapshot.comparisons(deciding.slug)
        if country is not None and snapshot.editions[slug].covers(country)
        for difference in map(known.__getitem__, touching)
        if slug in difference.says and deciding.slug in difference.says
    ]


def _difference_ids(route: Route, known: Mapping[str, Difference]) -> tuple[str, ...]:
    return () if route.rule is None else tuple(each for each in route.rule.fact_ids if each in known)


def _route(route: Route, language: str) -> Json:
    since = None if route.rule is None else route.rule.since
    decided = route.rule or route.route
    return {
        "route": route.route.slug,
        "title": text_in(route.route.title, language),
        "what": text_in(route.route.what, language),
        "standing": route.standing.value,
        "standing_text": str(applying.STANDINGS[route.standing]),
        "reason": route.reason,
        "text": applying.route_sentence(route, language),
        "since": None if since is None else since.isoformat(),
        "steps": [_line(line, language) for line in route.steps],
        "risks": [_line(line, language) for line in route.risks],
        "times": [_line(line, language) for line in route.times],
        "sources": [_source(decided.source, decided.fact_ids)],
    }


def _line(line: AdviceLine, language: str) -> Json:
    return {
        "id": line.slug,
        "route": line.route,
        "text": applying.row_sentence(line, language),
        "since": None if line.since is None else line.since.isoformat(),
        "checked_on": line.checked_on.isoformat(),
        "sources": [_source(line.source, line.fact_ids)],
    }


def _source(source: Source, fact_ids: Iterable[str]) -> Json:
    """`date` is the document's own date of last change, or the day it was read where it carries none."""
    dated = source.dated or source.read_on
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "date": None if dated is None else dated.isoformat(),
        "fact": next(iter(fact_ids), ""),
    }


def _spouse(spouse: Spouse, lines: list[Json], view: View) -> Json:
    return {
        "standing": spouse.standing.value,
        "standing_text": str(applying.STANDINGS[spouse.standing]),
        "reason": spouse.reason.value,
        "wanted": spouse.wanted,
        "text": applying.spouse_sentence(spouse, view),
        "details": lines,
    }


def _permit(permit: PermitLength, lines: list[Json], view: View) -> Json:
    """`months` are whole months, `ends` the last day; both are missing where they cannot be named."""
    return {
        "limit": permit.limit.value,
        "months": permit.months,
        "longest_months": None if permit.term is None else permit.term.months,
        "begins": permit.begins.isoformat(),
        "start_given": permit.start_given,
        "ends": None if permit.ends is None else permit.ends.isoformat(),
        "text": formatting.sentences(applying.permit_sentences(permit, view), view.language),
        "details": lines,
        "sources": [] if permit.term is None else [_source(permit.term.source, permit.term.fact_ids)],
    }


def _fees(fees: Fees, language: str) -> list[Json]:
    return [
        {
            "fee": line.fee.slug,
            "label": text_in(line.fee.label, language),
            "amount": format(line.fee.amount, "f"),
            "currency": "CAD",
            "payer": line.payer.value,
            "payer_text": str(applying.PAYERS[line.payer]),
            "unit": line.fee.unit.value,
            "unit_text": str(applying.UNITS[line.fee.unit]),
            "counted": line.fee.counted,
            "in_total": line.in_total,
            "as_of": line.fee.as_of.isoformat(),
            "note": text_in(line.fee.note, language) if line.fee.note else "",
            "sources": [_source(line.fee.source, line.fee.fact_ids)],
        }
        for line in fees.lines
    ]


def _totals(fees: Fees, spouse: Spouse, language: str) -> Json:
    """Canadian dollars as decimal strings; `total` is what the family pays, without the employer's fee."""
    as_of = max((line.fee.as_of for line in fees.lines), default=None)
    said = list(applying.fee_sentences(fees, spouse, language))
    return {
        "worker": format(fees.worker, "f"),
        "partner": format(fees.partner, "f"),
        "total": format(fees.total, "f"),
        "employer": format(fees.employer, "f"),
        "currency": "CAD",
        "text": formatting.sentences(said, language) if fees.lines else "",
        "as_of_text": "" if as_of is None else applying.amounts_as_of(as_of, language),
    }


def _documents(assessment: Assessment, lines: list[Json], language: str) -> list[Json]:
    """Papers by criterion, each once (F-33). A point that is open begins with what to find out."""
    evidence, titles = names.EVIDENCE.told(language), names.CRITERIA.told(language)
    groups: list[Json] = []
    listed: set[Evidence] = set()
    for criterion, result in assessment.criteria.items():
        papers = [each for each in result.evidence if each not in listed]
        listed.update(papers)
        items = [{"text": evidence[each], "find_out": False} for each in papers]
        either = criterion is Criterion.LANGUAGE and len(items) > 1
        if result.outcome is UNKNOWN:
            items.insert(0, {"text": applying.find_out(criterion), "find_out": True})
        if items:
            groups.append(
                {
                    "criterion": criterion.value,
                    "title": titles[criterion],
                    "note": applying.one_is_enough() if either else "",
                    "items": items,
                }
            )
    if lines:
        items = [{"text": line["text"], "find_out": False} for line in lines]
        groups.append({"criterion": None, "title": applying.general_papers(), "note": "", "items": items})
    return groups
