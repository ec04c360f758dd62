"""Editions and their rules. Rows of an edition can be changed while it is a draft, and never after.

The refusal is the database's own (triggers in `migrations/`), so it holds for raw SQL too.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from occupations.models.choices import Category, CredentialRule, State
from occupations.models.classification import Classification
from occupations.rulebook import EVERY_COUNTRY

STATUSES = ["citizen", "permanent_resident"]
TEERS = [0, 1, 2, 3, 4, 5]


def fact_ids() -> ArrayField[list[str], list[str]]:
    return ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("facts"),
        help_text=_("Numbers of the facts it rests on, with commas between them: F-05, G-05."),
    )


class Edition(models.Model):
    """One dated set of rules with its source."""

    slug = models.SlugField(
        _("slug"),
        primary_key=True,
        max_length=60,
        help_text=_("A short name of small letters, digits and hyphens. It can never be used again."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, db_default=State.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=200)
    short_name = models.CharField(
        _("short name"),
        max_length=100,
        help_text=_("How a sentence names it: IRCC's instructions of 3 October 2024."),
    )
    summary = models.TextField(_("summary"))
    publisher = models.CharField(_("publisher"), max_length=150)
    url = models.URLField(_("address"), max_length=500)
    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, verbose_name=_("classification")
    )
    source_modified = models.DateField(_("source last changed"), null=True, blank=True)
    read_on = models.DateField(_("source read on"))
    effective_from = models.DateField(
        _("source effective from"),
        help_text=_("A fact about the source. When the edition decides is said by the periods in force."),
    )
    effective_to = models.DateField(_("source effective to"), null=True, blank=True)
    is_comparison = models.BooleanField(
        _("shown for comparison"), default=False, help_text=_("Results say where this edition would differ.")
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="edition_state_known"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=models.F("effective_from")),
                name="edition_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


class EditionRow(models.Model):
    """A row that belongs to one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, verbose_name=_("edition"))

    class Meta:
        abstract = True


class Country(EditionRow):
    """What an edition says about one country (F-01, F-22, F-27, F-32)."""

    country = models.CharField(_("country"), max_length=2, help_text=_("Two capital letters: AU."))
    covered = models.BooleanField(_("covered"))
    statuses = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("accepted statuses"),
        blank=True,
        default=list,
        help_text=_("citizen, permanent_resident"),
    )
    spouse_statuses = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("statuses that let a spouse apply"),
        blank=True,
        default=list,
        help_text=_("citizen, permanent_resident"),
    )
    visa_exempt = models.BooleanField(_("visa-exempt"), help_text=_("Citizens may apply at a port of entry."))
    eta = models.BooleanField(_("eTA"), help_text=_("Citizens fly with an electronic travel authorization."))
    note = models.TextField(_("note"), blank=True)
    fact_ids = fact_ids()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["edition", "country"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "country"], name="country_once_an_edition"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="country_code_form"),
            models.CheckConstraint(
                condition=Q(statuses__contained_by=STATUSES, spouse_statuses__contained_by=STATUSES),
                name="country_statuses_known",
                violation_error_message=_("A status is citizen or permanent_resident."),
            ),
            models.CheckConstraint(
                condition=Q(covered=True, statuses__len__gt=0) | Q(covered=False, statuses__len=0),
                name="country_covered_has_a_status",
                violation_error_message=_(
                    "A covered country needs an accepted status; an uncovered one has none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} ({self.edition_id})"


class Requirement(EditionRow):
    """Thresholds of one country and category; `*` is every country without a row of its own."""

    country = models.CharField(
        _("country"),
        max_length=2,
        help_text=_("Two capital letters, or * for every country without its own row."),
    )
    category = models.CharField(_("category"), max_length=12, choices=Category)
    teers = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("TEERs"), help_text=_("Such as 0, 1.")
    )
    min_education_years = models.DecimalField(_("least years of study"), max_digits=4, decimal_places=2)
    credential_rule = models.CharField(_("credential"), max_length=20, choices=CredentialRule)
    equivalent_years_with_letter = models.DecimalField(
        _("years accepted with a letter"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    equivalent_country = models.CharField(_("country of that study"), max_length=2, null=True, blank=True)
    min_experience_years = models.DecimalField(_("least years of experience"), max_digits=4, decimal_places=2)
    degree_field_related_required = models.BooleanField(_("degree in the field of the job"))
    licence_grace_months = models.PositiveSmallIntegerField(_("months to obtain a licence"))
    fact_ids = fact_ids()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["edition", "country", "category"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "country", "category"], name="requirement_once"),
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$") | Q(country=EVERY_COUNTRY),
                name="requirement_country_form",
            ),
            models.CheckConstraint(
                condition=Q(teers__contained_by=TEERS, teers__len__gt=0), name="requirement_teers_known"
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values, credential_rule__in=CredentialRule.values),
                name="requirement_words_known",
            ),
            models.CheckConstraint(
                condition=Q(equivalent_years_with_letter__isnull=True, equivalent_country__isnull=True)
                | Q(
                    equivalent_years_with_letter__isnull=False,
                    equivalent_country__isnull=False,
                    equivalent_country__regex=r"^[A-Z]{2}$",
                ),
                name="requirement_equivalent_is_whole",
                violation_error_message=_("Give the years accepted with a letter and the country together."),
            ),
            models.CheckConstraint(
                condition=Q(min_education_years__gte=0, min_experience_years__gte=0),
                name="requirement_years_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}, {self.category} ({self.edition_id})"


class Condition(EditionRow):
    """A yes/no question that occupation rules depend on."""

    position = models.PositiveIntegerField(_("position"))
    slug = models.SlugField(_("slug"), max_length=60)
    question = models.CharField(_("question"), max_length=300)
    help = models.TextField(_("help"), blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="condition_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="condition_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.edition_id})"
