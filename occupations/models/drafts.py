"""Where a draft comes from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from occupations.models.editions import Edition


class DraftStart(models.Model):
    """Somebody copied an edition into a new draft. Written by `drafting.start_draft`, in the same statement."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="draft_start",
        verbose_name=_("edition"),
    )
    source = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, related_name="copies", verbose_name=_("copied from")
    )
    who = models.CharField(_("who"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300)
    started_at = models.DateTimeField(_("started"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("start of a draft")
        verbose_name_plural = _("starts of drafts")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(who=""), name="draft_start_says_why_and_who")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}, {self.who}"
