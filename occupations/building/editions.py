"""Editions with their countries, requirements, conditions and occupation rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from occupations import rulebook as rb
from occupations.building.values import Payload, Row, TextOf, amount, day


def build_editions(
    payload: Payload, sources: Mapping[str, rb.Source], text_of: TextOf
) -> dict[str, rb.Edition]:
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for table in (
        "countries",
        "requirements",
        "conditions",
        "occupation_rules",
        "uncoded_entries",
        "criterion_facts",
        "citations",
    ):
        for row in payload[table]:
            rows[row["edition"], table].append(row)

    def rows_of(slug: str, table: str) -> list[Row]:
        return rows[slug, table]

    return {
        row["slug"]: _edition(row, partial(rows_of, row["slug"]), sources, text_of)
        for row in sorted(payload["editions"], key=lambda row: str(row["slug"]))
    }


def _edition(
    row: Row, rows_of: Callable[[str], list[Row]], sources: Mapping[str, rb.Source], text_of: TextOf
) -> rb.Edition:
    conditions = sorted(rows_of("conditions"), key=_position)
    rules = sorted(rows_of("occupation_rules"), key=_position)
    uncoded = sorted(rows_of("uncoded_entries"), key=_position)
    requirements = [_requirement(item) for item in rows_of("requirements")]
    return rb.Edition(
        slug=row["slug"],
        title=text_of("edition.title", row["title"]),
        summary=text_of("edition.summary", row["summary"]),
        short_name=text_of("edition.short_name", row["short_name"]),
        publisher=row["publisher"],
        url=row["url"],
        source_modified=day(row["source_modified"]),
        read_on=date.fromisoformat(row["read_on"]),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=day(row["effective_to"]),
        is_comparison=row["is_comparison"],
        countries={item["country"]: _country(item, text_of) for item in rows_of("countries")},
        requirements={(item.country, item.category): item for item in requirements},
        conditions={item["slug"]: _condition(item, text_of) for item in conditions},
        occupation_rules=tuple(_occupation_rule(item, text_of) for item in rules),
        uncoded_entries=tuple(_uncoded_entry(item, text_of) for item in uncoded),
        criterion_facts={item["criterion"]: tuple(item["fact_ids"]) for item in rows_of("criterion_facts")},
        citations={
            item["fact"]: tuple(sources[source] for source in item["sources"])
            for item in rows_of("citations")
        },
    )


def _position(row: Row) -> int:
    return int(row["position"])


def _country(row: Row, text_of: TextOf) -> rb.CountryRule:
    return rb.CountryRule(
        country=row["country"],
        covered=row["covered"],
        statuses=frozenset(row["statuses"]),
        spouse_statuses=frozenset(row["spouse_statuses"]),
        visa_exempt=row["visa_exempt"],
        eta=row["eta"],
        note=text_of("country.note", row["note"]),
        fact_ids=tuple(row["fact_ids"]),
    )


def _requirement(row: Row) -> rb.Requirement:
    return rb.Requirement(
        country=row["country"],
        category=rb.Category(row["category"]),
        teers=frozenset(row["teers"]),
        min_education_years=Decimal(row["min_education_years"]),
        credential_rule=rb.CredentialRule(row["credential_rule"]),
        equivalent_years_with_letter=amount(row["equivalent_years_with_letter"]),
        equivalent_country=row["equivalent_country"],
        min_experience_years=Decimal(row["min_experience_years"]),
        degree_field_related_required=row["degree_field_related_required"],
        licence_grace_months=row["licence_grace_months"],
        fact_ids=tuple(row["fact_ids"]),
    )


def _condition(row: Row, text_of: TextOf) -> rb.Condition:
    return rb.Condition(
        slug=row["slug"],
        question=text_of("condition.question", row["question"]),
        help=text_of("condition.help", row["help"]),
    )


def _occupation_rule(row: Row, text_of: TextOf) -> rb.OccupationRule:
    education_note = row["education_note"]
    return rb.OccupationRule(
        position=row["position"],
        country=row["country"],
        category=rb.Category(row["category"]),
        effect=rb.Effect(row["effect"]),
        certain=row["certain"],
        noc=row["noc"],
        teers=frozenset(row["teers"]),
        when=row["when"],
        unless=row["unless"],
        list_entry=text_of("occupation_rule.list_entry", row["list_entry"]),
        confidence=row["confidence"],
        note=text_of("occupation_rule.note", row["note"]),
        fact_ids=tuple(row["fact_ids"]),
        min_education_years=amount(row["min_education_years"]),
        education_note=text_of("occupation_rule.education_note", education_note) if education_note else {},
    )


def _uncoded_entry(row: Row, text_of: TextOf) -> rb.UncodedEntry:
    return rb.UncodedEntry(
        country=row["country"],
        category=rb.Category(row["category"]),
        effect=rb.Effect(row["effect"]),
        certain=row["certain"],
        list_entry=text_of("uncoded_entry.list_entry", row["list_entry"]),
        note=text_of("uncoded_entry.note", row["note"]),
        fact_ids=tuple(row["fact_ids"]),
    )
