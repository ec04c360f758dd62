"""Files in the official layouts, made from what is stored: the right ones, which tests then spoil."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from occupations.importing.files import SourceFile
from occupations.models import ConcordancePair, JobTitle, NocGroup, Region, UnitGroup

BOM = "\ufeff"
WAGES_2025 = [
    "NOC_CNP",
    "NOC_Title_eng",
    "NOC_Title_fra",
    "prov",
    "ER_Code_Code_RE",
    "ER_Name",
    "Nom_RE",
    "Low_Wage_Salaire_Minium",
    "Median_Wage_Salaire_Median",
    "High_Wage_Salaire_Maximal",
    "Average_Wage_Salaire_Moyen",
    "Quartile1_Wage_Salaire_Quartile1",
    "Quartile3_Wage_Salaire_Quartile3",
    "Source2025_NHQ",
    "Data_Source_E",
    "Data_Source_F",
    "Reference_Period",
    "Revision_Date_Date_revision",
    "Annual_Wage_Flag_Salaire_annuel",
    "Wage_Comment_E",
    "Wage_Comment_F",
    "EmployeesWithNonWageBenefit_Pct",
]
WAGES_2024 = [
    {"EmployeesWithNonWageBenefit_Pct": "Non_WageBen_pct"}.get(name, name)
    for name in WAGES_2025
    if name != "Source2025_NHQ"
]
WAGES_2020 = [
    "NOC_CNP",
    "NOC_Title",
    "Titre_CNP",
    "PROV",
    "ER_Code_Code_RE",
    "ER_Name_Nom_RE",
    "Low_Wage_Salaire_Minium",
    "Median_Wage_Salaire_Median",
    "High_Wage_Salaire_Maximal",
    "Data_Source_E",
    "Data_Source_F",
    "Reference_Period",
    "Revision_Date_Date_revision",
    "Annual_Wage_Flag_Salaire_annuel",
    "Wage_Comment_E",
    "Wage_Comment_F",
]
STRUCTURE = {
    "en": ["Level", "Hierarchical structure", "Code - {noc}", "Class title", "Class definition"],
    "fr": [
        "Niveau",
        "Structure hiérarchique",
        "Code dela {cnp}",
        "Titres de classes",
        "Définitions de la classe",
    ],
}
ELEMENTS = {
    "en": [
        "Level",
        "Code - {noc}",
        "Class title",
        "Element Type Label English",
        "Element Description English",
    ],
    "fr": [
        "Niveau",
        "Code de la CNP v1.0",
        "Titres de classes",
        "Nom du type d’élément Français",
        "Description d’élément Français",
    ],
}
LEVELS = ("Broad category", "Major group", "Sub-major group", "Minor group", "Unit Group")
CONCORDANCE = [
    "NOC 2016 V1.3 Code",
    "NOC 2016 V1.3 Title",
    " GSIM Type of Change",
    "NOC 2021 V1.0 Code",
    "NOC 2021 V1.0 Title",
    "Notes",
]
SUPPRESSED = (
    "No wage is published for this occupation in this region, because the sample is too small. Instead, use the wage "
    "of the province."
)
TERRITORY = (
    "No wage is published for this occupation in this territory, because the sample is too small. Instead, use the "
    "wage of Canada."
)
FRENCH = (
    "Aucun salaire n'est publié pour cette profession dans cette région, l'échantillon étant trop petit. Utilisez "
    "plutôt le salaire de la province."
)
ANNUAL = frozenset(
    [
        "00010",
        "31100",
        "31101",
        "31102",
        "31110",
        "31111",
        "31201",
        "31209",
        "32110",
        "32200",
        "32201",
        "32209",
        "41100",
        "51121",
        "51122",
        "63101",
        "65229",
        "70011",
    ]
)

Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A file as header and rows; `text()` writes it as the publisher does."""

    header: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    name: str = "official.csv"
    bom: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
    """Name of a column in the rows -> its name in the header, where they differ."""

    def bytes(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([self.columns.get(name, name) for name in self.header])
        writer.writerows([row[name] for name in self.header] for row in self.rows)
        return ((BOM if self.bom else "") + text.getvalue()).encode()

    def file(self) -> SourceFile:
        return SourceFile(self.name, self.bytes())

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> Table:
        return replace(self, rows=list(rows))

    def index(self, code: str, region: str) -> int:
        """Where a wage stands among the rows."""
        return next(
            at
            for at, row in enumerate(self.rows)
            if (row["NOC_CNP"], row["ER_Code_Code_RE"]) == (f"NOC_{code}", region)
        )

    def with_cell(self, index: int, column: str, value: str) -> Table:
        rows = list(self.rows)
        rows[index] = {**rows[index], column: value}
        return self.with_rows(rows)


def wages(header: Sequence[str] = WAGES_2025, *, codes: frozenset[str] = frozenset()) -> Table:
    """A wages file: every unit group, or those of `codes`, in every region; 45 % of the rows without a wage."""
    groups = list(UnitGroup.objects.filter(classification__is_current=True).order_by("code"))
    regions = list(Region.objects.order_by("code"))
    rows = [
        _wage(group, region, number * len(regions) + place)
        for number, group in enumerate(groups)
        if not codes or group.code in codes
        for place, region in enumerate(regions)
    ]
    return Table(header, rows, name="2a71-das-wage2025opendata-esdc-all-19nov2025-vf.csv")


def _wage(group: UnitGroup, region: Region, number: int) -> Row:
    row = {
        "NOC_CNP": f"NOC_{group.code}",
        "NOC_Title_eng": group.title_en,
        "NOC_Title_fra": group.title_fr,
        "prov": region.upstream_province,
        "ER_Code_Code_RE": region.code,
        "ER_Name": region.name_en,
        "Nom_RE": region.name_fr,
        "Revision_Date_Date_revision": "2025-11-19",
        "Wage_Comment_E": "",
        "Wage_Comment_F": "",
        "EmployeesWithNonWageBenefit_Pct": "100.0",
        "Non_WageBen_pct": "100.0",
    }
    if (group.code == "00013" and region.code == "ER00") or number % 20 < 9:
        return row | _suppressed(region)
    return row | _published(group, region, number)


def _suppressed(region: Region) -> Row:
    amounts = ("Low_Wage_Salaire_Minium", "Median_Wage_Salaire_Median", "High_Wage_Salaire_Maximal")
    return {
        **dict.fromkeys((*amounts, *AVERAGES), ""),
        "Source2025_NHQ": "N/A",
        "Data_Source_E": "NA",
        "Data_Source_F": "NA",
        "Reference_Period": "NA",
        "Annual_Wage_Flag_Salaire_annuel": "0",
        "Wage_Comment_E": TERRITORY if region.is_territory else SUPPRESSED,
        "Wage_Comment_F": FRENCH,
    }


AVERAGES = (
    "Average_Wage_Salaire_Moyen",
    "Quartile1_Wage_Salaire_Quartile1",
    "Quartile3_Wage_Salaire_Quartile3",
)


def _published(group: UnitGroup, region: Region, number: int) -> Row:
    is_annual = group.code in ANNUAL
    low = 17.5 + number % 3000 / 100
    times = 2080.0 if is_annual else 1.0
    only_median = number % 40 == 39
    own = "PR" if number % 7 == 0 else "ER"
    return {
        "Low_Wage_Salaire_Minium": "" if only_median else f"{low * times:.2f}",
        "Median_Wage_Salaire_Median": f"{low * 1.4 * times:.2f}",
        "High_Wage_Salaire_Maximal": "" if only_median else f"{low * 2 * times:.2f}",
        **dict.fromkeys(AVERAGES, "" if only_median else f"{low * 1.5 * times:.2f}"),
        "Source2025_NHQ": f"LFS 2023-24 {own} NOC5",
        "Data_Source_E": "Small Area Estimation" if only_median else "Labour Force Survey",
        "Data_Source_F": "Enquête sur la population active",
        "Reference_Period": ("2021", "2023-2024", "2024")[number % 3],
        "Annual_Wage_Flag_Salaire_annuel": "1" if is_annual else "0",
    }


def structure(language: str, version: str = "NOC 2021 V1.0") -> Table:
    """The structure of the stored version, under another version's name if asked."""
    groups = NocGroup.objects.filter(classification__is_current=True)
    units = UnitGroup.objects.filter(classification__is_current=True)
    every: list[NocGroup | UnitGroup] = [*groups, *units]
    rows = [
        {
            "level": str(len(one.code)),
            "place": LEVELS[len(one.code) - 1],
            "code": one.code,
            "title": one.title_en if language == "en" else one.title_fr,
            "definition": "This group includes people who\nwork, plan and lead.",
        }
        for one in sorted(every, key=lambda one: (one.code[:1], one.code))
    ]
    return _table("structure", language, version, ["level", "place", "code", "title", "definition"], rows)


def elements(language: str, version: str = "NOC 2021 V1.0", *, bom: bool = True) -> Table:
    """The job titles of the stored version among other elements, written with the publisher's habits."""
    kinds = {
        "en": ("Illustrative example(s)", "All examples", "Main duties"),
        "fr": ("Exemple(s) illustratif(s)", "Tous les exemples", "Fonctions principales"),
    }[language]
    rows: list[Row] = []
    titles = JobTitle.objects.filter(unit_group__classification__is_current=True, language=language)
    same: Row = {}
    for title in titles.select_related("unit_group").order_by("unit_group__code", "title"):
        group = title.unit_group
        same = {"level": "5", "code": group.code, "title": group.title_en}
        written = title.title[:1].lower() + title.title[1:] + " "
        if title.illustrative:
            rows.append({**same, "kind": kinds[0], "text": written})
        rows.append({**same, "kind": kinds[1], "text": written})
    rows.append({**same, "kind": kinds[2], "text": "Plan,\nlead and direct"})
    rows.append({"level": "1", "code": "0", "title": "Legislative", "kind": "Inclusion(s)", "text": "a note"})
    table = _table("elements", language, version, ["level", "code", "title", "kind", "text"], rows)
    return replace(table, bom=bom)


def _table(kind: str, language: str, version: str, names: list[str], rows: Sequence[Row]) -> Table:
    headers = {"structure": STRUCTURE, "elements": ELEMENTS}[kind][language]
    cnp = version.replace("NOC", "CNP").replace("V1.0", "v1.0")
    shown = [header.format(noc=version, cnp=cnp) for header in headers]
    return Table(names, rows, name=f"{kind}-{language}.csv", columns=dict(zip(names, shown, strict=True)))


def concordance(*, lost_zeros: bool = False, trailing_column: bool = False) -> Table:
    """The stored pairs in the official layout; notes hold line breaks and changes are typed in several ways."""
    pairs = ConcordancePair.objects.select_related("noc2016", "unit_group").order_by(
        "noc2016", "unit_group__code"
    )
    rows = []
    for number, pair in enumerate(pairs):
        old, new = pair.noc2016.code, pair.unit_group.code
        change = pair.change.replace("RC5", ("RC5", "RC5 - Transfer", "Transfer")[number % 3])
        rows.append(
            {
                "NOC 2016 V1.3 Code": str(int(old)) if lost_zeros else old,
                "NOC 2016 V1.3 Title": pair.noc2016.title,
                " GSIM Type of Change": change,
                "NOC 2021 V1.0 Code": str(int(new)) if lost_zeros else new,
                "NOC 2021 V1.0 Title": pair.unit_group.title_en,
                "Notes": "One line,\nand another.\n" if number % 4 == 0 else "",
                "": "",
            }
        )
    header = [*CONCORDANCE, ""] if trailing_column else CONCORDANCE
    return Table(header, rows, name="noc2016v1_3-noc2021v1_0-eng.csv")
