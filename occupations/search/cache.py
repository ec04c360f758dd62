"""The search index of the snapshot in use, built once per process and change of titles."""

from __future__ import annotations

import os
from threading import Lock

from occupations.rulebook import Reference, Snapshot
from occupations.search.engine import SearchIndex


class _Process:
    """What this process holds. What a child inherits is still good, except a lock that is held."""

    def __init__(self) -> None:
        self.held: tuple[Reference, SearchIndex] | None = None
        self.building = Lock()


_process = _Process()


def _begin_anew() -> None:
    """Keep what is built, which the child shares with its parent, and take a lock of its own."""
    _process.building = Lock()


os.register_at_fork(after_in_child=_begin_anew)


def index_for(snapshot: Snapshot) -> SearchIndex:
    """The index of the snapshot's revision.

    The first call for a revision builds it, unless no title has changed. While another thread builds, callers
    get the index of the revision before, and wait only where there is none. The thread that reads a new
    snapshot calls this, so that no visitor pays for it.
    """
    process, wanted = _process, snapshot.reference
    held = process.held
    if held is not None and (held[0] is wanted or process.building.locked()):
        return held[1]
    with process.building:
        held = process.held
        if held is None or not _same_titles(held[0], wanted):
            held = wanted, SearchIndex(wanted, wanted.synonyms)
        process.held = wanted, held[1]
    return held[1]


def _same_titles(one: Reference, other: Reference) -> bool:
    """Whether an index of the one serves the other; publishing an edition changes no title."""
    return one is other or (
        one.unit_groups == other.unit_groups
        and one.synonyms == other.synonyms
        and one.concordance == other.concordance
        and one.noc2016_titles == other.noc2016_titles
    )
