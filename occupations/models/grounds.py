"""What the criteria of an edition rest on, and where its facts stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from occupations.loading.layout import CRITERIA
from occupations.models.editions import EditionRow, fact_ids
from occupations.models.sources import Fact, Source


class CriterionFacts(EditionRow):
    """Facts that a criterion rests on whatever the case."""

    criterion = models.CharField(_("criterion"), max_length=20, choices=[(name, name) for name in CRITERIA])
    fact_ids = fact_ids()

    class Meta:
        verbose_name = _("facts of a criterion")
        verbose_name_plural = _("facts of criteria")
        ordering = ["edition", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "criterion"], name="criterion_facts_once"),
            models.CheckConstraint(condition=Q(criterion__in=CRITERIA), name="criterion_known"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} ({self.edition_id})"


class Citation(EditionRow):
    """A source in which this edition's fact stands; the lowest position is the best."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, verbose_name=_("fact"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["edition", "fact", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "fact", "source"], name="citation_once"),
            models.UniqueConstraint(fields=["edition", "fact", "position"], name="citation_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id}: {self.source_id} ({self.edition_id})"
