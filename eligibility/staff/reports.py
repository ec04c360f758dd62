"""Impact reports as the staff's pages and the command ask for them: made once, kept while nothing changes."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.conf import settings

from eligibility.impact import (
    SEED,
    Case,
    CaseRun,
    Change,
    Report,
    population,
    report,
    run,
    shipped_cases,
)
from eligibility.models import ReferenceCase
from eligibility.rules.answers import AnswersError
from occupations import edition_content, snapshots
from occupations.edition_content import Content
from occupations.rulebook import Rulebook, Snapshot

logger = logging.getLogger(__name__)

KEPT = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report with everything that it depends on."""

    before: Content
    after: Content
    books: tuple[Rulebook, Rulebook]
    report: Report
    size: int
    """How many people are generated; reference cases come on top."""
    seed: int
    seconds: float
    """What the report took when it was made, by the clock."""
    processor_seconds: float
    """What it took of one processor; others may have been at work on it too."""

    @property
    def on(self) -> date:
        return self.books[0].on

    def change(self, profile: str) -> Change | None:
        """What becomes of one profile; None when it comes out alike, or is not there."""
        return next((each for each in self.report.changes if each.profile.id == profile), None)


@dataclass(frozen=True, slots=True)
class StaffCases:
    """The reference cases that staff keep, and those whose answers can no longer be read."""

    cases: tuple[tuple[Case, date], ...]
    """Each with the day on which its outcome was found."""
    unreadable: tuple[ReferenceCase, ...]
    digest: str


_kept: dict[tuple[object, ...], Comparison] = {}


def compare(before: str, after: str, size: int | None = None, seed: int = SEED) -> Comparison:
    """The report on two editions by their slugs, on today's wages. Raises UnknownEdition.

    Without a size it generates `settings.IMPACT_PROFILES` people.
    """
    size = settings.IMPACT_PROFILES if size is None else size
    snapshot, on = snapshots.current(), snapshots.today()
    contents = (edition_content.content_of(before), edition_content.content_of(after))
    staff = staff_cases(snapshot)
    key = (contents[0].digest, contents[1].digest, id(snapshot), on, size, seed, staff.digest)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[key] = _compare(contents, snapshot, staff, on, size, seed)
    return found


def _compare(
    contents: tuple[Content, Content], snapshot: Snapshot, staff: StaffCases, on: date, size: int, seed: int
) -> Comparison:
    first, second = (edition_content.rulebook_of(content, snapshot, on) for content in contents)
    begun, processor_begun = time.perf_counter(), time.thread_time()
    known = chain(shipped_cases(snapshot.reference), (case for case, _ in staff.cases))
    profiles = chain((case.profile for case in known), population(first, second, size, seed))
    made = report(first, second, profiles)
    seconds, processor_seconds = time.perf_counter() - begun, time.thread_time() - processor_begun
    logger.info(
        "Impact of %s beside %s on %s profiles: %.2f seconds, %.2f of the processor.",
        contents[1].edition.slug,
        contents[0].edition.slug,
        made.total,
        seconds,
        processor_seconds,
    )
    return Comparison(contents[0], contents[1], (first, second), made, size, seed, seconds, processor_seconds)


def staff_cases(snapshot: Snapshot) -> StaffCases:
    """What staff keep, by name."""
    cases: list[tuple[Case, date]] = []
    unreadable: list[ReferenceCase] = []
    marks: list[object] = []
    for row in ReferenceCase.objects.order_by("name"):
        marks.append([row.pk, row.name, row.answers, row.must_not_change, row.expected_criteria])
        try:
            cases.append((row.as_case(snapshot.reference), row.on))
        except AnswersError:
            unreadable.append(row)
    text = json.dumps(marks, sort_keys=True)
    return StaffCases(tuple(cases), tuple(unreadable), hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class CaseRuns:
    """Every reference case under one edition, the staff's own first."""

    content: Content
    rulebook: Rulebook
    runs: tuple[CaseRun, ...]
    unreadable: tuple[ReferenceCase, ...]

    @property
    def breaking(self) -> tuple[CaseRun, ...]:
        """Those that must not change, and do."""
        return tuple(each for each in self.runs if each.breaks)


def run_cases(slug: str) -> CaseRuns:
    """Every reference case under an edition; the staff's on the wages of their own day. Raises UnknownEdition."""
    snapshot, today = snapshots.current(), snapshots.today()
    content = edition_content.content_of(slug)
    staff = staff_cases(snapshot)
    rulebook = edition_content.rulebook_of(content, snapshot, today)
    runs = chain(_on_their_days(staff, content, snapshot), run(shipped_cases(snapshot.reference), rulebook))
    return CaseRuns(content, rulebook, tuple(runs), staff.unreadable)


def _on_their_days(staff: StaffCases, content: Content, snapshot: Snapshot) -> Iterator[CaseRun]:
    for case, on in staff.cases:
        yield from run([case], edition_content.rulebook_of(content, snapshot, on))
