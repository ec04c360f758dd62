"""`manage.py reference_cases EDITION`: every reference case under an edition, beside what was expected of it."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.impact import CaseRun, criteria_json
from eligibility.staff.reports import run_cases
from occupations.rulebook import UnknownEdition
from occupations.snapshots import SnapshotUnavailable


class Command(BaseCommand):
    help = "Runs every reference case under an edition, drafts too; exit status 1 if one that must not change does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", metavar="EDITION", help="slug of the edition")
        parser.add_argument("--json", action="store_true", help="one JSON object a line, for every case")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an edition that is not there, and at the end if a marked case changes."""
        try:
            done = run_cases(options["edition"])
        except (UnknownEdition, SnapshotUnavailable) as error:
            raise CommandError(str(error)) from error
        for each in done.runs:
            if options["json"]:
                self.stdout.write(json.dumps(as_json(each), ensure_ascii=False))
            elif each.answer_changes:
                self.stdout.write(_line(each))
        for case in done.unreadable:
            self.stderr.write(f"The answers of the case {case.name!r} can no longer be read.")
        if done.breaking:
            raise CommandError(
                f"{len(done.breaking)} of the cases that must not change come to another answer."
            )
        if not options["json"]:
            changed = sum(each.answer_changes for each in done.runs)
            self.stdout.write(f"{changed} of {len(done.runs)} cases come to another answer than expected.")


def as_json(each: CaseRun) -> dict[str, Any]:
    return {
        "id": each.case.profile.id,
        "name": each.case.profile.name,
        "origin": each.case.profile.origin.value,
        "must_not_change": each.case.profile.must_not_change,
        "expected_under": each.edition,
        "expected": {
            "outcome": each.expected.outcome.value,
            "category": each.expected.category.value,
            "criteria": criteria_json(each.expected),
        },
        "found": {
            "outcome": each.found.outcome.value,
            "category": each.found.category.value,
            "criteria": criteria_json(each.found),
        },
    }


def _line(each: CaseRun) -> str:
    mark = " (must not change)" if each.case.profile.must_not_change else ""
    criteria = ", ".join(criterion.value for criterion in each.criteria)
    return (
        f"{each.case.profile.name}{mark}: {each.expected.outcome.value} as {each.expected.category.value} expected, "
        f"{each.found.outcome.value} as {each.found.category.value} found; {criteria}"
    )
