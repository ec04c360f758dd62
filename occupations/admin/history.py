"""The log: who changed what, when and why; one row's history; things as they were on a day; CSV for an auditor."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from occupations.admin.base import ReadOnlyAdmin
from occupations.admin.history_filters import EditionFilter, KindFilter, PersonFilter, visible
from occupations.admin.home import Line, Link, Panel, panels
from occupations.history import reading, words
from occupations.history.tables import model_of
from occupations.models import Change, Edition

SHOWN_LINES: Final = 3
MOST_STEPS: Final = 6
LOOKED_BACK: Final = 200
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final = [
    "when",
    "who",
    "database role",
    "what happened",
    "kind",
    "thing",
    "table",
    "row",
    "edition",
    "field",
    "before",
    "after",
    "why",
    "where",
    "batch",
]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Nobody writes here, the administrator neither: the database refuses it."""

    list_display = ["when", "person", "what", "differences", "why"]
    list_display_links = ["when"]
    list_filter = ["action", PersonFilter, KindFilter, EditionFilter]
    search_fields = ["why"]
    search_help_text = gettext_lazy(
        "A word of what was written before or after, of the reason, or a row's key."
    )
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/history/log.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("export.csv", view(self.export), name="occupations_change_export"),
            path("as-of/", view(self.as_of), name="occupations_change_as_of"),
            path("of/<str:table>/<path:row>/", view(self.of_row), name="occupations_change_of_row"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        with words.remembering():
            response = super().changelist_view(request, {"title": _("History"), **(extra_context or {})})
            return response.render() if isinstance(response, TemplateResponse) else response

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return visible(request, super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Change], search_term: str
    ) -> tuple[QuerySet[Change], bool]:
        for word in search_term.split():
            queryset = queryset.annotate(
                before_text=Cast("before", TextField()), after_text=Cast("after", TextField())
            ).filter(
                Q(before_text__icontains=word)
                | Q(after_text__icontains=word)
                | Q(why__icontains=word)
                | Q(who__icontains=word)
                | Q(row=word)
            )
        return queryset, False

    @admin.display(description=gettext_lazy("when"), ordering="id")
    def when(self, change: Change) -> str:
        return f"{timezone.localtime(change.at):%Y-%m-%d %H:%M}"

    @admin.display(description=gettext_lazy("who"), ordering="who")
    def person(self, change: Change) -> str:
        return author(change)

    @admin.display(description=gettext_lazy("what"))
    def what(self, change: Change) -> str:
        page = reverse("admin:occupations_change_of_row", args=[change.table, change.row])
        return format_html(
            _("{kind} {happened}: {thing}"),
            kind=capfirst(words.kind(change)),
            happened=change.get_action_display(),
            thing=format_html('<a href="{}">{}</a>', page, words.title(change)),
        )

    @admin.display(description=gettext_lazy("before and after"))
    def differences(self, change: Change) -> str:
        lines = words.lines(change) if change.fields else []
        shown = [(line.field, line.before or "∅", line.after or "∅") for line in lines[:SHOWN_LINES]]
        text = format_html_join("", "<div><b>{}</b>: {} → {}</div>", shown)
        more = len(lines) - len(shown)
        return (
            format_html("{}<div>{}</div>", text, _("and %(count)d more") % {"count": more}) if more else text
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One change, field by field."""
        self._only_readers(request)
        change = self.get_object(request, object_id)
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        together = self.get_queryset(request).filter(batch=change.batch).count() if change.batch else 0
        context = {
            "title": _("One change"),
            "change_shown": change,
            "kind": capfirst(words.kind(change)),
            "thing": words.title(change),
            "author": author(change),
            "lines": words.lines(change),
            "together": together,
        }
        return self._page(request, "change", context)

    def of_row(self, request: HttpRequest, table: str, row: str) -> HttpResponse:
        """The history of one row, of one that is gone too."""
        self._only_readers(request)
        first = self.get_queryset(request).filter(table=table, row=row).first()
        if first is None:
            return self._page(request, "none", {"title": _("No history")}, status=404)
        title = _("History of: %(thing)s") % {"thing": words.title(first)}
        return self._page(request, "of_row", {"title": title, "table": table, "row": row})

    def as_of(self, request: HttpRequest) -> HttpResponse:
        """Every row of one kind as it was at the end of a day."""
        self._only_readers(request)
        table, edition = request.GET.get("table", ""), request.GET.get("edition", "")
        on = day_of(request)
        model = model_of(table)
        allowed = model is not None and visible(request, Change.objects.filter(table=table)).exists()
        rows = reading.rows_as_of(table, reading.end_of(on), edition) if allowed else []
        with words.remembering():
            shown = [(words.title(row), words.as_it_was(row), row) for row in rows]
        context = {
            "title": _("As it was on a day"),
            "kinds": KindFilter(request, {}, Change, self).lookups(request, self),
            "editions": Edition.objects.order_by("slug").values_list("slug", flat=True),
            "table": table,
            "edition": edition,
            "on": on,
            "rows": sorted(shown, key=lambda row: row[0]),
            "asked": allowed,
            "begins": reading.history_begins(),
        }
        return self._page(request, "as_of", context)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """What the log shows with these filters, one line a field, as CSV."""
        self._only_readers(request)
        changes = self.get_changelist_instance(request).get_queryset(request)
        response = StreamingHttpResponse(csv_lines(changes), content_type="text/csv; charset=utf-8")
        name = f"cptpp-check-history-{timezone.localdate():%Y-%m-%d}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _only_readers(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/history/{name}.html", {**shared, **context}, status=status)


def author(change: Change) -> str:
    """The account, or the command, or for SQL from elsewhere the role of the database."""
    if change.who:
        return change.who
    if change.where and not change.where.startswith("/"):
        return _("command %(name)s") % {"name": change.where}
    return _("database role %(name)s") % {"name": change.role}


def day_of(request: HttpRequest) -> date:
    """The day asked for by `on`; today where none or nonsense is given."""
    try:
        given = parse_date(request.GET.get("on", ""))
    except ValueError:
        given = None
    return given or timezone.localdate()


def latest_changes(request: HttpRequest) -> Panel | None:
    """The last things that people did, on the home page: the first line of each step."""
    if not request.user.has_perm("occupations.view_change"):
        return None
    steps: dict[Any, Change] = {}
    for change in visible(request, Change.objects.exclude(who=""))[:LOOKED_BACK]:
        steps.setdefault(change.batch or change.pk, change)
    shown = list(steps.values())[:MOST_STEPS]
    lines = [
        Line(
            _("%(kind)s %(happened)s: %(thing)s")
            % {
                "kind": capfirst(words.kind(change)),
                "happened": change.get_action_display(),
                "thing": thing,
            },
            reverse("admin:occupations_change_change", args=[change.pk]),
            _("%(who)s, %(when)s")
            % {"who": author(change), "when": date_format(timezone.localtime(change.at), "j F Y, H:i")},
        )
        for change, thing in zip(shown, words.titles(shown), strict=True)
    ]
    links = [Link(_("The whole history"), reverse("admin:occupations_change_changelist"))]
    return Panel(_("Latest changes"), lines, links, _("Nobody has changed anything yet."))


class _Echo:
    """What csv writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(changes: QuerySet[Change]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    with words.remembering():
        yield from _csv_rows(writer, changes)


def _csv_rows(writer: Any, changes: QuerySet[Change]) -> Iterator[str]:
    for change in changes.iterator(chunk_size=500):
        head = [timezone.localtime(change.at).isoformat(timespec="seconds"), change.who, change.role]
        head += [change.get_action_display(), words.kind(change), words.title(change)]
        head += [change.table, change.row, change.edition]
        tail = [change.why, change.where, str(change.batch or "")]
        for line in words.lines(change) or [words.Line("", "", "")]:
            yield writer.writerow([harmless(cell) for cell in (*head, *line, *tail)])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


panels.append(latest_changes)
