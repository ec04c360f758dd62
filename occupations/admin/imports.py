"""Imports: what was imported, and the way of a file from being sent to being stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.admin import import_access as access
from occupations.admin.base import StaffAdmin
from occupations.admin.import_forms import ImportForm, ListForm, NocForm, WagesForm
from occupations.exchange import plan, sheets
from occupations.exchange.export import exported
from occupations.exchange.lists import DELETE, EDITED, column_of, fields_of, list_named, says_several
from occupations.importing import concordance_plan, noc_plan, uploads, wage_plan
from occupations.models import ImportRecord, Upload
from occupations.snapshots import today

OFFICIAL: dict[str, tuple[Any, Any, type[ImportForm]]] = {
    wage_plan.KIND: (
        gettext_lazy("Job Bank wages"),
        gettext_lazy(
            "The yearly file of Employment and Social Development Canada. It becomes a new data year; years that are "
            "stored stay as they are."
        ),
        WagesForm,
    ),
    noc_plan.KIND: (
        gettext_lazy("National Occupational Classification"),
        gettext_lazy(
            "Structure and elements of Statistics Canada. A new version stands beside the one in use and changes "
            "nothing that visitors see."
        ),
        NocForm,
    ),
    concordance_plan.KIND: (
        gettext_lazy("From NOC 2016 to NOC 2021"),
        gettext_lazy(
            "Statistics Canada's correspondence table, which leads from older codes to those in use."
        ),
        ImportForm,
    ),
}
"""Kind of import -> its name, what it is, and its form."""


def name_of(kind: str) -> str:
    """How people name a kind of import."""
    if kind in OFFICIAL:
        return str(OFFICIAL[kind][0])
    model = plan.model_of(kind)
    return kind if model is None else str(model._meta.verbose_name_plural).capitalize()


@admin.register(ImportRecord)
class ImportRecordAdmin(StaffAdmin):
    """The record can only be read; the pages of an import hang on it."""

    list_display = ["at", "kind_named", "target", "added", "changed", "removed", "who", "reason"]
    list_filter = ["kind", "who"]
    search_fields = ["target", "reason", "who"]
    date_hierarchy = "at"
    exclude = ["files", "said", "kind"]
    readonly_fields = ["kind_named", "files_shown", "said_shown"]

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_named(self, record: ImportRecord) -> str:
        return name_of(record.kind)

    @admin.display(description=gettext_lazy("files"))
    def files_shown(self, record: ImportRecord) -> str:
        said = _("%(name)s, %(bytes)s bytes, SHA-256 %(sha256)s")
        return "\n".join(said % {**file, "bytes": f"{file['bytes']:,}"} for file in record.files)

    @admin.display(description=gettext_lazy("report"))
    def said_shown(self, record: ImportRecord) -> str:
        return "\n".join(record.said)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("list/<slug:name>/", wrap(self.list_view), name="import_list"),
            path("list/<slug:name>/export.<slug:form>", wrap(self.export_view), name="export_list"),
            path("upload/<uuid:key>/", wrap(self.upload_view), name="import_upload"),
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Choose an official file and send it."""
        if not access.may_import_files(request):
            raise PermissionDenied
        kind = request.GET.get("kind", "")
        if kind not in OFFICIAL:
            kinds = [
                {"kind": kind, "title": title, "text": text}
                for kind, (title, text, _form) in OFFICIAL.items()
            ]
            title = _("Import an official file")
            return self._page(request, "choose", {"title": title, "kinds": kinds})
        title, text, form_class = OFFICIAL[kind]
        return self._send(request, kind, str(title), form_class, {"text": text})

    def list_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Send a spreadsheet of one of our lists."""
        model = list_named(name)
        if model is None or model not in EDITED:
            raise Http404
        if not access.may_import_list(request, model):
            raise PermissionDenied
        title = _("Import: %(list)s") % {"list": model._meta.verbose_name_plural}
        return self._send(
            request, plan.kind_of(model), title, ListForm, {"columns": _columns(model), "model": model._meta}
        )

    def _send(
        self,
        request: HttpRequest,
        kind: str,
        title: str,
        form_class: type[ImportForm],
        context: dict[str, Any],
    ) -> HttpResponse:
        form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
        if request.method == "POST" and form.is_valid():
            model = plan.model_of(kind)
            options = form.options()
            if model is not None:
                options["may_delete"] = access.may_delete_from_list(request, model)
            upload = uploads.receive(
                get_object_or_404(User, pk=request.user.pk),
                kind,
                form.cleaned_data["sent"],
                form.cleaned_data["reason"],
                options,
            )
            return HttpResponseRedirect(reverse("admin:import_upload", args=[upload.pk]))
        return self._page(request, "send", {"title": title, "form": form, **context})

    def upload_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """What the files would change, and the buttons to do it or to give it up. Only for who sent them."""
        upload = uploads.current(get_object_or_404(Upload, pk=key, owner=request.user.pk))
        if not self._may_still(request, upload.kind):
            raise PermissionDenied
        here = reverse("admin:import_upload", args=[upload.pk])
        if request.method == "POST":
            if "give_up" in request.POST and uploads.give_up(upload):
                self.message_user(
                    request, _("Nothing was imported, and the files are deleted."), messages.INFO
                )
                return HttpResponseRedirect(reverse("admin:occupations_importrecord_changelist"))
            if "confirm" in request.POST:
                uploads.confirm(upload)
            return HttpResponseRedirect(here)
        model = plan.model_of(upload.kind)
        again = (
            f"{reverse('admin:occupations_importrecord_add')}?kind={upload.kind}"
            if model is None
            else reverse("admin:import_list", args=[model._meta.model_name])
        )
        context = {"upload": upload, "report": upload.report, "again": again, "here": here}
        if model is not None:
            context["model"] = model._meta
        return self._page(request, "upload", {"title": name_of(upload.kind), **context})

    def _may_still(self, request: HttpRequest, kind: str) -> bool:
        model = plan.model_of(kind)
        if model is None:
            return access.may_import_files(request)
        return access.may_import_list(request, model)

    def export_view(self, request: HttpRequest, name: str, form: str) -> HttpResponse:
        """The rows that the list's page shows by its filters and search, all pages of them."""
        model = list_named(name)
        if model is None or form not in sheets.CONTENT_TYPES:
            raise Http404
        screen = access.screen_of(model)
        if screen is None or not access.may_see_list(request, model):
            raise PermissionDenied
        rows = screen.get_changelist_instance(request).get_queryset(request)
        response = HttpResponse(exported(rows, form), content_type=sheets.CONTENT_TYPES[form])
        response["Content-Disposition"] = f'attachment; filename="{name}-{today()}.{form}"'
        return response

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            f"admin/imports/{name}.html",
            {**self.admin_site.each_context(request), "opts": self.model._meta, **context},
        )


def _columns(model: type[models.Model]) -> list[dict[str, Any]]:
    """What the page says of each column of a list."""
    key = EDITED[model]
    columns = [
        {
            "name": column_of(field),
            "label": str(field.verbose_name),
            "help": _("Several values, with semicolons between them.")
            if says_several(field)
            else str(field.help_text),
            "is_key": field.name in key,
        }
        for field in fields_of(model)
    ]
    text = _("Write yes to take the row out. The column may be left out.")
    return [*columns, {"name": DELETE, "label": _("delete"), "help": text, "is_key": False}]
