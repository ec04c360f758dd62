"""What the pages need beyond Django's own tags; the first two exist for speed, since question pages are the busiest.

`form|questions` gives the template everything about a form in plain dictionaries: a template finds a key of a
dictionary at once, whereas each attribute that a form field does not carry costs it a search.
`{% steady %}` renders what every visitor sees alike once per process and language.
`{% script "js/live.js" %}` loads a script of ours that must be, byte for byte, the one that we know.
`{% outward url text %}` links to somebody else's page.
`{% gap %}` stands between two sentences.
`{% language_switch %}` offers this page in each language.
`{% mount_notice %}` says in which world a page is (eligibility/mounts.py).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha384
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from django import forms, template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eligibility import languages, mounts
from eligibility.drawing import html_of
from eligibility.forms.choices import Offered
from eligibility.forms.fields import Asked, Said

register = template.Library()

Text = str | Promise
QUICKLY_TYPED = (forms.TextInput, forms.DateInput)
QUICKLY_DRAWN = (forms.RadioSelect, forms.CheckboxSelectMultiple)
LONGEST_QUERY = 1000
"""Characters of a query, as encoded, that a change of language keeps."""


class Choice(NamedTuple):
    """One radio button or tick box; a tuple, because a template unpacks it faster than it looks up names."""

    id: str
    value: str
    label: str
    checked: bool
    hint: str


class Question(TypedDict):
    """One visible field of a form, as `components/form_fields.html` draws it."""

    id: str
    first_id: str
    """The id an error links to: the first option of a group, else the input itself."""
    name: str
    label: str
    hint: str
    why: str
    why_title: str
    example: str
    prefix: str
    unit: str
    errors: list[str]
    described: str
    kind: str
    """The input's type: text, number, date, radio, checkbox; "" for what the widget draws itself."""
    grouped: bool
    is_heading: bool
    shown_if: str
    """Name of the rule in the stylesheet that hides the question until it matters."""
    value: Any
    attrs: Mapping[str, Any]
    """Id, aria attributes and those of the widget."""
    choices: list[Choice]
    field: BoundField


@register.filter
def questions(form: forms.BaseForm) -> list[Question]:
    """The visible fields of `form`, in order.

    The first question of a form is the heading of its page, unless the form has a `heading` of its own; a tick box
    never is. A form field may carry `why`, `example`, `prefix`
    and `unit` (texts) and `shown_if`; an option made by its widget may carry a `hint`.
    """
    heads = not getattr(form, "heading", "")
    why_title = _("Why we ask")
    return [
        _question(field, why_title, heads=heads and not index)
        for index, field in enumerate(form.visible_fields())
    ]


@register.filter
def hidden_fields(form: forms.BaseForm) -> list[BoundField]:
    """A template that asks the form would look among its fields first, and wait for a long KeyError."""
    return form.hidden_fields()


@register.filter
def drawn(asked: list[Question]) -> SafeString:
    """The questions as HTML, in order."""
    return SafeString("".join(map(html_of, asked)))


def _question(bound: BoundField, why_title: str, *, heads: bool) -> Question:
    extra = bound.field.__dict__
    widget = bound.field.widget
    input_type = getattr(widget, "input_type", "select")
    grouped = bool(bound.use_fieldset)
    kind = "" if input_type == "select" else input_type
    choices = _choices(bound) if grouped and kind else []
    attrs: dict[str, Any] = {}
    value = None
    if kind and not grouped:
        attrs, value = _input(bound)
    said = _said(bound)
    return {
        "id": bound.auto_id,
        "first_id": extra.get("error_id")
        or (choices[0].id if choices else str(attrs.get("id", bound.auto_id))),
        "name": bound.html_name,
        "label": said.label,
        "hint": said.hint,
        "why": said.why,
        "why_title": why_title,
        "example": said.example,
        "prefix": str(extra.get("prefix", "")),
        "unit": said.unit,
        "errors": [str(error) for error in bound.errors] if bound.form.is_bound else [],
        "described": (bound.aria_describedby or "") if grouped else "",
        "kind": kind,
        "grouped": grouped,
        "is_heading": heads and (grouped or kind != "checkbox"),
        "shown_if": extra.get("shown_if", ""),
        "value": value,
        "attrs": attrs,
        "choices": choices,
        "field": bound,
    }


def _said(bound: BoundField) -> Said:
    """The words of a question, each looked up in its language once and not each time that it is asked for."""
    if isinstance(bound, Asked):
        return bound.said
    more = bound.field.__dict__
    return Said(
        str(bound.label),
        str(bound.help_text),
        *(str(more.get(name, "")) for name in ("why", "example", "unit")),
    )


def _input(bound: BoundField) -> tuple[dict[str, Any], Any]:
    """Attributes and value of a field to type in; of a plain one without asking Django's widget to make its parts."""
    widget = bound.field.widget
    if type(widget) in QUICKLY_TYPED:
        attrs = {**widget.attrs, **bound.build_widget_attrs({"id": widget.attrs.get("id") or bound.auto_id})}
        return attrs, widget.format_value(bound.value())
    part = bound.subwidgets[0].data
    return part["attrs"], part["value"]


def _choices(bound: BoundField) -> list[Choice]:
    """The options of a group; of our own fields without asking Django's widget to make each."""
    widget = bound.field.widget
    if type(widget) in QUICKLY_DRAWN and isinstance(widget.choices, Offered):
        chosen = widget.format_value(bound.value())
        return [
            Choice(f"{bound.auto_id}_{index}", value, label, value in chosen, "")
            for index, (value, label) in enumerate(widget.choices.told())
            if isinstance(label, str)
        ]
    return [_choice(part.data) for part in bound.subwidgets]


def _choice(part: dict[str, Any]) -> Choice:
    return Choice(
        part["attrs"].get("id", ""),
        str(part["value"]),
        str(part["label"]),
        bool(part["selected"]),
        str(part.get("hint", "")),
    )


class SteadyNode(template.Node):
    """Renders its content with an empty context, so that nothing of one visitor can reach another."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._by_language: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        if mounts.current() is not None:
            return self.nodelist.render(context.new({}))
        language = languages.language_of_page(context)
        text = self._by_language.get(language)
        if text is None:
            text = self._by_language[language] = self.nodelist.render(context.new({}))
        return text


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    """`{% steady %}...{% endsteady %}`: the same for every visitor who reads the same language."""
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(nodelist)


@register.simple_tag
def outward(url: str, text: Text, name_in: str = "") -> SafeString:
    """A link to a page of somebody else. Out of a frame it opens a tab: most sites refuse to be framed.

    `name_in` is the language of a text that is not translated.
    """
    mount = mounts.current()
    foreign = _lang(name_in)
    if mount is None or not mount.opens_tabs:
        return format_html('<a href="{}"{}>{}</a>', url, foreign, text)
    return format_html(
        '<a href="{}" target="_blank" rel="noopener"><span{}>{}</span><span class="visually-hidden"> {}</span></a>',
        url,
        foreign,
        text,
        _("(opens in a new tab)"),
    )


@register.simple_tag
def official(name: str, name_in: str = "") -> SafeString:
    """The name of a document, a publisher or a regulator: it stays in its own language, and says which that is."""
    foreign = _lang(name_in or languages.language_of_name(name))
    return format_html("<span{}>{}</span>", foreign, name) if foreign else format_html("{}", name)


def _lang(language: str) -> SafeString:
    return flatatt({"lang": language}) if language and language != get_language() else SafeString("")


@register.simple_tag
def source_line(source: Mapping[str, str]) -> SafeString:
    """A document: its name as a link where it has an address, who published it, and its date where one is known."""
    mount = mounts.current()
    told = (source.get("url", ""), source["title"], source["publisher"], source.get("date", ""))
    return _source_line(*told, get_language(), mount is not None and mount.opens_tabs)


@lru_cache(maxsize=1024)
def _source_line(
    url: str, title: str, publisher: str, date: str, language: str | None, opens_tabs: bool
) -> SafeString:
    """The same few documents stand on every result; `language` and `opens_tabs` are those of the page."""
    named = outward(url, title, "en") if url else official(title)
    dated = format_html(", {}", date) if date else ""
    return format_html("{}, {}{}", named, official(publisher), dated)


@register.simple_tag
def gap() -> SafeString:
    """What stands between two sentences: a space, and in Japanese nothing."""
    return SafeString("" if get_language() == "ja" else " ")


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """Links to this page in each language; error pages may have no request, and need none."""
    request = context.get("request")
    query = request.GET.urlencode() if request is not None and request.GET else ""
    if len(query) > LONGEST_QUERY:
        query = ""  # Nobody searches with so many words; the page must not repeat them four times.
    return _language_switch(get_language() or settings.LANGUAGE_CODE, query)


@lru_cache(maxsize=256)
def _language_switch(active: str, query: str) -> SafeString:
    links = languages.switch_links(active, query)
    return render_to_string("components/language_switch.html", {"links": links})


@register.simple_tag(takes_context=True)
def mount_notice(context: Context) -> SafeString:
    """What the world of this page says of itself, such as that it is a preview; nothing on the site itself."""
    mount = mounts.current()
    if mount is None or not mount.notice_template:
        return SafeString("")
    return render_to_string(mount.notice_template, mount.notice(context.get("request")))


@register.simple_tag
def script(name: str) -> SafeString:
    """A deferred script with its integrity. Raises ValueError when there is no such static file."""
    return _script(name) if not settings.DEBUG else _script.__wrapped__(name)


@lru_cache(maxsize=16)
def _script(name: str) -> SafeString:
    url = staticfiles_storage.url(name)
    digest = b64encode(sha384(_served_bytes(name)).digest()).decode()
    return format_html('<script src="{}" integrity="sha384-{}" defer></script>', url, digest)


def _served_bytes(name: str) -> bytes:
    """The file as it goes to the browser: the collected one; while developing, the one in the source folder."""
    if settings.DEBUG:
        found = finders.find(name)
        if found is None:
            raise ValueError(f"There is no static file {name!r}.")
        return Path(found).read_bytes()
    return (Path(settings.STATIC_ROOT) / name).read_bytes()
