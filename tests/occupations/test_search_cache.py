"""The index in use: built once, kept while no title changes, fresh after staff edit a synonym."""

from __future__ import annotations

import dataclasses
from threading import Event, Thread

import pytest

from occupations.models import OccupationSynonym, UnitGroup
from occupations.rulebook import Reference, Snapshot, Synonym
from occupations.search import SearchIndex, cache, index_for
from occupations.snapshots import refresh
from tests.occupations.search_fixtures import reference_of, unit_group

PHYSICISTS = reference_of(unit_group("21100", "Physicists"))
CHEMISTS = reference_of(unit_group("21101", "Chemists"))


def snapshot_of(reference: Reference, revision: int) -> Snapshot:
    return Snapshot(revision=revision, editions={}, periods=(), reference=reference)


@pytest.fixture(autouse=True)
def nothing_built_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_process", cache._Process())


def test_a_snapshot_is_indexed_once() -> None:
    snapshot = snapshot_of(PHYSICISTS, 1)
    assert index_for(snapshot) is index_for(snapshot)


def test_a_later_snapshot_with_other_titles_gets_an_index_of_its_own() -> None:
    assert index_for(snapshot_of(PHYSICISTS, 1)).search("physicist")
    index = index_for(snapshot_of(CHEMISTS, 2))
    assert index.search("chemist")
    assert not index.search("physicist")


def test_a_later_snapshot_with_the_same_titles_keeps_the_index() -> None:
    before = index_for(snapshot_of(PHYSICISTS, 1))
    assert index_for(snapshot_of(reference_of(unit_group("21100", "Physicists")), 2)) is before


def test_a_new_synonym_makes_a_new_index() -> None:
    index_for(snapshot_of(PHYSICISTS, 1))
    reference = dataclasses.replace(PHYSICISTS, synonyms=(Synonym("en", "boffin", "21100"),))
    assert index_for(snapshot_of(reference, 2)).search("boffin")


def test_searches_go_on_with_the_index_before_while_the_next_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = index_for(snapshot_of(PHYSICISTS, 1))
    began, may_end = Event(), Event()

    def slow(reference: Reference, synonyms: tuple[Synonym, ...]) -> SearchIndex:
        began.set()
        assert may_end.wait(10)
        return SearchIndex(reference, synonyms)

    monkeypatch.setattr(cache, "SearchIndex", slow)
    later = snapshot_of(CHEMISTS, 2)
    builder = Thread(target=index_for, args=[later])
    builder.start()
    assert began.wait(10)
    assert index_for(later) is before
    may_end.set()
    builder.join(10)
    assert index_for(later).search("chemist")


@pytest.mark.django_db
def test_what_staff_add_hide_and_restore_is_searched_at_the_next_look() -> None:
    synonym = OccupationSynonym.objects.create(
        unit_group=UnitGroup.objects.get(code="21100"), language="en", phrase="boffinologist", why="a test"
    )
    assert [match.noc for match in index_for(refresh()).search("boffinologist")] == ["21100"]
    synonym.hidden = True
    synonym.save()
    assert index_for(refresh()).search("boffinologist") == ()


@pytest.mark.django_db
def test_a_shipped_synonym_is_found_through_the_database() -> None:
    assert OccupationSynonym.objects.filter(phrase="sparky", unit_group__code="72200").exists()
    assert index_for(refresh()).search("sparky")[0].noc == "72200"
