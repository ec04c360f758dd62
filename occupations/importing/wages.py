"""The Job Bank wages file, layouts of 2021 to 2025 and of later years that keep the names of the columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from occupations.importing.cells import NOTHING, amount, day, spoiled_code
from occupations.importing.files import Progress, Sheet, SourceFile, open_sheet, quietly
from occupations.importing.headers import Columns, match
from occupations.importing.problems import FileRefused, Flaw, Flaws
from occupations.models import Region, UnitGroup
from occupations.models.choices import RegionLevel

CODE, PROVINCE, REGION = "NOC_CNP", "prov", "ER_Code_Code_RE"
LOW, MEDIAN, HIGH = (
    "Low_Wage_Salaire_Minium",
    "Median_Wage_Salaire_Median",
    "High_Wage_Salaire_Maximal",
)
PERIOD, REVISED, ANNUAL = (
    "Reference_Period",
    "Revision_Date_Date_revision",
    "Annual_Wage_Flag_Salaire_annuel",
)
REQUIRED = (CODE, PROVINCE, REGION, LOW, MEDIAN, HIGH, PERIOD, REVISED, ANNUAL)
ORIGIN = "Data_Source_E"
OPTIONAL = (
    "NOC_Title_eng",
    "NOC_Title_fra",
    "ER_Name",
    "Nom_RE",
    "Average_Wage_Salaire_Moyen",
    "Quartile1_Wage_Salaire_Quartile1",
    "Quartile3_Wage_Salaire_Quartile3",
    ORIGIN,
    "Data_Source_F",
    "Wage_Comment_E",
    "Wage_Comment_F",
    "EmployeesWithNonWageBenefit_Pct",
    "Non_WageBen_pct",
)
SOURCE_OF_A_YEAR = re.compile(r"Source\d{4}_NHQ")
"""Its name changes each year."""
LAYOUT_UNTIL_2020 = "Titre_CNP"
PREFIX = "NOC_"
NOT_PUBLISHED = "not published"
LONGEST_PERIOD = 20


@dataclass(frozen=True, slots=True)
class WageRow:
    """Amounts in dollars per hour, or per year when `annual`; None where nothing was published."""

    low: Decimal | None
    median: Decimal | None
    high: Decimal | None
    annual: bool
    reference_period: str
    origin: str


@dataclass(slots=True)
class WageFile:
    """A whole file, checked: one row for every unit group of the classification in every region."""

    rows: dict[tuple[str, str], WageRow]
    """(NOC code, region code) -> wage."""
    revised: date
    """The newest date of revision in it."""
    rounded: int
    """How many amounts had parts of a cent."""
    ignored: tuple[str, ...]
    """Names of columns that no layout known to us has."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the file must fit: unit groups, and regions with the province as Job Bank writes it."""

    classification: str
    codes: frozenset[str]
    regions: Mapping[str, str]
    wide: frozenset[str]
    """Codes of Canada, the provinces and the territories; their length does not tell (ER1110, ER6010)."""


def known_to_us(classification: str) -> Known:
    regions = list(Region.objects.all())
    codes = UnitGroup.objects.filter(classification=classification).values_list("code", flat=True)
    return Known(
        classification,
        frozenset(codes),
        {region.code: region.upstream_province for region in regions},
        frozenset(region.code for region in regions if region.level != RegionLevel.ECONOMIC_REGION),
    )


def read_wages(file: SourceFile, known: Known, progress: Progress = quietly) -> WageFile:
    """The wages of a file. Raises FileRefused."""
    sheet = open_sheet(file, progress)
    if LAYOUT_UNTIL_2020 in sheet.header:
        said = _(
            "This is the layout of 2020 and before, with occupations of NOC 2016. Import a file of 2021 or later."
        )
        raise FileRefused([Flaw(file.name, said, 1)])
    columns = match(sheet, REQUIRED, OPTIONAL, also=SOURCE_OF_A_YEAR)
    reader = _Reader(sheet, columns, known)
    read = reader.read()
    _missing_rows(file, read.rows, known)
    return read


class _Reader:
    """Goes through the records once; `flaws` collects what is wrong."""

    def __init__(self, sheet: Sheet, columns: Columns, known: Known) -> None:
        self.sheet = sheet
        self.columns = columns
        self.known = known
        self.flaws = Flaws(sheet.file.name)
        self.shared: dict[Any, Any] = {}
        self.rounded = 0

    def read(self) -> WageFile:
        rows: dict[tuple[str, str], WageRow] = {}
        places: dict[tuple[str, str], int] = {}
        days: Counter[date] = Counter()
        for row, record in self.sheet.records:
            cells = {name: record[at].strip() for name, at in self.columns.index.items()}
            key = self._key(row, cells)
            wage = self._wage(row, cells)
            revised = self._checked(row, REVISED, day, cells)
            if revised is not None:
                days[revised] += 1
            if key is None or wage is None:
                continue
            if key in rows:
                said = _("NOC %(code)s in %(region)s stands already in row %(row)s.")
                named = {"code": key[0], "region": key[1], "row": places[key]}
                self.flaws.add(said % named, row)
                continue
            rows[key], places[key] = wage, row
        if not rows and not self.flaws.found:
            self.flaws.add(_("The file has a header and no wages. Download it again."))
        self.flaws.stop()
        return WageFile(rows, max(days), self.rounded, self.columns.unknown)

    def _key(self, row: int, cells: Mapping[str, str]) -> tuple[str, str] | None:
        code, region = cells[CODE], cells[REGION]
        found = code.removeprefix(PREFIX)
        if not re.fullmatch(r"NOC_\d{5}", code):
            self.flaws.add(spoiled_code(code, 5, PREFIX), row, CODE)
            return None
        if found not in self.known.codes:
            said = _("%(code)s is no unit group of %(version)s.")
            self.flaws.add(said % {"code": found, "version": self.known.classification}, row, CODE)
            return None
        return None if self._region_is_wrong(row, region, cells[PROVINCE]) else (found, region)

    def _region_is_wrong(self, row: int, region: str, province: str) -> bool:
        due = self.known.regions.get(region)
        if due is None:
            said = _("“%(region)s” is no region that is known here.") % {"region": region}
            self.flaws.add(said, row, REGION)
        elif due != province:
            said = _("%(region)s belongs to %(due)s, and the row says “%(province)s”.")
            named = {"region": region, "due": due, "province": province}
            self.flaws.add(said % named, row, PROVINCE)
        return due != province

    def _wage(self, row: int, cells: Mapping[str, str]) -> WageRow | None:
        before = len(self.flaws.found)
        amounts: list[Decimal | None] = []
        for name in (LOW, MEDIAN, HIGH):
            value, was_rounded = self._checked(row, name, amount, cells) or (None, False)
            self.rounded += was_rounded
            amounts.append(self.shared.setdefault(value, value))
        given = [value for value in amounts if value is not None]
        if given != sorted(given):
            said = _("The wages must not fall from low to median to high: %(amounts)s.")
            self.flaws.add(said % {"amounts": ", ".join(map(str, given))}, row, LOW)
        if cells[ANNUAL] not in {"0", "1"}:
            said = _("“%(cell)s” is neither 1 (per year) nor 0 (per hour).") % {"cell": cells[ANNUAL]}
            self.flaws.add(said, row, ANNUAL)
        period = "" if cells[PERIOD] in NOTHING else cells[PERIOD]
        if len(period) > LONGEST_PERIOD:
            said = _("“%(cell)s” is too long for a reference period.") % {"cell": period}
            self.flaws.add(said, row, PERIOD)
        if len(self.flaws.found) > before:
            return None
        low, median, high = amounts
        period = self.shared.setdefault(period, period)
        return WageRow(low, median, high, cells[ANNUAL] == "1", period, self._origin(cells, bool(given)))

    def _origin(self, cells: Mapping[str, str], has_wage: bool) -> str:
        """The publisher's own source, and whether a region shows the figures of its province."""
        if not has_wage:
            return NOT_PUBLISHED
        found = cells.get(ORIGIN, "")
        origin = "official file" if found in NOTHING else found[:120]
        note = next((cells[name] for name in self.columns.index if SOURCE_OF_A_YEAR.fullmatch(name)), "")
        if cells[REGION] not in self.known.wide and " PR " in f" {note} ":
            origin = f"{origin} (of the province)"
        return str(self.shared.setdefault(origin, origin))

    def _checked(self, row: int, name: str, parse: Any, cells: Mapping[str, str]) -> Any:
        try:
            return parse(cells[name])
        except ValueError as error:
            self.flaws.add(str(error), row, name)
            return None


def _missing_rows(file: SourceFile, rows: Mapping[tuple[str, str], WageRow], known: Known) -> None:
    """Raises FileRefused unless there is a row for every unit group in every region."""
    due = len(known.codes) * len(known.regions)
    if len(rows) == due:
        return
    said = _(
        "The file is cut off or not whole: %(codes)s occupations in %(regions)s regions make %(due)s rows, and it "
        "has %(found)s. The first that are missing: %(missing)s."
    )
    missing = [f"NOC {code}, {region}" for code, region in _first_missing(rows, known)]
    numbers = {"codes": len(known.codes), "regions": len(known.regions), "due": due, "found": len(rows)}
    raise FileRefused([Flaw(file.name, said % {**numbers, "missing": "; ".join(missing)})])


def _first_missing(
    rows: Mapping[tuple[str, str], WageRow], known: Known, most: int = 3
) -> Iterator[tuple[str, str]]:
    for code in sorted(known.codes):
        for region in sorted(known.regions):
            if (code, region) not in rows:
                yield code, region
                most -= 1
                if not most:
                    return
