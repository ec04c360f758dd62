"""What the staff's templates ask of the registries of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.db.models import Model

from occupations.admin import home
from occupations.admin.sections import Section
from occupations.admin.sections import sections as sections_of

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Mapping[str, Any]) -> list[home.Panel]:
    return home.panels_for(context["request"])


@register.simple_tag(takes_context=True)
def tools(context: Mapping[str, Any], obj: Model | None) -> list[home.Link]:
    return [] if obj is None else home.tools_for(context["request"], obj)


@register.simple_tag(takes_context=True)
def account_links(context: Mapping[str, Any]) -> list[home.Link]:
    return home.account_links_for(context["request"])


@register.simple_tag
def sections(app_list: Iterable[Mapping[str, Any]] | None) -> list[Section]:
    return sections_of(app_list or [])
