"""What the import commands share: arguments, a progress bar, the report as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from occupations.importing import running
from occupations.importing.files import LARGEST, Progress, SourceFile
from occupations.importing.plans import Report
from occupations.importing.problems import FileRefused


class ImportCommand(BaseCommand):
    """An official file from the command line: look at it with `--dry-run`, else store it, all or nothing."""

    kind: str
    several = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", type=Path, nargs="+" if self.several else 1)
        parser.add_argument("--dry-run", action="store_true", help=_("say what would change; write nothing"))
        parser.add_argument("--reason", default="", help=_("why; stays on record (needed unless --dry-run)"))
        parser.add_argument(
            "--who", default="", help=_("who imports; left out, the name of the account on this machine")
        )

    def options_of(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the kind of import needs besides its files."""
        return {}

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"] and not options["reason"].strip():
            raise CommandError(_("Say why with --reason; it stays on record. Or look first with --dry-run."))
        files = [_read(path) for path in options["files"]]
        chosen = self.options_of(options)
        try:
            with _bar(options["verbosity"] > 0) as progress:
                if options["dry_run"]:
                    report = running.check(self.kind, files, chosen, progress)
                else:
                    report = running.store(
                        self.kind,
                        files,
                        chosen,
                        who=options["who"] or getuser(),
                        reason=options["reason"].strip(),
                        progress=progress,
                    )
        except FileRefused as refused:
            raise CommandError(_("Nothing was changed.") + f"\n{refused}") from refused
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(lines_of(report, options["dry_run"])))


def lines_of(report: Report, is_dry_run: bool) -> Iterator[str]:
    """The report as lines of text."""
    if report.nothing_to_do:
        yield report.nothing_to_do + " " + _("There is nothing to do.")
        return
    numbers = {name: f"{getattr(report, name):,}" for name in ("added", "changed", "removed", "unchanged")}
    if is_dry_run:
        said = _("Would import %(target)s: %(added)s rows new, %(changed)s changed, %(removed)s removed.")
    else:
        said = _("Imported %(target)s: %(added)s rows new, %(changed)s changed, %(removed)s removed.")
    yield said % {"target": report.target, **numbers}
    yield from report.sentences
    for warning in report.warnings:
        yield _("Note: %(warning)s") % {"warning": warning}
    for change in report.changes:
        cells = "; ".join(f"{name}: {before} → {after}" for name, before, after in change.cells)
        yield f"  {change.kind} {change.row}: {cells}"


def _read(path: Path) -> SourceFile:
    try:
        if path.stat().st_size > LARGEST:
            said = _("%(path)s is larger than the %(most)s MB that are accepted.")
            raise CommandError(said % {"path": path, "most": LARGEST // (1024 * 1024)})
        return SourceFile(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(
            _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}
        ) from error


@contextmanager
def _bar(is_shown: bool) -> Iterator[Progress]:
    """A progress bar on a terminal; elsewhere and with `--verbosity 0` nothing."""
    with tqdm(unit=" rows", unit_scale=True, disable=None if is_shown else True, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            if total != bar.total:
                bar.reset(total)
            bar.update(done - bar.n)

        yield progress
