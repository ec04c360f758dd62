"""What every explanation reads: the answers, the rulebook and how to name things in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from eligibility import formatting, french_names
from eligibility.rules.answers import Answers
from occupations.rulebook import Category, OccupationRule, Rulebook, text_in


@dataclass(frozen=True, slots=True)
class View:
    """One case in one language."""

    answers: Answers
    rulebook: Rulebook
    category: Category
    language: str

    def country(self, code: str | None) -> str:
        """The name of a country."""
        names = self.rulebook.reference.country_names
        return "" if code is None or code not in names else text_in(names[code], self.language)

    def country_forms(self, code: str | None, key: str = "country") -> dict[str, str]:
        """The name of a country for a sentence; `french_names.forms` says under which keys."""
        return french_names.forms(self.country(code), self.language, key)

    def covered_countries(self) -> str:
        """The countries that the edition covers, by name."""
        rules = self.rulebook.edition.countries.values()
        names = sorted(self.country(rule.country) for rule in rules if rule.covered)
        return formatting.all_of(names, self.language)

    def occupation(self) -> str:
        """The official title of the occupation."""
        group = self.rulebook.reference.unit_groups.get(self.answers.noc or "")
        return "" if group is None else text_in(group.title, self.language)

    def edition(self) -> str:
        return text_in(self.rulebook.edition.short_name, self.language)

    def region(self, code: str | None) -> str:
        region = self.rulebook.reference.regions.get(code or "")
        return "" if region is None else text_in(region.name, self.language)

    def list_entries(self, rules: Iterable[OccupationRule]) -> str:
        """The list entries of some rules, each once."""
        entries = dict.fromkeys(text_in(rule.list_entry, self.language) for rule in rules)
        return formatting.all_of((formatting.quoted(each, self.language) for each in entries), self.language)

    def questions(self, slugs: Iterable[str]) -> str:
        """The questions of some conditions."""
        known = self.rulebook.edition.conditions
        asked = (text_in(known[slug].question, self.language) for slug in slugs if slug in known)
        return formatting.asked(asked, self.language)


@dataclass(slots=True)
class Told:
    """What is told of one criterion: each a list of whole sentences."""

    given: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
