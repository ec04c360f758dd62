"""A generated population: people on both sides of every boundary that two editions draw.

The same editions, day, size and seed give the same people. Half of them, as long as there are occupations left,
meet everything but perhaps the list: one for every country, named occupation or neighbour of one, and set of
answers to its conditions. The others differ from such a person in one to three points; they are mostly of
occupations that are on a list, and more of them are where the two editions differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any, Final, NamedTuple

from eligibility.impact.boundaries import VARIATIONS, Person, Thresholds, thresholds
from eligibility.impact.profiles import Profile
from eligibility.rules.answers import NO_CONDITIONS, Answers
from eligibility.rules.citing import citations_of
from eligibility.rules.nearby import neighbours
from eligibility.rules.occupation import CATEGORIES, judge_occupation, teer_of
from eligibility.rules.outcomes import FAILS
from eligibility.rules.questions import relevant_conditions
from eligibility.rules.vocabulary import EducationLevel, JobOffer, LanguageEvidence, LicenceHeld, Status
from eligibility.rules.wage import HOURS_OF_A_YEARLY_MEDIAN, WEEKS_IN_A_YEAR
from occupations.rulebook import RegionLevel, Rulebook

SIZE: Final = 10_000
SEED: Final = 2026
ALL_COMBINED: Final = 3
"""Up to so many conditions of an occupation, every combination of yes, no and unknown is a target."""
FROM_ELSEWHERE: Final = 0.03
ANY_OCCUPATION: Final = 0.15
WHERE_THEY_DIFFER: Final = 0.3
NUMBERS_OF_VARIATIONS: Final = (1, 1, 1, 1, 2, 2, 3)


class Target(NamedTuple):
    """A place on a list: country, occupation, and the answers to the conditions that can matter there."""

    country: str
    noc: str
    conditions: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the population aims; every place is met once the population is twice as large."""

    places: tuple[Target, ...]
    differing: tuple[Target, ...]
    """Places that the two editions treat differently: they are met first, and most often."""
    listed: tuple[Target, ...]
    """Those places whose occupation is, or may be, on the list of either edition."""
    covered: tuple[str, ...]
    others: tuple[str, ...]
    """Countries that an edition names and neither covers."""
    occupations: tuple[str, ...]
    regions: tuple[str, ...]

    @classmethod
    def of(cls, before: Rulebook, after: Rulebook) -> Targets:
        """Every covered country with every occupation that either edition names, and its neighbours."""
        editions = (before.edition, after.edition)
        named = {rule.noc for edition in editions for rule in edition.occupation_rules if rule.noc}
        known = {code for code in named if code in after.reference.unit_groups}
        near = {other for code in known for other in neighbours(code, after)}
        covered = {code for edition in editions for code in edition.countries if edition.covers(code)}
        books = (before, after)
        places = tuple(
            Target(country, noc, conditions)
            for country in sorted(covered)
            for noc in sorted(known | near)
            for conditions in _combined(country, noc, before, after)
        )
        return cls(
            places=places,
            differing=tuple(place for place in places if _rules_of(place, before) != _rules_of(place, after)),
            listed=tuple(place for place in places if _on_a_list(place, books)) or places,
            covered=tuple(sorted(covered)),
            others=tuple(sorted({code for edition in editions for code in edition.countries} - covered)),
            occupations=tuple(sorted(after.reference.unit_groups)),
            regions=tuple(
                sorted(
                    code
                    for code, region in after.reference.regions.items()
                    if region.level is not RegionLevel.NATIONAL
                )
            ),
        )


def _rules_of(place: Target, book: Rulebook) -> object:
    """All of an edition that can decide on an occupation in a country, in a form to compare."""
    country, noc, edition = place.country, place.noc, book.edition
    named = edition.country(country)
    lines = Counter(
        (rule.category, rule.effect, rule.certain, rule.when, rule.unless, rule.min_education_years)
        for category in CATEGORIES
        for rule in edition.rules_for(country, category, noc, teer_of(noc))
    )
    rows = [edition.requirement(country, category) for category in CATEGORIES]
    return named and (named.covered, named.statuses), lines, rows


def _on_a_list(place: Target, books: Iterable[Rulebook]) -> bool:
    answers = Answers(country=place.country, noc=place.noc, conditions=dict(place.conditions))
    return any(
        judge_occupation(answers, book, category, requirement, citations_of(book.edition)).outcome
        is not FAILS
        for book in books
        for category in CATEGORIES
        if (requirement := book.edition.requirement(place.country, category)) is not None
    )


def _asked(country: str, noc: str, before: Rulebook, after: Rulebook) -> tuple[str, ...]:
    """Conditions that either edition asks for this occupation."""
    return tuple(
        dict.fromkeys((*relevant_conditions(country, noc, before), *relevant_conditions(country, noc, after)))
    )


def _combined(
    country: str, noc: str, before: Rulebook, after: Rulebook
) -> Iterator[tuple[tuple[str, bool], ...]]:
    """Yes, no and unknown for each condition; of more than ALL_COMBINED all yes, all no, and all unknown."""
    asked = _asked(country, noc, before, after)
    combinations = (
        product((True, False, None), repeat=len(asked))
        if len(asked) <= ALL_COMBINED
        else ((answer,) * len(asked) for answer in (True, False, None))
    )
    for answers in combinations:
        yield tuple((slug, answer) for slug, answer in zip(asked, answers, strict=True) if answer is not None)


def population(
    before: Rulebook, after: Rulebook, size: int = SIZE, seed: int = SEED, targets: Targets | None = None
) -> Iterator[Profile]:
    """`size` people, drawn for these two rulebooks; nobody where neither names a country."""
    rng = Random(seed)  # noqa: S311 (people who do not exist are no secret)
    targets = targets or Targets.of(before, after)
    if not targets.covered and not targets.others:
        return
    plain = list(targets.places)
    rng.shuffle(plain)
    differing = set(targets.differing)
    plain.sort(key=differing.__contains__)
    known: dict[tuple[str | None, str | None], Thresholds] = {}
    for number in range(size):
        is_plain = number % 2 == 0 and bool(plain)
        target = plain.pop() if is_plain else _anybody(rng, targets, before, after)
        place = (target.country, target.noc)
        if place not in known:
            known[place] = thresholds(*place, before, after)
        person = _sufficient(rng, target, known[place], targets, after)
        if not is_plain:
            for vary in rng.sample(VARIATIONS, rng.choice(NUMBERS_OF_VARIATIONS)):
                vary(person)
        yield Profile(f"g-{number + 1:06}", Answers(**person.answers))


def _anybody(rng: Random, targets: Targets, before: Rulebook, after: Rulebook) -> Target:
    """Mostly a place on a list; sometimes any occupation at all, or a country that no edition covers."""
    if targets.others and rng.random() < FROM_ELSEWHERE:
        return Target(rng.choice(targets.others), rng.choice(targets.occupations), ())
    if not targets.places or rng.random() < ANY_OCCUPATION:
        country, noc = rng.choice(targets.covered or targets.others), rng.choice(targets.occupations)
        return Target(country, noc, rng.choice(list(_combined(country, noc, before, after))))
    if targets.differing and rng.random() < WHERE_THEY_DIFFER:
        return rng.choice(targets.differing)
    return rng.choice(targets.listed)


def _sufficient(
    rng: Random, target: Target, limits: Thresholds, targets: Targets, rulebook: Rulebook
) -> Person:
    """Somebody who meets every threshold of both editions; only the list can stand against them."""
    region = rng.choice(targets.regions)
    answers: dict[str, Any] = {
        "country": target.country,
        "status": rng.choice(limits.statuses) if limits.statuses else Status.CITIZEN,
        "noc": target.noc,
        "conditions": dict(target.conditions) or NO_CONDITIONS,
        "education_level": EducationLevel.BACHELOR,
        "education_years": max(limits.lengths),
        "degree_field_related": True,
        "experience_years": max(limits.experience),
        "licence_held": LicenceHeld.CANADIAN,
        "language_evidence": frozenset({rng.choice(tuple(LanguageEvidence))}),
        "job_offer": rng.choice((JobOffer.WRITTEN, JobOffer.CONTRACT_DIRECT)),
        "region": region,
        "hours_per_week": HOURS_OF_A_YEARLY_MEDIAN / WEEKS_IN_A_YEAR,
        "controls_employer": False,
    }
    person = Person(answers, limits, rng, rulebook, targets.regions)
    person.pay(above=1)
    return person
