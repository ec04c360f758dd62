"""What staff say in the guide instead of the texts that come with the site."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from occupations.guide_texts import fault


class GuideText(models.Model):
    """Another wording of one text of the guide. Its other languages are translations of that wording.

    It is found by the English text of the page, so it no longer applies when a new version of the site says
    something else there.
    """

    english = models.TextField(_("text that comes with the site"))
    text = models.TextField(_("wording"))

    class Meta:
        verbose_name = _("text of the guide")
        verbose_name_plural = _("texts of the guide")
        ordering = ["english"]
        constraints = [
            models.UniqueConstraint(
                MD5("english"),
                name="guide_text_once",
                violation_error_message=_("This text has a wording of yours already. Change that one."),
            ),
            models.CheckConstraint(
                condition=~Q(english="") & ~Q(text=""),
                name="guide_text_is_given",
                violation_error_message=_("Write the text, or delete the row to go back to the site's own."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def clean(self) -> None:
        """Raises ValidationError where the page could not show the wording."""
        found = fault(self.english, self.text)
        if found:
            raise ValidationError({"text": found})
