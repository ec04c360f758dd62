"""What the staff's screens share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from occupations.models import Edition, Fact
from occupations.models.choices import State
from occupations.models.editions import EditionRow
from occupations.publishing import Refused, explained, reviews

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
    AnyForm = forms.ModelForm[Any]
    AnyInline = admin.TabularInline[Any, Any]
else:
    AnyAdmin = admin.ModelAdmin
    AnyForm = forms.ModelForm
    AnyInline = admin.TabularInline


class ExplainingAdmin(AnyAdmin):
    """Shows the database's refusal as a sentence on the page instead of an error page."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._explained(super().changeform_view, request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._explained(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._explained(super().changelist_view, request, *args, **kwargs)

    def _explained(
        self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with explained():
                reviews.say_who(request.user if request.user.is_authenticated else None)
                return view(request, *args, **kwargs)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyAdmin(AnyAdmin):
    """A list to look things up in. Its rows come from the shipped files."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class EditionRowForm(AnyForm):
    """Checks what a single field cannot know."""

    def clean_fact_ids(self) -> list[str]:
        given: list[str] = self.cleaned_data["fact_ids"]
        known = set(Fact.objects.filter(pk__in=given).values_list("pk", flat=True))
        missing = [fact for fact in given if fact not in known]
        if missing:
            raise forms.ValidationError(
                _("There is no fact %(facts)s. Look the numbers up under Facts.")
                % {"facts": ", ".join(missing)}
            )
        return given


class EditionRowAdmin(ExplainingAdmin):
    """Rows of an edition: edited while it is a draft, read afterwards."""

    form: type[AnyForm] = EditionRowForm
    list_select_related = ["edition"]

    def has_change_permission(self, request: HttpRequest, obj: EditionRow | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.edition.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: EditionRow | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.edition.is_draft)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.filter(state=State.DRAFT)
            kwargs["help_text"] = _(
                "Only drafts can be changed. A published edition is copied to a draft first."
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NumberedRowAdmin(EditionRowAdmin):
    """Rows with a position: a new one goes to the end of its edition's list."""

    exclude = ["position"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.position is None:
            rows = type(obj).objects.filter(edition=obj.edition)
            last = rows.aggregate(last=models.Max("position"))["last"]
            obj.position = (last or 0) + 1
        super().save_model(request, obj, form, change)
