"""Explanations of `wage` (F-15, F-16): the figures, the gap in dollars, and where the figure comes from."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import formatting
from eligibility.explanations.texts import Texts
from eligibility.explanations.view import Told, View
from eligibility.rules.outcomes import CriterionResult, HourlyRate, Outcome, Reason, fact
from eligibility.rules.vocabulary import LOOK_UP, WagePeriod
from occupations.rulebook import Wage

GIVEN: Final = Texts(
    {
        WagePeriod.HOUR: gettext_lazy("You are offered %(amount)s per hour."),
        WagePeriod.WEEK: gettext_lazy("You are offered %(amount)s per week for %(hours)s hours a week."),
        WagePeriod.MONTH: gettext_lazy("You are offered %(amount)s per month for %(hours)s hours a week."),
        WagePeriod.YEAR: gettext_lazy("You are offered %(amount)s per year for %(hours)s hours a week."),
    }
)
EXPLANATION: Final = Texts(
    {
        Reason.NO_OFFER_NO_WAGE: gettext_lazy(
            "Without an offer there is no wage to compare. An offer would have to reach what is asked here."
        ),
        Reason.WAGE_NOT_GIVEN: gettext_lazy("Tell us the wage of the offer, so that we can compare it."),
        Reason.WAGE_PERIOD_NOT_GIVEN: gettext_lazy(
            "Tell us whether the wage is per hour, week, month or year."
        ),
        Reason.HOURS_NOT_GIVEN: gettext_lazy(
            "Tell us the hours of work per week, so that we can compare per hour."
        ),
        Reason.PREVAILING_WAGE_NEEDS_PLACE: gettext_lazy(
            "The prevailing wage depends on the occupation and the place of work. Tell us both, or name the "
            "figure."
        ),
        Reason.BELOW_PREVAILING_WAGE: gettext_lazy(
            "The offer comes to %(hourly)s per hour, which is %(gap)s per hour below the prevailing wage of "
            "%(prevailing)s per hour."
        ),
        Reason.BELOW_EMPLOYER_SCALE: gettext_lazy(
            "The offer comes to %(hourly)s per hour, which is %(scale_gap)s per hour below the %(scale)s per "
            "hour that "
            "the employer pays comparable staff."
        ),
        Reason.WAGE_SUFFICIENT: gettext_lazy(
            "The offer comes to %(hourly)s per hour and reaches the prevailing wage of %(prevailing)s per hour."
        ),
    }
)


def tell_wage(result: CriterionResult, view: View) -> Told:
    """What is offered, what it must reach, the gap, and whose figure it is."""
    context = _context(result, view)
    told = Told(_given(view))
    prevailing = _("The wage must reach the prevailing wage for the occupation in the place of work.")
    if context["prevailing"]:
        prevailing = _("The wage must reach the prevailing wage: %(prevailing)s per hour.") % context
    told.required.append(prevailing)
    if context["scale"]:
        told.required.append(
            _("It must also reach what the employer pays comparable staff: %(scale)s per hour.") % context
        )
    for reason in (result.reason, *result.also):
        told.explanation.append(
            _not_found(view)
            if reason is Reason.PREVAILING_WAGE_NOT_FOUND
            else str(EXPLANATION[reason]) % context
        )
    origin = _origin(result, view)
    if origin:
        told.explanation.append(origin)
    if view.answers.wage_allowances and isinstance(fact(result.given, "hourly"), HourlyRate):
        told.explanation.append(
            _("Allowances for housing, travel and the like do not count and were taken off.")
        )
    return told


def _given(view: View) -> list[str]:
    answers = view.answers
    if answers.wage_amount is None:
        return [_("You have not told us a wage.")]
    amount = formatting.money(answers.wage_amount, view.language)
    if answers.wage_period is None or (
        answers.wage_period is not WagePeriod.HOUR and not answers.hours_per_week
    ):
        sentences = [_("You are offered %(amount)s.") % {"amount": amount}]
    else:
        hours = formatting.number(answers.hours_per_week or Decimal(0), view.language)
        sentences = [str(GIVEN[answers.wage_period]) % {"amount": amount, "hours": hours}]
    if answers.wage_allowances:
        allowances = formatting.money(answers.wage_allowances, view.language)
        sentences.append(_("Of that, %(allowances)s are allowances.") % {"allowances": allowances})
    return sentences


def _context(result: CriterionResult, view: View) -> dict[str, str]:
    """Money as text. In a fail the offer is rounded down and the figure up, so that they never look equal.

    Parts of a cent are shown only where they decide.
    """
    hourly, prevailing = fact(result.given, "hourly"), fact(result.required, "prevailing")
    scale = fact(result.required, "employer_scale")
    fails = result.outcome is Outcome.FAILS
    down, up = (ROUND_FLOOR, ROUND_CEILING) if fails else (ROUND_HALF_EVEN, ROUND_HALF_EVEN)
    context = dict.fromkeys(("hourly", "prevailing", "gap", "scale", "scale_gap"), "")
    offered = hourly.as_fraction() if isinstance(hourly, HourlyRate) else None
    wanted = {
        "prevailing": prevailing.as_fraction() if isinstance(prevailing, HourlyRate) else None,
        "scale": Fraction(scale) if isinstance(scale, Decimal) else None,
    }
    gaps = [each - offered for each in wanted.values() if each is not None and offered is not None]
    fine = any(0 < gap < Fraction(formatting.CENT) for gap in gaps)
    if offered is not None:
        context["hourly"] = formatting.money(offered, view.language, down, fine=fine)
    for name, gap in (("prevailing", "gap"), ("scale", "scale_gap")):
        figure = wanted[name]
        if figure is not None:
            context[name] = formatting.money(figure, view.language, up, fine=fine)
            context[gap] = _gap(figure, offered, view.language)
    return context


def _gap(wanted: Fraction, offered: Fraction | None, language: str) -> str:
    return "" if offered is None or offered >= wanted else formatting.enough(wanted - offered, language)


def _not_found(view: View) -> str:
    if view.answers.prevailing_wage_hourly is LOOK_UP:
        return _(
            "We have no median wage for this occupation in this place, so an officer decides what to "
            "compare with."
        )
    return _("You found no median wage for this occupation, so an officer decides what to compare with.")


def _origin(result: CriterionResult, view: View) -> str:
    """Where the prevailing wage comes from: the visitor, or which place and which year of Job Bank."""
    row = fact(result.required, "row")
    if isinstance(row, Wage):
        context = {"place": view.region(row.region), "year": row.vintage.edition}
        if row.region == view.answers.region:
            return (
                _("The prevailing wage is the Job Bank median for %(place)s, in the figures of %(year)s.")
                % context
            )
        return (
            _(
                "Job Bank shows no median for the place of work itself, so the prevailing wage is its "
                "median for %(place)s, "
                "in the figures of %(year)s."
            )
            % context
        )
    if fact(result.required, "prevailing") is not None:
        return _("The prevailing wage is the figure that you gave yourself.")
    return ""
