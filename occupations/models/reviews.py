"""Who wrote, submitted, approved, returned, published and withdrew an edition. Rows are only ever added.

An approval counts for the very content that was looked at: each row keeps a digest of the edition as it was,
computed by the database (`migrations/`), which also refuses an approval by an author of the edition.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from occupations.models.editions import Edition


class ReviewStep(models.TextChoices):
    """What somebody did with an edition."""

    SUBMIT = "submit", _("submitted for review")
    APPROVE = "approve", _("approved")
    RETURN = "return", _("returned to the authors")
    PUBLISH = "publish", _("published")
    WITHDRAW = "withdraw", _("withdrawn")


class EditionReview(models.Model):
    """One step of an edition on its way. Stays on record when a draft or an account is deleted."""

    edition = models.ForeignKey(
        Edition,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="reviews",
        verbose_name=_("edition"),
    )
    step = models.CharField(_("step"), max_length=8, choices=ReviewStep)
    account = models.BigIntegerField(_("number of the account"), null=True)
    who = models.CharField(_("who"), max_length=150)
    reason = models.CharField(_("reason"), max_length=1000)
    first_day = models.DateField(
        _("first day"), null=True, help_text=_("Of a publication: the day from which the edition decides.")
    )
    alone = models.BooleanField(
        _("without a second person"),
        default=False,
        db_default=False,
        help_text=_("Of a publication: nobody but its authors looked at it."),
    )
    digest = models.CharField(_("digest of the content"), max_length=64, editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("reviews of editions")
        ordering = ["pk"]
        permissions = [
            ("submit_edition", _("Can submit an edition for review")),
            ("approve_edition", _("Can approve an edition or return it")),
            ("publish_edition", _("Can publish, schedule and withdraw an edition")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=ReviewStep.values), name="review_step_known"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(who=""),
                name="review_says_why_and_who",
                violation_error_message=_("Say why; the reason stays on record."),
            ),
            models.CheckConstraint(
                condition=Q(step=ReviewStep.PUBLISH) | Q(first_day__isnull=True, alone=False),
                name="review_day_and_alone_of_a_publication",
            ),
            models.CheckConstraint(
                condition=~Q(step=ReviewStep.APPROVE) | Q(account__isnull=False),
                name="review_approved_by_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.get_step_display()}"


class EditionAuthor(models.Model):
    """Somebody who changed a draft. The database adds the row with the change itself."""

    edition = models.ForeignKey(
        Edition,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="authors",
        verbose_name=_("edition"),
    )
    account = models.BigIntegerField(_("number of the account"))
    who = models.CharField(_("who"), max_length=150)
    since = models.DateTimeField(_("since"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("author of an edition")
        verbose_name_plural = _("authors of editions")
        ordering = ["edition", "since"]
        constraints = [models.UniqueConstraint(fields=["edition", "account"], name="author_once")]

    def __str__(self) -> str:
        return f"{self.who} ({self.edition_id})"
