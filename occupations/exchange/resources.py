"""Our lists as resources of django-import-export: whole rows, found by the words of their key, checked before saved."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import Widget

from occupations.exchange.cells import ColumnCells, cells_of
from occupations.exchange.checks import check_row, refuse_unless_draft
from occupations.exchange.lists import DELETE, EDITED, NUMBERED, column_of, fields_of


class CellWidget(Widget):  # type: ignore[misc] # django-import-export has no types.
    """Hands a cell to our own reading and writing."""

    def __init__(self, cells: ColumnCells) -> None:
        super().__init__()
        self.cells = cells

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.cells.read(value, row)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.cells.write(value)


class RowsByKey:
    """Finds the row that a row of the spreadsheet speaks of. All rows are fetched once."""

    def __init__(self, resource: ListResource, dataset: Any = None) -> None:
        related = [field.name for field in fields_of(resource.model) if field.is_relation]
        rows = resource.model._default_manager.select_related(*related)
        self.resource = resource
        self.rows = {
            tuple(field.export(row) for field in resource.key_fields()): row for row in rows.iterator()
        }

    def get_instance(self, row: dict[str, str]) -> models.Model | None:
        found = self.rows.get(self.resource.key_in(row))
        return None if found is None else copy(found)


class ListResource(ModelResource):  # type: ignore[misc] # django-import-export has no types.
    """One list. A row that is not in the file stays; `yes` in the column `delete` takes a row out."""

    model: type[models.Model]
    may_delete = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[tuple[str, ...], int] = {}
        self.last_positions: dict[str, int] = {}

    def key_fields(self) -> list[Any]:
        return [self.fields[name] for name in EDITED[self.model]]

    def key_in(self, row: dict[str, str]) -> tuple[str, ...]:
        """The words of the key as the table would write them ("07" for a position is 7)."""
        words = []
        for field in self.key_fields():
            cell = row[field.column_name]
            try:
                words.append(field.widget.render(field.widget.clean(cell, row=row)))
            except ValueError as error:
                raise ValidationError({field.attribute: str(error)}) from None
        return tuple(words)

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, str]) -> tuple[Any, bool]:
        key = self.key_in(row)
        place = int(row[ROW_NUMBER])
        is_numbered_later = NUMBERED in EDITED[self.model] and not row[NUMBERED].strip()
        if key in self.seen and not is_numbered_later:
            said = _("The row with the same %(columns)s stands already in row %(row)s.")
            columns = ", ".join(field.column_name for field in self.key_fields())
            raise ValidationError(said % {"columns": columns, "row": self.seen[key]})
        self.seen[key] = place
        found = instance_loader.get_instance(row)
        return (found, False) if found is not None else (self.init_instance(row), True)

    def import_instance(self, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        errors: dict[str, ValidationError] = {}
        for field in self.get_import_fields():
            if field.column_name not in row:
                continue
            try:
                value = field.widget.clean(row[field.column_name], row=row)
            except ValueError as error:
                errors[field.attribute] = ValidationError(str(error))
                continue
            if field.attribute == NUMBERED and value is None:
                value = self._next_position(row)
            setattr(instance, field.attribute, value)
        if errors:
            raise ValidationError(errors)

    def _next_position(self, row: dict[str, str]) -> int:
        """The end of the list, or of the edition's part of it."""
        edition = row.get("edition", "").strip()
        if edition not in self.last_positions:
            rows = self.model._default_manager.all()
            if edition:
                rows = rows.filter(edition=edition)
            last = rows.aggregate(last=models.Max(NUMBERED))["last"]
            self.last_positions[edition] = last or 0
        self.last_positions[edition] += 1
        return self.last_positions[edition]

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        refuse_unless_draft(instance)
        super().validate_instance(instance, import_validation_errors, validate_unique)
        check_row(instance)

    def for_delete(self, row: dict[str, str], instance: Any) -> bool:
        word = row.get(DELETE, "").strip().lower()
        if word not in {"", "yes", "no"}:
            said = _("“%(cell)s” is neither yes nor empty.") % {"cell": row[DELETE]}
            raise ValidationError({DELETE: said})
        return word == "yes"

    def delete_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if not self.may_delete:
            raise ValidationError({DELETE: _("You may not delete rows of this list.")})
        refuse_unless_draft(instance)
        super().delete_instance(instance, row, **kwargs)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """What waits for the end of the transaction is checked now, so that it can be explained."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


ROW_NUMBER = "#row"
"""Name of a column that only we add: the row's number in the spreadsheet."""


def resource_of(model: type[models.Model]) -> ListResource:
    """A fresh resource for the table."""
    fields = {
        field.name: Field(
            attribute=field.name, column_name=column_of(field), widget=CellWidget(cells_of(field))
        )
        for field in fields_of(model)
    }
    options = {
        "model": model,
        "fields": list(fields),
        "import_order": list(fields),
        "export_order": list(fields),
        "import_id_fields": EDITED.get(model, ()),
        "instance_loader_class": RowsByKey,
        "skip_unchanged": True,
        "report_skipped": False,
        "store_instance": True,
        "skip_html_diff": True,
        "clean_model_instances": True,
        "use_transactions": True,
    }
    made = type(
        f"{model.__name__}List",
        (ListResource,),
        {"Meta": type("Meta", (), options), "model": model, **fields},
    )
    resource: ListResource = made()
    return resource
