"""Screens for staff, one module each."""

from occupations.admin import (
    applying,
    conditions,
    countries,
    differences,
    doors,
    editions,
    grounds,
    home_panels,
    occupation_rules,
    periods,
    reference,
    requirements,
    sources,
    synonyms,
    uncoded_entries,
)

__all__ = [
    "applying",
    "conditions",
    "countries",
    "differences",
    "doors",
    "editions",
    "grounds",
    "home_panels",
    "occupation_rules",
    "periods",
    "reference",
    "requirements",
    "sources",
    "synonyms",
    "uncoded_entries",
]
