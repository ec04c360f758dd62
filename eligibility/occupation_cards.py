"""Occupations as a visitor sees them before choosing one: search results in words, in rank order."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.rules.answers import Answers
from eligibility.rules.assessment import assess
from eligibility.rules.outcomes import Criterion, Outcome
from occupations import search, snapshots
from occupations.rulebook import DEFAULT_LANGUAGE, Category, Rulebook, UnitGroup, text_in

SEARCH = "q"
"""Query parameter of the visitor's words."""
FOUND_AT_MOST = 10
TITLES_SHOWN = 6
OFFICIAL_LANGUAGES = ("en", "fr")
"""In others the titles of unit groups are translations of ours."""
SHORTEST_WORDS = 2
"""Characters from which a search that finds nothing says so; before that the visitor is still typing."""

Card = dict[str, Any]
"""code, title, official (the English title beside a translation of ours), matched (the job title found, when it is
another), matched_in (its language), teer, category, job_titles, titles_in (their language), coverage."""


class Found(NamedTuple):
    """What a search found: at most FOUND_AT_MOST cards, best first, and a sentence that counts them."""

    query: str
    cards: list[Card]
    sentence: str


def words_searched(text: str) -> str:
    """The visitor's words as they are searched: no longer than the search reads."""
    return text.strip()[: search.MAX_QUERY_LENGTH]


def occupations_found(text: str, country: str | None, rulebook: Rulebook, language: str) -> Found:
    """Search results, each with what the country's list says about it. Never raises, whatever the text."""
    query = words_searched(text)
    if not query:
        return Found(query, [], "")
    matches = search.index_for(snapshots.current()).search(query, limit=FOUND_AT_MOST + 1)
    groups = rulebook.reference.unit_groups
    cards = [
        occupation_card(groups[match.noc], match, country, rulebook, language)
        for match in matches
        if match.noc in groups
    ]
    return Found(query, cards[:FOUND_AT_MOST], _count_sentence(query, len(cards)))


def _count_sentence(query: str, count: int) -> str:
    """How many were found, and what to try; empty while too little is typed to say."""
    if count > FOUND_AT_MOST:
        sentence = _("The %(count)s closest occupations are shown. To narrow the search, add a word.")
        return sentence % {"count": FOUND_AT_MOST}
    if count:
        return ngettext("%(count)s occupation found.", "%(count)s occupations found.", count) % {
            "count": count
        }
    if len(query) < SHORTEST_WORDS:
        return ""
    return _(
        "No occupation was found for “%(query)s”. Check the spelling, use a more general word, or search for "
        "the English or French name of the job."
    ) % {"query": query}


def occupation_card(
    group: UnitGroup, match: search.Match | None, country: str | None, rulebook: Rulebook, language: str
) -> Card:
    """One unit group as a visitor sees it before choosing."""
    titles_in = language if group.job_titles.get(language) else DEFAULT_LANGUAGE
    title, english = text_in(group.title, language), group.title[DEFAULT_LANGUAGE]
    matched = "" if match is None else match.matched_title
    return {
        "code": group.code,
        "title": title,
        "official": "" if language in OFFICIAL_LANGUAGES or title == english else english,
        "matched": matched if matched.casefold() not in (title.casefold(), english.casefold()) else "",
        "matched_in": "" if match is None else match.language_of_title,
        "teer": group.teer,
        "category": _category_words(group.teer, rulebook),
        "job_titles": group.job_titles.get(titles_in, ())[:TITLES_SHOWN],
        "titles_in": titles_in,
        "coverage": _coverage_words(group.code, country, rulebook),
    }


def _category_words(teer: int, rulebook: Rulebook) -> str:
    """Which category a job of this TEER can belong to (C-3)."""
    for category in Category:
        row = rulebook.edition.requirement(None, category)
        if row and teer in row.teers:
            return {
                Category.PROFESSIONAL: _("a professional job"),
                Category.TECHNICIAN: _("a technician job"),
            }[category]
    return _("neither a professional nor a technician job, so this permit does not cover it")


def _coverage_words(noc: str, country: str | None, rulebook: Rulebook) -> str:
    """What the country's list says of an occupation, in words; empty before a country is given."""
    if country is None or not rulebook.edition.covers(country):
        return ""
    result = assess(Answers(country=country, noc=noc), rulebook).criteria[Criterion.OCCUPATION]
    return {
        Outcome.PASSES: _("The list for your country includes it."),
        Outcome.FAILS: _("The list for your country does not include it."),
        Outcome.UNKNOWN: _("It depends: the list for your country includes it in some cases."),
    }[result.outcome]
