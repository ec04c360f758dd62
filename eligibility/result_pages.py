"""The Assessment as the result page shows it: criteria in order of urgency, dates written out, sources once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import applying_pages, formatting
from eligibility.presenting import Json
from eligibility.rules.outcomes import Outcome, OverallOutcome
from occupations.rulebook import Category, Rulebook, text_in

URGENCY = {Outcome.FAILS.value: 0, Outcome.UNKNOWN.value: 1, Outcome.PASSES.value: 2}
CATEGORY_NAMES = {
    Category.PROFESSIONAL.value: gettext_lazy("Professional"),
    Category.TECHNICIAN.value: gettext_lazy("Technician"),
}
OUTCOME_NAMES = {
    OverallOutcome.ELIGIBLE.value: gettext_lazy("every requirement is met"),
    OverallOutcome.NEEDS_MORE_INFORMATION.value: gettext_lazy("some points are still open"),
    OverallOutcome.NOT_ELIGIBLE.value: gettext_lazy("at least one requirement is not met"),
}


def for_page(assessment: Json, rulebook: Rulebook, language: str) -> dict[str, Any]:
    """The context of `result.html` from the Assessment JSON."""
    return {
        **assessment,
        "on": formatting.day(date.fromisoformat(assessment["on"]), language),
        "edition_title": text_in(rulebook.edition.title, language),
        "summary": assessment["category_text"],
        "heading": _criteria_heading(assessment["category"]),
        "criteria": _criteria(assessment["criteria"], language),
        "by_category": _categories(assessment, language),
        "differences": [difference["text"] for difference in assessment["differences"]],
        **applying_pages.for_page(assessment, language),
        "no_change": assessment["no_change"]["text"] if assessment["no_change"] else "",
    }


def _criteria_heading(category: str) -> str:
    if category == Category.PROFESSIONAL.value:
        return _("Each requirement, for a professional")
    return _("Each requirement, for a technician")


def _criteria(criteria: Json, language: str) -> list[dict[str, Any]]:
    """Fails first, then what is open, then what is met."""
    shown = [
        {**told, "id": criterion, "sources": _sources(told, language)} for criterion, told in criteria.items()
    ]
    return sorted(shown, key=lambda told: URGENCY[told["outcome"]])


def _sources(told: Json, language: str) -> list[dict[str, str]]:
    """Each document once, with its date written out."""
    by_address: dict[str, dict[str, str]] = {}
    for source in told["sources"]:
        dated = formatting.day(date.fromisoformat(source["date"]), language) if source["date"] else ""
        by_address.setdefault(source["url"], {**source, "date": dated})
    return list(by_address.values())


def _categories(assessment: Json, language: str) -> list[dict[str, Any]]:
    """The category that is not shown in full, where it was possible: what differs there (C-24)."""
    other = [category for category in assessment["by_category"] if category != assessment["category"]]
    return [
        {
            "name": CATEGORY_NAMES[category],
            "outcome_name": OUTCOME_NAMES[assessment["by_category"][category]["outcome"]],
            "criteria": [
                told
                for criterion, told in assessment["by_category"][category]["criteria"].items()
                if told["explanation"] != assessment["criteria"][criterion]["explanation"]
            ],
        }
        for category in other
    ]
