"""From plain rows to the frozen values of `occupations.rulebook`. Pure: no database, no Django."""

from __future__ import annotations

from datetime import date

from occupations import rulebook as rb
from occupations.building.editions import build_editions
from occupations.building.reference import build_reference
from occupations.building.values import Payload, Row, TextOf, day, source, texts

__all__ = ["Payload", "Row", "build_edition", "build_snapshot", "missing_texts"]

OFFICIAL_IN_FRENCH = ("unit_group.title", "region.name")
"""Texts whose French is a column of their own table, and official."""


def build_snapshot(payload: Payload, revision: int = 0) -> rb.Snapshot:
    """The snapshot that the rows describe; `revision` is the data revision they were read at."""
    return _snapshot(payload, revision, texts(payload["translations"]))


def missing_texts(payload: Payload, language: str) -> list[tuple[str, str]]:
    """(context, English text) of everything that a visitor may read of the tables and `language` lacks."""
    text_of = texts(payload["translations"])
    missing: dict[tuple[str, str], None] = {}

    def noting(context: str, english: str) -> rb.Texts:
        found = text_of(context, english)
        if english and language not in found and not (language == "fr" and context in OFFICIAL_IN_FRENCH):
            missing[context, english] = None
        return found

    _snapshot(payload, 0, noting)
    return sorted(missing)


def _snapshot(payload: Payload, revision: int, text_of: TextOf) -> rb.Snapshot:
    sources = {row["id"]: source(row) for row in payload["sources"]}
    editions = build_editions(payload, sources, text_of)
    periods = [
        rb.PeriodInForce(row["edition"], date.fromisoformat(row["first_day"]), day(row["last_day"]))
        for row in payload["periods_in_force"]
    ]
    return rb.Snapshot(
        revision=revision,
        editions=editions,
        periods=tuple(sorted(periods, key=lambda period: period.first_day)),
        reference=build_reference(payload, sources, text_of),
        publications={row["edition"]: _publication(row, text_of) for row in payload.get("publications", ())},
    )


def _publication(row: Row, text_of: TextOf) -> rb.Publication:
    return rb.Publication(
        edition=row["edition"],
        title=text_of("edition.title", row["title"]),
        publisher=row["publisher"],
        url=row["url"],
        published_on=day(row["published_on"]),
        approved=row["approved"],
        is_withdrawn=row["is_withdrawn"],
        withdrawn_on=day(row["withdrawn_on"]),
    )


def build_edition(payload: Payload) -> tuple[rb.Edition, dict[str, rb.Texts]]:
    """The one edition that the rows hold, and what it says on points of difference: D-xx -> texts.

    Needs the tables that belong to an edition, `sources` and `translations`.
    """
    text_of = texts(payload["translations"])
    sources = {row["id"]: source(row) for row in payload["sources"]}
    (edition,) = build_editions(payload, sources, text_of).values()
    says = {row["difference"]: text_of("difference.says", row["says"]) for row in payload["difference_texts"]}
    return edition, says
