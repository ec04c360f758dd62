"""Words that a column may hold, with the label that staff see."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from occupations import rulebook


class State(models.TextChoices):
    """How far an edition has come. Only a draft can be edited."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Category(models.TextChoices):
    PROFESSIONAL = rulebook.Category.PROFESSIONAL.value, _("professional")
    TECHNICIAN = rulebook.Category.TECHNICIAN.value, _("technician")


class Effect(models.TextChoices):
    INCLUDE = rulebook.Effect.INCLUDE.value, _("include")
    EXCLUDE = rulebook.Effect.EXCLUDE.value, _("exclude")


class CredentialRule(models.TextChoices):
    DEGREE = rulebook.CredentialRule.DEGREE.value, _("a degree")
    DEGREE_OR_TECHNICAL = (
        rulebook.CredentialRule.DEGREE_OR_TECHNICAL.value,
        _("a degree, associate degree or diploma"),
    )
    ASSOCIATE_OR_HIGHER = (
        rulebook.CredentialRule.ASSOCIATE_OR_HIGHER.value,
        _("an associate degree or higher"),
    )


class RegionLevel(models.TextChoices):
    NATIONAL = rulebook.RegionLevel.NATIONAL.value, _("Canada")
    PROVINCE = rulebook.RegionLevel.PROVINCE.value, _("province or territory")
    ECONOMIC_REGION = rulebook.RegionLevel.ECONOMIC_REGION.value, _("economic region")


class RegulationKind(models.TextChoices):
    LICENCE = rulebook.RegulationKind.LICENCE.value, _("a licence is needed")
    CERTIFICATE = rulebook.RegulationKind.CERTIFICATE.value, _("a certificate is needed")
    COMPULSORY_TRADE = rulebook.RegulationKind.COMPULSORY_TRADE.value, _("compulsory trade")
    TITLE = rulebook.RegulationKind.TITLE.value, _("only a title or part of the work is reserved")
    UPCOMING = rulebook.RegulationKind.UPCOMING.value, _("regulation is coming")
    VOLUNTARY = rulebook.RegulationKind.VOLUNTARY.value, _("voluntary")
    NONE = rulebook.RegulationKind.NONE.value, _("checked: not regulated")


class NocLevel(models.TextChoices):
    BROAD_CATEGORY = "broad_category", _("broad category")
    MAJOR_GROUP = "major_group", _("major group")
    SUB_MAJOR_GROUP = "sub_major_group", _("sub-major group")
    MINOR_GROUP = "minor_group", _("minor group")


class JobTitleLanguage(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class SearchLanguage(models.TextChoices):
    """Languages in which visitors search."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    JAPANESE = "ja", _("Japanese")


class Situation(models.TextChoices):
    """Words for a visitor's case, by which rows about applying are chosen."""

    OUTSIDE_CANADA = rulebook.Situation.OUTSIDE_CANADA.value, _("is outside Canada")
    IN_CANADA_VISITOR = rulebook.Situation.IN_CANADA_VISITOR.value, _("is in Canada as a visitor")
    IN_CANADA_WORK_PERMIT = rulebook.Situation.IN_CANADA_WORK_PERMIT.value, _("is in Canada on a work permit")
    IN_CANADA_STUDY_PERMIT = (
        rulebook.Situation.IN_CANADA_STUDY_PERMIT.value,
        _("is in Canada on a study permit"),
    )
    IN_CANADA_OTHER = rulebook.Situation.IN_CANADA_OTHER.value, _("is in Canada with another status")
    LOCATION_NOT_SAID = rulebook.Situation.LOCATION_NOT_SAID.value, _("did not say where")
    IN_CANADA = rulebook.Situation.IN_CANADA.value, _("is in Canada")
    VISA_EXEMPT = rulebook.Situation.VISA_EXEMPT.value, _("the passport needs no visitor visa")
    VISA_REQUIRED = rulebook.Situation.VISA_REQUIRED.value, _("the passport needs a visitor visa")
    VISA_NOT_KNOWN = (
        rulebook.Situation.VISA_NOT_KNOWN.value,
        _("whether the passport needs a visa is not known"),
    )
    ETA = rulebook.Situation.ETA.value, _("flies with an electronic travel authorization")
    PROFESSIONAL = rulebook.Situation.PROFESSIONAL.value, _("professional")
    TECHNICIAN = rulebook.Situation.TECHNICIAN.value, _("technician")
    OFFER_ARRANGED = rulebook.Situation.OFFER_ARRANGED.value, _("has a written offer or contract")
    OFFER_MISSING = rulebook.Situation.OFFER_MISSING.value, _("has no written offer or contract yet")
    OCCUPATION_NAMED = rulebook.Situation.OCCUPATION_NAMED.value, _("named an occupation")
    OCCUPATION_OPEN = rulebook.Situation.OCCUPATION_OPEN.value, _("the occupation is not met or open")
    STATUS_NOT_ACCEPTED = rulebook.Situation.STATUS_NOT_ACCEPTED.value, _("the status does not count")
    PERMANENT_RESIDENT = rulebook.Situation.PERMANENT_RESIDENT.value, _("is a permanent resident there")
    SHORTER_DEGREE = rulebook.Situation.SHORTER_DEGREE.value, _("a shorter degree counts with a letter")
    ALLOWANCES = rulebook.Situation.ALLOWANCES.value, _("the pay includes allowances")
    LICENCE_OPEN = rulebook.Situation.LICENCE_OPEN.value, _("the licence is not met or open")
    PLACE_OPEN = rulebook.Situation.PLACE_OPEN.value, _("the province of the job is not known")
    CONTROL_OPEN = rulebook.Situation.CONTROL_OPEN.value, _("controls the employer, or did not say")
    PASSPORT_LIMITS = rulebook.Situation.PASSPORT_LIMITS.value, _("the passport shortens the permit")
    PASSPORT_EXPIRED = rulebook.Situation.PASSPORT_EXPIRED.value, _("the passport ends before the start")
    PARTNER = rulebook.Situation.PARTNER.value, _("has a spouse or partner")
    SPOUSE_OPEN = rulebook.Situation.SPOUSE_OPEN.value, _("the spouse's permit is open")
    SPOUSE_CLOSED = rulebook.Situation.SPOUSE_CLOSED.value, _("the spouse's permit is closed")
    SPOUSE_NOT_KNOWN = rulebook.Situation.SPOUSE_NOT_KNOWN.value, _("the spouse's permit is not known")


class Standing(models.TextChoices):
    OPEN = rulebook.Standing.OPEN.value, pgettext_lazy("way to apply", "open")
    CLOSED = rulebook.Standing.CLOSED.value, _("closed")
    CONDITIONS = rulebook.Standing.CONDITIONS.value, _("open with conditions")


class LinePart(models.TextChoices):
    STEP = rulebook.LinePart.STEP.value, _("step")
    RISK = rulebook.LinePart.RISK.value, _("risk")
    TIME = rulebook.LinePart.TIME.value, _("processing time")
    PERMIT = rulebook.LinePart.PERMIT.value, _("permit and extension")
    SPOUSE = rulebook.LinePart.SPOUSE.value, _("spouse or partner")
    DOCUMENT = rulebook.LinePart.DOCUMENT.value, _("document")
    PITFALL = rulebook.LinePart.PITFALL.value, _("pitfall")
    AFTERWARDS = rulebook.LinePart.AFTERWARDS.value, _("after the permit")
    PLAN = rulebook.LinePart.PLAN.value, _("plan")


PARTS_OF_A_ROUTE = (LinePart.STEP.value, LinePart.RISK.value, LinePart.TIME.value)
"""Lines of these parts may belong to one way to apply."""


class Payer(models.TextChoices):
    WORKER = rulebook.Payer.WORKER.value, _("worker")
    PARTNER = rulebook.Payer.PARTNER.value, _("spouse or partner")
    EMPLOYER = rulebook.Payer.EMPLOYER.value, _("employer")


class FeeUnit(models.TextChoices):
    PERMIT = rulebook.FeeUnit.PERMIT.value, _("permit")
    PERSON = rulebook.FeeUnit.PERSON.value, _("person")
    OFFER = rulebook.FeeUnit.OFFER.value, _("offer")
