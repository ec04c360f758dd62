"""`python manage.py missing_texts`: what a visitor may read of the tables and is not translated."""

from __future__ import annotations

import csv
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from occupations import stored
from occupations.building import missing_texts
from occupations.rulebook import DEFAULT_LANGUAGE
from occupations.shipped import shipped_payload

OTHER_LANGUAGES = [code for code, _ in settings.LANGUAGES if code != DEFAULT_LANGUAGE]


class Command(BaseCommand):
    help = (
        "List the texts of the tables that a language lacks. Reads the shipped files and needs no database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=OTHER_LANGUAGES, help="one language instead of all")
        parser.add_argument(
            "--csv",
            action="store_true",
            help="write rows for translations/<language>.csv, without their text",
        )
        parser.add_argument("--stored", action="store_true", help="read the database instead of the files")

    def handle(self, *args: Any, **options: Any) -> None:
        payload = stored.stored_rows().payload if options["stored"] else shipped_payload()
        languages = [options["language"]] if options["language"] else OTHER_LANGUAGES
        writer = csv.writer(self.stdout, lineterminator="\n")
        if options["csv"]:
            writer.writerow(["context", "english", "text"] if options["language"] else HEADER)
        for language in languages:
            missing = missing_texts(payload, language)
            for context, english in missing:
                if not options["csv"]:
                    self.stdout.write(f"{language}: {context}: {english}")
                else:
                    row = [context, english, ""]
                    writer.writerow(row if options["language"] else [language, *row])
            if not options["csv"]:
                self.stdout.write(f"{language}: {len(missing):,} texts of the tables are not translated.")


HEADER = ["language", "context", "english", "text"]
