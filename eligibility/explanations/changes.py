"""What would make somebody eligible, in words: one whole sentence for each change, and what all of them promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility import formatting
from eligibility.explanations import names
from eligibility.explanations.texts import Texts
from eligibility.explanations.view import View
from eligibility.rules.answers import Answers
from eligibility.rules.changes import Advice, Change, ChangeKind, Suggestion, applied
from eligibility.rules.licensing import licence_need
from eligibility.rules.outcomes import Because, CriterionResult, Outcome
from eligibility.rules.vocabulary import WagePeriod
from occupations.rulebook import Category

REGIONS_NAMED = 6
"""So many regions are named in a sentence; of the others only the number."""

PLAIN: Final = Texts[ChangeKind](
    {
        ChangeKind.LANGUAGE_EVIDENCE: gettext_lazy(
            "You need something that shows your English or French, such as schooling, earlier work, letters to "
            "and from the employer, or a test."
        ),
        ChangeKind.OFFER_IN_WRITING: gettext_lazy("You need a job offer or a contract in writing."),
        ChangeKind.FULL_TIME_SHOWN: gettext_lazy(
            "You need proof that enough of your paid work was full-time work."
        ),
        ChangeKind.EMPLOYER_LETTER: gettext_lazy(
            "You need a letter from the Canadian employer or client that says your degree is acceptable in Canada."
        ),
        ChangeKind.ASSOCIATE_EQUIVALENCE: gettext_lazy(
            "You need proof that your credential equals an associate degree."
        ),
        ChangeKind.NO_LICENCE_NEEDED: gettext_lazy(
            "The regulator has to confirm that the job needs no licence where you will work."
        ),
        ChangeKind.NO_CONTROL: gettext_lazy("The Canadian company must not be under your control."),
        ChangeKind.OFFER_LANGUAGE_MET: gettext_lazy(
            "You need to meet the language level that the offer asks for, or an offer without that demand."
        ),
        ChangeKind.WORKING_LANGUAGE: gettext_lazy("You need to be able to do the work in English or French."),
        ChangeKind.DEGREE_FIELD: gettext_lazy(
            "You need a degree in the field of the job or in a closely related one."
        ),
    }
)
WAGE: Final = Texts[WagePeriod](
    {
        WagePeriod.HOUR: gettext_lazy("You need a wage of at least %(amount)s per hour."),
        WagePeriod.WEEK: gettext_lazy("You need a wage of at least %(amount)s per week."),
        WagePeriod.MONTH: gettext_lazy("You need a wage of at least %(amount)s per month."),
        WagePeriod.YEAR: gettext_lazy("You need a wage of at least %(amount)s per year."),
    }
)
HIGHER_WAGE: Final = Texts[WagePeriod](
    {
        WagePeriod.HOUR: gettext_lazy("You need %(gap)s more per hour, %(amount)s per hour in all."),
        WagePeriod.WEEK: gettext_lazy("You need %(gap)s more per week, %(amount)s per week in all."),
        WagePeriod.MONTH: gettext_lazy("You need %(gap)s more per month, %(amount)s per month in all."),
        WagePeriod.YEAR: gettext_lazy("You need %(gap)s more per year, %(amount)s per year in all."),
    }
)
HIGHER_WAGE_IN_PLACE: Final = Texts[WagePeriod](
    {
        WagePeriod.HOUR: gettext_lazy(
            "In %(place)s you need %(gap)s more per hour, %(amount)s per hour in all."
        ),
        WagePeriod.WEEK: gettext_lazy(
            "In %(place)s you need %(gap)s more per week, %(amount)s per week in all."
        ),
        WagePeriod.MONTH: gettext_lazy(
            "In %(place)s you need %(gap)s more per month, %(amount)s per month in all."
        ),
        WagePeriod.YEAR: gettext_lazy(
            "In %(place)s you need %(gap)s more per year, %(amount)s per year in all."
        ),
    }
)


def change_sentences(changes: Iterable[Change], view: View) -> list[str]:
    """Every change in a whole sentence."""
    changes = tuple(changes)
    after = applied(view.answers, changes)
    return [_sentence(change, view, after) for change in changes]


def promise(suggestion: Suggestion) -> str:
    """What the changes come to, as the rules said when they were run with them."""
    count = len(suggestion.changes)
    if suggestion.category is Category.PROFESSIONAL:
        sentence = ngettext(
            "With this you would qualify as a professional.",
            "With these %(count)s changes together you would qualify as a professional.",
            count,
        )
    else:
        sentence = ngettext(
            "With this you would qualify as a technician.",
            "With these %(count)s changes together you would qualify as a technician.",
            count,
        )
    return sentence % {"count": count}


def no_change_sentence(advice: Advice, language: str) -> str:
    """Why nothing that a person can change would turn the result; empty where something would."""
    failing = [each for each in advice.blocking if each.outcome is Outcome.FAILS]
    if failing:
        return _(
            "Nothing that you could change in this case would make you qualify, because of this: %(points)s."
        ) % {"points": _titles(failing, language)}
    unanswered = [each for each in advice.blocking if each.because is Because.NOT_ANSWERED]
    if unanswered:
        return _(
            "Once you have answered the questions about this, we can say what would make you qualify: "
            "%(points)s."
        ) % {"points": _titles(unanswered, language)}
    if advice.blocking:
        return _("Whatever you change, this stays for an officer to decide: %(points)s.") % {
            "points": _titles(advice.for_an_officer, language)
        }
    return ""


def _titles(results: Iterable[CriterionResult], language: str) -> str:
    return formatting.all_of((names.CRITERIA[each.criterion] for each in results), language)


def _sentence(change: Change, view: View, after: Answers) -> str:
    plain = PLAIN.get(change.kind)
    return str(plain) if plain is not None else TELLERS[change.kind](change, view, after)


def _condition(change: Change, view: View, after: Answers) -> str:
    slug, answer = change.condition or ("", False)
    question = {"question": view.questions((slug,))}
    if answer:
        return _("The answer to this question has to be yes: %(question)s") % question
    return _("The answer to this question has to be no: %(question)s") % question


def _study_country(change: Change, view: View, after: Answers) -> str:
    country = view.country(after.education_country)
    return _("The degree has to be from this country: %(country)s.") % {"country": country}


def _more_years(change: Change, view: View, after: Answers) -> str:
    least, given = after.experience_years or Decimal(0), view.answers.experience_years
    if not given:
        return _("You need %(least)s of paid work in the sector of the job.") % _years(least, None, view)
    sentence = _("You need %(gap)s more of paid work in the sector of the job, %(least)s in all.")
    return sentence % _years(least, given, view)


def _longer_study(change: Change, view: View, after: Answers) -> str:
    least, given = after.education_years or Decimal(0), view.answers.education_years
    if not given:
        return _("You need %(least)s of post-secondary study.") % _years(least, None, view)
    return _("You need %(gap)s more of post-secondary study, %(least)s in all.") % _years(least, given, view)


def _years(least: Decimal, given: Decimal | None, view: View) -> dict[str, str]:
    gap = least if given is None else least - given
    return {
        "least": formatting.years(least, view.language),
        "gap": formatting.years(gap, view.language, ROUND_CEILING),
    }


def _credential(change: Change, view: View, after: Answers) -> str:
    level = after.education_level
    credential = "" if level is None else names.LEVELS[level]
    return _("You need %(credential)s or a higher credential.") % {"credential": credential}


def _allowances(change: Change, view: View, after: Answers) -> str:
    allowances = formatting.money(view.answers.wage_allowances or Decimal(0), view.language)
    return _(
        "The pay would be enough if the employer paid the allowances of %(allowances)s as ordinary wage."
    ) % {"allowances": allowances}


def _higher_wage(change: Change, view: View, after: Answers) -> str:
    """The gap where there is an amount in the same period to compare with, else the least amount."""
    amount, given = after.wage_amount or Decimal(0), view.answers.wage_amount
    period = after.wage_period or WagePeriod.HOUR
    context = {
        "amount": formatting.money(amount, view.language),
        "place": view.region(after.region),
    }
    if given is None or period is not view.answers.wage_period:
        return str(WAGE[period]) % context
    context["gap"] = formatting.money(amount - given, view.language)
    sentence = str((HIGHER_WAGE_IN_PLACE if context["place"] else HIGHER_WAGE)[period]) % context
    if after.wage_allowances:
        return _("%(sentence)s Your allowances are in that total.") % {"sentence": sentence}
    return sentence


def _regions(change: Change, view: View, after: Answers) -> str:
    """The regions by name, those of the same province first."""
    regions = view.rulebook.reference.regions
    present = regions.get(view.answers.region or "")
    here = None if present is None else present.province
    codes = sorted(change.choices, key=lambda code: regions[code].province != here)
    named = [view.region(code) for code in codes[:REGIONS_NAMED]]
    left = len(codes) - len(named)
    if not left:
        return ngettext(
            "The same offer already meets the usual pay in this region: %(regions)s.",
            "The same offer already meets the usual pay in these regions: %(regions)s.",
            len(named),
        ) % {"regions": formatting.any_of(named, view.language)}
    return ngettext(
        "The same offer already meets the usual pay in these regions: %(regions)s, and in %(count)s more.",
        "The same offer already meets the usual pay in these regions: %(regions)s, and in %(count)s more.",
        left,
    ) % {"regions": formatting.listed(named, view.language), "count": left}


def _anywhere(change: Change, view: View, after: Answers) -> str:
    return _("While the place of work is not known, the figures for this place are the guide: %(place)s.") % {
        "place": view.region(after.region)
    }


def _licence(change: Change, view: View, after: Answers) -> str:
    """With the name of the regulator, where the place of the job stays what it is."""
    rows = licence_need(after, view.rulebook).rows
    regulators = dict.fromkeys(row.regulator for row in rows if row.regulator)
    if not regulators or after.region != view.answers.region:
        return _("You need a licence for this work, from Canada or from your home country.")
    return _("You need the licence of %(regulators)s, or a licence for this work from your home country.") % {
        "regulators": formatting.any_of(regulators, view.language)
    }


TELLERS: Final[Mapping[ChangeKind, Callable[[Change, View, Answers], str]]] = {
    ChangeKind.CONDITION_ANSWERED: _condition,
    ChangeKind.STUDY_COUNTRY_ANSWERED: _study_country,
    ChangeKind.MORE_PAID_YEARS: _more_years,
    ChangeKind.LONGER_STUDY: _longer_study,
    ChangeKind.CREDENTIAL: _credential,
    ChangeKind.ALLOWANCES_AS_WAGE: _allowances,
    ChangeKind.HIGHER_WAGE: _higher_wage,
    ChangeKind.REGION_NAMED: _regions,
    ChangeKind.OTHER_REGION: _regions,
    ChangeKind.ANYWHERE: _anywhere,
    ChangeKind.LICENCE_OBTAINED: _licence,
}
