"""What would make somebody eligible: the smallest sets of changes, found by running the same rules again."""

from __future__ import annotations

from eligibility.rules.changes.search import Advice, Suggestion, advise, smallest_mends, suggest
from eligibility.rules.changes.values import Change, ChangeKind, applied, changed_fields

__all__ = [
    "Advice",
    "Change",
    "ChangeKind",
    "Suggestion",
    "advise",
    "applied",
    "changed_fields",
    "smallest_mends",
    "suggest",
]
