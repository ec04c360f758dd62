"""The lists row by row, as the tables have them: one row for each line of an edition, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eligibility.listing import words
from eligibility.listing.keeping import kept
from eligibility.listing.positions import OPEN, Position, Standing, position
from occupations.rulebook import (
    Category,
    Effect,
    OccupationRule,
    Rulebook,
    Source,
    UncodedEntry,
    UnitGroup,
    text_in,
)
from occupations.search.text import fold


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list in words. `position` is the line's own; None for a row that follows from a TEER line."""

    position: int | None
    code: str
    """The unit group; empty for a line that names TEERs and for an entry without a code."""
    title: str
    entry: str
    condition: str
    note: str
    doubt: str = ""
    effect: str = ""
    standing: Standing | None = None
    searched: str = ""
    """The row's words, folded, in both official languages and that of the page."""


@dataclass(frozen=True, slots=True)
class CategoryList:
    """Everything that an edition says of one country and category.

    `general`, `included`, `excluded`, `unclear` hold one row for each occupation rule, `uncoded` one for each entry
    without a code. `following` holds the unit groups that the general rows include and no row names.
    """

    country: str
    category: Category
    teers: str
    general: tuple[Row, ...]
    included: tuple[Row, ...]
    excluded: tuple[Row, ...]
    unclear: tuple[Row, ...]
    uncoded: tuple[Row, ...]
    following: tuple[Row, ...]
    exceptions: tuple[tuple[str, int], ...]
    """List entries that take unit groups out of the general rows, with how many unit groups each."""
    sources: tuple[Source, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything is included, or may be."""
        return bool(self.general or self.included or self.unclear or self.uncoded)

    @property
    def number_of_rows(self) -> int:
        parts = (self.general, self.included, self.excluded, self.unclear, self.uncoded, self.following)
        return sum(map(len, parts))


def category_list(country: str, category: Category, rulebook: Rulebook, language: str) -> CategoryList:
    """The list of a country and category; empty in every part where the edition has no line."""
    name = ("category_list", country, category, language)
    return kept(rulebook, name, lambda: _category_list(country, category, rulebook, language))


def _category_list(country: str, category: Category, rulebook: Rulebook, language: str) -> CategoryList:
    edition = rulebook.edition
    rules = [
        rule for rule in edition.occupation_rules if (rule.country, rule.category) == (country, category)
    ]
    entries = [
        each for each in edition.uncoded_entries if (each.country, each.category) == (country, category)
    ]
    requirement = edition.requirement(country, category)
    parts: dict[str, list[Row]] = {"general": [], "included": [], "excluded": [], "unclear": []}
    for rule in rules:
        parts[part_of(rule)].append(rule_row(rule, rulebook, language))
    exceptions = Counter(
        text_in(rule.list_entry, language)
        for rule in rules
        if parts["general"] and rule.effect is Effect.EXCLUDE
    )
    return CategoryList(
        country=country,
        category=category,
        teers=words.teers(requirement.teers, language) if requirement else "",
        general=tuple(parts["general"]),
        included=tuple(parts["included"]),
        excluded=tuple(parts["excluded"]),
        unclear=tuple(parts["unclear"]),
        uncoded=tuple(_uncoded_row(each, language) for each in entries),
        following=_following(country, category, rules, rulebook, language),
        exceptions=tuple(exceptions.items()),
        sources=_sources(rules, entries, rulebook),
    )


def part_of(rule: OccupationRule) -> str:
    """The part of the list where a line stands; an uncertain line is unclear whichever side it takes."""
    if not rule.certain:
        return "unclear"
    if rule.effect is Effect.EXCLUDE:
        return "excluded"
    return "general" if rule.noc is None else "included"


def rule_row(rule: OccupationRule, rulebook: Rulebook, language: str) -> Row:
    """One line of the tables in words."""
    group = rulebook.reference.unit_groups.get(rule.noc or "")
    title = text_in(group.title, language) if group else words.teers(rule.teers, language)
    row = Row(
        position=rule.position,
        code=rule.noc or "",
        title=title,
        entry=text_in(rule.list_entry, language),
        condition=words.condition_sentence(rule, rulebook.edition, language),
        note=words.notes(rule, language),
        doubt=words.doubt_sentence(rule),
        effect=rule.effect.value,
    )
    return replace(row, searched=_folded(row, group))


def _uncoded_row(entry: UncodedEntry, language: str) -> Row:
    text = text_in(entry.list_entry, language)
    note = words.without_ids(entry.note, language)
    row = Row(None, "", words.capital(text), text, "", note, effect=entry.effect.value)
    return replace(row, searched=_folded(row, None))


def _following(
    country: str, category: Category, rules: Iterable[OccupationRule], rulebook: Rulebook, language: str
) -> tuple[Row, ...]:
    """Unit groups that only TEER lines touch and that are, or may be, included."""
    named = {rule.noc for rule in rules}
    teers = {teer for rule in rules if rule.effect is Effect.INCLUDE for teer in rule.teers}
    rows = []
    for group in rulebook.reference.unit_groups.values():
        if group.teer not in teers or group.code in named:
            continue
        found = position(country, group.code, rulebook)
        if found.category is category and found.standing in OPEN:
            rows.append(_following_row(group, found, language))
    return tuple(rows)


def _following_row(group: UnitGroup, found: Position, language: str) -> Row:
    row = Row(None, group.code, text_in(group.title, language), "", "", "", standing=found.standing)
    return replace(row, searched=_folded(row, group))


def _folded(row: Row, group: UnitGroup | None) -> str:
    titles = group.title.values() if group else ()
    return fold(" ".join((row.code, row.title, row.entry, row.condition, row.note, *titles)))


def _sources(
    rules: Iterable[OccupationRule], entries: Iterable[UncodedEntry], rulebook: Rulebook
) -> tuple[Source, ...]:
    """The best document of each fact that the rows name, once each."""
    named = (*(rule.fact_ids for rule in rules), *(entry.fact_ids for entry in entries))
    facts = dict.fromkeys(each for ids in named for each in ids)
    citations = rulebook.edition.citations
    return tuple(dict.fromkeys(source for each in facts for source in citations.get(each, ())[:1]))


def filtered(whole: CategoryList, query: str, codes: frozenset[str]) -> CategoryList:
    """Only rows that hold every word of the query, or whose code is among `codes`; general rows always stay."""
    wanted = fold(query).split()
    if not wanted:
        return whole

    def found(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(row for row in rows if row.code in codes or all(word in row.searched for word in wanted))

    return replace(
        whole,
        included=found(whole.included),
        excluded=found(whole.excluded),
        unclear=found(whole.unclear),
        uncoded=found(whole.uncoded),
        following=found(whole.following),
    )
