"""The National Occupational Classification, its job titles and the older classification."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from occupations.models.choices import JobTitleLanguage, NocLevel

LEVEL_FITS_CODE = (
    Q(level=NocLevel.BROAD_CATEGORY, code__regex=r"^\d$")
    | Q(level=NocLevel.MAJOR_GROUP, code__regex=r"^\d{2}$")
    | Q(level=NocLevel.SUB_MAJOR_GROUP, code__regex=r"^\d{3}$")
    | Q(level=NocLevel.MINOR_GROUP, code__regex=r"^\d{4}$")
)


class Classification(models.Model):
    """A version of the NOC. A later version stands beside this one; every code belongs to one version."""

    version = models.CharField(_("version"), max_length=40, primary_key=True)
    publisher = models.CharField(_("publisher"), max_length=120)
    released = models.DateField(_("released"))
    is_current = models.BooleanField(_("current"), default=False)

    class Meta:
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")
        constraints = [
            models.UniqueConstraint(
                "is_current", condition=Q(is_current=True), name="classification_only_one_is_current"
            )
        ]

    def __str__(self) -> str:
        return self.version


class NocGroup(models.Model):
    """A group above the unit groups. Its code is the beginning of the codes below it."""

    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, related_name="groups", verbose_name=_("classification")
    )
    code = models.CharField(_("code"), max_length=4)
    level = models.CharField(_("level"), max_length=20, choices=NocLevel)
    title_en = models.CharField(_("English title"), max_length=200)
    title_fr = models.CharField(_("French title"), max_length=250)

    class Meta:
        verbose_name = _("NOC group")
        verbose_name_plural = _("NOC groups")
        ordering = ["classification", "code"]
        constraints = [
            models.UniqueConstraint(fields=["classification", "code"], name="noc_group_once"),
            models.CheckConstraint(condition=LEVEL_FITS_CODE, name="noc_group_level_fits_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_en}"


class UnitGroup(models.Model):
    """A five-digit occupation. TEER is the second digit of the code (C-3)."""

    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, related_name="unit_groups", verbose_name=_("classification")
    )
    code = models.CharField(_("NOC code"), max_length=5)
    teer = models.PositiveSmallIntegerField(_("TEER"))
    title_en = models.CharField(_("English title"), max_length=200)
    title_fr = models.CharField(_("French title"), max_length=250)

    class Meta:
        verbose_name = _("unit group")
        verbose_name_plural = _("unit groups")
        ordering = ["classification", "code"]
        constraints = [
            models.UniqueConstraint(fields=["classification", "code"], name="unit_group_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{5}$"), name="unit_group_code_is_five_digits"
            ),
            models.CheckConstraint(
                condition=Q(teer=Cast(Substr("code", 2, 1), models.SmallIntegerField())),
                name="unit_group_teer_is_second_digit",
                violation_error_message=_("TEER must be the second digit of the code."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_en}"


class JobTitle(models.Model):
    """An official example title of a unit group."""

    unit_group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, related_name="job_titles", verbose_name=_("unit group")
    )
    language = models.CharField(_("language"), max_length=2, choices=JobTitleLanguage)
    title = models.CharField(_("title"), max_length=250)
    illustrative = models.BooleanField(
        _("illustrative"),
        default=False,
        help_text=_("One of the examples that the classification leads with."),
    )

    class Meta:
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        constraints = [
            models.UniqueConstraint(fields=["unit_group", "language", "title"], name="job_title_once")
        ]

    def __str__(self) -> str:
        return self.title


class Noc2016Group(models.Model):
    """A four-digit occupation of NOC 2016, which older papers still use."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    title = models.CharField(_("title"), max_length=200)
    skill_level = models.CharField(_("skill level"), max_length=1)

    class Meta:
        verbose_name = _("NOC 2016 group")
        verbose_name_plural = _("NOC 2016 groups")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{4}$"), name="noc2016_code_is_four_digits"),
            models.CheckConstraint(
                condition=Q(skill_level__in=["0", "A", "B", "C", "D"]), name="noc2016_skill_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ConcordancePair(models.Model):
    """A NOC 2016 code and a NOC 2021 code that share work. One code may lead to several."""

    noc2016 = models.ForeignKey(
        Noc2016Group, on_delete=models.PROTECT, related_name="pairs", verbose_name=_("NOC 2016")
    )
    unit_group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, related_name="noc2016_pairs", verbose_name=_("unit group")
    )
    change = models.CharField(
        _("change"), max_length=40, help_text=_("Statistics Canada's codes for the kind of change.")
    )

    class Meta:
        verbose_name = _("NOC 2016 pair")
        verbose_name_plural = _("NOC 2016 pairs")
        constraints = [
            models.UniqueConstraint(fields=["noc2016", "unit_group"], name="concordance_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.noc2016_id} → {self.unit_group}"
