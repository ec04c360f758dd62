"""What changed from one edition to the next, in sentences: countries, requirements, lines of the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility import formatting
from eligibility.listing import words
from occupations.rulebook import EVERY_COUNTRY, Category, Edition, OccupationRule, Reference, text_in
from occupations.search.text import fold

Line = tuple[object, ...]


def changes(before: Edition, after: Edition, reference: Reference, language: str) -> list[str]:
    """Sentences on what `after` says otherwise than `before`; one that says so where nothing differs."""
    found = [
        *_countries(before, after, reference, language),
        *_requirements(before, after, reference, language),
        *_lists(before, after, reference, language),
    ]
    return found or [_("Countries, requirements and lists stay as they were.")]


def _countries(before: Edition, after: Edition, reference: Reference, language: str) -> Iterator[str]:
    was = {code for code in before.countries if before.covers(code)}
    now = {code for code in after.countries if after.covers(code)}
    if now - was:
        yield _("Now covered: %(countries)s.") % {"countries": _named(now - was, reference, language)}
    if was - now:
        yield _("No longer covered: %(countries)s.") % {"countries": _named(was - now, reference, language)}
    statuses = {
        code for code in was & now if before.countries[code].statuses != after.countries[code].statuses
    }
    if statuses:
        yield _("Another status counts for: %(countries)s.") % {
            "countries": _named(statuses, reference, language)
        }


def _requirements(before: Edition, after: Edition, reference: Reference, language: str) -> Iterator[str]:
    for category in Category:
        changed = {
            code
            for code in after.countries
            if before.covers(code)
            and after.covers(code)
            and _demands(before, code, category) != _demands(after, code, category)
        }
        if changed:
            yield _("Other requirements, %(category)s: %(countries)s.") % {
                "category": words.CATEGORIES[category],
                "countries": _named(changed, reference, language),
            }


def _demands(edition: Edition, code: str, category: Category) -> tuple[object, ...] | None:
    row = edition.requirement(code, category)
    if row is None:
        return None
    return (
        row.teers,
        row.min_education_years,
        row.credential_rule,
        row.equivalent_years_with_letter,
        row.equivalent_country,
        row.min_experience_years,
        row.degree_field_related_required,
        row.licence_grace_months,
    )


def _lists(before: Edition, after: Edition, reference: Reference, language: str) -> Iterator[str]:
    """For each country and category how many lines came, went or changed; a changed line is one of each."""
    came = _counted(after.occupation_rules, before.occupation_rules)
    went = _counted(before.occupation_rules, after.occupation_rules)
    keys = sorted({*came, *went}, key=lambda key: (fold(_named([key[0]], reference, language)), key[1]))
    for country, category in keys:
        parts = []
        if number := came[country, category]:
            parts.append(ngettext("%(n)s line added", "%(n)s lines added", number) % {"n": number})
        if number := went[country, category]:
            parts.append(ngettext("%(n)s line removed", "%(n)s lines removed", number) % {"n": number})
        yield _("%(country)s, %(category)s: %(changes)s.") % {
            "country": _named([country], reference, language),
            "category": words.CATEGORIES[category],
            "changes": formatting.all_of(parts, language),
        }


def _counted(
    these: Iterable[OccupationRule], others: Iterable[OccupationRule]
) -> Counter[tuple[str, Category]]:
    known = {_line(rule) for rule in others}
    return Counter((rule.country, rule.category) for rule in these if _line(rule) not in known)


def _line(rule: OccupationRule) -> Line:
    """What a line decides; its position and notes do not count."""
    return (
        rule.country,
        rule.category,
        rule.effect,
        rule.certain,
        rule.noc,
        rule.teers,
        rule.when,
        rule.unless,
        rule.min_education_years,
    )


def _named(codes: Iterable[str], reference: Reference, language: str) -> str:
    names = (
        _("every country") if code == EVERY_COUNTRY else text_in(reference.country_names[code], language)
        for code in codes
    )
    return formatting.all_of(sorted(names, key=fold), language)
