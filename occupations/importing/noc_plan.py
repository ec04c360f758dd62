"""A version of the classification beside the others, or new titles for a version that is stored.

A version that is imported is never the current one by itself: rules, search and pages stay with theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from occupations.importing import elements as elements_file
from occupations.importing import structure as structure_file
from occupations.importing.copying import copy_rows
from occupations.importing.elements import Elements, read_elements
from occupations.importing.files import Progress, SourceFile, open_sheet, quietly
from occupations.importing.plans import Change, Report
from occupations.importing.problems import FileRefused, Flaw, Flaws
from occupations.importing.structure import UNIT_GROUP_LEVEL, Structure, read_structure
from occupations.models import Classification, JobTitle, NocGroup, UnitGroup
from occupations.models.choices import NocLevel
from occupations.snapshots import today

KIND = "noc"
PUBLISHER = "Statistics Canada"
LEVELS = (NocLevel.BROAD_CATEGORY, NocLevel.MAJOR_GROUP, NocLevel.SUB_MAJOR_GROUP, NocLevel.MINOR_GROUP)
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class NocPlan:
    """What is new of one version. `structures` and `elements` are by language."""

    report: Report
    version: str
    is_new: bool
    structures: dict[str, Structure]
    elements: dict[str, Elements]

    def store(self) -> None:
        if self.is_new:
            self._store_new()
        else:
            self._store_titles_of_groups()
        self._store_job_titles()

    def _store_new(self) -> None:
        Classification.objects.create(
            pk=self.version, publisher=PUBLISHER, released=today(), is_current=False
        )
        english, french = (self.structures[language].titles for language in LANGUAGES)
        copy_rows(
            NocGroup,
            ("classification", "code", "level", "title_en", "title_fr"),
            (
                (self.version, code, LEVELS[len(code) - 1].value, title, french[code])
                for code, title in english.items()
                if len(code) < UNIT_GROUP_LEVEL
            ),
        )
        copy_rows(
            UnitGroup,
            ("classification", "code", "teer", "title_en", "title_fr"),
            (
                (self.version, code, int(code[1]), title, french[code])
                for code, title in english.items()
                if len(code) == UNIT_GROUP_LEVEL
            ),
        )

    def _store_titles_of_groups(self) -> None:
        for language, structure in self.structures.items():
            field = f"title_{language}"
            for model in (NocGroup, UnitGroup):
                rows = model._default_manager.filter(classification=self.version)
                for code, title in rows.values_list("code", field):
                    if title != structure.titles[code]:
                        rows.filter(code=code).update(**{field: structure.titles[code]})

    def _store_job_titles(self) -> None:
        groups = dict(UnitGroup.objects.filter(classification=self.version).values_list("code", "pk"))
        for language, elements in self.elements.items():
            new, changed, gone = _difference(self.version, elements)
            stored = _stored_titles(self.version, language)
            JobTitle.objects.filter(pk__in=[stored[key][0] for key in gone]).delete()
            for is_illustrative in (True, False):
                keys = [stored[key][0] for key in changed if stored[key][1] is not is_illustrative]
                JobTitle.objects.filter(pk__in=keys).update(illustrative=is_illustrative)
            copy_rows(
                JobTitle,
                ("unit_group", "language", "title", "illustrative"),
                ((groups[code], language, title, elements.titles[code][title]) for code, title in new),
            )


def plan_noc(files: Sequence[SourceFile], *, progress: Progress = quietly) -> NocPlan:
    """What one to four official files would change: the structure and the elements, in either language.

    The files are told apart by their headers. A new version needs the structure in both languages. Raises
    FileRefused.
    """
    structures: dict[str, Structure] = {}
    elements: dict[str, Elements] = {}
    for file in files:
        sheet = open_sheet(file)
        if (language := structure_file.language_of(sheet)) is not None:
            _once(file, structures, language)
            structures[language] = read_structure(file, progress)
        elif (language := elements_file.language_of(sheet)) is not None:
            _once(file, elements, language)
            elements[language] = read_elements(file, progress)
        else:
            raise FileRefused([Flaw(file.name, _unknown_file(sheet.header), 1)])
    version = _version(structures, elements)
    is_new = not Classification.objects.filter(pk=version).exists()
    _check(version, is_new, structures, elements)
    report = Report(KIND, version)
    _describe(report, is_new, structures, elements)
    return NocPlan(report, version, is_new, structures, elements)


def _once(file: SourceFile, found: dict[str, Structure] | dict[str, Elements], language: str) -> None:
    if language in found:
        said = _("There is another file of this kind and language, %(other)s; import one of them.")
        raise FileRefused([Flaw(file.name, said % {"other": found[language].file.name})])


def _unknown_file(header: Iterable[str]) -> str:
    return _(
        "This is neither a structure file nor an elements file of the classification: its columns are %(columns)s."
    ) % {"columns": ", ".join(header)[:300]}


def _version(structures: dict[str, Structure], elements: dict[str, Elements]) -> str:
    """The one version that the files are of; the French elements do not name a year in their header."""
    named: dict[str, SourceFile] = {}
    every: list[Structure | Elements] = [*structures.values(), *elements.values()]
    for one in every:
        if one.version is not None:
            named[one.version] = one.file
    if len(named) > 1:
        said = _("The files are of different versions: %(versions)s. Import each version by itself.")
        file = next(iter(named.values()))
        raise FileRefused([Flaw(file.name, said % {"versions": ", ".join(sorted(named))})])
    if named:
        return next(iter(named))
    codes = set(next(iter(elements.values())).titles)
    for version in Classification.objects.order_by("-is_current", "-released"):
        if codes <= _codes(version.pk):
            return version.pk
    said = _(
        "The header names no version, and the codes fit none that is stored. Import the structure with it."
    )
    raise FileRefused([Flaw(next(iter(elements.values())).file.name, said)])


def _codes(version: str) -> set[str]:
    return set(UnitGroup.objects.filter(classification=version).values_list("code", flat=True))


def _every_code(version: str) -> set[str]:
    groups = NocGroup.objects.filter(classification=version).values_list("code", flat=True)
    return set(groups) | _codes(version)


def _check(
    version: str, is_new: bool, structures: dict[str, Structure], elements: dict[str, Elements]
) -> None:
    if is_new and set(structures) != set(LANGUAGES):
        said = _("%(version)s is not stored yet. Import its structure in English and in French together.")
        every: list[Structure | Elements] = [*structures.values(), *elements.values()]
        file = every[0].file
        raise FileRefused([Flaw(file.name, said % {"version": version})])
    due = set(structures["en"].titles) if is_new else _every_code(version)
    for structure in structures.values():
        _same_codes(structure.file, set(structure.titles), due, version)
    unit_groups = {code for code in due if len(code) == UNIT_GROUP_LEVEL}
    for element in elements.values():
        _same_codes(element.file, set(element.titles), unit_groups, version)


def _same_codes(file: SourceFile, found: set[str], due: set[str], version: str) -> None:
    flaws = Flaws(file.name)
    names = {"version": version}
    if missing := sorted(due - found):
        said = _(
            "The file is cut off or not whole: it lacks %(count)s codes of %(version)s, first %(first)s."
        )
        flaws.add(said % {**names, "count": len(missing), "first": ", ".join(missing[:5])})
    if unknown := sorted(found - due):
        said = _("%(version)s has no such codes: %(first)s. Codes of a version never change.")
        flaws.add(said % {**names, "first": ", ".join(unknown[:5])})
    flaws.stop()


def _describe(
    report: Report, is_new: bool, structures: dict[str, Structure], elements: dict[str, Elements]
) -> None:
    version = report.target
    if is_new:
        titles = structures["en"].titles
        units = sum(len(code) == UNIT_GROUP_LEVEL for code in titles)
        report.added += len(titles)
        said = _("%(version)s is new: %(units)s unit groups in %(groups)s groups.")
        report.sentences += [
            said % {"version": version, "units": units, "groups": len(titles) - units},
            _("It stands beside the version in use. Rules, search and pages stay with the version in use."),
        ]
    else:
        for change in _changed_titles(version, structures):
            report.changed += 1
            report.changes.append(change)
        report.unchanged += sum(len(one.titles) for one in structures.values()) - report.changed
    for language, element in elements.items():
        _describe_titles(report, version, language, element)
    del report.changes[report.shown_changes :]
    if not (report.added or report.changed or report.removed):
        report.nothing_to_do = _("%(version)s holds the very same titles.") % {"version": version}


def _changed_titles(version: str, structures: dict[str, Structure]) -> Iterator[Change]:
    for language, structure in structures.items():
        field = f"title_{language}"
        for model in (NocGroup, UnitGroup):
            stored = model._default_manager.filter(classification=version).values_list("code", field)
            for code, title in stored:
                if title != structure.titles[code]:
                    yield Change("changed", code, ((field, title, structure.titles[code]),))


def _describe_titles(report: Report, version: str, language: str, element: Elements) -> None:
    new, changed, gone = _difference(version, element)
    count = sum(len(titles) for titles in element.titles.values())
    report.added += len(new)
    report.changed += len(changed)
    report.removed += len(gone)
    report.unchanged += count - len(new) - len(changed)
    said = _(
        "%(file)s: %(count)s job titles, %(new)s of them new; %(gone)s that are stored are no longer in it."
    )
    numbers = {"count": f"{count:,}", "new": f"{len(new):,}", "gone": f"{len(gone):,}"}
    report.sentences.append(said % {"file": element.file.name, **numbers})
    for kind, keys in (("removed", gone), ("added", new)):
        cell = (lambda title: ("", title)) if kind == "added" else (lambda title: (title, ""))
        report.changes += [
            Change(kind, f"{code}, {language}", (("title", *cell(title)),))
            for code, title in keys[: report.shown_changes // 2]
        ]


Keys = list[tuple[str, str]]


def _difference(version: str, element: Elements) -> tuple[Keys, Keys, Keys]:
    """(code, title) of the titles that are new, that change what they illustrate, and that are gone."""
    stored = _stored_titles(version, element.language)
    found = {
        (code, title): illustrative
        for code, titles in element.titles.items()
        for title, illustrative in titles.items()
    }
    new = sorted(found.keys() - stored.keys())
    changed = sorted(key for key in found.keys() & stored.keys() if found[key] != stored[key][1])
    return new, changed, sorted(stored.keys() - found.keys())


def _stored_titles(version: str, language: str) -> dict[tuple[str, str], tuple[int, bool]]:
    """(code, title) -> key of the row and whether it is illustrative."""
    rows = JobTitle.objects.filter(unit_group__classification=version, language=language)
    return {
        (code, title): (key, illustrative)
        for key, code, title, illustrative in rows.values_list(
            "pk", "unit_group__code", "title", "illustrative"
        )
    }
