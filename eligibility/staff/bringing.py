"""What a link to the form for a new reference case brings along, so that nobody has to copy answers."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from eligibility.impact import shipped_cases
from eligibility.rules.answers import Answers
from eligibility.staff import preview
from eligibility.staff.reports import compare
from occupations import snapshots
from occupations.rulebook import NoEditionInForce, UnknownEdition


def brought_along(request: HttpRequest) -> dict[str, Any]:
    """Initial values of the form. What is no longer there leaves the field empty."""
    query = request.GET
    name, answers, edition = "", None, query.get("edition", "")
    if "shipped" in query:
        for case in shipped_cases(snapshots.current().reference):
            if case.profile.id == query["shipped"]:
                name, answers = case.profile.name, case.profile.answers
    elif "profile" in query:
        answers, edition = _of_profile(request), query.get("before", "")
    elif "journey" in query:
        answers = preview.answers_in(request, edition, query["journey"])
    return {
        "name": name,
        "given": "" if answers is None else json.dumps(answers.to_json(), indent=2, ensure_ascii=False),
        "expected_under": edition or _in_force(),
    }


def _of_profile(request: HttpRequest) -> Answers | None:
    try:
        comparison = compare(request.GET.get("before", ""), request.GET.get("after", ""))
    except UnknownEdition:
        return None
    change = comparison.change(request.GET["profile"])
    return None if change is None else change.profile.answers


def _in_force() -> str:
    try:
        return snapshots.current().slug_in_force(snapshots.today())
    except NoEditionInForce:
        return ""
