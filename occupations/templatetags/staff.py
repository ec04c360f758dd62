"""What the staff's templates ask of the registries of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Model

from occupations.admin import home, versions
from occupations.admin.refusals import ways_on
from occupations.admin.sections import Section
from occupations.admin.sections import sections as sections_of
from occupations.admin.texts_block import Block, block_of
from occupations.models import Edition
from occupations.models.editions import EditionRow

register = template.Library()


@dataclass(frozen=True, slots=True)
class EditionNote:
    edition: Edition
    is_draft: bool
    links: list[home.Link]


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


@register.simple_tag(takes_context=True)
def texts_block(context: Mapping[str, Any], obj: Model | None) -> Block | None:
    return block_of(context["request"], obj) if isinstance(obj, Model) else None


@register.simple_tag
def seen_rows(queryset: Iterable[Model]) -> str:
    return versions.token_of_rows(queryset)


@register.simple_tag(takes_context=True)
def edition_note(context: Mapping[str, Any], obj: Model | None) -> EditionNote | None:
    """In which edition a row stands, and the ways on where that cannot be changed; None for anything else."""
    edition = obj if isinstance(obj, Edition) else getattr(obj, "edition", None)
    if not isinstance(edition, Edition) or not isinstance(obj, Edition | EditionRow):
        return None
    if edition.is_draft:
        return EditionNote(edition, True, []) if isinstance(obj, EditionRow) else None
    row = obj if isinstance(obj, EditionRow) else None
    return EditionNote(edition, False, ways_on(context["request"], edition, row))
