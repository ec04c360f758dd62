"""What the record of reviews says about an edition."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from occupations.models import Edition, EditionAuthor, EditionReview, ReviewStep


def is_author(edition: Edition, user: User) -> bool:
    """Whether the account submitted the edition or changed its draft."""
    return bool(_asked("SELECT occupations_is_author(%s, %s)", edition.pk, user.pk))


def authors(edition: Edition) -> list[str]:
    """Names of everybody who changed or submitted the edition, in the order of their first step."""
    names = [
        *EditionAuthor.objects.filter(edition=edition.pk).order_by("pk").values_list("who", flat=True),
        *EditionReview.objects.filter(edition=edition.pk, step=ReviewStep.SUBMIT).values_list(
            "who", flat=True
        ),
    ]
    return list(dict.fromkeys(names))


def approval(edition: Edition) -> EditionReview | None:
    """The approval that counts: by somebody else, of the content as it is now, since the last submission."""
    found = _asked("SELECT occupations_approval(%s)", edition.pk)
    return None if found is None else EditionReview.objects.get(pk=found)


def approved(editions: Iterable[Edition]) -> set[str]:
    """Those of the editions that have an approval that counts. One query, or none where there is no edition."""
    slugs = [edition.pk for edition in editions]
    if not slugs:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slug FROM unnest(%s::text[]) AS slug WHERE occupations_approval(slug) IS NOT NULL",
            [slugs],
        )
        return {slug for (slug,) in cursor.fetchall()}


def second_person_is_needed() -> bool:
    return not settings.SINGLE_STAFF_MEMBER


def _asked(statement: str, *parameters: str | int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[int | None] = cursor.fetchone()
    return row[0]
