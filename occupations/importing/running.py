"""Looking at an import and doing it: the same steps for commands, upload pages and tests.

Storing plans anew inside one transaction, so that what is stored is what was confirmed; a record that nothing can
change stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from occupations.history import acting
from occupations.history.context import Account
from occupations.importing import concordance_plan, noc_plan, wage_plan
from occupations.importing.files import Progress, SourceFile, quietly
from occupations.importing.plans import Plan, Report
from occupations.importing.problems import FileRefused, Flaw
from occupations.loading.storing import ONE_LOAD_AT_A_TIME
from occupations.models import ImportRecord

Options = Mapping[str, Any]
Planner = Callable[[Sequence[SourceFile], Options, Progress], Plan]


class ChangedSinceChecked(RuntimeError):
    """Somebody has changed the tables between the check and the confirmation; look at the new report."""


def _one(files: Sequence[SourceFile]) -> SourceFile:
    if len(files) != 1:
        raise FileRefused([Flaw(files[0].name if files else "", _("Give exactly one file."))])
    return files[0]


def _wages(files: Sequence[SourceFile], options: Options, progress: Progress) -> Plan:
    day = options.get("available_from") or None
    return wage_plan.plan_wages(
        _one(files),
        vintage=options.get("vintage") or "",
        available_from=date.fromisoformat(day) if isinstance(day, str) else day,
        progress=progress,
    )


def _noc(files: Sequence[SourceFile], options: Options, progress: Progress) -> Plan:
    return noc_plan.plan_noc(files, progress=progress)


def _concordance(files: Sequence[SourceFile], options: Options, progress: Progress) -> Plan:
    return concordance_plan.plan_concordance(_one(files), progress=progress)


PLANNERS: dict[str, Planner] = {
    wage_plan.KIND: _wages,
    noc_plan.KIND: _noc,
    concordance_plan.KIND: _concordance,
}
"""Kind of import -> how it is looked at. `occupations.exchange` adds one for each list of ours."""


def check(kind: str, files: Sequence[SourceFile], options: Options, progress: Progress = quietly) -> Report:
    """What the files would change; nothing is written. Raises FileRefused."""
    return PLANNERS[kind](files, options, progress).report


def store(
    kind: str,
    files: Sequence[SourceFile],
    options: Options,
    *,
    who: str,
    reason: str,
    account: Account | None = None,
    confirmed: str | None = None,
    progress: Progress = quietly,
) -> Report:
    """Import the files, all or nothing. An import with nothing to do leaves no record.

    `who` stays in the record, even when the `account` is gone; the history of single rows names the account.
    `confirmed` is the digest of the report that was looked at. Raises FileRefused, ChangedSinceChecked.
    """
    with acting(account, reason, f"import: {kind}"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_LOAD_AT_A_TIME])
        plan = PLANNERS[kind](files, options, progress)
        report = plan.report
        if confirmed is not None and report.digest() != confirmed:
            raise ChangedSinceChecked(
                _("The tables have changed since this import was looked at. Look at it again, then confirm.")
            )
        if report.nothing_to_do:
            return report
        plan.store()
        _remember(report, files, who, reason)
        with connection.cursor() as cursor:
            # What waits for the end of the transaction is checked now, so that it can be explained.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return report


def _remember(report: Report, files: Sequence[SourceFile], who: str, reason: str) -> None:
    ImportRecord.objects.create(
        kind=report.kind,
        target=report.target,
        files=[{"name": file.name, "sha256": file.sha256, "bytes": len(file.content)} for file in files],
        who=who,
        reason=reason,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        said=report.sentences + report.warnings,
    )
