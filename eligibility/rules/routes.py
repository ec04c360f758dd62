"""How this visitor may apply: from abroad, on arrival or from inside Canada (F-21 to F-24, C-26).

The rules of each way are rows of the rulebook that name words for a case; here the words are worked out and the
first rule that holds is taken. Advice only: nothing here changes a criterion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from eligibility.rules.answers import Answers
from eligibility.rules.outcomes import Assessment, Criterion, Outcome, Reason
from eligibility.rules.permit import (
    Fees,
    Limit,
    PermitLength,
    Spouse,
    case_fees,
    judge_spouse,
    permit_length,
)
from eligibility.rules.vocabulary import JobOffer, Status
from occupations.rulebook import (
    AdviceLine,
    ApplicationRoute,
    ApplicationRule,
    Category,
    LinePart,
    Rulebook,
    Situation,
    Standing,
)

ARRANGED: Final = frozenset({JobOffer.WRITTEN, JobOffer.CONTRACT_DIRECT, JobOffer.CONTRACT_VIA_HOME_EMPLOYER})
SPOUSE: Final = {
    Standing.OPEN: Situation.SPOUSE_OPEN,
    Standing.CLOSED: Situation.SPOUSE_CLOSED,
    Standing.CONDITIONS: Situation.SPOUSE_NOT_KNOWN,
}
CATEGORIES: Final = {
    Category.PROFESSIONAL: Situation.PROFESSIONAL,
    Category.TECHNICIAN: Situation.TECHNICIAN,
}
NO_RULE: Final = "no_rule"
"""Reason of a way to apply of which no rule holds."""
ORDER: Final = (Standing.OPEN, Standing.CONDITIONS, Standing.CLOSED)


class Route(NamedTuple):
    """One way to apply, judged. `rule` is None where the tables have no rule for the case."""

    route: ApplicationRoute
    standing: Standing
    reason: str
    rule: ApplicationRule | None
    steps: tuple[AdviceLine, ...]
    risks: tuple[AdviceLine, ...]
    times: tuple[AdviceLine, ...]


class Application(NamedTuple):
    """Everything about applying in one case. Routes that are open come first."""

    situations: frozenset[Situation]
    routes: tuple[Route, ...]
    spouse: Spouse
    permit: PermitLength
    fees: Fees


def judge_application(answers: Answers, assessment: Assessment, rulebook: Rulebook) -> Application:
    """Routes, the spouse's permit, the permit's length and the fees of a case. Never raises."""
    spouse = judge_spouse(answers, rulebook)
    permit = permit_length(answers, rulebook)
    situations = frozenset(_situations(answers, assessment, rulebook, spouse, permit))
    routes = [_route(route, situations, rulebook) for route in rulebook.reference.applying.routes]
    return Application(
        situations,
        tuple(sorted(routes, key=lambda route: ORDER.index(route.standing))),
        spouse,
        permit,
        case_fees(spouse, situations, rulebook),
    )


def passport_of(answers: Answers) -> str | None:
    """Whose passport decides about the visa (C-26): the one named, else the country's, if its citizen's.

    A permanent resident holds the passport of some other country, and which one is not known (F-22).
    """
    if answers.passport_country is not None:
        return answers.passport_country
    return answers.country if answers.status in (Status.CITIZEN, None) else None


def _route(route: ApplicationRoute, situations: frozenset[Situation], rulebook: Rulebook) -> Route:
    rule = next((rule for rule in route.rules if rule.holds(situations, rulebook.on)), None)

    def lines(part: LinePart) -> tuple[AdviceLine, ...]:
        return tuple(
            line
            for line in rulebook.advice(part, situations)
            if line.route is None or line.route == route.slug
        )

    standing = Standing.CONDITIONS if rule is None else rule.standing
    reason = NO_RULE if rule is None else rule.reason
    if standing is Standing.CLOSED:
        return Route(route, standing, reason, rule, (), (), ())
    return Route(
        route, standing, reason, rule, lines(LinePart.STEP), lines(LinePart.RISK), lines(LinePart.TIME)
    )


def _situations(
    answers: Answers, assessment: Assessment, rulebook: Rulebook, spouse: Spouse, permit: PermitLength
) -> Iterator[Situation]:
    yield from _location(answers)
    yield from _visa(answers, rulebook)
    yield from _job(answers, assessment, rulebook)
    if answers.has_partner is not False:
        yield SPOUSE[spouse.standing]
    if answers.has_partner:
        yield Situation.PARTNER
    if answers.status is Status.PERMANENT_RESIDENT:
        yield Situation.PERMANENT_RESIDENT
    if assessment.criteria[Criterion.COUNTRY_STATUS].reason is Reason.STATUS_NOT_ACCEPTED:
        yield Situation.STATUS_NOT_ACCEPTED
    if permit.limit is Limit.PASSPORT:
        yield Situation.PASSPORT_LIMITS
    if permit.limit is Limit.EXPIRED:
        yield Situation.PASSPORT_EXPIRED


def _location(answers: Answers) -> Iterator[Situation]:
    if answers.current_location is None:
        yield Situation.LOCATION_NOT_SAID
        return
    yield Situation(answers.current_location.value)
    if answers.current_location.startswith(Situation.IN_CANADA):
        yield Situation.IN_CANADA


def _visa(answers: Answers, rulebook: Rulebook) -> Iterator[Situation]:
    """Only countries that the edition knows have a visa rule; for any other passport it is not known."""
    passport = passport_of(answers)
    rule = None if passport is None else rulebook.edition.country(passport)
    if rule is None:
        yield Situation.VISA_NOT_KNOWN
        return
    yield Situation.VISA_EXEMPT if rule.visa_exempt else Situation.VISA_REQUIRED
    if rule.eta:
        yield Situation.ETA


def _job(answers: Answers, assessment: Assessment, rulebook: Rulebook) -> Iterator[Situation]:
    outcomes = {criterion: result.outcome for criterion, result in assessment.criteria.items()}
    for category, word in CATEGORIES.items():
        if answers.noc is None or category is assessment.category:
            yield word
    yield Situation.OFFER_ARRANGED if answers.job_offer in ARRANGED else Situation.OFFER_MISSING
    if answers.noc is not None:
        yield Situation.OCCUPATION_NAMED
    requirement = rulebook.edition.requirement(answers.country, assessment.category)
    if requirement is not None and requirement.equivalent_years_with_letter is not None:
        yield Situation.SHORTER_DEGREE
    if answers.wage_allowances:
        yield Situation.ALLOWANCES
    region = rulebook.reference.regions.get(answers.region or "")
    if region is None or region.province is None:
        yield Situation.PLACE_OPEN
    for criterion, word in (
        (Criterion.OCCUPATION, Situation.OCCUPATION_OPEN),
        (Criterion.LICENSING, Situation.LICENCE_OPEN),
        (Criterion.SELF_EMPLOYMENT, Situation.CONTROL_OPEN),
    ):
        if outcomes[criterion] is not Outcome.PASSES:
            yield word
