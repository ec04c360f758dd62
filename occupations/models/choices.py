"""Words that a column may hold, with the label that staff see."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

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
