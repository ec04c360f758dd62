"""What the tests of the occupation search share: the index of the shipped tables, and small references."""

from __future__ import annotations

from functools import cache

from occupations.building import build_snapshot
from occupations.rulebook import Reference, Snapshot, UnitGroup
from occupations.search import Match, SearchIndex
from occupations.shipped import shipped_payload


@cache
def shipped_snapshot() -> Snapshot:
    return build_snapshot(shipped_payload(), revision=1)


@cache
def shipped_index() -> SearchIndex:
    reference = shipped_snapshot().reference
    return SearchIndex(reference, reference.synonyms)


def search(query: str) -> tuple[Match, ...]:
    return shipped_index().search(query)


def first(query: str) -> str:
    """The code of the best match, or an empty text."""
    return next((match.noc for match in search(query)), "")


def reference_of(*groups: UnitGroup) -> Reference:
    """A reference that knows nothing but these unit groups."""
    return Reference(
        classification="NOC 2021 V1.0",
        unit_groups={group.code: group for group in groups},
        concordance={},
        noc2016_titles={},
        regions={},
        wages={},
        regulations={},
        country_names={},
        differences={},
    )


def unit_group(code: str, title: str, *job_titles: str) -> UnitGroup:
    return UnitGroup(code, int(code[1]), {"en": title, "fr": ""}, {"en": job_titles, "fr": ()})
