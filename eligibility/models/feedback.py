"""What visitors leave behind of their own accord: whether a page helped. No answer of theirs and nothing about them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

TEXT_LENGTH: Final = 1000
"""Characters of a remark."""


class PageKind(models.TextChoices):
    """The kind of page that a feedback is about."""

    RESULT = "result", _("result")
    SHARED = "shared", _("shared result")
    GUIDE = "guide", _("guide")
    EDITIONS = "editions", _("editions of the rules")
    LIST = "list", _("list of occupations")
    OTHER = "other", _("other")


class ShownOutcome(models.TextChoices):
    """The answer that a result page gave."""

    ELIGIBLE = "eligible", _("eligible")
    NOT_ELIGIBLE = "not_eligible", _("not eligible")
    NEEDS_MORE_INFORMATION = "needs_more_information", _("needs more information")


class Helpful(models.TextChoices):
    """Did this page help you?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Feedback(models.Model):
    """One visitor's word on one page. Only the day is kept, not the time; no address, no browser, no answers."""

    day = models.DateField(_("day"), help_text=_("The day in Toronto; the time is not kept."))
    language = models.CharField(_("language"), max_length=10)
    page = models.CharField(_("page"), max_length=10, choices=PageKind)
    outcome = models.CharField(_("outcome shown"), max_length=25, choices=ShownOutcome, blank=True)
    helpful = models.CharField(_("did it help"), max_length=10, choices=Helpful, blank=True)
    text = models.CharField(_("remark"), max_length=TEXT_LENGTH, blank=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(helpful="", text=""),
                name="feedback_says_something",
                violation_error_message=_("A feedback has an answer, a remark or both."),
            ),
            models.CheckConstraint(
                condition=Q(page__in=PageKind.values)
                & Q(outcome__in=["", *ShownOutcome.values])
                & Q(helpful__in=["", *Helpful.values]),
                name="feedback_holds_known_words",
                violation_error_message=_("Page, outcome and answer come from fixed lists."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(page__in=[PageKind.RESULT, PageKind.SHARED]),
                name="feedback_outcome_is_of_a_result",
                violation_error_message=_("Only a result has an outcome."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}, {self.get_page_display()}: {self.get_helpful_display() or self.text[:40]}"
