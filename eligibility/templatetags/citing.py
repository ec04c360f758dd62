"""`{% cite "F-24" %}` marks a statement with the numbers of its sources; `{% cited %}` lists them at the foot.

Both need `citations` in the context (`eligibility.citations.Citations`).
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context: Context, *grounds: object) -> SafeString:
    """Links to the sources of a statement; nothing where no document is known."""
    numbers = context["citations"].numbers(*grounds)
    label = _("Source")
    links = format_html_join(
        "",
        '<a href="#source-{}"><span class="visually-hidden">{} </span>{}</a>',
        ((number, label, number) for number in numbers),
    )
    return format_html('<sup class="cite">{}</sup>', links) if numbers else SafeString("")


@register.inclusion_tag("guide/sources.html", takes_context=True)
def cited(context: Context) -> dict[str, Any]:
    """The documents cited above, in order of their numbers."""
    return {"documents": context["citations"].documents(), "wording": context["wording"]}
