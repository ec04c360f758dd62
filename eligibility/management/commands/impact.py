"""`manage.py impact BEFORE AFTER`: what one edition changes beside another, on a generated population."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.impact import SEED, Change
from eligibility.rules.outcomes import OverallOutcome
from eligibility.staff.reports import Comparison, compare
from occupations.rulebook import UnknownEdition
from occupations.snapshots import SnapshotUnavailable


class Command(BaseCommand):
    help = (
        "Assesses generated profiles and the reference cases under two editions, drafts too, and says whose "
        "outcome changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", metavar="BEFORE", help="slug of the earlier edition")
        parser.add_argument("after", metavar="AFTER", help="slug of the later edition, such as a draft")
        parser.add_argument(
            "--profiles",
            type=int,
            default=settings.IMPACT_PROFILES,
            help=f"how many are generated; {settings.IMPACT_PROFILES} when left out",
        )
        parser.add_argument(
            "--seed", type=int, default=SEED, help=f"another seed draws others; {SEED} when left out"
        )
        parser.add_argument("--json", action="store_true", help="everything as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an edition that is not there and a number that is none."""
        if options["profiles"] < 0:
            raise CommandError(f"--profiles is {options['profiles']}; give a number that is zero or more.")
        try:
            made = compare(options["before"], options["after"], options["profiles"], options["seed"])
        except (UnknownEdition, SnapshotUnavailable) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(made), ensure_ascii=False))
            return
        for line in _lines(made):
            self.stdout.write(line)


def as_json(made: Comparison) -> dict[str, Any]:
    """The whole report; `changes` are those who come out differently, their answers included."""
    report = made.report
    return {
        "before": made.before.edition.slug,
        "after": made.after.edition.slug,
        "on": made.on.isoformat(),
        "seed": made.seed,
        "profiles": report.total,
        "origins": {origin.value: count for origin, count in report.origins.items()},
        "seconds": round(made.seconds, 3),
        "processor_seconds": round(made.processor_seconds, 3),
        "outcomes": {
            outcome.value: {"before": report.before[outcome], "after": report.after[outcome]}
            for outcome in OverallOutcome
        },
        "flips": len(report.flips),
        "by_country": {
            country or "": {"profiles": group.total, "flips": group.flips}
            for country, group in report.by_country.items()
        },
        "by_category": {
            category.value: {"profiles": group.total, "flips": group.flips}
            for category, group in report.by_category.items()
        },
        "by_criterion": {
            criterion.value: {"changes": group.changes, "flips": group.flips}
            for criterion, group in report.by_criterion.items()
        },
        "changes": [_change(change) for change in report.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.profile.id,
        "origin": change.profile.origin.value,
        "name": change.profile.name,
        "before": {"outcome": change.before.outcome.value, "category": change.before.category.value},
        "after": {"outcome": change.after.outcome.value, "category": change.after.category.value},
        "criteria": [criterion.value for criterion in change.criteria],
        "answers": change.profile.answers.to_json(),
    }


def _lines(made: Comparison) -> list[str]:
    report = made.report
    editions = f"{made.before.edition.slug} -> {made.after.edition.slug}, on {made.on}"
    took = f"{made.seconds:.2f} s, {made.processor_seconds:.2f} s of the processor"
    lines = [
        f"{editions}: {report.total} profiles (seed {made.seed}) in {took}.",
        f"The answer changes for {len(report.flips)} of them.",
        "",
        f"{'answer':<24}{'before':>9}{'after':>9}",
    ]
    for outcome in OverallOutcome:
        lines.append(f"{outcome.value:<24}{report.before[outcome]:>9}{report.after[outcome]:>9}")
    for title, groups in (
        ("country", {country or "none": group.flips for country, group in report.by_country.items()}),
        ("category", {category.value: group.flips for category, group in report.by_category.items()}),
        ("criterion", {criterion.value: group.flips for criterion, group in report.by_criterion.items()}),
    ):
        changed = sorted(((-flips, name) for name, flips in groups.items() if flips))
        if changed:
            lines += [
                "",
                f"{title:<24}{'changes':>9}",
                *(f"{name:<24}{-flips:>9}" for flips, name in changed),
            ]
    return lines
