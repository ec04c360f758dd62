"""Reference cases that staff keep: answers, what came of them under an edition, and why that matters."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from eligibility.impact import Case, Origin, Profile, Verdict, criteria_json, read_verdict
from eligibility.rules.answers import Answers
from occupations.models.choices import Category
from occupations.rulebook import Reference

NAME_LENGTH = 150


class ExpectedOutcome(models.TextChoices):
    """The answer of an assessment."""

    ELIGIBLE = "eligible", _("eligible")
    NEEDS_MORE_INFORMATION = "needs_more_information", _("needs more information")
    NOT_ELIGIBLE = "not_eligible", _("not eligible")


class ReferenceCase(models.Model):
    """One set of answers. It names nobody; staff are asked to leave names out."""

    name = models.CharField(
        _("name"),
        max_length=NAME_LENGTH,
        unique=True,
        help_text=_("What it shows, without anybody's name: “Nurse from Chile, offer in Ontario”."),
    )
    answers = models.JSONField(_("answers"), editable=False)
    edition = models.CharField(
        _("edition"),
        max_length=60,
        editable=False,
        help_text=_("The edition under which the expected outcome was found."),
    )
    on = models.DateField(
        _("day"), editable=False, help_text=_("The day on which it was found. Wages of that day are used.")
    )
    expected_outcome = models.CharField(
        _("expected outcome"), max_length=25, choices=ExpectedOutcome, editable=False
    )
    expected_category = models.CharField(
        _("expected category"), max_length=12, choices=Category, editable=False
    )
    expected_criteria = models.JSONField(_("expected outcome of each criterion"), editable=False)
    must_not_change = models.BooleanField(
        _("must not change"),
        default=False,
        db_default=False,
        help_text=_(
            "An edition under which this case comes to another answer, or to another category, cannot be published."
        ),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Why it is worth keeping, and who said what the answer must be.")
    )
    author = models.CharField(_("author"), max_length=150, editable=False)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("reference case")
        verbose_name_plural = _("reference cases")
        ordering = ["name"]
        permissions = [
            (
                "settle_referencecase",
                _("Can decide that a reference case may change after all, or what is expected of it"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_outcome__in=ExpectedOutcome.values)
                & Q(expected_category__in=Category.values),
                name="reference_case_words_known",
            ),
            models.CheckConstraint(condition=~Q(author=""), name="reference_case_has_an_author"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def expected(self) -> Verdict:
        return read_verdict(
            {
                "outcome": self.expected_outcome,
                "category": self.expected_category,
                "criteria": self.expected_criteria,
            }
        )

    @expected.setter
    def expected(self, found: Verdict) -> None:
        self.expected_outcome = found.outcome.value
        self.expected_category = found.category.value
        self.expected_criteria = criteria_json(found)

    def parsed(self, reference: Reference) -> Answers:
        """The answers as the rules read them. Raises AnswersError when the reference tables no longer hold a code."""
        answers: dict[str, Any] = self.answers
        return Answers.parse(answers, reference)

    def as_case(self, reference: Reference) -> Case:
        """For a run or a comparison. Raises AnswersError."""
        profile = Profile(
            f"r-{self.pk}", self.parsed(reference), Origin.STAFF, self.name, self.must_not_change
        )
        return Case(profile, {self.edition: self.expected}, self.note)
