"""What a row must keep to that neither a cell nor a field of the model shows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from occupations.models import Condition, Country, Edition, Fact, OccupationRule, UncodedEntry
from occupations.models.choices import State
from occupations.models.editions import EditionRow


def refuse_unless_draft(row: models.Model) -> None:
    """Raises ValidationError for a row of an edition that is not a draft."""
    if isinstance(row, Edition):
        edition, field = row, "slug"
    elif isinstance(row, EditionRow) and row.edition_id is not None:
        edition, field = row.edition, "edition"
    else:
        return
    if edition.state == State.DRAFT:
        return
    if edition.state == State.IN_REVIEW:
        said = _(
            "The edition %(edition)s is in review, so its rules cannot be changed. Return it to draft first."
        )
    elif edition.state == State.WITHDRAWN:
        said = _(
            "The edition %(edition)s is withdrawn, so its rules cannot be changed. Copy it to a draft and change that."
        )
    else:
        said = _(
            "The edition %(edition)s is published, so its rules cannot be changed. Copy it to a draft, change the "
            "draft and publish that."
        )
    raise ValidationError({field: said % {"edition": edition.pk}})


def check_row(row: models.Model) -> None:
    """Raises ValidationError for facts that do not exist, and for countries and conditions of other editions."""
    facts = getattr(row, "fact_ids", None)
    if facts:
        known = set(Fact.objects.filter(pk__in=facts).values_list("pk", flat=True))
        missing = [fact for fact in facts if fact not in known]
        if missing:
            said = _("There is no fact %(facts)s. Look the numbers up under Facts.")
            raise ValidationError({"fact_ids": said % {"facts": ", ".join(missing)}})
    if isinstance(row, OccupationRule | UncodedEntry):
        _check_line(row)


def _check_line(row: OccupationRule | UncodedEntry) -> None:
    errors: dict[str, Any] = {}
    if not Country.objects.filter(edition=row.edition_id, country=row.country).exists():
        errors["country"] = _("This edition does not know that country; add it first.")
    for field in ("when", "unless"):
        slug = getattr(row, field, None)
        if slug and not Condition.objects.filter(edition=row.edition_id, slug=slug).exists():
            errors[field] = _("This edition has no condition with that slug; add it first.")
    if errors:
        raise ValidationError(errors)
