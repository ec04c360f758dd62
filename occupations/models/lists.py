"""The occupation lists of an edition: coded lines, and lines that still lack a code."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from occupations.models.choices import Category, Effect
from occupations.models.classification import UnitGroup
from occupations.models.editions import TEERS, EditionRow, fact_ids


class ListLine(EditionRow):
    """What a coded and an uncoded line of an occupation list share."""

    position = models.PositiveIntegerField(_("position"))
    country = models.CharField(_("country"), max_length=2, help_text=_("Two capital letters: AU."))
    category = models.CharField(_("category"), max_length=12, choices=Category)
    effect = models.CharField(_("effect"), max_length=7, choices=Effect)
    certain = models.BooleanField(
        _("certain"), default=True, help_text=_("If not, the answer is that an officer decides.")
    )
    list_entry = models.CharField(_("list entry"), max_length=250)
    note = models.TextField(_("note"), blank=True)
    fact_ids = fact_ids()

    class Meta:
        abstract = True


class OccupationRule(ListLine):
    """A line of an occupation list: for one NOC code, or for every code of some TEERs."""

    unit_group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit group")
    )
    teers = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("TEERs"),
        blank=True,
        default=list,
        help_text=_("Instead of a unit group: every code of these TEERs, such as 0, 1."),
    )
    when = models.CharField(
        _("only when"),
        max_length=60,
        null=True,
        blank=True,
        help_text=_("Slug of a condition of this edition."),
    )
    unless = models.CharField(
        _("unless"), max_length=60, null=True, blank=True, help_text=_("Slug of a condition of this edition.")
    )
    confidence = models.CharField(_("confidence"), max_length=150)
    min_education_years = models.DecimalField(
        _("own least years of study"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    education_note = models.TextField(_("education to check"), blank=True)

    class Meta:
        verbose_name = _("occupation rule")
        verbose_name_plural = _("occupation rules")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="occupation_rule_position_once"),
            models.CheckConstraint(
                condition=Q(unit_group__isnull=False, teers__len=0)
                | Q(unit_group__isnull=True, teers__len__gt=0, teers__contained_by=TEERS),
                name="occupation_rule_code_or_teers",
                violation_error_message=_("Give either a unit group or TEERs, not both."),
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values, effect__in=Effect.values),
                name="occupation_rule_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}, {self.category}: {self.list_entry} ({self.edition_id})"


class UncodedEntry(ListLine):
    """A list entry without a NOC code; it decides nothing until staff add a code."""

    class Meta:
        verbose_name = _("entry without a code")
        verbose_name_plural = _("entries without a code")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="uncoded_entry_position_once"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values, effect__in=Effect.values),
                name="uncoded_entry_words_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}, {self.category}: {self.list_entry} ({self.edition_id})"
