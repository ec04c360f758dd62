"""`assess`: read answers, one JSON object a line; write one assessment a line (design, section 5)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from eligibility.lines import BadLine, Line, lines_of, read_line
from eligibility.presenting import brief, present
from eligibility.rules.assessment import assess
from occupations import snapshots
from occupations.rulebook import NoEditionInForce, Rulebook, Snapshot, UnknownEdition

STANDARD_INPUT = "-"


class Command(BaseCommand):
    help = (
        "Assess answers, one JSON object a line, and write one assessment a line. A line that cannot be read "
        "gives a line with its error; the others are still answered, and the exit status is 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file with one JSON object a line, or - for the standard input")
        parser.add_argument("--edition", help="slug of a published edition; the one in force when left out")
        parser.add_argument(
            "--on", type=_day, help="day to assess for, YYYY-MM-DD; today in Toronto when left out"
        )
        parser.add_argument(
            "--lang",
            default="en",
            choices=[code for code, _ in settings.LANGUAGES],
            help="language of the texts",
        )
        parser.add_argument(
            "--brief",
            action="store_true",
            help="only outcome and category, and each criterion's outcome and reason",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Answers every line as it is read. Raises CommandError at the end if a line could not be read."""
        snapshot, rulebook = _rules(options["on"], options["edition"])
        bad = total = 0
        with _opened(options["file"]) as stream:
            for line in lines_of(stream):
                total += 1
                try:
                    answer = _answer(line, snapshot, rulebook, options)
                except BadLine as error:
                    bad += 1
                    answer = _error(line, error)
                self.stdout.write(json.dumps(answer))
        if bad:
            raise CommandError(f"{bad} of {total} lines could not be read; their errors are in the output.")


def _answer(line: Line, snapshot: Snapshot, rulebook: Rulebook, options: dict[str, Any]) -> dict[str, Any]:
    case_id, answers = read_line(line, rulebook.reference)
    if options["brief"]:
        return brief(assess(answers, rulebook), rulebook, case_id)
    return present(answers, snapshot, rulebook, options["lang"], case_id)


def _error(line: Line, error: BadLine) -> dict[str, Any]:
    fields = [{"field": name, "message": sentence} for name, sentence in error.problems]
    return {"id": error.case_id, "line": line.number, "error": {"message": str(error), "fields": fields}}


def _rules(on: date | None, edition: str | None) -> tuple[Snapshot, Rulebook]:
    try:
        snapshot = snapshots.current()
        return snapshot, snapshot.rulebook(on or snapshots.today(), edition)
    except (NoEditionInForce, UnknownEdition, snapshots.SnapshotUnavailable) as error:
        raise CommandError(str(error)) from error


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    """The input as bytes, because a line that is not UTF-8 must not stop the others."""
    if name == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"The file {name} cannot be read: {error.strerror}.") from error


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError(f"{value!r} is not a day; write it as YYYY-MM-DD.") from None
