"""Translated texts: a block on each object's page, and a page of what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from occupations import texts
from occupations.admin import versions
from occupations.admin.base import ExplainingAdmin
from occupations.admin.home import Line, Panel, panels
from occupations.admin.texts_block import (
    EDITING,
    block_of,
    conflict_in,
    field_name,
    refuse_unsound,
    state_of,
    store,
    typed_in,
)
from occupations.admin.versions import Conflict
from occupations.models import Translation
from occupations.publishing import Refused, explained
from occupations.texts import Text

MISSING_ON_A_PAGE = 20


class TextsAdmin(ExplainingAdmin):
    """The translations' screen, with the pages of one object's texts and of what is missing."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("of/<str:model>/<path:key>/", view(self.object_view), name="occupations_translation_of"),
            path("missing/", view(self.missing_view), name="occupations_translation_missing"),
            *super().get_urls(),
        ]

    def object_view(self, request: HttpRequest, model: str, key: str) -> HttpResponse:
        """The block of one object on a page of its own; it is where the block is sent to."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        obj = self._object(model, key)
        if request.method == "POST":
            return self._save(request, obj)
        return self._page(request, obj)

    def _object(self, model: str, key: str) -> models.Model:
        if model not in {*(name for name, _ in texts.PLACES.values()), "difference"}:
            raise Http404
        found: type[models.Model] = apps.get_model("occupations", model)
        screen = admin.site.get_model_admin(found) if admin.site.is_registered(found) else None
        obj = None if screen is None else screen.get_object(HttpRequest(), key)
        if obj is None:
            raise Http404
        return obj

    def _page(
        self,
        request: HttpRequest,
        obj: models.Model,
        typed: Mapping[str, str] | None = None,
        conflict: Conflict | None = None,
    ) -> HttpResponse:
        block = block_of(request, obj, typed)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Texts in other languages"),
            "subtitle": str(obj),
            "object": obj,
            "back": _change_page(obj),
            "own_texts": block,
            "conflict": conflict,
        }
        return TemplateResponse(request, "admin/texts.html", context)

    def _save(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        if not request.user.has_perms(EDITING):
            raise PermissionDenied(EDITING[0])
        typed = typed_in(request.POST)
        try:
            with explained():
                list(
                    Translation.objects.select_for_update().filter(
                        english__in=[t.english for t in texts.texts_on(obj)]
                    )
                )
                own = texts.texts_on(obj)
                state, seen = state_of(own), versions.seen_in(request.POST.get(versions.FIELD, ""), obj)
                conflict = conflict_in(own, state, seen, typed)
                if conflict is not None:
                    known = state if seen is None else seen
                    touched = {name: value for name, value in typed.items() if value != known.get(name)}
                    return self._page(request, obj, touched, conflict)
                count = sum(store(text, code, state, typed) for text in own for code in texts.languages())
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return self._page(request, obj, typed)
        said = ngettext("%(count)s translation is saved.", "%(count)s translations are saved.", count)
        if count:
            self.log_change(request, obj, said % {"count": count})
        self.message_user(request, said % {"count": count}, messages.SUCCESS)
        return HttpResponseRedirect(f"{_change_page(obj)}#texts")

    def missing_view(self, request: HttpRequest) -> HttpResponse:
        """What a language lacks, to be filled in right there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        missing = texts.missing()
        language = request.GET.get("language", "")
        if language not in missing:
            language = next(iter(missing), "")
        if request.method == "POST":
            return self._fill_in(request, language, missing.get(language, []))
        lacking = missing.get(language, [])
        contexts: dict[str, int] = {}
        for each in lacking:
            contexts[each.context] = contexts.get(each.context, 0) + 1
        chosen = request.GET.get("context", "")
        page = Paginator(
            [each for each in lacking if chosen in ("", each.context)], MISSING_ON_A_PAGE
        ).get_page(request.GET.get("p"))
        names = texts.languages()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Missing texts"),
            "languages": [(code, names[code], len(found)) for code, found in missing.items()],
            "language": language,
            "language_name": names.get(language, ""),
            "contexts": sorted(contexts.items()),
            "chosen": chosen if chosen in contexts else "",
            "page": page,
            "lines": [_line(each, language) for each in page],
            "may_edit": request.user.has_perms(EDITING),
        }
        return TemplateResponse(request, "admin/missing_texts.html", context)

    def _fill_in(self, request: HttpRequest, language: str, lacking: Sequence[texts.Missing]) -> HttpResponse:
        if not request.user.has_perms(EDITING):
            raise PermissionDenied(EDITING[0])
        typed = typed_in(request.POST)
        names = {field_name(Text(each.context, each.english, ""), language): each for each in lacking}
        filled = {name: text for name, text in typed.items() if text}
        late = [name for name in filled if name not in names]
        try:
            with explained():
                for name in filled.keys() & names.keys():
                    each = names[name]
                    refuse_unsound(each.context, each.english, filled[name])
                    added = Translation.objects.create(
                        context=each.context, english=each.english, language=language, text=filled[name]
                    )
                    self.log_addition(request, added, [{"added": {}}])
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            count = len(filled) - len(late)
            said = ngettext("%(count)s translation is saved.", "%(count)s translations are saved.", count)
            self.message_user(request, said % {"count": count}, messages.SUCCESS)
        if late:
            said = ngettext(
                "%(count)s text was translated by somebody else meanwhile; theirs stays.",
                "%(count)s texts were translated by somebody else meanwhile; theirs stay.",
                len(late),
            )
            self.message_user(request, said % {"count": len(late)}, messages.WARNING)
        return HttpResponseRedirect(request.get_full_path())


def _line(each: texts.Missing, language: str) -> dict[str, Any]:
    example = texts.example_of(each.context, each.english)
    return {
        "context": each.context,
        "english": each.english,
        "name": field_name(Text(each.context, each.english, ""), language),
        "object": example,
        "address": "" if example is None else _change_page(example),
    }


def _change_page(obj: models.Model) -> str:
    if not admin.site.is_registered(type(obj)):
        return ""
    return reverse(f"admin:occupations_{obj._meta.model_name}_change", args=[obj.pk])


def on_home(request: HttpRequest) -> Panel | None:
    """How many texts each language lacks."""
    if not request.user.has_perm("occupations.view_translation"):
        return None
    address = reverse("admin:occupations_translation_missing")
    names = texts.languages()
    lines = []
    for code, found in texts.missing().items():
        if found:
            said = ngettext("%(count)s text is missing", "%(count)s texts are missing", len(found))
            lines.append(
                Line(names[code], f"{address}?{urlencode({'language': code})}", said % {"count": len(found)})
            )
    return Panel(_("Texts in other languages"), lines, empty=_("Every text of the tables is translated."))


panels.append(on_home)
