"""Regions, Job Bank wages, regulated occupations and names of countries."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from occupations.loading.layout import PROVINCES
from occupations.models.choices import RegionLevel, RegulationKind
from occupations.models.classification import Classification, UnitGroup
from occupations.models.sources import Source
from occupations.rulebook import EVERY_PROVINCE


class Region(models.Model):
    """Canada, a province or territory, or an economic region, as Job Bank counts them."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    level = models.CharField(_("level"), max_length=20, choices=RegionLevel)
    province = models.CharField(
        _("province"), max_length=2, null=True, blank=True, choices=[(code, code) for code in PROVINCES]
    )
    is_territory = models.BooleanField(_("territory"), default=False)
    name_en = models.CharField(_("English name"), max_length=120)
    name_fr = models.CharField(_("French name"), max_length=120)
    upstream_province = models.CharField(
        _("province in the wages file"), max_length=3, help_text=_("Job Bank writes PEI, YK and NWT.")
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^ER\d{2}(\d{2})?$"), name="region_code_form"),
            models.CheckConstraint(
                condition=Q(level=RegionLevel.NATIONAL, province__isnull=True)
                | (~Q(level=RegionLevel.NATIONAL) & Q(province__isnull=False, province__in=PROVINCES)),
                name="region_province_known",
            ),
            models.UniqueConstraint(
                "province", condition=Q(level=RegionLevel.PROVINCE), name="region_one_total_of_a_province"
            ),
            models.UniqueConstraint(
                "level", condition=Q(level=RegionLevel.NATIONAL), name="region_one_national_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"


class WageVintage(models.Model):
    """One yearly publication of wages. Complete when stored: the database refuses later changes."""

    edition = models.CharField(_("data year"), max_length=12, primary_key=True)
    available_from = models.DateField(
        _("available from"), unique=True, help_text=_("Before this day an assessment does not see it.")
    )
    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, verbose_name=_("classification")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("wage vintage")
        verbose_name_plural = _("wage vintages")
        ordering = ["-available_from"]

    def __str__(self) -> str:
        return self.edition


class Wage(models.Model):
    """The published wages of an occupation in a region, in dollars per hour, or per year when `annual`."""

    vintage = models.ForeignKey(
        WageVintage, on_delete=models.PROTECT, related_name="wages", verbose_name=_("data year")
    )
    unit_group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, related_name="wages", verbose_name=_("unit group")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="wages", verbose_name=_("region")
    )
    low = models.DecimalField(_("low"), max_digits=10, decimal_places=2, null=True, blank=True)
    median = models.DecimalField(_("median"), max_digits=10, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=10, decimal_places=2, null=True, blank=True)
    annual = models.BooleanField(_("per year"), default=False)
    reference_period = models.CharField(_("reference period"), max_length=20, blank=True)
    origin = models.CharField(_("origin"), max_length=150)

    class Meta:
        verbose_name = _("wage")
        verbose_name_plural = _("wages")
        constraints = [
            models.UniqueConstraint(fields=["vintage", "unit_group", "region"], name="wage_once"),
            models.CheckConstraint(
                condition=Q(low__lte=F("median")) & Q(median__lte=F("high")) & Q(low__lte=F("high")),
                name="wage_low_median_high_in_order",
            ),
            models.CheckConstraint(
                condition=Q(low__gte=0) & Q(median__gte=0) & Q(high__gte=0), name="wage_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vintage_id}: {self.unit_group}, {self.region_id}"


class Regulation(models.Model):
    """What one province, or ALL ten provinces, asks of an occupation."""

    unit_group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, related_name="regulations", verbose_name=_("unit group")
    )
    province = models.CharField(
        _("province"),
        max_length=3,
        choices=[(code, code) for code in (*PROVINCES, EVERY_PROVINCE)],
        help_text=_("ALL stands for the ten provinces, not for the territories."),
    )
    kind = models.CharField(_("what is asked"), max_length=20, choices=RegulationKind)
    regulator = models.CharField(_("regulator"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    as_of = models.CharField(_("as of"), max_length=10)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))

    class Meta:
        verbose_name = _("regulated occupation")
        verbose_name_plural = _("regulated occupations")
        constraints = [
            models.UniqueConstraint(
                fields=["unit_group", "province", "source", "regulator", "note"], name="regulation_once"
            ),
            models.CheckConstraint(
                condition=Q(province__in=(*PROVINCES, EVERY_PROVINCE)), name="regulation_province_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=RegulationKind.values), name="regulation_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_group}, {self.province}"


class CountryName(models.Model):
    """The name of a country in one language."""

    country = models.CharField(_("country"), max_length=2)
    language = models.CharField(_("language"), max_length=2)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("country name")
        verbose_name_plural = _("country names")
        ordering = ["country", "language"]
        constraints = [
            models.UniqueConstraint(fields=["country", "language"], name="country_name_once"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="country_name_code_form"),
        ]

    def __str__(self) -> str:
        return self.name
