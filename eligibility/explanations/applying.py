"""Sentences about applying, the permit, its cost and the papers (F-21 to F-33).

Figures and the lines of advice come from the tables; here stands what depends on the case. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import formatting
from eligibility.explanations.texts import Texts
from eligibility.explanations.view import View
from eligibility.rules.outcomes import Criterion
from eligibility.rules.permit import Fees, Limit, PermitLength, Spouse, SpouseReason
from eligibility.rules.routes import Route
from occupations.rulebook import (
    AdviceLine,
    ApplicationRule,
    Difference,
    Edition,
    FeeUnit,
    Payer,
    Standing,
    text_in,
)

STANDINGS: Final = Texts(
    {
        Standing.OPEN: gettext_lazy("Open"),
        Standing.CONDITIONS: gettext_lazy("Open with conditions"),
        Standing.CLOSED: gettext_lazy("Closed"),
    }
)
LENGTH: Final = Texts(
    {
        Limit.OFFER: gettext_lazy("Your first permit can last as long as the offer: %(months)s."),
        Limit.MAXIMUM: gettext_lazy(
            "Your first permit can last %(months)s at most, even if the offer is longer or has no end."
        ),
        Limit.PASSPORT: gettext_lazy(
            "Your first permit can last until your passport ends, on %(ends)s, and no longer."
        ),
        Limit.EXPIRED: gettext_lazy(
            "Your passport ends before the job would start, so there is no time for a permit. Renew it first."
        ),
        Limit.NOT_STATED: gettext_lazy("The tables name no length for the first permit."),
    }
)
SPOUSE: Final = Texts(
    {
        SpouseReason.COUNTRY_NOT_GIVEN: gettext_lazy(
            "It depends on your country, which you have not named yet."
        ),
        SpouseReason.COUNTRY_NOT_COVERED: gettext_lazy(
            "The rules do not cover %(country)s, so they offer nothing for a spouse or partner either."
        ),
        SpouseReason.NONE_FOR_COUNTRY: gettext_lazy(
            "The rules promise nothing for the spouse or partner of somebody who relies on %(country)s."
        ),
        SpouseReason.STATUS_NOT_GIVEN: gettext_lazy("It depends on your status in %(country)s."),
        SpouseReason.STATUS_NOT_ACCEPTED: gettext_lazy(
            "Your status in %(country)s opens no permit for a spouse or partner."
        ),
        SpouseReason.STATUS_ACCEPTED: gettext_lazy(
            "Your status in %(country)s lets a spouse or partner come along and work."
        ),
    }
)
PAYERS: Final = Texts(
    {
        Payer.WORKER: gettext_lazy("You"),
        Payer.PARTNER: gettext_lazy("Your spouse or partner"),
        Payer.EMPLOYER: gettext_lazy("The employer"),
    }
)
UNITS: Final = Texts(
    {
        FeeUnit.PERMIT: gettext_lazy("for each permit"),
        FeeUnit.PERSON: gettext_lazy("for each person"),
        FeeUnit.OFFER: gettext_lazy("for each offer"),
    }
)
FIND_OUT: Final = Texts(
    {
        Criterion.COUNTRY_STATUS: gettext_lazy(
            "Find out which papers show your citizenship or permanent residence."
        ),
        Criterion.JOB_OFFER: gettext_lazy(
            "Find out whether the Canadian side will put the offer in writing."
        ),
        Criterion.OCCUPATION: gettext_lazy(
            "Find out which occupation code fits the duties of the job, and if it is covered."
        ),
        Criterion.EDUCATION: gettext_lazy(
            "Find out how long your studies were, and how your credential is seen in Canada."
        ),
        Criterion.EXPERIENCE: gettext_lazy(
            "Find out how many paid years in the sector your employers can confirm."
        ),
        Criterion.WAGE: gettext_lazy(
            "Find out what the offer pays, and what the occupation earns in the place of work."
        ),
        Criterion.LICENSING: gettext_lazy(
            "Find out whether the job needs a licence there, and how long that takes."
        ),
        Criterion.LANGUAGE: gettext_lazy("Find out what can show your English or French."),
        Criterion.SELF_EMPLOYMENT: gettext_lazy("Find out who owns and runs the Canadian company."),
    }
)
"""What to find out about a point that is open."""


def route_sentence(route: Route, language: str) -> str:
    """Why a way to apply stands as it does."""
    if route.rule is None:
        return _("The tables do not say how this stands for you. Ask a licensed consultant or lawyer.")
    return row_sentence(route.rule, language)


def row_sentence(row: ApplicationRule | AdviceLine, language: str) -> str:
    """What a row says and, where its first day is known, since when."""
    says = text_in(row.says, language)
    if row.since is None:
        return says
    since = _("So it has been since %(day)s.") % {"day": formatting.day(row.since, language)}
    return formatting.sentences((says, since), language)


def route_difference(difference: Difference, other: Edition, view: View) -> str:
    """What another edition says about a way to apply, what ours says, and which we follow."""
    deciding = view.rulebook.edition
    return _("%(other)s: %(says)s %(deciding)s: %(rule)s We follow %(deciding)s.") % {
        "other": text_in(other.short_name, view.language),
        "says": text_in(difference.says[other.slug], view.language),
        "deciding": text_in(deciding.short_name, view.language),
        "rule": text_in(difference.says[deciding.slug], view.language),
    }


def permit_sentences(permit: PermitLength, view: View) -> Iterator[str]:
    """How long the first permit lasts, what decides that, and from which day it was counted (F-25)."""
    language = view.language
    context = {
        "months": "" if permit.months is None else formatting.months(permit.months, language),
        "begins": formatting.day(permit.begins, language),
        "ends": "" if permit.ends is None else formatting.day(permit.ends, language),
    }
    yield str(LENGTH[permit.limit]) % context
    if permit.limit in (Limit.OFFER, Limit.MAXIMUM) and permit.start_given:
        yield _("If it begins on %(begins)s, it ends on %(ends)s.") % context
    if permit.limit is not Limit.MAXIMUM and permit.term is not None:
        yield _("No first permit lasts longer than %(months)s.") % {
            "months": formatting.months(permit.term.months, language)
        }
    if view.answers.passport_expiry is None:
        yield _("It never lasts longer than your passport, so check when that ends.")
    elif not permit.start_given:
        yield _("You did not name a first day of work, so we counted from %(begins)s.") % context


def spouse_sentence(spouse: Spouse, view: View) -> str:
    """Whether and why a spouse or partner may get an open permit (F-27)."""
    return str(SPOUSE[spouse.reason]) % view.country_forms(view.answers.country)


def fee_sentences(fees: Fees, spouse: Spouse, language: str) -> Iterator[str]:
    """The total of this case, and what is not part of it."""
    total = {"total": formatting.money(fees.total, language)}
    more = {"more": formatting.money(fees.partner, language)}
    if fees.total != fees.worker:
        yield _("You and your spouse or partner pay %(total)s in all.") % total
    else:
        yield _("You pay %(total)s in all.") % total
        if fees.partner and spouse.wanted:
            yield _("If a permit is open to your spouse or partner, it costs %(more)s more.") % more
        elif fees.partner:
            yield _("A spouse or partner who applies as well pays %(more)s more.") % more


def amounts_as_of(day: date, language: str) -> str:
    sentence = _("In Canadian dollars, as of %(day)s. Check the amounts before you pay.")
    return sentence % {"day": formatting.day(day, language)}


def left_out() -> str:
    """What stands in place of the advice when the answer is no."""
    return _(
        "How to apply, what it costs and which papers to gather are left out, because this permit is not open "
        "to you as things stand. They appear here once your answers change that."
    )


def find_out(criterion: Criterion) -> str:
    return str(FIND_OUT[criterion])


def one_is_enough() -> str:
    return _("One of these is enough.")


def general_papers() -> str:
    return _("For the application itself")
