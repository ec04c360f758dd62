"""Numbered sources of a page: a statement names its facts, the foot of the page names the documents."""

from __future__ import annotations

from collections.abc import Iterator

from eligibility.listing.words import source_line
from occupations.rulebook import Rulebook, Snapshot, Source


class Citations:
    """Gives each document that a page cites its number, in the order in which the page first cites it."""

    def __init__(self, snapshot: Snapshot, rulebook: Rulebook, language: str) -> None:
        self._snapshot = snapshot
        self._rulebook = rulebook
        self._language = language
        self._cited: dict[str, Source] = {}

    def numbers(self, *grounds: object) -> list[int]:
        """The numbers of the documents behind some grounds, each once and ascending.

        A ground is a fact id ("F-24"), a document, a row with a `source`, or a row with `fact_ids`. Raises
        TypeError for anything else.
        """
        for ground in grounds:
            for source in self._documents(ground):
                self._cited.setdefault(source.id, source)
        known = list(self._cited)
        behind = {source.id for ground in grounds for source in self._documents(ground)}
        return [number for number, document in enumerate(known, start=1) if document in behind]

    def documents(self) -> list[dict[str, object]]:
        """What was cited so far: number, title, publisher, url and date written out."""
        return [
            {"number": number, **source_line(source, self._language)}
            for number, source in enumerate(self._cited.values(), start=1)
        ]

    def _documents(self, ground: object) -> Iterator[Source]:
        if isinstance(ground, str):
            yield from self._best(ground)
        elif isinstance(ground, Source):
            yield ground
        elif isinstance(source := getattr(ground, "source", None), Source):
            yield source
        elif isinstance(facts := getattr(ground, "fact_ids", None), tuple):
            for fact_id in facts:
                if fact_id.startswith("F-"):
                    yield from self._best(fact_id)
        else:
            raise TypeError(f"{ground!r} is neither a fact id, a document nor a row that names one.")

    def _best(self, fact_id: str) -> Iterator[Source]:
        """The best document of the deciding edition for a fact, else of another published one."""
        editions = [self._rulebook.edition, *self._snapshot.editions.values()]
        for edition in editions:
            if sources := edition.citations.get(fact_id):
                yield sources[0]
                return
