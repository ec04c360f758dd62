"""What differs between two editions: every row of every table, and every column of a row, in words."""

from occupations.comparing.comparison import Comparison, Group, RowChange, Section, compare

__all__ = ["Comparison", "Group", "RowChange", "Section", "compare"]
