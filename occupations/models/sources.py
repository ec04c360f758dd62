"""What the rules rest on: documents, numbered facts, points where editions differ, translated texts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from occupations.guide_texts import CONTEXT, fault
from occupations.loading.layout import TRANSLATED


class Source(models.Model):
    """A document."""

    id = models.CharField(_("id"), max_length=12, primary_key=True)
    title = models.CharField(_("title"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=150)
    url = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("Empty where no public address is known.")
    )
    dated = models.DateField(
        _("dated"), null=True, blank=True, help_text=_("The document's own date of last change.")
    )
    read_on = models.DateField(_("read on"), null=True, blank=True, help_text=_("The day the copy was read."))

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dated__isnull=False) | Q(read_on__isnull=False),
                name="source_has_a_date",
                violation_error_message=_("Give the document's own date, or the day you read it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"


class Fact(models.Model):
    """A numbered statement that rules rest on: F-xx facts, D-xx differences, G-xx open points."""

    id = models.CharField(_("id"), max_length=8, primary_key=True)
    title = models.CharField(_("title"), max_length=200)
    confidence = models.CharField(_("confidence"), max_length=40)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(id__regex=r"^[FDG]-\d{2}[a-z]?$"), name="fact_id_is_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"


class Difference(models.Model):
    """A point where the editions differ."""

    fact = models.OneToOneField(
        Fact, on_delete=models.PROTECT, primary_key=True, db_column="id", verbose_name=_("id")
    )
    topic = models.CharField(_("topic"), max_length=200)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["fact"]

    def __str__(self) -> str:
        return f"{self.pk} {self.topic}"


class DifferenceText(models.Model):
    """What one edition says on that point, in plain words for a visitor."""

    difference = models.ForeignKey(
        Difference, on_delete=models.CASCADE, related_name="texts", verbose_name=_("difference")
    )
    edition = models.ForeignKey(
        "Edition", on_delete=models.CASCADE, related_name="differences", verbose_name=_("edition")
    )
    says = models.TextField(_("says"), help_text=_("Short, full sentences."))

    class Meta:
        verbose_name = _("what an edition says")
        verbose_name_plural = _("what editions say")
        constraints = [models.UniqueConstraint(fields=["difference", "edition"], name="difference_text_once")]

    def __str__(self) -> str:
        return f"{self.difference_id}: {self.edition_id}"


class Translation(models.Model):
    """A text of these tables in another language.

    It is found by its English wording, so it serves every row with that wording, can be added to a published
    edition, and no longer applies when the English changes.
    """

    context = models.CharField(
        _("where it stands"), max_length=40, choices=[(context, context) for context in TRANSLATED]
    )
    english = models.TextField(_("English text"))
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("translation"))

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["context", "english", "language"]
        constraints = [
            models.UniqueConstraint("context", MD5("english"), "language", name="translation_once"),
            models.CheckConstraint(
                condition=~Q(language="en") & ~Q(text=""),
                name="translation_is_given_and_not_english",
                violation_error_message=_("The English text stands in its own row; give another language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.english[:60]}"

    def clean(self) -> None:
        """Raises ValidationError where the guide could not show the translation of a wording."""
        found = fault(self.english, self.text) if self.context == CONTEXT else ""
        if found:
            raise ValidationError({"text": found})
