"""`python manage.py explanations --language ja`: every explanation with sample values, for a review by a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from babel.messages.extract import extract_from_dir
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from eligibility import explanations, formatting, french_names
from eligibility.explanations import names
from eligibility.rules.outcomes import Criterion
from eligibility.rules.vocabulary import EducationLevel, LanguageEvidence
from occupations.building import build_snapshot
from occupations.rulebook import Snapshot, text_in
from occupations.shipped import shipped_payload

PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]")
FOLDER: Final = Path(explanations.__file__).parent
KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


class Command(BaseCommand):
    help = "Print every explanation in a language, filled in with sample values. Needs no database."

    def add_arguments(self, parser: CommandParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=codes, default=settings.LANGUAGE_CODE)
        parser.add_argument("--with-english", action="store_true", help="print the English above each")

    def handle(self, *args: Any, **options: Any) -> None:
        language, beside = options["language"], options["with_english"]
        snapshot = build_snapshot(shipped_payload())
        with translation.override(language):
            samples = sample_values(snapshot, language)
            module = ""
            for file, english in every_explanation():
                if file != module:
                    self.stdout.write(f"\n# {file}\n")
                    module = file
                if beside:
                    self.stdout.write(f"  {english if isinstance(english, str) else english[-1]}")
                for text in told(english):
                    self.stdout.write(f"- {filled(text, samples, language)}")


def every_explanation() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """(module, English text, or singular and plural) of every sentence, in the order of the modules."""
    for file, _line, english, _comments, _context in extract_from_dir(
        FOLDER, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        yield file, english


def told(english: str | tuple[str, ...]) -> list[str]:
    """The sentence in the active language, once for one and once for several where that differs."""
    if isinstance(english, str):
        return [translation.gettext(english)]
    return list(dict.fromkeys(translation.ngettext(english[0], english[1], number) for number in (1, 3)))


def filled(text: str, samples: Mapping[str, str], language: str) -> str:
    """The text with its samples. A gap or a least is money where the text speaks of a period of pay."""
    own = dict(samples)
    if "%(amount)s" in text or "%(hourly)s" in text:
        own["gap"] = formatting.money(Decimal("3.20"), language)
    return text % own if PLACEHOLDER.search(text) else text


def sample_values(snapshot: Snapshot, language: str) -> dict[str, str]:
    """A plausible value for every placeholder of an explanation, as the pages would write it."""
    edition = next(each for each in snapshot.editions.values() if not each.is_comparison)
    other = next(each for each in snapshot.editions.values() if each.is_comparison)
    entries = [text_in(rule.list_entry, language) for rule in edition.occupation_rules[-3:]]
    questions = [text_in(each.question, language) for each in list(edition.conditions.values())[:2]]
    groups = list(snapshot.reference.unit_groups.values())
    difference = next(iter(snapshot.reference.differences.values()))
    said = {
        "sentence": questions[0],
        "question": questions[0],
        "questions": formatting.sentences(questions, language),
        "note": text_in(edition.countries[next(iter(edition.countries))].note, language),
        "deciding": text_in(edition.short_name, language),
        "other": text_in(other.short_name, language),
        "says": text_in(difference.says[other.slug], language),
        "rule": text_in(difference.says[edition.slug], language),
        "entries": formatting.all_of((formatting.quoted(each, language) for each in entries), language),
        "occupation": formatting.quoted(text_in(groups[100].title, language), language),
        "title": text_in(groups[100].title, language),
        "code": groups[100].code,
        "teer": str(groups[100].teer),
        "teers": formatting.all_of(["0", "1"], language),
    }
    return {**said, **_places(snapshot, language), **_figures(language), **_words(language)}


def _places(snapshot: Snapshot, language: str) -> dict[str, str]:
    names_of = snapshot.reference.country_names
    edition = next(each for each in snapshot.editions.values() if not each.is_comparison)
    covered = [text_in(names_of[code], language) for code in edition.countries]
    regions = [text_in(region.name, language) for region in list(snapshot.reference.regions.values())[1:4]]
    regulators = [rows[0].regulator for rows in list(snapshot.reference.regulations.values())[:2]]
    forms: dict[str, str] = {}
    for place, key in enumerate(("country", "equivalent_country", "study_country")):
        forms |= french_names.forms(covered[place], language, key)
    return {
        **forms,
        "countries": formatting.all_of(covered[:3], language),
        "place": regions[0],
        "regions": formatting.listed(regions, language),
        "regulators": formatting.all_of(regulators, language),
    }


def _figures(language: str) -> dict[str, str]:
    money = {"amount": "46.15", "hourly": "42.95", "prevailing": "46.15", "scale": "45", "scale_gap": "2.05"}
    money |= {"allowances": "250", "total": "255", "more": "340"}
    years = {"gap": "1", "least": "4", "years": "3", "equivalent": "3"}
    days = {"begins": date(2027, 3, 1), "ends": date(2028, 2, 29), "day": date(2026, 2, 12)}
    return {
        **{key: formatting.money(Decimal(value), language) for key, value in money.items()},
        **{key: formatting.years(Decimal(value), language) for key, value in years.items()},
        **{key: formatting.day(value, language) for key, value in days.items()},
        "months": formatting.months(4, language),
        "hours": formatting.number(Decimal("37.5"), language),
        "year": "2025",
        "count": "3",
    }


def _words(language: str) -> dict[str, str]:
    points = [names.CRITERIA[each] for each in (Criterion.WAGE, Criterion.LICENSING)]
    kinds = [names.LANGUAGE_EVIDENCE[each] for each in (LanguageEvidence.SCHOOLING, LanguageEvidence.WORK)]
    return {
        "points": formatting.all_of(points, language),
        "kinds": formatting.all_of(kinds, language),
        "level": names.LEVELS[EducationLevel.DIPLOMA],
        "credential": names.LEVELS[EducationLevel.BACHELOR],
    }
