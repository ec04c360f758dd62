"""Forms by which staff send files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from occupations.importing.files import LARGEST, SourceFile
from occupations.snapshots import today

MOST_FILES = 4


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; cleaned to a list of SourceFile."""

    def __init__(self, *, most: int, accept: str, **kwargs: Any) -> None:
        self.most = most
        widget = SeveralFilesInput if most > 1 else forms.FileInput
        super().__init__(widget=widget(attrs={"accept": accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) else [data]
        files: list[UploadedFile[Any]] = [super(FilesField, self).clean(one, initial) for one in sent]
        if len(files) > self.most:
            said = _("Choose at most %(most)s files.")
            raise forms.ValidationError(said, params={"most": self.most})
        for file in files:
            if (file.size or 0) > LARGEST:
                said = _("%(name)s is larger than the %(most)s MB that are accepted.")
                params = {"name": file.name, "most": LARGEST // (1024 * 1024)}
                raise forms.ValidationError(said, params=params)
        return [SourceFile(file.name or "", file.read()) for file in files]


class ImportForm(forms.Form):
    """The files, and why; the reason stays on record."""

    sent = FilesField(label=_("File"), most=1, accept=".csv,text/csv")
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Why you import it. It stays on record: “IRCC published its list of 3 March anew.”"),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def options(self) -> dict[str, Any]:
        """What this kind of import needs besides its files, as plain values."""
        return {}


class WagesForm(ImportForm):
    available_from = forms.DateField(
        label=_("Used from"),
        required=False,
        help_text=_("The first day on which assessments use these wages. Empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    vintage = forms.RegexField(
        r"^\d{4}(-\d{1,3})?$",
        label=_("Data year"),
        required=False,
        help_text=_(
            "Its name here, such as 2026. Empty: the year of the file, or 2026-2 when that is taken."
        ),
        error_messages={"invalid": _("Write a year, such as 2026 or 2026-2.")},
    )

    field_order = ["sent", "available_from", "vintage", "reason"]

    def clean_available_from(self) -> Any:
        day = self.cleaned_data["available_from"]
        if day is not None and day < today():
            raise forms.ValidationError(
                gettext("Choose today or a later day: what an assessment said in the past stays as it was.")
            )
        return day

    def options(self) -> dict[str, Any]:
        day = self.cleaned_data["available_from"]
        return {
            "available_from": day.isoformat() if day else "",
            "vintage": self.cleaned_data["vintage"],
        }


class NocForm(ImportForm):
    sent = FilesField(
        label=_("Files"),
        most=MOST_FILES,
        accept=".csv,text/csv",
        help_text=_(
            "Structure and elements, in English and French: one to four files, chosen together. They are told apart "
            "by their headers. A version that is new needs the structure in both languages."
        ),
    )


class ListForm(ImportForm):
    sent = FilesField(
        label=_("Spreadsheet"),
        most=1,
        accept=".xlsx,.csv",
        help_text=_("An Excel workbook (.xlsx) or a CSV file; its first sheet is read."),
    )
