"""When an edition decides, and when somebody last compared it with its source."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from occupations.models.editions import Edition
from occupations.models.sources import Source


class PeriodInForce(models.Model):
    """Days on which an edition decides, counted in Toronto. The database lets nobody change past days.

    Change it through `publishing.put_in_force`, which ends one period and adds another in one transaction.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="periods", verbose_name=_("edition")
    )
    days = DateRangeField(
        _("days"),
        help_text=_("First day included, last day not included; no end means until further notice."),
    )
    reason = models.CharField(_("reason"), max_length=300)
    who = models.CharField(_("who"), max_length=150)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("period in force")
        verbose_name_plural = _("periods in force")
        ordering = ["-days"]
        constraints = [
            ExclusionConstraint(
                name="period_never_overlaps",
                expressions=[("days", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another edition is in force on some of these days."),
            ),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__startswith__isnull=False),
                name="period_has_a_first_day",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(who=""), name="period_says_why_and_who"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.days.lower}"


class EditionCheck(models.Model):
    """Somebody compared an edition with its source. Can be added to a published edition."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="checks", verbose_name=_("edition")
    )
    checked_on = models.DateField(_("checked on"))
    who = models.CharField(_("who"), max_length=150)
    finding = models.CharField(_("finding"), max_length=300)

    class Meta:
        verbose_name = _("check of an edition")
        verbose_name_plural = _("checks of editions")
        ordering = ["-checked_on"]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.checked_on}"


class SourceCheck(models.Model):
    """Somebody looked at a document again: everything that rests on it was checked that day."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="checks", verbose_name=_("source")
    )
    checked_on = models.DateField(_("checked on"))
    who = models.CharField(_("who"), max_length=150)
    finding = models.CharField(_("finding"), max_length=300)

    class Meta:
        verbose_name = _("check of a source")
        verbose_name_plural = _("checks of sources")
        ordering = ["-checked_on"]

    def __str__(self) -> str:
        return f"{self.source_id}, {self.checked_on}"
