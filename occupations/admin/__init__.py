"""Screens for staff, one module each."""

from occupations.admin import (
    conditions,
    countries,
    differences,
    doors,
    editions,
    grounds,
    occupation_rules,
    periods,
    reference,
    requirements,
    sources,
    synonyms,
    uncoded_entries,
)

__all__ = [
    "conditions",
    "countries",
    "differences",
    "doors",
    "editions",
    "grounds",
    "occupation_rules",
    "periods",
    "reference",
    "requirements",
    "sources",
    "synonyms",
    "uncoded_entries",
]
