"""Lines that cannot stand beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from occupations.contradictions import (
    Line,
    contradicting,
    contradictions,
    is_outside_category,
    line_of,
    outside_category,
    teers_of,
    unknown_conditions,
    unused_conditions,
)
from occupations.models import Condition, Edition, OccupationRule, Requirement, UnitGroup

INCLUDED = Line(1, "AU", "professional", "include", "21231")
EXCLUDED = replace(INCLUDED, pk=2, effect="exclude")
ALL_WORK = Line(3, "AU", "professional", "include", None, frozenset({0, 1}))
NO_WORK = replace(ALL_WORK, pk=4, effect="exclude")


@pytest.mark.parametrize(
    ("included", "excluded"),
    [
        (INCLUDED, EXCLUDED),
        (replace(INCLUDED, when="research"), EXCLUDED),
        (replace(INCLUDED, when="research"), replace(EXCLUDED, when="research")),
        (replace(INCLUDED, unless="research"), replace(EXCLUDED, unless="research")),
        (INCLUDED, NO_WORK),
        (ALL_WORK, NO_WORK),
    ],
)
def test_an_inclusion_that_can_never_count_is_a_contradiction(included: Line, excluded: Line) -> None:
    assert contradictions([included, excluded]) == [(included, excluded)]
    assert contradicting(excluded, [included]) == [included]
    assert contradicting(included, [excluded]) == [excluded]


@pytest.mark.parametrize(
    ("included", "excluded"),
    [
        (INCLUDED, replace(EXCLUDED, country="JP")),
        (INCLUDED, replace(EXCLUDED, category="technician")),
        (INCLUDED, replace(EXCLUDED, code="21232")),
        (INCLUDED, replace(EXCLUDED, when="research")),
        (INCLUDED, replace(EXCLUDED, unless="research")),
        (replace(INCLUDED, when="research"), replace(EXCLUDED, unless="research")),
        (replace(INCLUDED, when="research"), replace(EXCLUDED, when="notary")),
        (ALL_WORK, EXCLUDED),
        (ALL_WORK, replace(NO_WORK, teers=frozenset({0}))),
        (INCLUDED, replace(NO_WORK, teers=frozenset({0}))),
        (INCLUDED, replace(INCLUDED, pk=2)),
    ],
)
def test_lines_that_both_have_an_effect_are_none(included: Line, excluded: Line) -> None:
    assert contradictions([included, excluded]) == []
    assert contradicting(excluded, [included]) == []


def test_a_line_does_not_contradict_its_own_stored_row() -> None:
    assert contradicting(EXCLUDED, [replace(INCLUDED, pk=EXCLUDED.pk)]) == []
    assert contradicting(replace(EXCLUDED, pk=None), [INCLUDED]) == [INCLUDED]


def test_a_code_must_have_a_teer_of_its_category() -> None:
    teers = {("AU", "professional"): frozenset({0, 1}), ("*", "professional"): frozenset({0})}
    assert not is_outside_category(INCLUDED, teers)
    assert is_outside_category(replace(INCLUDED, code="22220"), teers)
    assert is_outside_category(replace(INCLUDED, country="MY"), teers)
    assert is_outside_category(replace(ALL_WORK, teers=frozenset({1, 2})), teers)
    assert not is_outside_category(replace(INCLUDED, category="technician"), teers)


def test_conditions_are_named_and_stand_in_the_edition() -> None:
    line = replace(INCLUDED, when="research", unless="notary")
    assert unknown_conditions([line, EXCLUDED], ["notary"]) == [(line, "research")]
    assert unused_conditions([line, EXCLUDED], ["research", "sailing"]) == ["sailing"]


@pytest.mark.django_db
def test_the_shipped_editions_contradict_nothing() -> None:
    for edition in Edition.objects.all():
        lines = [line_of(row) for row in edition.occupationrule_set.select_related("unit_group")]
        assert len(lines) > 200
        assert contradictions(lines) == []
        assert outside_category(lines, teers_of(Requirement.objects.filter(edition=edition))) == []
        slugs = Condition.objects.filter(edition=edition).values_list("slug", flat=True)
        assert unknown_conditions(lines, slugs) == []
        assert unused_conditions(lines, slugs) == []


@pytest.mark.django_db
def test_a_row_that_is_not_stored_yet_is_a_line_too() -> None:
    group = UnitGroup.objects.filter(code="21231").first()
    row = OccupationRule(country="AU", category="professional", effect="exclude", unit_group=group, when="")
    assert line_of(row) == replace(EXCLUDED, pk=None)
