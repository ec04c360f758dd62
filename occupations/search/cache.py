"""The search index of the snapshot in use, built once per revision and process."""

from __future__ import annotations

from threading import Lock

from occupations.rulebook import Snapshot
from occupations.search.engine import SearchIndex

_building = Lock()
_current: tuple[int, SearchIndex] | None = None


def index_for(snapshot: Snapshot) -> SearchIndex:
    """The index of the snapshot's revision.

    The first call for a revision builds it. While another thread does, callers get the index of the revision
    before, and wait only where there is none. Call it where a new snapshot is read, so that no visitor pays.
    """
    global _current
    held = _current
    if held is not None and (held[0] == snapshot.revision or _building.locked()):
        return held[1]
    with _building:
        held = _current
        if held is None or held[0] != snapshot.revision:
            index = SearchIndex(snapshot.reference, snapshot.reference.synonyms)
            held = _current = (snapshot.revision, index)
    return held[1]
