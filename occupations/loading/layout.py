"""The layout of the shipped tables: every file, its columns and its key, each named once.

Reading, checking and storing all follow this list.
"""

from __future__ import annotations

from occupations.loading.applying_layout import APPLYING_TABLES
from occupations.loading.edition_layout import CRITERIA, EDITION_TABLES, PERIODS
from occupations.loading.reference_layout import PROVINCES, REFERENCE_TABLES, TRANSLATED
from occupations.loading.table import Table

__all__ = [
    "APPLYING_TABLES",
    "CRITERIA",
    "EDITION_TABLES",
    "PERIODS",
    "PROVINCES",
    "REFERENCE_TABLES",
    "TABLES",
    "TRANSLATED",
    "Table",
]

TABLES = (*REFERENCE_TABLES, *APPLYING_TABLES, *EDITION_TABLES, PERIODS)
"""In the order in which they are stored: what is referred to comes first."""
