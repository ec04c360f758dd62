"""Screens for staff, one module each."""

from django.contrib import admin

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
    import_panel,
    imports,
    occupation_rules,
    overdue,
    periods,
    reference,
    requirements,
    sources,
    synonyms,
    uncoded_entries,
)
from occupations.admin.publishing import links

# The home page lists the screens in groups; a second list beside every page would only take room.
admin.site.enable_nav_sidebar = False

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
    "import_panel",
    "imports",
    "links",
    "occupation_rules",
    "overdue",
    "periods",
    "reference",
    "requirements",
    "sources",
    "synonyms",
    "uncoded_entries",
]
