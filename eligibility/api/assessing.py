"""Assessments for the API: one case, or the cases of a batch one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from eligibility.api.problems import Refused
from eligibility.lines import BadLine, read_case
from eligibility.presenting import Json, brief, present
from eligibility.rules.assessment import assess
from occupations import snapshots
from occupations.rulebook import NoEditionInForce, Rulebook, Snapshot, UnknownEdition

CASE = "case"


@dataclass(frozen=True, slots=True)
class Assessor:
    """The rules of one request, and how its answers are wanted."""

    snapshot: Snapshot
    rulebook: Rulebook
    language: str
    brief: bool

    def one(self, raw: object) -> Json:
        """The Assessment of a case. Raises Refused (422) with what is wrong."""
        try:
            return self._assess(raw)
        except BadLine as error:
            raise Refused(422, str(error), error.problems, id=error.case_id) from None

    def many(self, cases: list[Any]) -> Iterator[str]:
        """A JSON list piece by piece: each case's Assessment, or in its place what is wrong with it."""
        yield "["
        for number, raw in enumerate(cases, start=1):
            try:
                answer = self._assess(raw)
            except BadLine as error:
                answer = _error(number, error)
            yield ("" if number == 1 else ",\n") + json.dumps(answer)
        yield "]"

    def _assess(self, raw: object) -> Json:
        case_id, answers = read_case(raw, self.rulebook.reference, CASE)
        if self.brief:
            return brief(assess(answers, self.rulebook), self.rulebook, case_id)
        return present(answers, self.snapshot, self.rulebook, self.language, case_id)


def assessor(edition: str | None, on: date | None, language: str, *, brief: bool) -> Assessor:
    """Raises Refused (422) for an edition or a day that no rules belong to, SnapshotUnavailable."""
    snapshot = snapshots.current()
    try:
        rulebook = snapshot.rulebook(on or snapshots.today(), edition)
    except UnknownEdition as error:
        raise Refused(422, str(error), [("edition", "This is not a published edition.")]) from None
    except NoEditionInForce as error:
        raise Refused(422, str(error), [("on", "No edition decides on this day.")]) from None
    return Assessor(snapshot, rulebook, language, brief)


def _error(number: int, error: BadLine) -> Json:
    fields = [{"field": name, "message": sentence} for name, sentence in error.problems]
    return {"id": error.case_id, CASE: number, "error": {"message": str(error), "fields": fields}}
