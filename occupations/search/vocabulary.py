"""The words of all titles: the term a word stands for, and those a mistyped or unfinished word may mean."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from occupations.search.text import STOP_WORDS, is_cjk, singular, stem

Term = int
"""Number of a word in the vocabulary; plural, feminine and accented forms share one."""

PREFIX_FLOOR = 0.7
STEM_QUALITY = 0.8
SLIP_QUALITY = {1: 0.85, 2: 0.65}
"""How much a word counts that is one or two typing slips away."""

_LONGEST_LISTED = 48
_ONE_SLIP_FROM = 4
_TWO_SLIPS_FROM = 7
_UNFINISHED_FROM = 5


def _edges(form: str) -> tuple[str, str]:
    """The beginning and the end by which words are compared."""
    return f"{form[0]}-", f"-{form[-2:]}"


class Vocabulary:
    """Terms by word. Built in two steps: `learn_pairs` from every title, then `add` for every word."""

    def __init__(self) -> None:
        self._masculine: dict[str, str] = {}
        self._terms: dict[str, Term] = {}
        self._forms: dict[str, Term] = {}
        self._sorted: list[str] = []
        self._by_stem: dict[str, tuple[Term, ...]] = {}
        self._by_edge: dict[tuple[int, str], list[str]] = {}
        self._popularity: array[int] = array("I")

    def learn_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take (masculine, feminine) words from titles; the commonest masculine of a feminine wins."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for masculine, feminine in pairs:
            counts[singular(feminine)][singular(masculine)] += 1
        for feminine, masculines in counts.items():
            masculine = masculines.most_common(1)[0][0]
            # A word that is mostly the masculine of another is no feminine ("garde/gardienne").
            if masculine != feminine and counts.get(masculine, Counter())[feminine] < masculines[masculine]:
                self._masculine[feminine] = masculine

    def _canonical(self, word: str) -> str:
        form = singular(word)
        return self._masculine.get(form, form)

    def add(self, word: str) -> Term:
        """The term of a word of a title, new when the word was not seen before."""
        canonical = self._canonical(word)
        term = self._terms.get(canonical)
        if term is None:
            term = self._terms[canonical] = len(self._terms)
        return term

    def finish(self, titles_with: Sequence[int]) -> None:
        """Prepare look-ups once every title is in; `titles_with` counts the titles of each term."""
        self._forms = dict(self._terms)
        for feminine, masculine in self._masculine.items():
            if masculine in self._terms:
                self._forms.setdefault(feminine, self._terms[masculine])
        self._sorted = sorted(self._forms)
        self._popularity = array("I", (titles_with[self._forms[form]] for form in self._sorted))
        by_stem: dict[str, set[Term]] = defaultdict(set)
        by_edge: dict[tuple[int, str], list[str]] = defaultdict(list)
        for form, term in self._forms.items():
            by_stem[stem(form)].add(term)
            if not is_cjk(form):
                for edge in _edges(form):
                    by_edge[len(form), edge].append(form)
        self._by_stem = {key: tuple(terms) for key, terms in by_stem.items() if len(terms) > 1}
        self._by_edge = dict(by_edge)

    def __len__(self) -> int:
        return len(self._terms)

    def exact(self, word: str) -> Term | None:
        """The term of a word spelt right, in any number and gender, or None."""
        return self._forms.get(self._canonical(word))

    def relatives(self, word: str) -> dict[Term, float]:
        """Terms of the same stem -> quality."""
        form = self._canonical(word)
        found = self._by_stem.get(stem(form), ())
        if not found and (alone := self._forms.get(stem(form))) is not None:
            found = (alone,)
        return dict.fromkeys(found, STEM_QUALITY)

    def completions(self, prefix: str) -> dict[Term, float]:
        """Terms that begin with `prefix` -> quality, commonest first, at most 48."""
        if len(prefix) < 2:
            return {}
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\U0010ffff", start)
        found: dict[Term, float] = {}
        for place in nlargest(_LONGEST_LISTED, range(start, end), key=self._popularity.__getitem__):
            form = self._sorted[place]
            term = self._forms[form]
            quality = PREFIX_FLOOR + (0.98 - PREFIX_FLOOR) * len(prefix) / len(form)
            found[term] = max(quality, found.get(term, 0.0))
        return found

    def slips(self, word: str) -> dict[Term, float]:
        """Terms within one typing slip of `word`, two from seven letters on -> quality.

        The word must begin with the same letter or end with the same two: few slips spoil both ends, and it
        spares the rest of the vocabulary.
        """
        found: dict[Term, float] = {}
        for form in {word, singular(word)}:
            self._add_slips(form, found)
        return found

    def _add_slips(self, form: str, found: dict[Term, float]) -> None:
        if len(form) < _ONE_SLIP_FROM or is_cjk(form):
            return
        allowed = 2 if len(form) >= _TWO_SLIPS_FROM else 1
        lengths = range(len(form) - allowed, len(form) + allowed + 1)
        for key in product(lengths, _edges(form)):
            choices = self._by_edge.get(key, ())
            near = process.extract(form, choices, scorer=OSA.distance, score_cutoff=allowed, limit=12)
            for other, distance, _ in near:
                quality = SLIP_QUALITY.get(int(distance), 1.0)
                if other[0] != form[0]:
                    quality -= 0.1
                term = self._forms[other]
                found[term] = max(quality, found.get(term, 0.0))

    def unfinished_slips(self, word: str) -> dict[Term, float]:
        """Terms whose beginning is one typing slip away from an unfinished word of five letters or more."""
        if len(word) < _UNFINISHED_FROM or is_cjk(word):
            return {}
        lengths = (len(word), len(word) + 1)
        beginnings = {form[:length] for form in self._sorted if form[0] == word[0] for length in lengths}
        near = process.extract(word, beginnings, scorer=OSA.distance, score_cutoff=1, limit=4)
        found: dict[Term, float] = {}
        for beginning, _, _ in near:
            for term, quality in self.completions(beginning).items():
                found[term] = max(quality * SLIP_QUALITY[1], found.get(term, 0.0))
        return found

    def halves(self, word: str) -> list[tuple[str, ...]]:
        """Ways to divide a joined word into two known words; a half that is a stop word is dropped."""
        found: list[tuple[str, ...]] = []
        for cut in range(1, len(word)):
            kept = tuple(half for half in (word[:cut], word[cut:]) if half not in STOP_WORDS or len(half) < 2)
            if kept and all(self.exact(half) is not None for half in kept):
                found.append(kept)
        return found
