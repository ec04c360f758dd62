"""The lists of one country."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.explanations.job import CATEGORY_NOT_OPEN
from eligibility.list_pages.shared import Context, country_name, edition_stamp, standing_words
from eligibility.listing import words
from eligibility.listing.rows import CategoryList, category_list, filtered
from occupations.rulebook import Category, Rulebook, Source


def country(
    code: str,
    categories: Iterable[Category],
    query: str,
    codes: frozenset[str],
    rulebook: Rulebook,
    language: str,
) -> Context:
    """The lists of a country, row for row as the tables have them."""
    rule = rulebook.edition.countries[code]
    lists = [filtered(category_list(code, each, rulebook, language), query, codes) for each in categories]
    name = country_name(code, rulebook, language)
    return {
        **edition_stamp(rulebook, language),
        "id": code.lower(),
        "name": name,
        "covered": rule.covered,
        "note": words.without_ids(rule.note, language),
        "lists": [_category(each, name, language) for each in lists],
        "sources": [words.source_line(each, language) for each in _of_country(code, rulebook)],
        "query": query,
        "total": sum(each.number_of_rows for each in lists),
    }


def _category(listed: CategoryList, name: str, language: str) -> Context:
    return {
        "category": listed.category.value,
        "name": words.CATEGORIES[listed.category],
        "listed": listed,
        "closed": str(CATEGORY_NOT_OPEN[listed.category]) % {"country": name},
        "general": _general_sentence(listed),
        "exceptions": [
            ngettext("%(entry)s (%(count)s occupation)", "%(entry)s (%(count)s occupations)", count)
            % {"entry": words.capital(entry), "count": count}
            if count > 1
            else words.capital(entry)
            for entry, count in listed.exceptions
        ],
        "parts": _parts(listed),
        "sources": [words.source_line(each, language) for each in listed.sources],
    }


def _general_sentence(listed: CategoryList) -> str:
    if not listed.general:
        return ""
    if listed.exceptions:
        return _("All work of %(teers)s is included, except:") % {"teers": listed.teers}
    return _("All work of %(teers)s is included.") % {"teers": listed.teers}


def _parts(listed: CategoryList) -> list[Context]:
    """The tables of a category in the order they are read; `marks` for rows of the tables themselves."""
    parts = (
        ("included", _("Included"), "", listed.included),
        ("excluded", _("Excluded"), "", listed.excluded),
        (
            "unclear",
            _("Unclear"),
            _("The sources leave these open. An officer decides."),
            listed.unclear,
        ),
        (
            "uncoded",
            _("Entries without a code"),
            _(
                "The list names these, but no occupation code fits them for certain. They decide nothing here."
            ),
            listed.uncoded,
        ),
        (
            "following",
            _("Occupations that this leaves"),
            _("No line names these. They follow from the rule for all work of %(teers)s.")
            % {"teers": listed.teers},
            listed.following,
        ),
    )
    return [
        {
            "part": part,
            "title": title,
            "hint": hint,
            "rows": [{"row": row, **(standing_words(row.standing) if row.standing else {})} for row in rows],
        }
        for part, title, hint, rows in parts
        if rows
    ]


def _of_country(code: str, rulebook: Rulebook) -> tuple[Source, ...]:
    """Documents behind what the edition says of the country itself."""
    citations = rulebook.edition.citations
    facts = rulebook.edition.countries[code].fact_ids
    return tuple(dict.fromkeys(source for each in facts for source in citations.get(each, ())[:1]))
