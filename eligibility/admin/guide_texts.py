"""The guide's texts, by page with their present wording in each language, and other words for any of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, override
from django.utils.translation import gettext as _

from eligibility.guide_contents import Part, every_text, parts
from eligibility.guide_texts import Wording
from occupations import texts
from occupations.admin.base import AnyForm, ExplainingAdmin
from occupations.guide_texts import CONTEXT, places
from occupations.models import GuideText
from occupations.rulebook import DEFAULT_LANGUAGE

LABEL_LENGTH = 110
ROWS = 4
GONE = "gone"


class GuideTextForm(AnyForm):
    """The wording of one text; which text it is can be chosen only while it is new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "text" in self.fields:
            self.fields["text"].widget.attrs["rows"] = ROWS
        if "english" in self.fields:
            self.fields["english"] = forms.ChoiceField(
                choices=_choices(),
                label=self.fields["english"].label,
                help_text=self.fields["english"].help_text,
            )


def _choices() -> list[tuple[str, Any]]:
    """Texts that nobody has put into other words, by page."""
    taken = set(GuideText.objects.values_list("english", flat=True))
    found: list[tuple[str, Any]] = [("", "---------")]
    for part in parts():
        left = [(text, Truncator(text).chars(LABEL_LENGTH)) for text in part.texts if text not in taken]
        if left:
            found.append((title_of(part), left))
    return found


def title_of(part: Part) -> str:
    return gettext(part.title) if part.title else _("On several pages")


@admin.register(GuideText)
class GuideTextAdmin(ExplainingAdmin):
    """Its list is the guide's own contents: what is not a row is there too, with the words that come with the site."""

    form = GuideTextForm

    def get_fields(self, request: HttpRequest, obj: GuideText | None = None) -> Any:
        return ["english", "text"] if obj is None else ["english", "site_says", "text"]

    def get_readonly_fields(self, request: HttpRequest, obj: GuideText | None = None) -> list[str]:
        return [] if obj is None else ["english", "site_says"]

    @admin.display(description=gettext_lazy("the same in other languages"))
    def site_says(self, obj: GuideText) -> SafeString:
        """What comes with the site in the other languages, to write from."""
        lines = [(name, code, _from_site(obj.english, code)) for code, name in texts.languages().items()]
        return format_html_join("", '<p>{}: <span lang="{}">{}</span></p>', lines)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        english = request.GET.get("english", "")
        return {"english": english, "text": english} if english in every_text() else {}

    def response_add(
        self, request: HttpRequest, obj: GuideText, post_url_continue: str | None = None
    ) -> HttpResponse:
        """To the row's own page, where its other languages are written."""
        shown = super().response_add(request, obj, post_url_continue)
        if "_popup" in request.POST or "_addanother" in request.POST:
            return shown
        return HttpResponseRedirect(f"{reverse('admin:occupations_guidetext_change', args=[obj.pk])}#texts")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        rows = {row.english: row for row in GuideText.objects.all()}
        gone = sorted(rows.keys() - every_text())
        listed = [(part.slug, title_of(part), part.texts) for part in parts()]
        if gone:
            listed.append((GONE, _("On no page any more"), gone))
        slug, title, shown = next((each for each in listed if each[0] == request.GET.get("part")), listed[0])
        wordings = _wordings(rows)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Texts of the guide"),
            "parts": [(each, name, sum(text in rows for text in found)) for each, name, found in listed],
            "part": slug,
            "part_title": title,
            "lines": [self._line(request, text, rows.get(text), wordings) for text in shown],
            "is_gone": slug == GONE,
        }
        return TemplateResponse(request, "admin/guide_texts.html", context)

    def _line(
        self, request: HttpRequest, english: str, row: GuideText | None, wordings: dict[str, Wording]
    ) -> dict[str, Any]:
        """A text with its wordings: (code, name of the language, words, whether staff's, whether missing)."""
        may_write = self.has_add_permission(request)
        address = f"{reverse('admin:occupations_guidetext_add')}?{urlencode({'english': english})}"
        if row is not None:
            address = reverse("admin:occupations_guidetext_change", args=[row.pk])
        says = []
        for code, name in settings.LANGUAGES:
            instead = wordings[code].instead(english)
            ours = instead is not None and instead != english
            missing = row is not None and row.text != english and instead is None
            says.append((code, str(name), instead or _from_site(english, code), ours, missing))
        return {
            "english": english,
            "row": row,
            "address": address if row is not None or may_write else "",
            "says": says,
            "places": [f"%({name})s" for name in places(english)],
        }


def _from_site(english: str, language: str) -> str:
    with override(language):
        return gettext(english)


def _wordings(rows: dict[str, GuideText]) -> dict[str, Wording]:
    """Language -> what staff say in it, drawn from the tables as they are now. One query."""
    known = texts.translations_of([texts.Text(CONTEXT, row.text, "") for row in rows.values()])
    replaced = {
        english: {DEFAULT_LANGUAGE: row.text, **known[CONTEXT, row.text]} for english, row in rows.items()
    }
    return {code: Wording(replaced, code) for code, _name in settings.LANGUAGES}
