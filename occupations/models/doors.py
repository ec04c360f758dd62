"""Other work permits to ask about where this one is closed. Staff keep them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from occupations.models.editions import fact_ids


class OtherDoor(models.Model):
    """Another permit for citizens of one country, or for everyone (F-38). It is named; nothing is promised."""

    country = models.CharField(
        _("country"), max_length=2, help_text=_("Two capital letters: MX. Or * for everyone.")
    )
    name = models.CharField(_("name"), max_length=150)
    code = models.CharField(
        _("code"), max_length=40, blank=True, help_text=_("The code that officers use, such as T36.")
    )
    text = models.TextField(_("text"), help_text=_("Short, full sentences that promise nothing."))
    fact_ids = fact_ids()
    hidden = models.BooleanField(
        _("hidden"),
        default=False,
        db_default=False,
        help_text=_("Not shown. Hide a shipped row rather than delete it: an update would bring it back."),
    )

    class Meta:
        verbose_name = _("other door")
        verbose_name_plural = _("other doors")
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="other_door_once_a_country"),
            models.CheckConstraint(
                condition=Q(country__regex=r"^([A-Z]{2}|\*)$"),
                name="other_door_country_form",
                violation_error_message=_("Write two capital letters, or * for everyone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.name}"
