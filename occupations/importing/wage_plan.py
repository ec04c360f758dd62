"""A wages file as a new data year: years that are stored never change, a correction stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from occupations.importing.copying import copy_rows
from occupations.importing.files import Progress, SourceFile, quietly
from occupations.importing.plans import EXAMPLES, Change, Report
from occupations.importing.problems import FileRefused, Flaw
from occupations.importing.wages import WageFile, WageRow, known_to_us, read_wages
from occupations.models import Classification, Region, Source, UnitGroup, Wage, WageVintage
from occupations.models.choices import RegionLevel
from occupations.snapshots import today

KIND = "wages"
DATASET = "https://open.canada.ca/data/en/dataset/adad580f-76b0-4502-bd05-20c125de9116"
PUBLISHER = "Employment and Social Development Canada"


@dataclass(frozen=True, slots=True)
class WagePlan:
    """A new data year with all its wages."""

    report: Report
    file: SourceFile
    read: WageFile
    vintage: str
    year: int
    available_from: date
    classification: str

    def store(self) -> None:
        source, _created = Source.objects.get_or_create(
            pk=f"WAGE-{self.year}",
            defaults={
                "title": f"Job Bank wages {self.year}",
                "publisher": PUBLISHER,
                "url": DATASET,
                "dated": self.read.revised,
                "read_on": today(),
            },
        )
        WageVintage.objects.create(
            pk=self.vintage,
            available_from=self.available_from,
            classification_id=self.classification,
            source=source,
        )
        groups = UnitGroup.objects.filter(classification=self.classification)
        keys = dict(groups.values_list("code", "pk"))
        copy_rows(
            Wage,
            (
                "vintage",
                "unit_group",
                "region",
                "low",
                "median",
                "high",
                "annual",
                "reference_period",
                "origin",
            ),
            (
                (
                    self.vintage,
                    keys[code],
                    region,
                    row.low,
                    row.median,
                    row.high,
                    row.annual,
                    row.reference_period,
                    row.origin,
                )
                for (code, region), row in self.read.rows.items()
            ),
        )


def plan_wages(
    file: SourceFile,
    *,
    vintage: str = "",
    available_from: date | None = None,
    progress: Progress = quietly,
) -> WagePlan:
    """What the file would add. Raises FileRefused.

    `vintage` names the data year; left empty, it is the year of revision, with `-2` and so on when that year is
    stored already. `available_from` is the first day on which assessments see it: today or later, and no other
    data year's; left empty, the first such day.
    """
    current = Classification.objects.get(is_current=True)
    read = read_wages(file, known_to_us(current.pk), progress)
    names = set(WageVintage.objects.values_list("pk", flat=True))
    name = _name(file, vintage, read.revised.year, names)
    first_day = _first_day(file, available_from)
    report = Report(KIND, name)
    same = _same_as_stored(read)
    if same:
        report.target = same
        report.unchanged = len(read.rows)
        report.nothing_to_do = _("The data year %(year)s holds the very same wages.") % {"year": same}
    else:
        _describe(report, read, first_day)
    return WagePlan(report, file, read, name, read.revised.year, first_day, current.pk)


def _name(file: SourceFile, wanted: str, year: int, taken: set[str]) -> str:
    if wanted in taken:
        said = _(
            "Wages of the data year %(year)s are stored already, and wages that were published once stay as they "
            "are. Leave the name empty, or choose another such as %(year)s-2."
        )
        raise FileRefused([Flaw(file.name, said % {"year": wanted})])
    if wanted:
        return wanted
    name, number = str(year), 2
    while name in taken:
        name, number = f"{year}-{number}", number + 1
    return name


def _first_day(file: SourceFile, wanted: date | None) -> date:
    taken = set(WageVintage.objects.values_list("available_from", flat=True))
    if wanted is None:
        first = today()
        while first in taken:
            first += timedelta(days=1)
        return first
    if wanted < today():
        said = _(
            "The first day, %(day)s, is in the past, where it would change what an assessment said. Choose today or "
            "a later day."
        )
        raise FileRefused([Flaw(file.name, said % {"day": wanted})])
    if wanted in taken:
        said = _("Another data year begins on %(day)s. Choose another day.")
        raise FileRefused([Flaw(file.name, said % {"day": wanted})])
    return wanted


Stored = dict[tuple[str, str], WageRow]


def _stored(vintage: str) -> Stored:
    rows = Wage.objects.filter(vintage=vintage).values_list(
        "unit_group__code", "region_id", "low", "median", "high", "annual", "reference_period", "origin"
    )
    return {
        (code, region): WageRow(low, median, high, annual, period, origin)
        for code, region, low, median, high, annual, period, origin in rows.iterator(chunk_size=5000)
    }


def _same_as_stored(read: WageFile) -> str:
    """The name of a data year with the very same wages; empty when there is none."""
    for vintage in WageVintage.objects.filter(source__pk=f"WAGE-{read.revised.year}"):
        if (
            Wage.objects.filter(vintage=vintage).count() == len(read.rows)
            and _stored(vintage.pk) == read.rows
        ):
            return vintage.pk
    return ""


def _describe(report: Report, read: WageFile, first_day: date) -> None:
    report.added = len(read.rows)
    without = sum(row.median is None for row in read.rows.values())
    yearly = len({code for (code, _region), row in read.rows.items() if row.annual})
    report.sentences += [
        _("%(rows)s wages, revised on %(day)s; %(without)s of them have no median, as published.")
        % {"rows": f"{len(read.rows):,}", "day": read.revised, "without": f"{without:,}"},
        ngettext(
            "The wages of %(count)s occupation are amounts per year.",
            "The wages of %(count)s occupations are amounts per year.",
            yearly,
        )
        % {"count": yearly},
        _("Assessments use them from %(day)s on. Earlier days keep the wages that they had.")
        % {"day": first_day},
    ]
    if read.rounded:
        report.warnings.append(
            _("%(count)s amounts had parts of a cent and are rounded to cents.") % {"count": read.rounded}
        )
    for name in read.ignored:
        report.warnings.append(_("The column “%(name)s” is not known and is not read.") % {"name": name})
    before = WageVintage.objects.filter(available_from__lte=first_day).order_by("-available_from").first()
    if before is not None:
        _compare(report, read, before)


def _compare(report: Report, read: WageFile, before: WageVintage) -> None:
    """Say how medians move from the data year that is used until then."""
    old = _stored(before.pk)
    moved: list[tuple[tuple[str, str], WageRow, WageRow]] = []
    first_time = 0
    for key, row in read.rows.items():
        known = old.get(key)
        if row.median is not None and (known is None or known.median is None):
            first_time += 1
        elif known is not None and known.median is not None and known.median != row.median:
            moved.append((key, known, row))
    report.sentences.append(
        _(
            "Beside the data year %(year)s: %(moved)s medians differ, %(first)s are given for the first time, "
            "%(same)s are the same or missing in both."
        )
        % {
            "year": before.pk,
            "moved": f"{len(moved):,}",
            "first": f"{first_time:,}",
            "same": f"{len(read.rows) - len(moved) - first_time:,}",
        }
    )
    report.changes += _examples(moved)


def _examples(moved: Iterable[tuple[tuple[str, str], WageRow, WageRow]]) -> list[Change]:
    """Medians that move most, those of all Canada first."""
    national = set(Region.objects.filter(level=RegionLevel.NATIONAL).values_list("pk", flat=True))

    def by_size(one: tuple[tuple[str, str], WageRow, WageRow]) -> tuple[bool, float]:
        (_code, region), known, row = one
        if known.median is None or row.median is None or not known.median:
            return region not in national, 0.0
        return region not in national, -abs(float(row.median / known.median) - 1)

    return [
        Change("changed", f"{code}, {region}", (("median", _amount(known), _amount(row)),))
        for (code, region), known, row in sorted(moved, key=by_size)[:EXAMPLES]
    ]


def _amount(row: WageRow) -> str:
    if row.median is None:
        return _("none")
    if row.annual:
        return _("%(amount)s per year") % {"amount": f"{row.median:,.2f}"}
    return _("%(amount)s per hour") % {"amount": f"{row.median:,.2f}"}
