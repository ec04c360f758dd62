"""Ranked occupation search over the titles of a snapshot, in memory, without a database.

`index_for(snapshot).search("full stack develper")` gives one match per unit group, best first.
How it was chosen: `docs/decisions/0010-occupation-search.md`.
"""

from __future__ import annotations

from occupations.search.cache import index_for
from occupations.search.engine import MAX_QUERY_LENGTH, Match, SearchIndex
from occupations.search.index import MatchKind

__all__ = ["MAX_QUERY_LENGTH", "Match", "MatchKind", "SearchIndex", "index_for"]
