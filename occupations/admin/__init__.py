"""Screens for staff, one module each."""

from occupations.admin import (
    applying,
    conditions,
    countries,
    differences,
    doors,
    editions,
    grounds,
    history,
    home_panels,
    imports,
    occupation_rules,
    periods,
    reference,
    requirements,
    sources,
    synonyms,
    uncoded_entries,
)
from occupations.admin.publishing import links

__all__ = [
    "applying",
    "conditions",
    "countries",
    "differences",
    "doors",
    "editions",
    "grounds",
    "history",
    "home_panels",
    "imports",
    "links",
    "occupation_rules",
    "periods",
    "reference",
    "requirements",
    "sources",
    "synonyms",
    "uncoded_entries",
]
