"""A question as HTML, without a template: question pages are the busiest, and a template costs ten times as much.

`html_of` is the only place that draws a question; components/form_fields.html puts the questions of a form in a row.
The label or legend of a form's first question is the page's <h1>, unless the form has a `heading`. Ids are Django's:
id_<step>-<field>, with _0, _1 for options, _helptext and _error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from eligibility.templatetags.pages import Question

_ERROR_MARK = (
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M10 5.5v5m0 3.5v.1"/>'
    '<circle cx="10" cy="10" r="8.5"/></svg>'
)


def esc(text: str) -> str:
    """The text for HTML. Django's own asks of each whether it is still to be translated; none here is."""
    return text if isinstance(text, SafeString) else escape(text)


def attributes(of: Mapping[str, Any]) -> str:
    """Attributes to stand in a tag, those without a value last, as Django writes them."""
    values = sorted(
        (name, value) for name, value in of.items() if value is not None and type(value) is not bool
    )
    bare = sorted(name for name, value in of.items() if value is True)
    return "".join(
        [*(f' {name}="{esc(str(value))}"' for name, value in values), *(f" {name}" for name in bare)]
    )


def html_of(question: Question) -> SafeString:
    """The whole question: label, hint, error, input, and why we ask. Every text in it is escaped."""
    return SafeString("".join(_parts(question)))


def _parts(question: Question) -> Iterator[str]:
    shown_if = f' data-shown-if="{esc(question["shown_if"])}"' if question["shown_if"] else ""
    yield f'<div class="field{" invalid" if question["errors"] else ""}"{shown_if}>\n'
    if question["grouped"]:
        yield _legend(question)
    elif question["kind"] != "checkbox":
        yield _label(question)
    yield from _words_above(question)
    if question["grouped"]:
        yield from _choices(question)
    elif question["kind"]:
        yield _input(question)
    else:
        yield f"{question['field']}\n"
    if question["why"]:
        yield (
            f'<details class="why"><summary>{esc(question["why_title"])}</summary>'
            f"<p>{esc(question['why'])}</p></details>\n"
        )
    yield "</div>\n"


def _legend(question: Question) -> str:
    label = esc(question["label"])
    described = f' aria-describedby="{esc(question["described"])}"' if question["described"] else ""
    role = ""
    if question["kind"] == "radio":
        role = ' role="radiogroup" aria-invalid="true"' if question["errors"] else ' role="radiogroup"'
    words = f"<h1>{label}</h1>" if question["is_heading"] else label
    return f'<fieldset{described}{role}>\n<legend class="label">{words}</legend>\n'


def _label(question: Question) -> str:
    unit = question["unit"]
    spoken = f'<span class="visually-hidden"> ({esc(unit)})</span>' if unit else ""
    words = f'for="{esc(question["id"])}">{esc(question["label"])}{spoken}</label>'
    if question["is_heading"]:
        return f'<h1 class="label"><label {words}</h1>\n'
    return f'<label class="label" {words}\n'


def _words_above(question: Question) -> Iterator[str]:
    if question["hint"]:
        yield f'<p class="hint" id="{esc(question["id"])}_helptext">{esc(question["hint"])}</p>\n'
    if question["example"]:
        yield f'<p class="example">{esc(question["example"])}</p>\n'
    if question["errors"]:
        said = f'<span class="visually-hidden">{esc(_("Error:"))}</span> {esc(question["errors"][0])}'
        yield f'<p class="error" id="{esc(question["id"])}_error">{_ERROR_MARK}<span>{said}</span></p>\n'


def _choices(question: Question) -> Iterator[str]:
    start = f'<input type="{esc(question["kind"])}" name="{esc(question["name"])}"'
    for choice_id, value, label, checked, hint in question["choices"]:
        own = esc(choice_id)
        small = f"<small>{esc(hint)}</small>" if hint else ""
        yield (
            f'<label class="choice" for="{own}">{start} value="{esc(value)}" id="{own}"'
            f"{' checked' if checked else ''}><span>{esc(label)}{small}</span></label>\n"
        )
    yield "</fieldset>\n"


def _input(question: Question) -> str:
    kind, value = question["kind"], question["value"]
    given = "" if value is None else f' value="{esc(str(value))}"'
    tag = f'<input type="{esc(kind)}" name="{esc(question["name"])}"{given}{attributes(question["attrs"])}>'
    if kind == "checkbox":
        label = esc(question["label"])
        return f'<label class="choice" for="{esc(question["id"])}">{tag}<span>{label}</span></label>\n'
    before, after = (_beside(question["prefix"]), _beside(question["unit"]))
    return f'<div class="with-unit">{before}{tag}{after}</div>\n' if before or after else f"{tag}\n"


def _beside(words: str) -> str:
    return f'<span class="unit" aria-hidden="true">{esc(words)}</span>' if words else ""
