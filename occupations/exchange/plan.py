"""A spreadsheet of one list as an import: tried in a transaction that is taken back, then shown, then stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, models
from django.utils.translation import gettext as _

from occupations.exchange import sheets
from occupations.exchange.lists import DELETE, EDITED, NUMBERED, column_of, fields_of, list_named
from occupations.exchange.resources import ROW_NUMBER, ListResource, resource_of
from occupations.importing import running
from occupations.importing.files import Progress, SourceFile
from occupations.importing.headers import nearest_of
from occupations.importing.plans import Change, Report
from occupations.importing.problems import FileRefused, Flaw, Flaws
from occupations.publishing import refusal_of

PREFIX = "list:"
MOST_CHANGES = 1000
"""So many changes are shown; the counts are of all."""


def kind_of(model: type[models.Model]) -> str:
    return f"{PREFIX}{model._meta.model_name}"


def model_of(kind: str) -> type[models.Model] | None:
    return list_named(kind.removeprefix(PREFIX)) if kind.startswith(PREFIX) else None


@dataclass(frozen=True, slots=True)
class ListPlan:
    """Rows of one list that passed every check."""

    report: Report
    model: type[models.Model]
    file: SourceFile
    dataset: Any
    may_delete: bool

    def store(self) -> None:
        _run(self.model, self.file, self.dataset, self.may_delete, is_trial=False)


def plan_list(model: type[models.Model], file: SourceFile, *, may_delete: bool = False) -> ListPlan:
    """What the spreadsheet would change. Raises FileRefused with every row and column that is wrong."""
    dataset = _dataset(model, file)
    resource, result = _run(model, file, dataset, may_delete, is_trial=True)
    report = Report(kind_of(model), str(model._meta.verbose_name_plural), shown_changes=MOST_CHANGES)
    report.changes = list(_changes(resource, result))
    for kind in ("added", "changed", "removed"):
        setattr(report, kind, sum(change.kind == kind for change in report.changes))
    report.unchanged = len(dataset) - len(report.changes)
    del report.changes[MOST_CHANGES:]
    if not report.changes:
        report.nothing_to_do = _("Every row of the file stands in the list already, just so.")
    return ListPlan(report, model, file, dataset, may_delete)


def _dataset(model: type[models.Model], file: SourceFile) -> Any:
    """The file's rows with their numbers. Raises FileRefused for a header that does not fit."""
    found = sheets.read(file)
    fields = fields_of(model)
    known = [*map(column_of, fields), DELETE]
    key = [column_of(field) for field in fields if field.name in EDITED[model]]
    flaws = Flaws(file.name)
    for name in sorted({name for name in found.header if found.header.count(name) > 1}):
        flaws.add(_("The column “%(name)s” stands more than once.") % {"name": name}, 1)
    for name in (name for name in key if name not in found.header):
        flaws.add(_("The column “%(name)s” is missing.") % {"name": name}, 1)
    for name in (name for name in found.header if name not in known):
        nearest = nearest_of(name, known)
        said = _("The column “%(name)s” is not known.")
        if nearest is not None:
            said = _("The column “%(name)s” is not known; the nearest known one is “%(nearest)s”.")
        flaws.add(said % {"name": name, "nearest": nearest}, 1)
    flaws.stop()
    dataset = tablib.Dataset(headers=[*found.header, ROW_NUMBER])
    for number, row in found.rows:
        dataset.append([*row, str(number)])
    return dataset


def _run(
    model: type[models.Model], file: SourceFile, dataset: Any, may_delete: bool, *, is_trial: bool
) -> tuple[ListResource, Any]:
    """Raises FileRefused, and then nothing has changed."""
    resource = resource_of(model)
    resource.may_delete = may_delete
    result = resource.import_data(
        dataset, dry_run=is_trial, use_transactions=True, rollback_on_validation_errors=True
    )
    flaws = list(_flaws(file, dataset, resource, result))
    if flaws:
        raise FileRefused(flaws)
    return resource, result


def _flaws(file: SourceFile, dataset: Any, resource: ListResource, result: Any) -> Iterator[Flaw]:
    columns = {field.attribute: field.column_name for field in resource.fields.values()}
    numbers = [int(number) for number in dataset[ROW_NUMBER]] if len(dataset) else []
    wrong: list[tuple[int, str | None, str]] = []
    for invalid in result.invalid_rows:
        row = numbers[invalid.number - 1]
        wrong += [(row, column, said) for column, said in _said(invalid.error, columns)]
    for number, errors in result.row_errors():
        wrong += [(numbers[number - 1], None, _sentence(error.error)) for error in errors]
    for row, column, said in sorted(wrong, key=lambda one: one[0]):
        yield Flaw(file.name, said, row, column)
    if not wrong:
        for error in result.base_errors:
            yield Flaw(file.name, _sentence(error.error))


def _said(error: ValidationError, columns: dict[str, str]) -> Iterator[tuple[str | None, str]]:
    if not hasattr(error, "error_dict"):
        for message in error.messages:
            yield None, message
        return
    for name, messages in error.message_dict.items():
        for message in messages:
            yield (None if name == NON_FIELD_ERRORS else columns.get(name, name)), message


def _sentence(error: BaseException) -> str:
    if isinstance(error, DatabaseError):
        return refusal_of(error)
    if isinstance(error, models.ProtectedError):
        return _("Other rows refer to this one, so it cannot be deleted.")
    return str(error)


def _changes(resource: ListResource, result: Any) -> Iterator[Change]:
    """Every row that would change, with the cells that differ."""
    fields = resource.get_import_fields()
    for row in result.rows:
        label = " · ".join(field.export(row.instance) for field in resource.key_fields())
        after = {field.column_name: field.export(row.instance) for field in fields}
        if row.import_type == row.IMPORT_TYPE_NEW:
            cells = tuple((name, "", text) for name, text in after.items() if text)
            yield Change("added", label, cells)
        elif row.import_type == row.IMPORT_TYPE_DELETE:
            cells = tuple((name, text, "") for name, text in after.items() if text)
            yield Change("removed", label, cells)
        elif row.import_type == row.IMPORT_TYPE_UPDATE:
            before = {field.column_name: field.export(row.original) for field in fields}
            cells = tuple((name, before[name], text) for name, text in after.items() if before[name] != text)
            if cells:
                yield Change("changed", label, cells)


def _planner(model: type[models.Model]) -> running.Planner:
    def plan(files: Sequence[SourceFile], options: running.Options, progress: Progress) -> ListPlan:
        if len(files) != 1:
            raise FileRefused([Flaw("", _("Give exactly one file."))])
        return plan_list(model, files[0], may_delete=bool(options.get("may_delete")))

    return plan


running.PLANNERS.update({kind_of(model): _planner(model) for model in EDITED})
NUMBERED_LISTS = [model for model in EDITED if NUMBERED in EDITED[model]]
