"""From the words of a query to ranked titles: coverage of both sides, weighted by rarity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from occupations.search.index import MatchKind, TitleIndex
from occupations.search.text import is_cjk
from occupations.search.vocabulary import Term

MAX_READINGS = 5
CANDIDATES = 240
"""Titles that are looked at closely; chosen by the weight of the words they share with the query."""

WEAKEST_COVERAGE = 0.4
"""Share of the query's weight that a title must answer to be shown at all."""

_ENOUGH_WEIGHT = 0.55
_CONVINCING = 0.9
"""Coverage from which no other reading of the words is tried."""
_SUFFICIENT = 0.75
"""Coverage from which words that are spelt right are not taken for mistyped ones."""
_OTHER_READING = 0.97
_ABBREVIATED_FROM = 3
"""Letters from which a word that is not the last may be the beginning of a longer one."""
_KIND_BONUS = {MatchKind.UNIT_GROUP: 0.03, MatchKind.SYNONYM: 0.02, MatchKind.JOB_TITLE: 0.0}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one typed word may stand for."""

    weight: float
    terms: dict[Term, float]
    """Term -> quality from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Found:
    """A title that answers a query; coverage from 0 to 1 of the query's weight."""

    title: int
    coverage: float
    score: float


def readings(index: TitleIndex, typed: list[str]) -> Iterator[list[str]]:
    """The words as typed, then with joined words divided and neighbours joined, at most five ways."""
    return islice(_readings(index, typed), MAX_READINGS)


def _readings(index: TitleIndex, typed: list[str]) -> Iterator[list[str]]:
    yield typed
    for place, word in enumerate(typed):
        if index.vocabulary.exact(word) is None and not is_cjk(word):
            for halves in _likeliest_halves(index, word):
                yield [*typed[:place], *halves, *typed[place + 1 :]]
        if place + 1 < len(typed) and not is_cjk(word):
            joined = word + typed[place + 1]
            if index.vocabulary.exact(joined) is not None:
                yield [*typed[:place], joined, *typed[place + 2 :]]


def _likeliest_halves(index: TitleIndex, word: str) -> list[tuple[str, ...]]:
    """The two divisions whose halves stand together in most titles."""
    together: list[tuple[int, tuple[str, ...]]] = []
    for halves in index.vocabulary.halves(word):
        terms = [term for half in halves if (term := index.vocabulary.exact(half)) is not None]
        count = index.count_with(terms)
        if count:
            together.append((count, halves))
    return [halves for _, halves in nlargest(2, together)]


def meaning(index: TitleIndex, word: str, *, last: bool, generous: bool) -> Meaning:
    """Terms a word may stand for. A `generous` reading takes it for mistyped even where it is a word."""
    vocabulary, rarity = index.vocabulary, index.rarity
    exact = vocabulary.exact(word)
    terms: dict[Term, float] = {}
    if exact is None or generous:
        _raise(terms, vocabulary.slips(word))
    if last or (exact is None and len(word) >= _ABBREVIATED_FROM):
        _raise(terms, vocabulary.completions(word))
    _raise(terms, vocabulary.relatives(word))
    if exact is not None:
        terms[exact] = 1.0
    if last and not terms:
        terms = vocabulary.unfinished_slips(word)
    if not terms:
        return Meaning(index.typical_rarity, terms)
    best = max(terms.values())
    return Meaning(max(rarity[term] for term, quality in terms.items() if quality == best), terms)


def _raise(terms: dict[Term, float], others: dict[Term, float]) -> None:
    for term, quality in others.items():
        if quality > terms.get(term, 0.0):
            terms[term] = quality


def find(index: TitleIndex, typed: list[str]) -> dict[int, Found]:
    """Title -> how well it answers the query; mistyped words are tried where plain reading falls short."""
    found: dict[int, Found] = {}
    coverage = 0.0
    for generous in (False, True):
        for number, way in enumerate(readings(index, typed)):
            meanings = [
                meaning(index, word, last=place == len(way) - 1, generous=generous)
                for place, word in enumerate(way)
            ]
            for item in _rank(index, meanings, _OTHER_READING if number else 1.0):
                coverage = max(coverage, item.coverage)
                known = found.get(item.title)
                if known is None or item.score > known.score:
                    found[item.title] = item
            if coverage > _CONVINCING:
                return found
        if coverage > _SUFFICIENT:
            return found
    return found


def _candidates(index: TitleIndex, meanings: list[Meaning]) -> Iterable[int]:
    """Titles with the greatest weight of shared words, short titles first.

    Rare words choose the titles; once more than half of the weight is seen, common words only add to them.
    """
    total = sum(meaning.weight for meaning in meanings)
    seen = 0.0
    shared: dict[int, float] = {}
    for one in sorted(meanings, key=lambda item: -item.weight):
        chosen = bool(shared) and seen >= _ENOUGH_WEIGHT * total
        if chosen and len(shared) <= CANDIDATES:
            break
        word: dict[int, float] = {}
        for term, quality in sorted(one.terms.items(), key=lambda item: item[1]):
            word.update(dict.fromkeys(index.titles_with(term), one.weight * quality))
        if chosen:
            for title in shared.keys() & word.keys():
                shared[title] += word[title]
        else:
            for title, weight in word.items():
                shared[title] = shared.get(title, 0.0) + weight
        seen += one.weight
    if len(shared) <= CANDIDATES:
        return shared
    weights = index.weights
    return nlargest(CANDIDATES, shared, key=lambda title: shared[title] - 0.1 * weights[title])


def _rank(index: TitleIndex, meanings: list[Meaning], penalty: float) -> Iterable[Found]:
    total = sum(meaning.weight for meaning in meanings)
    ranked = (_score(index, meanings, total, title) for title in _candidates(index, meanings))
    return [
        Found(item.title, item.coverage, item.score * penalty)
        for item in ranked
        if item.coverage >= WEAKEST_COVERAGE
    ]


def _score(index: TitleIndex, meanings: list[Meaning], total: float, title: int) -> Found:
    """Coverage of the query and of the title, in one figure; a whole title in order scores highest."""
    terms = index.terms_of(title)
    best_of_term = [0.0] * len(terms)
    answered, in_order, last_place = 0.0, True, -1
    for one in meanings:
        best, at = 0.0, -1
        for place, (term, _) in enumerate(terms):
            quality = one.terms.get(term, 0.0)
            if quality > best and not (best_of_term[place] and quality <= best_of_term[place]):
                best, at = quality, place
        if at < 0:
            continue
        answered += one.weight * best
        best_of_term[at] = max(best, best_of_term[at])
        in_order = in_order and at > last_place
        last_place = at
    coverage = answered / total
    whole = index.weights[title] or 1.0
    covered = sum(share * best for (_, share), best in zip(terms, best_of_term, strict=True)) / whole
    score = coverage * coverage * (0.6 + 0.4 * covered) + _KIND_BONUS[index.titles[title].kind]
    if in_order:
        score += 0.02 if coverage * covered < 0.99 else 0.06
    return Found(title, coverage, score)
