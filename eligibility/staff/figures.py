"""The figures of an impact report as the page draws them: counts, groups and the choices of the filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.explanations.names import CRITERIA as CRITERION_NAMES
from eligibility.formatting import day, number
from eligibility.impact import Group, Origin
from eligibility.rules.outcomes import Criterion, OverallOutcome
from eligibility.staff import telling
from eligibility.staff.filtering import NOBODY, Filter
from eligibility.staff.reports import Comparison
from occupations.rulebook import Category


def figures(comparison: Comparison, chosen: Filter, language: str) -> dict[str, Any]:
    """Context of `admin/impact/counts.html`, `groups.html` and the filter."""
    return {
        "headline": _headline(comparison, language),
        "outcomes": _outcomes(comparison),
        "moves": _moves(comparison),
        "population": _population(comparison, language),
        "countries": _countries(comparison, language),
        "categories": _categories(comparison),
        "criteria": _criteria(comparison),
        "filters": _filters(comparison, chosen, language),
    }


def _headline(comparison: Comparison, language: str) -> str:
    flips, total = len(comparison.report.flips), number(comparison.report.total, language)
    if not flips:
        return _("The answer stays the same for all %(total)s profiles.") % {"total": total}
    return ngettext(
        "The answer changes for %(count)s of %(total)s profiles.",
        "The answer changes for %(count)s of %(total)s profiles.",
        flips,
    ) % {"count": number(flips, language), "total": total}


def _population(comparison: Comparison, language: str) -> dict[str, str]:
    origins = comparison.report.origins
    return {
        "generated": number(origins[Origin.GENERATED], language),
        "known": number(comparison.report.total - origins[Origin.GENERATED], language),
        "on": day(comparison.on, language),
    }


def _outcomes(comparison: Comparison) -> list[dict[str, Any]]:
    """How many get each answer, before and after; the longest bar stands for the largest count."""
    report = comparison.report
    largest = max(*report.before.values(), *report.after.values())
    return [
        {
            "outcome": outcome.value,
            "name": telling.OUTCOMES[outcome],
            "before": report.before[outcome],
            "after": report.after[outcome],
            "more": report.after[outcome] - report.before[outcome],
            "before_share": _share(report.before[outcome], largest),
            "after_share": _share(report.after[outcome], largest),
        }
        for outcome in OverallOutcome
    ]


def _share(count: int, largest: int) -> str:
    """In per cent, with a point whatever the language: it goes into a drawing."""
    return f"{100 * count / largest:.2f}" if largest else "0"


def _moves(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {"before": telling.OUTCOMES[one], "after": telling.OUTCOMES[other], "count": count}
        for one in OverallOutcome
        for other in OverallOutcome
        if one is not other and (count := comparison.report.moves.get((one, other), 0))
    ]


def _group_row(name: str, group: Group, query: str) -> dict[str, Any]:
    return {
        "name": name,
        "total": group.total,
        "flips": group.flips,
        "before": group.before[OverallOutcome.ELIGIBLE],
        "after": group.after[OverallOutcome.ELIGIBLE],
        "query": query,
    }


def _countries(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """Those with the most changes first."""
    rows = [
        _group_row(
            telling.country_name(code, comparison.books[1], language),
            group,
            Filter(country=code or NOBODY).query(),
        )
        for code, group in comparison.report.by_country.items()
    ]
    return sorted(rows, key=lambda row: (-row["flips"], row["name"]))


def _categories(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        _group_row(str(telling.CATEGORIES[category]), group, Filter(category=category.value).query())
        for category, group in comparison.report.by_category.items()
    ]


def _criteria(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "name": CRITERION_NAMES[criterion],
            "flips": group.flips,
            "changes": group.changes,
            "before": [group.before[outcome] for outcome in telling.CRITERION_OUTCOMES],
            "after": [group.after[outcome] for outcome in telling.CRITERION_OUTCOMES],
            "query": Filter(criterion=criterion.value, all_changes=True).query(),
        }
        for criterion, group in comparison.report.by_criterion.items()
    ]


def _filters(comparison: Comparison, chosen: Filter, language: str) -> list[dict[str, Any]]:
    """The choices of the filter form, in its order."""
    countries = {
        code or NOBODY: telling.country_name(code, comparison.books[1], language)
        for code in comparison.report.by_country
    }
    by_name = dict(sorted(countries.items(), key=lambda pair: pair[1]))
    return [
        _select("country", _("Country"), by_name, chosen.country),
        _select("category", _("Category"), _words(Category, telling.CATEGORIES), chosen.category),
        _select("criterion", _("Criterion"), _words(Criterion, CRITERION_NAMES), chosen.criterion),
        _select("answer", _("Answer afterwards"), _words(OverallOutcome, telling.OUTCOMES), chosen.after),
        _select("origin", _("Profiles"), _words(Origin, telling.ORIGINS), chosen.origin),
    ]


def _words(words: Any, names: Mapping[Any, Any]) -> dict[str, str]:
    return {word.value: str(names[word]) for word in words}


def _select(name: str, label: str, options: Mapping[str, str], chosen: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": value, "label": text, "chosen": value == chosen} for value, text in options.items()
        ],
    }
