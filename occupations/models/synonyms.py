"""Titles that people search for and the official index lacks. Staff keep them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from occupations.models.choices import SearchLanguage
from occupations.models.classification import UnitGroup

OUR_OWN = "our own"


class OccupationSynonym(models.Model):
    """Another name for a unit group. One phrase may lead to several unit groups, by a row for each."""

    unit_group = models.ForeignKey(
        UnitGroup, on_delete=models.PROTECT, related_name="synonyms", verbose_name=_("unit group")
    )
    language = models.CharField(_("language"), max_length=2, choices=SearchLanguage)
    phrase = models.CharField(
        _("phrase"),
        max_length=120,
        help_text=_('As people write it. Join masculine and feminine with "/": ingeniero/ingeniera civil.'),
    )
    why = models.CharField(
        _("why"), max_length=200, help_text=_("Who says so, or what led to it: an Australian title.")
    )
    source = models.CharField(_("source"), max_length=120, default=OUR_OWN)
    hidden = models.BooleanField(
        _("hidden"),
        default=False,
        db_default=False,
        help_text=_("Not searched. Hide a shipped row rather than delete it: an update would bring it back."),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "phrase"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_group", "language", "phrase"], name="occupation_synonym_once"
            ),
            models.CheckConstraint(condition=~Q(phrase=""), name="occupation_synonym_has_a_phrase"),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.unit_group}"
