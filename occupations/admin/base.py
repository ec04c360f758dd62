"""What the staff's screens share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from occupations import texts
from occupations.admin.concurrent import REFUSED, ConcurrentAdmin
from occupations.admin.help_texts import help_text_of
from occupations.admin.typing import AnyAdmin, AnyForm, AnyInline
from occupations.models import Fact
from occupations.publishing import Refused, explained

__all__ = [
    "AnyAdmin",
    "AnyForm",
    "AnyInline",
    "EditionRowForm",
    "ExplainingAdmin",
    "ReadOnlyAdmin",
    "StaffAdmin",
]

NUL = "\x00"


class LookedUp(AutocompleteSelect):
    """Shows a form again also where the key that was sent cannot be one; Django's own would fail."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if self._is_key(key)], attr)

    def _is_key(self, key: str) -> bool:
        return not key or is_key(self.field.related_model, key)


def is_key(model: type[models.Model], text: str) -> bool:
    """Whether a text can be the key of a row."""
    try:
        model._meta.pk.to_python(text)
    except ValidationError:
        return False
    return NUL not in text


class StaffAdmin(AnyAdmin):
    """Answers an address or a choice that cannot be with a page that says so."""

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return None if NUL in object_id else super().get_object(request, object_id, from_field)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Django's hook for an object that is not there; it would lead home, with status 302."""
        context = {
            **self.admin_site.each_context(request),
            "opts": opts,
            "title": _("There is no such page"),
            "key": unquote(object_id).replace(NUL, "")[:100],
        }
        return TemplateResponse(request, "admin/missing.html", context, status=404)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if any(NUL in value for values in request.GET.lists() for value in (values[0], *values[1])):
            return HttpResponseRedirect(request.path)
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_term.replace(NUL, ""))

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        chosen = request.POST.getlist("_selected_action")
        if not all(is_key(self.model, key) for key in chosen):
            self.message_user(request, _("Choose the rows in the list, then the action."), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset, *args, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField[Any] | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LookedUp(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.help_text = help_text_of(db_field) or field.help_text
        return field


class ReadOnlyAdmin(StaffAdmin):
    """A list to look things up in. Its rows come from the shipped files."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ExplainingAdmin(StaffAdmin, ConcurrentAdmin):
    """Shows the database's refusal as a sentence on the page, and warns before it overwrites another's work."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def view() -> HttpResponse:
            if request.method == "POST" and object_id is not None:
                self.meet(request, object_id)
            return super(ExplainingAdmin, self).changeform_view(request, object_id, form_url, extra_context)

        return self._explained(view, request, keep_what_was_typed=True)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        def view() -> HttpResponse:
            with transaction.atomic():
                shown = self.warn_before_deletion(request, object_id)
                return super(ExplainingAdmin, self).delete_view(
                    request, object_id, {**shown, **(extra_context or {})}
                )

        return self._explained(view, request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        def view() -> HttpResponse:
            return super(ExplainingAdmin, self).changelist_view(request, extra_context)

        return self._explained(view, request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Says so where translations no longer apply, because their English has changed."""
        stored = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        before = [] if stored is None else texts.texts_on(stored)
        super().save_model(request, obj, form, change)
        lost = _lost_translations(before, texts.texts_on(obj)) if before else []
        if lost:
            said = _(
                "An English text has changed, so its translation no longer applies here: %(languages)s. "
                "Translate the new text on its own page."
            )
            self.message_user(request, said % {"languages": ", ".join(lost)}, messages.WARNING)

    def _explained(
        self, view: Callable[[], HttpResponse], request: HttpRequest, keep_what_was_typed: bool = False
    ) -> HttpResponse:
        if request.method != "POST":
            return view()
        try:
            with explained():
                return view()
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            if keep_what_was_typed:
                REFUSED.add(request)
                with transaction.atomic():
                    return view()
            return HttpResponseRedirect(request.get_full_path())


def _lost_translations(before: Sequence[texts.Text], after: Sequence[texts.Text]) -> list[str]:
    """Languages whose translation of a text no longer applies, because its English has changed."""
    now = {(text.context, text.english) for text in after}
    gone = [text for text in before if (text.context, text.english) not in now]
    found = {language for known in texts.translations_of(gone).values() for language in known}
    return [name for code, name in texts.languages().items() if code in found]


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
