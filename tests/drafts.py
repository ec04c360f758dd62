"""Drafts for tests: a copy of an edition with every row that belongs to it."""

from __future__ import annotations

from typing import Any

from occupations import models as m

TABLES: tuple[type[Any], ...] = (
    m.Country,
    m.Requirement,
    m.Condition,
    m.OccupationRule,
    m.UncodedEntry,
    m.CriterionFacts,
    m.Citation,
    m.DifferenceText,
)


def copied(slug: str = "trial-2027", like: str = "ircc-2024-10-03") -> m.Edition:
    """A draft with the rules, texts and sources of another edition."""
    edition = m.Edition.objects.get(pk=like)
    edition.pk, edition.state = slug, "draft"
    edition._state.adding = True
    edition.save(force_insert=True)
    for table in TABLES:
        rows = list(table._default_manager.filter(edition=like))
        for row in rows:
            row.pk, row.edition = None, edition
            row._state.adding = True
        table._default_manager.bulk_create(rows)
    return edition


def excluded(edition: m.Edition, country: str, noc: str, category: str = "professional") -> m.OccupationRule:
    """One more line of a draft: the occupation is excluded, whatever the answers to conditions."""
    last = m.OccupationRule.objects.filter(edition=edition).order_by("-position")[0].position
    return m.OccupationRule.objects.create(
        edition=edition,
        position=last + 1,
        country=country,
        category=category,
        effect="exclude",
        list_entry="Draft entry that nobody may see",
        unit_group=m.UnitGroup.objects.get(code=noc, classification=edition.classification),
        confidence="",
        fact_ids=["F-05"],
    )
