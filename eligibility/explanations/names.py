"""What things are called in explanations: criteria, credentials, papers."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from eligibility.explanations.texts import Texts
from eligibility.rules.outcomes import Because, Criterion, Evidence
from eligibility.rules.vocabulary import EducationLevel, LanguageEvidence

CRITERIA: Final = Texts[Criterion](
    {
        Criterion.COUNTRY_STATUS: _("Country and status"),
        Criterion.JOB_OFFER: _("Job offer"),
        Criterion.OCCUPATION: _("Occupation"),
        Criterion.EDUCATION: _("Education"),
        Criterion.EXPERIENCE: _("Work experience"),
        Criterion.WAGE: _("Wage"),
        Criterion.LICENSING: _("Licence"),
        Criterion.LANGUAGE: _("Language"),
        Criterion.SELF_EMPLOYMENT: _("Control of the employer"),
    }
)

BECAUSE: Final = Texts[Because](
    {
        Because.NOT_ANSWERED: _("We cannot tell yet, because an answer is missing."),
        Because.OFFICER_DECIDES: _("We cannot tell, because an officer decides such cases."),
    }
)

LEVELS: Final = Texts[EducationLevel](
    {
        EducationLevel.NONE: _("no credential"),
        EducationLevel.SECONDARY: _("secondary school"),
        EducationLevel.TRADE_CERTIFICATE: _("a trade or apprenticeship certificate"),
        EducationLevel.DIPLOMA: _("a diploma"),
        EducationLevel.ASSOCIATE: _("an associate degree"),
        EducationLevel.BACHELOR: _("a bachelor's degree"),
        EducationLevel.MASTER: _("a master's degree"),
        EducationLevel.DOCTORATE: _("a doctorate"),
    }
)

LANGUAGE_EVIDENCE: Final = Texts[LanguageEvidence](
    {
        LanguageEvidence.SCHOOLING: _("schooling in English or French"),
        LanguageEvidence.WORK: _("earlier work in English or French"),
        LanguageEvidence.CORRESPONDENCE: _("correspondence with the employer"),
        LanguageEvidence.TEST: _("a language test"),
        LanguageEvidence.OTHER: _("other papers"),
    }
)

EVIDENCE: Final = Texts[Evidence](
    {
        Evidence.PASSPORT: _("Your passport."),
        Evidence.PERMANENT_RESIDENCE: _("Proof of your permanent residence."),
        Evidence.SIGNED_OFFER: _(
            "The signed job offer, with the employer, the job, its duties, its length and its pay."
        ),
        Evidence.SIGNED_CONTRACT: _(
            "The signed contract with the Canadian company, with the job, its duties, its length and its pay."
        ),
        Evidence.OFFER_NUMBER: _(
            "The offer of employment number. The Canadian side gets it when it files the offer online and "
            "pays its fee."
        ),
        Evidence.JOB_DESCRIPTION: _("A description of the duties: a job title alone proves nothing."),
        Evidence.DEGREE: _("Your degree."),
        Evidence.CREDENTIAL: _("Your degree, diploma or certificate."),
        Evidence.TRANSCRIPT: _("The transcript of your studies, with their dates."),
        Evidence.EMPLOYER_LETTER: _(
            "A letter from the Canadian employer or client that says your degree is acceptable in Canada."
        ),
        Evidence.ASSOCIATE_EQUIVALENCE: _("Proof that your credential equals an associate degree."),
        Evidence.REFERENCE_LETTERS: _("Reference letters from employers, with duties, dates and pay."),
        Evidence.WAGE_COMPARISON: _("The wage figures of Job Bank for the occupation and the place."),
        Evidence.OFFER_PAY: _("The pay named in the offer, with allowances shown apart."),
        Evidence.LICENCE: _("Your licence, certificate or registration, from Canada or from home."),
        Evidence.LICENCE_PROGRESS: _("What shows how far your licence application has come."),
        Evidence.LANGUAGE_SCHOOLING: _("Papers that show your schooling in English or French."),
        Evidence.LANGUAGE_WORK: _("Papers that show earlier work in English or French."),
        Evidence.LANGUAGE_CORRESPONDENCE: _("Your correspondence with the employer in English or French."),
        Evidence.LANGUAGE_TEST: _("The result of a language test."),
        Evidence.LANGUAGE_OTHER: _("Other papers that show your English or French."),
        Evidence.OWNERSHIP: _("Papers that show who owns and runs the Canadian company."),
    }
)
