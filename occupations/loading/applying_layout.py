"""The files about applying, fees and the permit: advice, not rules."""

from __future__ import annotations

from occupations.loading import columns as c
from occupations.loading.columns import Column
from occupations.loading.table import Table, optional_text, several
from occupations.rulebook import FeeUnit, LinePart, Payer, Situation, Standing

FACTS = several("fact_ids", c.fact_id)
SOURCE = Column("source", c.source_id)

APPLYING_TABLES = (
    Table(
        "application_routes",
        "application_routes.csv",
        (Column("slug", c.advice_slug), Column("title", c.text), Column("what", c.text), FACTS, SOURCE),
        key=("slug",),
        numbered=True,
    ),
    Table(
        "application_rules",
        "application_rules.csv",
        (
            Column("route", c.advice_slug),
            Column("reason", c.advice_slug),
            several("all_of", c.member(Situation), required=False),
            Column("standing", c.member(Standing)),
            Column("says", c.text),
            Column("since", c.day, required=False),
            FACTS,
            SOURCE,
        ),
        key=("route", "reason"),
        numbered=True,
    ),
    Table(
        "advice_lines",
        "advice_lines.csv",
        (
            Column("slug", c.advice_slug),
            Column("part", c.member(LinePart)),
            Column("route", c.advice_slug, required=False),
            several("any_of", c.member(Situation), required=False),
            Column("says", c.text),
            Column("since", c.day, required=False),
            Column("checked_on", c.day),
            FACTS,
            SOURCE,
        ),
        key=("slug",),
        numbered=True,
    ),
    Table(
        "fees",
        "fees.csv",
        (
            Column("slug", c.advice_slug),
            Column("as_of", c.day),
            Column("label", c.text),
            Column("amount", c.amount),
            several("payers", c.member(Payer)),
            Column("unit", c.member(FeeUnit)),
            several("any_of", c.member(Situation), required=False),
            Column("counted", c.yes_or_no),
            optional_text("note"),
            FACTS,
            SOURCE,
        ),
        key=("slug", "as_of"),
        numbered=True,
    ),
    Table(
        "permit_terms",
        "permit_terms.csv",
        (
            Column("slug", c.advice_slug),
            Column("as_of", c.day),
            Column("months", c.whole_number),
            FACTS,
            SOURCE,
        ),
        key=("slug", "as_of"),
    ),
)
