"""Unit groups whose job titles are partly the same."""

from __future__ import annotations

from occupations.building import build_snapshot
from occupations.building.shared_titles import TITLES_IN_COMMON, shared_titles
from occupations.rulebook import UnitGroup
from occupations.shipped import shipped_payload


def group(code: str, *titles: str) -> UnitGroup:
    return UnitGroup(code, int(code[1]), {"en": code}, {"en": titles})


def test_titles_count_without_their_context_and_from_two_words_on() -> None:
    groups = [
        group("11111", "Quality inspector - textiles", "Press operator (paper)", "Manager"),
        group("22222", "Quality inspector - food", "Press operator", "Manager"),
        group("33333", "Quality inspector", "Manager"),
    ]
    found = shared_titles({each.code: each for each in groups})
    assert found["11111"] == ("22222",)
    assert found["33333"] == ()


def test_a_likeness_goes_both_ways_and_never_to_oneself() -> None:
    found = build_snapshot(shipped_payload()).reference.shared_titles
    assert sum(map(len, found.values())) > 100
    for code, others in found.items():
        assert code not in others
        assert all(code in found[other] for other in others)
    assert TITLES_IN_COMMON == 2
