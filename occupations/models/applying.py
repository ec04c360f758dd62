"""How to apply, what it costs, how long the permit lasts and what comes afterwards: advice that staff keep.

None of it changes an assessment. Each row is dated and names its source; a change is public at once.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from occupations.models.choices import (
    PARTS_OF_A_ROUTE,
    FeeUnit,
    LinePart,
    Payer,
    Situation,
    Standing,
)
from occupations.models.editions import fact_ids
from occupations.models.sources import Source


class CitedRow(models.Model):
    """A row that rests on numbered facts and on one document."""

    fact_ids = fact_ids()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))

    class Meta:
        abstract = True


class ApplicationRoute(CitedRow):
    """One way to apply."""

    slug = models.SlugField(_("slug"), primary_key=True, max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=120)
    what = models.TextField(_("what it is"))

    class Meta:
        verbose_name = _("way to apply")
        verbose_name_plural = _("ways to apply")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class ApplicationRule(CitedRow):
    """Whether a way to apply is open. The rules of a route are tried in order; the first that holds decides."""

    route = models.ForeignKey(
        ApplicationRoute, on_delete=models.CASCADE, related_name="rules", verbose_name=_("way to apply")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    reason = models.SlugField(_("reason"), max_length=40, help_text=_("A short name, once a route."))
    all_of = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("holds for"),
        blank=True,
        default=list,
        help_text=_("All of these must be true. Empty: holds for everybody."),
    )
    standing = models.CharField(_("standing"), max_length=10, choices=Standing)
    says = models.TextField(_("says"), help_text=_("Why, in short, full sentences to the visitor."))
    since = models.DateField(
        _("since"), null=True, blank=True, help_text=_("Before this day the rule is passed over.")
    )

    class Meta:
        verbose_name = _("rule of a way to apply")
        verbose_name_plural = _("rules of ways to apply")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["route", "reason"], name="application_rule_once"),
            models.CheckConstraint(
                condition=Q(all_of__contained_by=Situation.values), name="application_rule_words_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="application_rule_standing_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id}: {self.reason}"


class AdviceLine(CitedRow):
    """A line of advice, shown to the visitors for whom it matters."""

    slug = models.SlugField(_("slug"), primary_key=True, max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    part = models.CharField(_("part"), max_length=12, choices=LinePart)
    route = models.ForeignKey(
        ApplicationRoute,
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=_("way to apply"),
        null=True,
        blank=True,
        help_text=_("Only for steps, risks and times. Empty: every way to apply."),
    )
    any_of = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("shown for"),
        blank=True,
        default=list,
        help_text=_("One of these is enough. Empty: shown to everybody."),
    )
    says = models.TextField(_("says"), help_text=_("Short, full sentences to the visitor."))
    since = models.DateField(
        _("since"), null=True, blank=True, help_text=_("Before this day the line is not shown.")
    )
    checked_on = models.DateField(_("checked on"))
    hidden = models.BooleanField(
        _("hidden"),
        default=False,
        db_default=False,
        help_text=_("Not shown. Hide a shipped row rather than delete it: an update would bring it back."),
    )

    class Meta:
        verbose_name = _("line of advice")
        verbose_name_plural = _("lines of advice")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=LinePart.values), name="advice_line_part_known"),
            models.CheckConstraint(
                condition=Q(any_of__contained_by=Situation.values), name="advice_line_words_known"
            ),
            models.CheckConstraint(
                condition=Q(route__isnull=True) | Q(part__in=PARTS_OF_A_ROUTE),
                name="advice_line_route_fits_part",
                violation_error_message=_("Only a step, a risk or a time belongs to a way to apply."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Fee(CitedRow):
    """A government fee. A new amount is a new row with the day from which it stands."""

    slug = models.SlugField(_("slug"), max_length=40, help_text=_("The same for every amount of this fee."))
    as_of = models.DateField(
        _("as of"), help_text=_("From this day on the row takes the place of older ones.")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("label"), max_length=120)
    amount = models.DecimalField(_("amount in Canadian dollars"), max_digits=9, decimal_places=2)
    payers = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("paid by"),
        help_text=_("worker, partner, employer"),
    )
    unit = models.CharField(_("paid for each"), max_length=10, choices=FeeUnit)
    any_of = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("shown for"),
        blank=True,
        default=list,
        help_text=_("One of these is enough. Empty: shown to everybody."),
    )
    counted = models.BooleanField(_("part of the usual total"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ["position", "as_of"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "as_of"], name="fee_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
            models.CheckConstraint(
                condition=Q(payers__contained_by=Payer.values, payers__len__gt=0), name="fee_payers_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=FeeUnit.values), name="fee_unit_known"),
            models.CheckConstraint(
                condition=Q(any_of__contained_by=Situation.values), name="fee_words_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.amount} ({self.as_of})"


class PermitTerm(CitedRow):
    """A length in months that the rules name. A new length is a new row with its day."""

    slug = models.SlugField(_("slug"), max_length=40)
    as_of = models.DateField(
        _("as of"), help_text=_("From this day on the row takes the place of older ones.")
    )
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        verbose_name = _("permit term")
        verbose_name_plural = _("permit terms")
        ordering = ["slug", "as_of"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "as_of"], name="permit_term_once_a_day"),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=1200), name="permit_term_has_months"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.months}"
