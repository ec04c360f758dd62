"""The tables of the database as plain rows, in the layout of the shipped files.

`building.build_snapshot` makes the same snapshot of these rows as of the files they were loaded from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from occupations import models as m
from occupations.building import Payload
from occupations.loading.layout import TABLES
from occupations.models.choices import State

TORONTO = ZoneInfo("America/Toronto")
"""Where days are counted."""
READING_MILLISECONDS = 30_000
"""Reading everything may take longer than the short looks at the revision."""
NAMES_IN_DATABASE: Mapping[str, Mapping[str, str]] = {
    "occupation_rules": {"noc": "unit_group__code"},
    "differences": {"id": "fact_id"},
    "job_titles": {"code": "unit_group__code"},
    "concordance": {"noc2021": "unit_group__code"},
    "wages": {"noc": "unit_group__code"},
    "regulations": {"noc": "unit_group__code"},
    "synonyms": {"noc": "unit_group__code"},
}
"""Where a column of the rows has another name in the database."""


class Revision(NamedTuple):
    """A state of the data. `changed_at` (ISO) tells two states with the same number apart."""

    number: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows as of one moment, with the two parts of their `Revision`."""

    revision: int
    changed_at: str
    payload: Payload


class NothingStored(LookupError):
    """The tables are empty, because no data was loaded yet."""


def revision() -> Revision:
    """The data revision and the moment of the last change. Raises NothingStored."""
    found = m.DataRevision.objects.values_list("number", "changed_at").first()
    if found is None or found[0] == 0:
        raise NothingStored("The tables hold no data yet. Run: python manage.py load_data")
    return Revision(found[0], found[1].isoformat())


def stored_rows() -> StoredRows:
    """Every public row, read at one moment. Drafts are not public. Raises NothingStored."""
    with _one_moment():
        number, changed_at = revision()
        return StoredRows(number, changed_at, _payload())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read within it stands as it did at the beginning, unless a transaction is running already."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute(f"SET LOCAL statement_timeout = {READING_MILLISECONDS}")
        yield


def edition_rows(slug: str) -> Payload:
    """The rows of one edition in whatever state, with the sources and translations that its texts need.

    They are read at one moment; the tables are those of `occupations.building.build_edition`.
    """
    with _one_moment():
        of_edition = Q(edition=slug)
        tables = {"sources": m.Source.objects.all(), "translations": m.Translation.objects.all()}
        tables |= _tables_of(m.Edition.objects.filter(slug=slug), of_edition)
        payload = {name: _rows(name, queryset) for name, queryset in tables.items()}
        payload["citations"] = _citations(of_edition)
        for row in payload["editions"]:
            del row["state"]
        return payload


def _payload() -> Payload:
    current = m.Classification.objects.filter(is_current=True).first()
    if current is None:
        raise NothingStored(
            "No classification of occupations is the current one. Run: python manage.py load_data"
        )
    payload = {name: _rows(name, queryset) for name, queryset in _querysets(current).items()}
    payload["citations"] = _citations(_public("edition__"))
    payload["periods_in_force"] = _periods()
    payload["publications"] = _publications()
    payload["guide_texts"] = [
        {"english": english, "text": text}
        for english, text in m.GuideText.objects.order_by("pk").values_list("english", "text")
    ]
    for row in payload["editions"]:
        # A withdrawn edition stays for the days on which it decided, and for nothing else.
        state = row.pop("state")
        row["is_comparison"] = row["is_comparison"] and state == State.PUBLISHED
    return payload


def _public(prefix: str = "") -> Q:
    published = Q(**{f"{prefix}state": State.PUBLISHED})
    once_in_force = Q(**{f"{prefix}state": State.WITHDRAWN, f"{prefix}periods__isnull": False})
    return published | once_in_force


def _querysets(current: m.Classification) -> dict[str, QuerySet[Any]]:
    editions = m.Edition.objects.filter(_public()).distinct()
    of_public = Q(edition__in=editions)
    here = Q(unit_group__classification=current)
    return {
        "sources": m.Source.objects.all(),
        "facts": m.Fact.objects.all(),
        "differences": m.Difference.objects.all(),
        "classifications": m.Classification.objects.all(),
        "noc_groups": m.NocGroup.objects.filter(classification=current),
        "unit_groups": m.UnitGroup.objects.filter(classification=current),
        "job_titles": m.JobTitle.objects.filter(here),
        "noc2016_groups": m.Noc2016Group.objects.all(),
        "concordance": m.ConcordancePair.objects.filter(here),
        "regions": m.Region.objects.all(),
        "wage_vintages": m.WageVintage.objects.all(),
        # A row without a median says nothing to an assessment, and they are almost half of an official file.
        "wages": m.Wage.objects.filter(here, median__isnull=False),
        "regulations": m.Regulation.objects.filter(here),
        "synonyms": m.OccupationSynonym.objects.filter(here, hidden=False),
        "application_routes": m.ApplicationRoute.objects.all(),
        "application_rules": m.ApplicationRule.objects.all(),
        "advice_lines": m.AdviceLine.objects.filter(hidden=False),
        "fees": m.Fee.objects.all(),
        "permit_terms": m.PermitTerm.objects.all(),
        "other_doors": m.OtherDoor.objects.filter(hidden=False),
        "country_names": m.CountryName.objects.all(),
        "translations": m.Translation.objects.all(),
        **_tables_of(editions, of_public),
    }


def _tables_of(editions: QuerySet[m.Edition], of_editions: Q) -> dict[str, QuerySet[Any]]:
    """The tables whose rows belong to an edition."""
    return {
        "editions": editions,
        "difference_texts": m.DifferenceText.objects.filter(of_editions),
        "countries": m.Country.objects.filter(of_editions),
        "requirements": m.Requirement.objects.filter(of_editions),
        "conditions": m.Condition.objects.filter(of_editions),
        "occupation_rules": m.OccupationRule.objects.filter(of_editions),
        "uncoded_entries": m.UncodedEntry.objects.filter(of_editions),
        "criterion_facts": m.CriterionFacts.objects.filter(of_editions),
    }


def _columns(name: str) -> list[str]:
    """Names of a table's columns: what the file holds, and what its name or folder adds."""
    table = next(table for table in TABLES if table.name == name)
    names = [column.name for column in table.columns] + list(table.added)
    if table.folder is not None:
        names.append(table.folder)
    if table.numbered:
        names.append("position")
    return names


def _rows(name: str, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
    renamed = NAMES_IN_DATABASE.get(name, {})
    columns = _columns(name) + (["state"] if name == "editions" else [])
    fields = [renamed.get(column, column) for column in columns]
    return [
        dict(zip(columns, map(_plain, values), strict=True))
        for values in queryset.order_by("pk").values_list(*fields)
    ]


def _plain(value: Any) -> Any:
    """A database value as the JSON value that the files give."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _citations(of_editions: Q) -> list[dict[str, Any]]:
    sources: dict[tuple[str, str], list[str]] = defaultdict(list)
    cited = m.Citation.objects.filter(of_editions).distinct()
    for edition, fact, source, _ in cited.order_by("edition", "fact", "position").values_list(
        "edition", "fact", "source", "position"
    ):
        sources[edition, fact].append(source)
    return [
        {"edition": edition, "fact": fact, "sources": found} for (edition, fact), found in sources.items()
    ]


def _periods() -> list[dict[str, Any]]:
    return [
        {
            "edition": edition,
            "first_day": days.lower.isoformat(),
            "last_day": None if days.upper is None else (days.upper - timedelta(days=1)).isoformat(),
            "reason": reason,
        }
        for edition, days, reason in m.PeriodInForce.objects.order_by("days").values_list(
            "edition", "days", "reason"
        )
    ]


def _publications() -> list[dict[str, Any]]:
    """Of each edition that was published or withdrawn here: when, and whether a second person approved it."""
    steps: dict[tuple[str, str], m.EditionReview] = {}
    for review in m.EditionReview.objects.filter(step__in=[m.ReviewStep.PUBLISH, m.ReviewStep.WITHDRAW]):
        steps[review.edition_id, review.step] = review

    def on(review: m.EditionReview | None) -> str | None:
        return None if review is None else review.at.astimezone(TORONTO).date().isoformat()

    rows = []
    for edition in m.Edition.objects.filter(state__in=[State.PUBLISHED, State.WITHDRAWN]).order_by("pk"):
        published = steps.get((edition.pk, m.ReviewStep.PUBLISH))
        is_withdrawn = edition.state == State.WITHDRAWN
        if published is not None or is_withdrawn:
            rows.append(
                {
                    "edition": edition.pk,
                    "title": edition.title,
                    "publisher": edition.publisher,
                    "url": edition.url,
                    "published_on": on(published),
                    "approved": published is not None and not published.alone,
                    "is_withdrawn": is_withdrawn,
                    "withdrawn_on": on(steps.get((edition.pk, m.ReviewStep.WITHDRAW))),
                }
            )
    return rows
