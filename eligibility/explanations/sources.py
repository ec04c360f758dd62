"""Where a result stands written: the documents behind its facts, and behind the tables that it used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from eligibility.rules.outcomes import CriterionResult, fact
from occupations.rulebook import Regulation, Rulebook, Source, Wage


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One document, with the fact that it states."""

    title: str
    publisher: str
    url: str
    dated: date | None
    read_on: date | None
    fact: str


def sources_of(result: CriterionResult, rulebook: Rulebook) -> tuple[SourceLine, ...]:
    """The best document for each fact, and those of the wage and licence tables; each once per fact."""
    return tuple(dict.fromkeys(_line(*document) for document in _documents(result, rulebook)))


def lines_for(fact_ids: tuple[str, ...], rulebook: Rulebook) -> tuple[SourceLine, ...]:
    """The best document for each of some facts."""
    return tuple(_line(*document) for document in _best(fact_ids, rulebook))


def _line(fact_id: str, source: Source) -> SourceLine:
    return SourceLine(source.title, source.publisher, source.url, source.dated, source.read_on, fact_id)


def _best(fact_ids: tuple[str, ...], rulebook: Rulebook) -> Iterator[tuple[str, Source]]:
    for fact_id in fact_ids:
        for source in rulebook.edition.citations.get(fact_id, ())[:1]:
            yield fact_id, source


def _documents(result: CriterionResult, rulebook: Rulebook) -> Iterator[tuple[str, Source]]:
    yield from _best(result.fact_ids, rulebook)
    table_fact = result.fact_ids[0] if result.fact_ids else ""
    row = fact(result.required, "row")
    if isinstance(row, Wage):
        yield table_fact, row.vintage.source
    rows = fact(result.required, "rows")
    for regulation in rows if isinstance(rows, tuple) else ():
        if isinstance(regulation, Regulation):
            yield table_fact, regulation.source
