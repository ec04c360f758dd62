"""The correspondence table in place of the pairs that are stored for the same version."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from occupations.importing.concordance import Concordance, read_concordance, skill_level
from occupations.importing.copying import copy_rows
from occupations.importing.files import Progress, SourceFile, quietly
from occupations.importing.plans import Change, Report
from occupations.importing.problems import Flaws
from occupations.models import ConcordancePair, Noc2016Group, UnitGroup

KIND = "concordance"


@dataclass(frozen=True, slots=True)
class ConcordancePlan:
    """Every pair of one version."""

    report: Report
    read: Concordance

    def store(self) -> None:
        titles = dict(Noc2016Group.objects.values_list("pk", "title"))
        for code, title in self.read.titles.items():
            if titles.get(code) != title:
                Noc2016Group.objects.update_or_create(
                    pk=code, defaults={"title": title, "skill_level": skill_level(code)}
                )
        groups = dict(UnitGroup.objects.filter(classification=self.read.version).values_list("code", "pk"))
        ConcordancePair.objects.filter(unit_group__classification=self.read.version).delete()
        copy_rows(
            ConcordancePair,
            ("noc2016", "unit_group", "change"),
            ((old, groups[new], change) for (old, new), change in self.read.pairs.items()),
        )


def plan_concordance(file: SourceFile, *, progress: Progress = quietly) -> ConcordancePlan:
    """What the file would change. Raises FileRefused."""
    read = read_concordance(file, progress)
    _check(read)
    report = Report(KIND, read.version)
    _compare(report, read)
    if read.padded:
        report.warnings.append(
            _("%(count)s codes had lost their leading zeros; they were filled up to four and five digits.")
            % {"count": read.padded}
        )
    return ConcordancePlan(report, read)


def _check(read: Concordance) -> None:
    """Raises FileRefused unless the file covers every code of both sides."""
    flaws = Flaws(read.file.name)
    known = set(UnitGroup.objects.filter(classification=read.version).values_list("code", flat=True))
    if not known:
        said = _("%(version)s is not stored yet. Import its structure first.")
        flaws.add(said % {"version": read.version})
        flaws.stop()
    found = {new for _old, new in read.pairs}
    old_ones = set(Noc2016Group.objects.values_list("pk", flat=True))
    for side, lacks in ((read.version, known - found), ("NOC 2016", old_ones - set(read.titles))):
        if lacks:
            said = _(
                "The file is cut off or not whole: it lacks %(count)s codes of %(version)s, first %(first)s."
            )
            first = ", ".join(sorted(lacks)[:5])
            flaws.add(said % {"count": len(lacks), "version": side, "first": first})
    for new in sorted(found - known):
        said = _("%(code)s is no unit group of %(version)s.") % {"code": new, "version": read.version}
        flaws.add(said)
    flaws.stop()


def _compare(report: Report, read: Concordance) -> None:
    pairs = ConcordancePair.objects.filter(unit_group__classification=read.version)
    stored = {
        (old, new): change for old, new, change in pairs.values_list("noc2016", "unit_group__code", "change")
    }
    titles = dict(Noc2016Group.objects.values_list("pk", "title"))
    changes = [
        *(_pair("added", pair, "", read.pairs[pair]) for pair in sorted(read.pairs.keys() - stored.keys())),
        *(_pair("removed", pair, stored[pair], "") for pair in sorted(stored.keys() - read.pairs.keys())),
        *(
            _pair("changed", pair, stored[pair], read.pairs[pair])
            for pair in sorted(read.pairs.keys() & stored.keys())
            if stored[pair] != read.pairs[pair]
        ),
        *(
            Change("changed", code, (("title", titles.get(code, ""), title),))
            for code, title in sorted(read.titles.items())
            if titles.get(code) != title
        ),
    ]
    report.added = sum(change.kind == "added" for change in changes)
    report.changed = sum(change.kind == "changed" for change in changes)
    report.removed = sum(change.kind == "removed" for change in changes)
    report.unchanged = len(read.pairs.keys() & stored.keys()) - sum(
        stored[pair] != read.pairs[pair] for pair in read.pairs.keys() & stored.keys()
    )
    report.changes = changes[: report.shown_changes]
    said = _("%(pairs)s pairs of %(old)s codes of NOC 2016 and codes of %(version)s.")
    report.sentences.append(
        said % {"pairs": len(read.pairs), "old": len(read.titles), "version": read.version}
    )
    if not changes:
        report.nothing_to_do = _("The very same pairs are stored already.")


def _pair(kind: str, pair: tuple[str, str], before: str, after: str) -> Change:
    return Change(kind, f"{pair[0]} → {pair[1]}", (("change", before, after),))
