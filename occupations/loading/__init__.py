"""Reading the shipped tables: every row is checked before anything is stored or built from it."""

from occupations.loading.checks import check_tables
from occupations.loading.problems import BadData, Place, Problem
from occupations.loading.reading import ReadTable, Row, read_tables

__all__ = ["BadData", "Place", "Problem", "ReadTable", "Row", "check_tables", "read_tables"]
