"""The answer as a whole: one sentence first, then the category, then what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility import formatting
from eligibility.explanations import names
from eligibility.explanations.texts import Texts
from eligibility.rules.answers import Answers
from eligibility.rules.occupation import teer_of
from eligibility.rules.outcomes import Assessment, Because, CriterionResult, Outcome, OverallOutcome, Reason
from occupations.rulebook import Category, Rulebook

QUALIFIES: Final = Texts(
    {
        Category.PROFESSIONAL: gettext_lazy(
            "As you describe it, you qualify for this work permit as a professional. An officer makes the "
            "decision."
        ),
        Category.TECHNICIAN: gettext_lazy(
            "As you describe it, you qualify for this work permit as a technician. An officer makes the decision."
        ),
    }
)
CATEGORY: Final = Texts(
    {
        Category.PROFESSIONAL: gettext_lazy(
            "TEER %(teer)s work counts as professional work for this permit."
        ),
        Category.TECHNICIAN: gettext_lazy("TEER %(teer)s work counts as technician work for this permit."),
    }
)
NEXT: Final = Texts(
    {
        Reason.COUNTRY_NOT_COVERED: gettext_lazy(
            "If you are also a citizen of a covered country, check again with that one; otherwise ask the "
            "employer about "
            "a labour market impact assessment."
        ),
        Reason.STATUS_NOT_ACCEPTED: gettext_lazy(
            "If you are a citizen of another covered country, check again with that one."
        ),
        Reason.OFFER_VERBAL: gettext_lazy("Ask the employer to put the offer in writing."),
        Reason.NO_OFFER: gettext_lazy(
            "Find an employer or a client in Canada who will give you an offer or a contract."
        ),
        Reason.CATEGORY_NOT_OPEN: gettext_lazy(
            "Look at the list of your country for occupations that are covered."
        ),
        Reason.TEER_OF_OTHER_CATEGORY: gettext_lazy(
            "Look at the list of your country for occupations that are covered."
        ),
        Reason.TEER_IN_NO_CATEGORY: gettext_lazy(
            "Compare the duties of the job with other occupations: another one may describe it better."
        ),
        Reason.OCCUPATION_EXCLUDED: gettext_lazy(
            "Compare the duties of the job with other occupations, or ask the employer about a labour market "
            "impact "
            "assessment."
        ),
        Reason.OCCUPATION_NOT_LISTED: gettext_lazy(
            "Compare the duties of the job with the occupations on the list: another one may describe it better."
        ),
        Reason.OCCUPATION_UNCERTAIN: gettext_lazy(
            "Ask a licensed immigration consultant or lawyer how officers see this occupation."
        ),
        Reason.CREDENTIAL_NOT_ACCEPTED: gettext_lazy(
            "Check whether you hold a higher credential that fits the job."
        ),
        Reason.CREDENTIAL_UNCERTAIN: gettext_lazy("Gather papers that show the level of your certificate."),
        Reason.ASSOCIATE_EQUIVALENCE_NOT_SHOWN: gettext_lazy(
            "Ask for an assessment that shows whether your credential equals an associate degree."
        ),
        Reason.PROGRAMME_TOO_SHORT: gettext_lazy(
            "Check whether all of your post-secondary study was counted, such as a second degree."
        ),
        Reason.EQUIVALENT_OF_OTHER_COUNTRY: gettext_lazy(
            "Check whether all of your post-secondary study was counted, such as a second degree."
        ),
        Reason.EMPLOYER_LETTER_NOT_SHOWN: gettext_lazy(
            "Ask the employer for a letter that says your degree is acceptable in Canada."
        ),
        Reason.DEGREE_FIELD_NOT_RELATED: gettext_lazy("Look for a job in the field of your degree."),
        Reason.EXPERIENCE_TOO_SHORT: gettext_lazy(
            "Check whether all of your paid years in the sector were counted, or apply once you have enough."
        ),
        Reason.EXPERIENCE_PART_TIME: gettext_lazy("Gather letters that show how many hours you worked."),
        Reason.NO_OFFER_NO_WAGE: gettext_lazy("When you have an offer, compare its wage here."),
        Reason.PREVAILING_WAGE_NEEDS_PLACE: gettext_lazy("Find out in which region the job is."),
        Reason.PREVAILING_WAGE_NOT_FOUND: gettext_lazy(
            "Look on Job Bank for the wage of the occupation, and ask the employer what comparable staff earn."
        ),
        Reason.BELOW_PREVAILING_WAGE: gettext_lazy(
            "Ask the employer for a wage that reaches the prevailing wage."
        ),
        Reason.BELOW_EMPLOYER_SCALE: gettext_lazy("Ask the employer for what it pays comparable staff."),
        Reason.LICENCE_NEED_NOT_KNOWN: gettext_lazy("Ask the regulator whether the job needs a licence."),
        Reason.LICENCE_MISSING: gettext_lazy("Get the licence before you apply."),
        Reason.LICENCE_TOO_LATE: gettext_lazy("Start the licence now, and apply when it is within reach."),
        Reason.LICENCE_WITHIN_MONTHS: gettext_lazy(
            "Gather what shows how far your licence application has come."
        ),
        Reason.LANGUAGE_NOT_SPOKEN: gettext_lazy("Apply when you can do the work in English or French."),
        Reason.OFFER_LANGUAGE_NOT_MET: gettext_lazy(
            "Ask the employer whether the language demand can be changed."
        ),
        Reason.NO_LANGUAGE_EVIDENCE: gettext_lazy("Gather something that shows your English or French."),
        Reason.CONTROLS_EMPLOYER: gettext_lazy(
            "Ask a licensed immigration consultant or lawyer about other permits."
        ),
    }
)


def headline(assessment: Assessment, language: str) -> str:
    """The answer in one sentence; a no names its reasons."""
    results = assessment.criteria.values()
    if assessment.outcome is OverallOutcome.ELIGIBLE:
        return str(QUALIFIES[assessment.category])
    if assessment.outcome is OverallOutcome.NOT_ELIGIBLE:
        failing = _titles(results, Outcome.FAILS)
        return ngettext(
            "As you describe it, you do not qualify for this work permit, because of this point: %(points)s.",
            "As you describe it, you do not qualify for this work permit, because of these points: "
            "%(points)s.",
            len(failing),
        ) % {"points": formatting.all_of(failing, language)}
    still_open = _titles(results, Outcome.UNKNOWN)
    return ngettext(
        "We cannot tell yet whether you qualify, because this point is open: %(points)s.",
        "We cannot tell yet whether you qualify, because these points are open: %(points)s.",
        len(still_open),
    ) % {"points": formatting.all_of(still_open, language)}


def _titles(results: Iterable[CriterionResult], outcome: Outcome) -> list[str]:
    return [names.CRITERIA[result.criterion] for result in results if result.outcome is outcome]


def category_sentence(assessment: Assessment, answers: Answers, rulebook: Rulebook) -> str:
    """Which category is shown, and why (C-3, C-25)."""
    if answers.noc is None:
        return _("You have not named an occupation, so we show the rules for professionals.")
    teer = teer_of(answers.noc)
    requirement = rulebook.edition.requirement(answers.country, assessment.category)
    if requirement is None or teer not in requirement.teers:
        sentence = _(
            "TEER %(teer)s work is neither professional nor technician work, so we show the rules for "
            "professionals."
        )
        return sentence % {"teer": teer}
    return str(CATEGORY[assessment.category]) % {"teer": teer}


def next_steps(assessment: Assessment, language: str) -> tuple[str, ...]:
    """What to do next: failing points, then open ones, then the questions not answered; nothing when all is well."""
    steps: dict[str, None] = {}
    unanswered: list[str] = []
    for outcome in (Outcome.FAILS, Outcome.UNKNOWN):
        for result in assessment.criteria.values():
            if result.outcome is not outcome:
                continue
            if result.because is Because.NOT_ANSWERED and result.reason not in NEXT:
                unanswered.append(names.CRITERIA[result.criterion])
            steps |= {str(NEXT[reason]): None for reason in (result.reason, *result.also) if reason in NEXT}
    return (*steps, *_questions_left(unanswered, language))


def _questions_left(points: list[str], language: str) -> tuple[str, ...]:
    if not points:
        return ()
    sentence = ngettext(
        "Answer the open question about this point: %(points)s.",
        "Answer the open questions about these points: %(points)s.",
        len(points),
    )
    return (sentence % {"points": formatting.all_of(points, language)},)
