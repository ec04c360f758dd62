"""Occupations nearby in words, with the warning that duties decide."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.explanations.texts import Texts
from eligibility.rules.nearby import NearbyOccupation
from eligibility.rules.outcomes import Outcome
from occupations.rulebook import Category, Rulebook, text_in

INCLUDED: Final = Texts(
    {
        (Category.PROFESSIONAL, Outcome.PASSES): gettext_lazy(
            "%(title)s (%(code)s): the list of your country includes it, as professional work."
        ),
        (Category.TECHNICIAN, Outcome.PASSES): gettext_lazy(
            "%(title)s (%(code)s): the list of your country includes it, as technician work."
        ),
        (Category.PROFESSIONAL, Outcome.UNKNOWN): gettext_lazy(
            "%(title)s (%(code)s): the list of your country includes it in some cases, as professional work."
        ),
        (Category.TECHNICIAN, Outcome.UNKNOWN): gettext_lazy(
            "%(title)s (%(code)s): the list of your country includes it in some cases, as technician work."
        ),
    }
)


def nearby_sentence(nearby: NearbyOccupation, rulebook: Rulebook, language: str) -> str:
    title = text_in(rulebook.reference.unit_groups[nearby.noc].title, language)
    return str(INCLUDED[nearby.category, nearby.outcome]) % {"title": title, "code": nearby.noc}


def nearby_warning() -> str:
    return _(
        "These occupations stand next to yours in the classification, or have job titles in common with it. "
        "The duties of the job decide which one "
        "it is, not its title. An offer with a code that does not fit its duties is refused, so ask the "
        "employer which code fits."
    )
