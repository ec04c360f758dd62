"""`python manage.py import_wages FILE`: the Job Bank wages of a year as a new data year."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from occupations.importing import wage_plan
from occupations.management.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Import the official Job Bank wages file as a new data year. Years that are stored stay as they are."
    )
    kind = wage_plan.KIND

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--data-year", default="", help="its name; left out, the year of revision")
        parser.add_argument(
            "--available-from",
            type=date.fromisoformat,
            help="first day on which assessments use it, YYYY-MM-DD; left out, today",
        )

    def options_of(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"vintage": options["data_year"], "available_from": options["available_from"]}
