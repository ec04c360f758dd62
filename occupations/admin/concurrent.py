"""The part of a screen that warns before it overwrites, or deletes, what another person has changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import unquote
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from occupations.admin import versions
from occupations.admin.typing import AnyAdmin, AnyForm
from occupations.admin.versions import Change, Conflict


@dataclass(frozen=True, slots=True)
class Met:
    """A row as it stands now, what the sender saw of it (None: not known), and the names that differ."""

    row: models.Model
    seen: versions.State | None
    now: versions.State
    changed: Sequence[str]


MET: WeakKeyDictionary[HttpRequest, Met] = WeakKeyDictionary()
"""What a request has met with, for as long as it is answered."""


REFUSED: WeakSet[HttpRequest] = WeakSet()
"""Requests that the database has refused once; their form is shown again with what was typed."""


class Refusing(forms.BaseForm):
    """A form that is not saved this time, whatever stands in it."""

    def is_valid(self) -> bool:
        super().is_valid()
        return False


class ConcurrentAdmin(AnyAdmin):
    """Compares what the sender of a page saw with what stands in the database when the page arrives.

    Must run in a transaction: the row is locked, so that of two people who save at once the second waits and is
    then warned.
    """

    def related_rows(self, obj: models.Model) -> Iterable[models.Model]:
        """Rows that are edited on the object's own page."""
        for inline in self.inlines:
            name = next(
                field.name
                for field in inline.model._meta.concrete_fields
                if isinstance(field, models.ForeignKey) and field.related_model is type(obj)
            )
            yield from inline.model._base_manager.filter(**{name: obj}).order_by("pk")

    def meet(self, request: HttpRequest, object_id: str) -> None:
        """Lock the row and note on the request what was seen of it and how it is now."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return
        locked = type(obj)._base_manager.select_for_update().filter(pk=obj.pk)
        fresh = locked.first()
        if fresh is None:
            return
        now = versions.state_of(fresh, self.related_rows(fresh))
        seen = versions.seen_in(request.POST.get(versions.FIELD, ""), fresh)
        changed = versions.changed_since(seen, now)
        if seen is None or changed:
            MET[request] = Met(fresh, seen, now, changed)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if request in MET or request in REFUSED:
            return type(form.__name__, (Refusing, form), {})
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and obj is not None:
            context[versions.FIELD] = request.POST.get(versions.FIELD) or self._token(obj)
            if request in MET:
                self._show_conflict(request, context)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def conflict_of_deletion(self, request: HttpRequest) -> Conflict | None:
        met = MET.get(request)
        if met is None:
            return None
        changes = [] if met.seen is None else [_change(met, name) for name in met.changed]
        return Conflict(changes, versions.last_saved(met.row))

    def warn_before_deletion(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """What the page that asks about a deletion shows; a deletion that would surprise is not carried out."""
        shown: dict[str, Any] = {}
        if request.method == "POST":
            self.meet(request, object_id)
            shown["conflict"] = self.conflict_of_deletion(request)
            if shown["conflict"] is not None:
                # Without what was sent, Django asks once more instead of deleting.
                request.POST = QueryDict()
        obj = self.get_object(request, unquote(object_id))
        if obj is not None:
            shown[versions.FIELD] = self._token(obj)
        return shown

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Asks once more before rows are deleted that have changed since they were chosen."""
        confirmed = request.POST.get("action") == "delete_selected" and "post" in request.POST
        if confirmed:
            chosen = self.model._base_manager.filter(pk__in=request.POST.getlist("_selected_action"))
            changed = versions.changed_rows(request.POST.get(versions.FIELD, ""), chosen.select_for_update())
            for row in changed:
                said = _("“%(row)s” has been changed since you chose it. Look at it before you delete it.")
                self.message_user(request, said % {"row": row}, messages.WARNING)
            if changed:
                asked_again = request.POST.copy()
                del asked_again["post"]
                request.POST = QueryDict(asked_again.urlencode())
        return super().response_action(request, queryset, *args, **kwargs)

    def _token(self, obj: models.Model) -> str:
        return versions.token_of(obj, versions.state_of(obj, self.related_rows(obj)))

    def _show_conflict(self, request: HttpRequest, context: dict[str, Any]) -> None:
        """Their values where you changed nothing, yours where you did, and both beside each other."""
        met, shown = MET[request], context["adminform"]
        sent: AnyForm = shown.form
        mine = versions.state_of(sent.instance)
        known = met.now if met.seen is None else met.seen
        touched = [name for name in sent.fields if mine.get(name) != known.get(name) or name in sent.errors]
        names = touched if met.seen is None else met.changed
        changes = [_change(met, name, mine.get(name), name in touched) for name in names]
        merged = type(sent)(instance=met.row, initial={name: sent[name].data for name in touched})
        context.update(
            adminform=AdminForm(merged, shown.fieldsets, {}, shown.readonly_fields, self),
            errors=None,
            conflict=Conflict(changes, versions.last_saved(met.row)),
            original=met.row,
            **{versions.FIELD: versions.token_of(met.row, met.now)},
        )


def _change(met: Met, name: str, mine: Any = None, touched: bool = False) -> Change:
    return Change(
        versions.label_of(met.row, name),
        None if met.seen is None else versions.readable(met.row, name, met.seen.get(name)),
        versions.readable(met.row, name, met.now.get(name)),
        versions.readable(met.row, name, mine) if touched else None,
        touched,
    )
