"""The part of the editions' screen that starts a draft and shows what an edition holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations import drafting
from occupations.admin import home
from occupations.admin.base import ExplainingAdmin
from occupations.admin.refusals import refusal_page
from occupations.models import DraftStart, Edition, PeriodInForce
from occupations.models.editions import EditionRow
from occupations.publishing import Refused
from occupations.snapshots import today


class StartForm(forms.Form):
    slug = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy(
            "Small letters, digits and hyphens, such as ircc-2027-01-15. It can never be used again."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("The full name that visitors will read."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy(
            "What led to it, such as: IRCC changed its page on 12 January. It stays on record."
        ),
    )


def suggested_slug(source: Edition) -> str:
    """The same name with today's date."""
    name = re.sub(r"-?\d{4}(-\d{2}-\d{2})?$", "", source.pk)
    return f"{name}-{today().isoformat()}"[:60]


class DraftingAdmin(ExplainingAdmin):
    """Starts drafts; says why a published edition stays as it is; counts instead of listing every row."""

    def get_urls(self) -> list[Any]:
        own = path(
            "<path:object_id>/start-draft/",
            self.admin_site.admin_view(self.start_draft_view),
            name="occupations_edition_start_draft",
        )
        return [own, *super().get_urls()]

    def start_draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        source = self.get_object(request, object_id)
        if source is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_add_permission(request):
            raise PermissionDenied("occupations.add_edition")
        form = StartForm(
            request.POST if request.method == "POST" else None,
            initial={"slug": suggested_slug(source), "title": source.title},
        )
        if request.method == "POST" and form.is_valid():
            try:
                draft = drafting.start_draft(source, who=request.user.get_username(), **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                self.log_addition(request, draft, form.cleaned_data["reason"])
                words = {"draft": draft.title, "source": source.title}
                said = _("“%(draft)s” is a draft now, with everything that stands in “%(source)s”.") % words
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:occupations_edition_change", args=[draft.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Start a new draft"),
            "source": source,
            "form": form,
        }
        return TemplateResponse(request, "admin/start_draft.html", context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        edition = None if object_id is None else self.get_object(request, object_id)
        if edition is not None:
            if request.method == "POST" and self._stays(request, edition):
                return refusal_page(request, edition)
            extra_context = {
                "contents": contents(request, edition),
                "draft_start": DraftStart.objects.filter(edition=edition).select_related("source").first(),
                **(extra_context or {}),
            }
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        edition = self.get_object(request, object_id)
        if edition is not None and self._stays(request, edition):
            return refusal_page(request, edition)
        return super().delete_view(request, object_id, extra_context)

    def _stays(self, request: HttpRequest, edition: Edition) -> bool:
        """Whether only its state keeps this person from changing it."""
        return not edition.is_draft and request.user.has_perm("occupations.change_edition")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Counts: an edition has hundreds of rows, and they all go with it."""
        shown: list[Any] = []
        counted: dict[str, int] = {}
        lacking: set[str] = set()
        protected: list[str] = [
            str(period) for period in PeriodInForce.objects.filter(edition__in=list(objs))
        ]
        for edition in objs:
            if not edition.is_draft:
                protected.append(
                    _("%(edition)s: it has been published, so it stays") % {"edition": edition.pk}
                )
            told = []
            for model in drafting.row_models():
                count = model._base_manager.filter(edition=edition).count()
                name = capfirst(str(model._meta.verbose_name_plural))
                counted[name] = counted.get(name, 0) + count
                told.append(f"{name}: {count}")
                if count and not request.user.has_perm(f"occupations.delete_{model._meta.model_name}"):
                    lacking.add(name)
            shown += [str(edition), told]
        return shown, counted, lacking, protected


def contents(request: HttpRequest, edition: Edition) -> list[home.Line]:
    """The tables of an edition with the number of their rows, each linked to its list."""
    lines = []
    for model in drafting.row_models():
        if not issubclass(model, EditionRow) or not request.user.has_perm(_viewing(model)):
            continue
        address = reverse(f"admin:occupations_{model._meta.model_name}_changelist")
        count = model._base_manager.filter(edition=edition).count()
        text = capfirst(str(model._meta.verbose_name_plural))
        lines.append(home.Line(text, f"{address}?edition={edition.pk}", str(count)))
    return lines


def _viewing(model: type[models.Model]) -> str:
    return f"occupations.view_{model._meta.model_name}"


def _start_from_here(request: HttpRequest, obj: models.Model) -> Iterable[home.Link]:
    if isinstance(obj, Edition) and request.user.has_perm("occupations.add_edition"):
        address = reverse("admin:occupations_edition_start_draft", args=[obj.pk])
        yield home.Link(_("Start a new draft from this edition"), address)


home.tools.append(_start_from_here)
