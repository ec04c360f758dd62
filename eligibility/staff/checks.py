"""What reference cases add to the checklist before an edition is approved or published."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.staff import telling
from eligibility.staff.reports import run_cases
from occupations.models import Edition
from occupations.publishing import checklist


def kept_cases(edition: Edition) -> Iterator[checklist.Problem]:
    """Cases marked “must not change” that come to another answer or category, or cannot be read any more."""
    done = run_cases(edition.pk)
    for each in done.breaking:
        expected, found = telling.verdict_told(each.expected), telling.verdict_told(each.found)
        yield checklist.Problem(
            _(
                "The case “%(case)s” must not change, but its answer would be “%(found)s” (%(found_category)s) "
                "instead of “%(expected)s” (%(expected_category)s)."
            )
            % {
                "case": each.case.profile.name,
                "found": found["outcome_name"],
                "found_category": found["category_name"],
                "expected": expected["outcome_name"],
                "expected_category": expected["category_name"],
            },
            f"{reverse('reference-cases')}?edition={edition.pk}&changed=1",
        )
    for case in done.unreadable:
        if case.must_not_change:
            yield checklist.Problem(
                _("The case “%(case)s” must not change, but its answers name a code that is gone.")
                % {"case": case.name},
                reverse("admin:eligibility_referencecase_change", args=[case.pk]),
            )


def register_all() -> None:
    """Called once, when the app is ready."""
    checklist.register(
        checklist.Check(
            "reference-cases",
            gettext_lazy("No reference case that must not change comes to another answer"),
            kept_cases,
        )
    )
