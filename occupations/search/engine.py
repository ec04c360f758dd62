"""The search as the pages, the API and the tests use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

from occupations.rulebook import Reference, Synonym
from occupations.search.codes import code_titles, is_code
from occupations.search.index import MatchKind, Title, TitleIndex, titles_of
from occupations.search.ranking import Found, find
from occupations.search.text import fold, query_words, words_it_ends_in

MAX_QUERY_LENGTH = 200
"""Characters of a query that are read; the longest official title has 182."""
MAX_QUERY_WORDS = 24

DEFAULT_LIMIT = 20
_SHORTEST_QUERY = 2
_CODE_SCORE = 2.0
_CODE_STEP = 0.001
_COVERED_TEERS = frozenset({0, 1, 2, 3})
"""The permit covers none of TEER 4 and 5 (C-3); of two equal matches the covered one is likelier meant."""
_TEER_BONUS = 0.004
_GROUP_BONUS = 0.02


@dataclass(frozen=True, slots=True)
class Match:
    """One unit group that answers a query, with the title of it that matched best."""

    noc: str
    matched_title: str
    language_of_title: str
    kind: MatchKind
    score: float


class SearchIndex:
    """Search over one reference. Building reads every title once; afterwards nothing changes."""

    def __init__(self, reference: Reference, synonyms: Iterable[Synonym]) -> None:
        self._reference = reference
        self._index = TitleIndex(titles_of(reference, synonyms))

    def search(self, query: str, *, limit: int = DEFAULT_LIMIT) -> tuple[Match, ...]:
        """Matches, best first, one per unit group; empty where nothing is meant or found.

        Reads the first 200 characters and 24 words, and never raises whatever the text.
        """
        query = query[:MAX_QUERY_LENGTH]
        folded = fold(query)
        if len(folded.strip()) < _SHORTEST_QUERY:
            return ()
        best: dict[str, Match] = {}
        by_title = () if is_code(folded) else tuple(self._by_title(query)) or self._by_ending(folded)
        for match in (*self._by_code(folded), *by_title):
            known = best.get(match.noc)
            if known is None or match.score > known.score:
                best[match.noc] = match
        return tuple(sorted(best.values(), key=lambda match: (-match.score, match.noc))[:limit])

    def _by_code(self, folded: str) -> Iterator[Match]:
        for place, title in enumerate(code_titles(self._reference, folded)):
            yield _match(title, _CODE_SCORE - place * _CODE_STEP)

    def _by_title(self, query: str) -> Iterator[Match]:
        typed = list(dict.fromkeys(query_words(query)))[:MAX_QUERY_WORDS]
        while typed and len(typed[-1]) < _SHORTEST_QUERY:
            typed.pop()  # The first letter of a word still being typed says nothing yet.
        if not typed:
            return
        titles = self._index.titles
        groups: dict[str, list[Found]] = {}
        for found in find(self._index, typed).values():
            groups.setdefault(titles[found.title].noc, []).append(found)
        for noc, items in groups.items():
            best = max(items, key=lambda item: (item.score, -item.title))
            alike = sum(item.coverage >= best.coverage - 0.01 for item in items)
            bonus = _GROUP_BONUS * log(alike)
            if self._reference.unit_groups[noc].teer in _COVERED_TEERS:
                bonus += _TEER_BONUS
            yield _match(titles[best.title], best.score + bonus)

    def _by_ending(self, folded: str) -> tuple[Match, ...]:
        """Matches of the longest ending of a Japanese compound that ends a title too: the last part names the job."""
        for ending in words_it_ends_in(folded):
            found = self._by_title(ending)
            matches = tuple(match for match in found if fold(match.matched_title).endswith(ending))
            if matches:
                return matches
        return ()


def _match(title: Title, score: float) -> Match:
    return Match(title.noc, title.text, title.language, title.kind, score)
