"""The search index: every title of a reference taken apart once, held in compact arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from enum import StrEnum
from math import log
from typing import NamedTuple

from occupations.rulebook import Reference, Synonym
from occupations.search.text import TitleWords, title_words
from occupations.search.vocabulary import Term, Vocabulary

CONTEXT_SHARE = 0.4
"""Weight of a word after " - " or in brackets, against a word that says what the job is."""

TITLES_OF_A_WORD = 5000
"""No word of today's titles stands in as many."""


class MatchKind(StrEnum):
    """What the visitor's words were found in."""

    CODE = "code"
    FORMER_CODE = "noc2016"
    UNIT_GROUP = "unit_group"
    JOB_TITLE = "job_title"
    SYNONYM = "synonym"


class Title(NamedTuple):
    """One searchable title."""

    text: str
    noc: str
    language: str
    kind: MatchKind


def titles_of(reference: Reference, synonyms: Iterable[Synonym]) -> Iterator[Title]:
    """Every searchable title: unit-group titles, official job titles, our synonyms."""
    for group in reference.unit_groups.values():
        for language, text in group.title.items():
            yield Title(text, group.code, language, MatchKind.UNIT_GROUP)
        for language, texts in group.job_titles.items():
            for text in texts:
                yield Title(text, group.code, language, MatchKind.JOB_TITLE)
    for synonym in synonyms:
        if synonym.noc in reference.unit_groups:
            yield Title(synonym.phrase, synonym.noc, synonym.language, MatchKind.SYNONYM)


class TitleIndex:
    """Titles, their terms and their postings. A title's number is its place in `titles`.

    `terms_of(title)` gives the terms in order with the share of the title's weight each of them carries.
    """

    def __init__(self, titles: Iterable[Title]) -> None:
        self.titles = tuple(titles)
        self.vocabulary = Vocabulary()
        apart = [title_words(title.text) for title in self.titles]
        self.vocabulary.learn_pairs(pair for title in apart for pair in title.pairs)
        self._starts = array("I", [0])
        self._terms = array("I")
        self._heads = array("B")
        for title in apart:
            self._add(title)
        self.postings = self._make_postings()
        count = len(self.titles)
        self.rarity = array("f", (log(1 + count / len(titles)) for titles in self.postings))
        """Term -> weight of the term; a rare word says more."""
        self.weights = array("f", (sum(share for _, share in self.terms_of(t)) for t in range(count)))
        """Title -> weight of all its words."""
        self.vocabulary.finish([len(titles) for titles in self.postings])
        self.typical_rarity = log(1 + count / 100)
        """Weight of a typed word that no title has."""

    def _add(self, title: TitleWords) -> None:
        terms = {self.vocabulary.add(word): True for word in title.head}
        for word in title.context:
            terms.setdefault(self.vocabulary.add(word), False)
        self._terms.extend(terms)
        self._heads.extend(terms.values())
        self._starts.append(len(self._terms))

    def _make_postings(self) -> list[array[int]]:
        """Term -> titles that have it, those of few words first."""
        postings = [array("I") for _ in range(len(self.vocabulary))]
        starts = self._starts
        for title in sorted(range(len(self.titles)), key=lambda title: starts[title + 1] - starts[title]):
            for term in self._terms[starts[title] : starts[title + 1]]:
                postings[term].append(title)
        return postings

    def terms_of(self, title: int) -> list[tuple[Term, float]]:
        """Terms of a title in order, each with its weight there."""
        rarity, heads = self.rarity, self._heads
        return [
            (self._terms[place], rarity[self._terms[place]] * (1.0 if heads[place] else CONTEXT_SHARE))
            for place in range(self._starts[title], self._starts[title + 1])
        ]

    def titles_with(self, term: Term) -> array[int]:
        """Titles that have the term, those of few words first; at most 5,000, so that no word takes long."""
        return self.postings[term][:TITLES_OF_A_WORD]

    def count_with(self, terms: Iterable[Term]) -> int:
        """How many titles have all the terms."""
        first, *others = sorted(map(self.titles_with, terms), key=len)
        return len(set(first).intersection(*others))
