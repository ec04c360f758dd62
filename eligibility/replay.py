"""Rebuilds a journey from what is stored: nothing is remembered that the stored answers do not say.

Every request replays the steps in order on the rules of the day. A step is *open* when something it asks now
has no answer yet, or was answered for another occupation, country or place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from eligibility.forms.base import Setting, Values
from eligibility.rules.answers import Answers, AnswersError
from eligibility.steps import STEPS, Step
from occupations.rulebook import Rulebook

NOT_ANSWERED: Values = {}


class Stored(NamedTuple):
    """One step as the journey keeps it."""

    values: Values
    basis: Mapping[str, Any]
    """`Step.basis` at the time of answering."""


class Turn(NamedTuple):
    """One shown step of a replay."""

    step: Step
    setting: Setting
    asked: tuple[str, ...]
    values: Values
    """What is kept of this step, as far as it is still asked and still meant for these answers."""
    answered: bool
    outdated: tuple[str, ...]
    """Fields to ask again because an earlier answer that they were given for has changed."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The journey as it stands."""

    turns: tuple[Turn, ...]
    answers: Answers

    def turn(self, slug: str) -> Turn | None:
        return next((turn for turn in self.turns if turn.step.slug == slug), None)

    @property
    def first_open(self) -> Turn | None:
        return next((turn for turn in self.turns if not turn.answered), None)

    @property
    def begun(self) -> bool:
        return any(turn.answered for turn in self.turns)

    def can_open(self, slug: str) -> bool:
        """Whether every step before this one is answered."""
        first_open = self.first_open
        if first_open is None:
            return True
        order = [turn.step.slug for turn in self.turns]
        return slug in order and order.index(slug) <= order.index(first_open.step.slug)


def replay(stored: Mapping[str, Stored], rulebook: Rulebook, language: str) -> Replay:
    """Play the stored steps in order. Never raises on stored answers: what no longer fits is asked again."""
    return _play(STEPS, stored, Setting(Answers(), rulebook, language), ())


def replay_from(slug: str, earlier: Replay, stored: Mapping[str, Stored]) -> Replay:
    """Like `replay`, when nothing before the shown step `slug` has changed since `earlier`.

    Raises StopIteration when `earlier` does not show that step.
    """
    at, turn = next((at, turn) for at, turn in enumerate(earlier.turns) if turn.step.slug == slug)
    return _play(STEPS[STEPS.index(turn.step) :], stored, turn.setting, earlier.turns[:at])


def _play(
    steps: Iterable[Step], stored: Mapping[str, Stored], start: Setting, before: tuple[Turn, ...]
) -> Replay:
    """The turns `before`, which led to the setting `start`, and those of `steps`."""
    answers, rulebook, language = start.answers, start.rulebook, start.language
    raw = answers.to_json()
    turns = list(before)
    for step in steps:
        setting = Setting(answers, rulebook, language)
        kept = stored.get(step.slug)
        asked = step.asks(setting, kept.values if kept else NOT_ANSWERED)
        if not asked:
            continue
        turn = _turn(step, setting, asked, kept, raw)
        part = step.form.to_answers(turn.values)
        try:
            answers = answers.with_more(part, rulebook.reference)
        except AnswersError:
            turn = Turn(step, setting, asked, NOT_ANSWERED, answered=False, outdated=())
        else:
            raw |= part
        turns.append(turn)
    return Replay(tuple(turns), answers)


def _turn(
    step: Step, setting: Setting, asked: tuple[str, ...], kept: Stored | None, earlier: Mapping[str, Any]
) -> Turn:
    if kept is None:
        return Turn(step, setting, asked, NOT_ANSWERED, answered=False, outdated=())
    now = step.basis(earlier)
    values = {name: kept.values[name] for name in asked if name in kept.values}
    stale = _stale(step, values, now, kept.basis)
    return Turn(
        step,
        setting,
        asked,
        {name: value for name, value in values.items() if name not in stale},
        answered=not stale and values.keys() >= set(asked),
        outdated=tuple(name for name in asked if name in stale and values[name] is not None),
    )


def _stale(step: Step, values: Values, now: Mapping[str, Any], then: Mapping[str, Any]) -> set[str]:
    """Fields whose value was given for other earlier answers."""
    if now == then:
        return set()
    changed = {name for name in now.keys() | then.keys() if now.get(name) != then.get(name)}
    return {name for name in values if changed.intersection(step.depends(name))}


def stored_from(answers: Answers, rulebook: Rulebook, language: str) -> dict[str, Stored]:
    """The steps as if somebody had given these answers on the question pages."""
    raw = answers.to_json()
    stored: dict[str, Stored] = {}
    for step in STEPS:
        turn = replay(stored, rulebook, language).turn(step.slug)
        while turn is not None and not turn.answered:
            values = step.form.from_answers(raw, turn.asked, rulebook)
            stored[step.slug] = Stored(values, step.basis_of(turn.setting.answers))
            turn = replay(stored, rulebook, language).turn(step.slug)
    return stored
