"""The staff's screens in groups, by what a person wants to do. Screens that no group names come last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, tuple[Promise, list[str]]] = {
    "rules": (
        _("Rules of the editions"),
        [
            "occupations.Edition",
            "occupations.OccupationRule",
            "occupations.Requirement",
            "occupations.Country",
            "occupations.Condition",
            "occupations.UncodedEntry",
            "occupations.CriterionFacts",
            "occupations.Citation",
        ],
    ),
    "deciding": (
        _("When an edition decides, and checks"),
        ["occupations.PeriodInForce", "occupations.EditionCheck", "occupations.SourceCheck"],
    ),
    "words": (
        _("Words"),
        [
            "occupations.Translation",
            "occupations.GuideText",
            "occupations.OccupationSynonym",
            "occupations.CountryName",
        ],
    ),
    "advice": (
        _("Applying, fees and other permits"),
        [
            "occupations.ApplicationRoute",
            "occupations.ApplicationRule",
            "occupations.AdviceLine",
            "occupations.Fee",
            "occupations.PermitTerm",
            "occupations.OtherDoor",
        ],
    ),
    "sources": (
        _("Sources and differences"),
        ["occupations.Source", "occupations.Fact", "occupations.Difference"],
    ),
    "reference": (
        _("To look things up"),
        [
            "occupations.UnitGroup",
            "occupations.JobTitle",
            "occupations.ConcordancePair",
            "occupations.Region",
            "occupations.WageVintage",
            "occupations.Wage",
            "occupations.Regulation",
            "occupations.ImportRecord",
            "occupations.LoadedFile",
            "occupations.DataRevision",
        ],
    ),
    "site": (
        _("Visitors and other sites"),
        ["eligibility.Feedback", "eligibility.EmbeddingSite"],
    ),
    "people": (
        _("People, and what they did"),
        [
            "auth.User",
            "auth.Group",
            "occupations.Change",
            "axes.AccessLog",
            "axes.AccessFailureLog",
            "axes.AccessAttempt",
        ],
    ),
}
"""Key -> title and screens as `app.Model`. A module that adds a screen may add it to a group here."""
REST = _("More")


@dataclass(frozen=True, slots=True)
class Section:
    """A title, and Django's descriptions of screens (`name`, `admin_url`, `add_url`, `perms`)."""

    title: Promise
    screens: list[Mapping[str, Any]]


def sections(app_list: Iterable[Mapping[str, Any]]) -> list[Section]:
    """Django's list of screens that a person may open, in our groups; empty groups are left out."""
    left = {
        f"{app['app_label']}.{screen['object_name']}": screen for app in app_list for screen in app["models"]
    }
    found = []
    for title, names in SECTIONS.values():
        screens = [left.pop(name) for name in names if name in left]
        if screens:
            found.append(Section(title, screens))
    if left:
        found.append(Section(REST, list(left.values())))
    return found
