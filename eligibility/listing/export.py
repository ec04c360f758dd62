"""The lists as a table for spreadsheets: one row for each line of the edition, entries without a code included."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.utils import translation

from eligibility.listing import words
from occupations.rulebook import OccupationRule, Rulebook, UncodedEntry, text_in

BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""
HEADER = (
    "edition",
    "country",
    "country_name",
    "category",
    "effect",
    "certain",
    "noc",
    "teers",
    "title_en",
    "title_fr",
    "list_entry",
    "condition",
    "note",
    "facts",
    "source",
    "publisher",
    "source_url",
    "source_date",
)
_STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that gives back what is written to it, so that rows can be sent one by one."""

    def write(self, value: str) -> str:
        return value


def csv_lines(rulebook: Rulebook, countries: Iterable[str], language: str) -> Iterator[str]:
    """The file piece by piece; texts of the tables are in `language`, the words of the header never change."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + str(writer.writerow(HEADER))
    for country in countries:
        for line in _lines_of(country, rulebook):
            # The pieces are made while they are sent, when the request's own language may be over.
            with translation.override(language):
                yield str(writer.writerow([harmless(cell) for cell in _cells(line, rulebook, language)]))


def harmless(cell: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_OF_FORMULAS) else cell


def _lines_of(country: str, rulebook: Rulebook) -> Iterator[OccupationRule | UncodedEntry]:
    edition = rulebook.edition
    yield from (rule for rule in edition.occupation_rules if rule.country == country)
    yield from (entry for entry in edition.uncoded_entries if entry.country == country)


def _cells(line: OccupationRule | UncodedEntry, rulebook: Rulebook, language: str) -> Iterator[str]:
    reference, edition = rulebook.reference, rulebook.edition
    noc, teers, condition, note = "", "", "", ""
    if isinstance(line, OccupationRule):
        noc, teers = line.noc or "", ";".join(str(teer) for teer in sorted(line.teers))
        condition = words.condition_sentence(line, edition, language)
        note = words.notes(line, language)
    else:
        note = words.without_ids(line.note, language)
    group = reference.unit_groups.get(noc)
    yield from (edition.slug, line.country)
    yield text_in(reference.country_names[line.country], language)
    yield from (line.category.value, line.effect.value, "yes" if line.certain else "no", noc, teers)
    yield from (group.title["en"], group.title.get("fr", "")) if group else ("", "")
    yield from (text_in(line.list_entry, language), condition, note, ";".join(line.fact_ids))
    source = next((each for fact in line.fact_ids for each in edition.citations.get(fact, ())), None)
    if source is None:
        yield from ("", "", "", "")
        return
    dated = source.dated or source.read_on
    yield from (source.title, source.publisher, source.url, dated.isoformat() if dated else "")
