"""Rows of an edition: edited while it is a draft, read afterwards."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode
from weakref import WeakKeyDictionary

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.admin.base import ExplainingAdmin
from occupations.admin.grounds_shown import grounds_of
from occupations.admin.refusals import refusal_page
from occupations.admin.row_forms import DraftRowForm
from occupations.admin.typing import AnyForm
from occupations.models import Edition, EditionCheck
from occupations.models.choices import State
from occupations.models.editions import EditionRow

CHOSEN: WeakKeyDictionary[HttpRequest, Edition] = WeakKeyDictionary()
"""The draft that a new row is for, for as long as the request is answered."""
KEPT_FROM_THE_LIST = ("country", "category", "effect")
"""What a list is narrowed by is filled in on a new row."""


class EditionRowAdmin(ExplainingAdmin):
    """A new row goes into a draft that is chosen first; a row cannot move to another edition."""

    form: type[AnyForm] = DraftRowForm
    list_select_related = ["edition"]
    exclude = ["edition"]

    def has_change_permission(self, request: HttpRequest, obj: EditionRow | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.edition.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: EditionRow | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.edition.is_draft)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        checks = EditionCheck.objects.filter(edition=OuterRef("edition")).order_by("-checked_on")
        last = Subquery(checks.values("checked_on")[:1])
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        annotated: QuerySet[Any] = rows.annotate(source_checked=Greatest(last, F("edition__read_on")))
        return annotated

    @admin.display(description=gettext_lazy("source checked on"), ordering="source_checked")
    def source_checked_on(self, row: Any) -> Any:
        return row.source_checked

    @admin.display(description=gettext_lazy("what it rests on"))
    def grounds(self, row: Any) -> str:
        return grounds_of(row)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        has_facts = any(field.name == "fact_ids" for field in self.opts.concrete_fields)
        return ["grounds"] if obj is not None and has_facts else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        shown, counted, lacking, protected = super().get_deleted_objects(objs, request)
        stay = [row for row in objs if not row.edition.is_draft]
        if stay and super().has_delete_permission(request):
            lacking.discard(self.opts.verbose_name)
        words = _("%(row)s: its edition has been published, so it stays")
        return shown, counted, lacking, [*protected, *(words % {"row": row} for row in stay)]

    # --- Into which draft -----------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            chosen = self._chosen_draft(request)
            if not isinstance(chosen, Edition):
                return chosen
            CHOSEN[request] = chosen
            extra_context = {"row_edition": chosen, **(extra_context or {})}
        else:
            refused = self._refused(request, object_id)
            if refused is not None:
                return refused
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        refused = self._refused(request, object_id, asking=True)
        return refused or super().delete_view(request, object_id, extra_context)

    def _refused(self, request: HttpRequest, object_id: str, asking: bool = False) -> HttpResponse | None:
        """The page that says why a row of a published edition stays; None where it may be changed or read."""
        if request.method != "POST" and not asking:
            return None
        row = self.get_object(request, object_id)
        if row is None or row.edition.is_draft or not super().has_change_permission(request):
            return None
        return refusal_page(request, row.edition, row)

    def _chosen_draft(self, request: HttpRequest) -> Edition | HttpResponse:
        if not self.has_add_permission(request):
            return super().changeform_view(request)
        slug = request.POST.get("edition") or self._kept(request).get("edition")
        drafts = Edition.objects.filter(state=State.DRAFT)
        if slug:
            edition = Edition.objects.filter(pk=slug.replace("\x00", "")).first()
            if edition is None:
                return self._get_obj_does_not_exist_redirect(request, Edition._meta, slug)
            return edition if edition.is_draft else refusal_page(request, edition)
        if len(drafts) == 1:
            return drafts[0]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Choose the draft"),
            "drafts": [(draft, f"{request.path}?{urlencode({'edition': draft.pk})}") for draft in drafts],
            "published": Edition.objects.filter(state=State.PUBLISHED),
        }
        return TemplateResponse(request, "admin/choose_draft.html", context)

    def _kept(self, request: HttpRequest) -> dict[str, str]:
        """What the address says, and what the list was narrowed by."""
        narrowed = parse_qs(request.GET.get("_changelist_filters", ""))
        found = {name.removesuffix("__exact"): values[0] for name, values in narrowed.items()}
        return {**found, **request.GET.dict()}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        kept = self._kept(request)
        return {name: kept[name] for name in KEPT_FROM_THE_LIST if name in kept}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        edition = obj.edition if obj is not None else CHOSEN.get(request)
        return type(form.__name__, (form,), {"edition": edition})

    # --- Afterwards -----------------------------------------------------------------------------------------

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_addanother" in request.POST:
            super().response_add(request, obj, post_url_continue)
            kept = {"edition": obj.edition_id}
            filters = request.GET.get("_changelist_filters")
            if filters:
                kept["_changelist_filters"] = filters
            return HttpResponseRedirect(f"{request.path}?{urlencode(kept)}")
        return super().response_add(request, obj, post_url_continue)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._to_the_list(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._to_the_list(request, obj)

    def _to_the_list(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the list as it was, or to the rows of the same edition."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        kept = request.GET.get("_changelist_filters") or urlencode({"edition": obj.edition_id})
        return HttpResponseRedirect(f"{address}?{kept}")


class NumberedRowAdmin(EditionRowAdmin):
    """Rows with a position: a new one goes to the end of its edition's list."""

    exclude = ["edition", "position"]

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool) -> None:
        if obj.position is None:
            rows = type(obj).objects.filter(edition=obj.edition)
            last = rows.aggregate(last=models.Max("position"))["last"]
            obj.position = (last or 0) + 1
        super().save_model(request, obj, form, change)
