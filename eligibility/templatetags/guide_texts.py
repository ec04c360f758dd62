"""`{% translate %}` and `{% blocktranslate %}` for the guide's templates: staff's wording takes the place of a text.

`{% load i18n guide_texts %}` puts them in the place of Django's own. They are written and collected for the catalogues
as ever, and need `wording` in the context (`eligibility.guide_texts.Wording`). A wording is escaped: it is plain text.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Node, Parser, Token, TokenType, render_value_in_context
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.templatetags.i18n import (
    BlockTranslateNode,
    TranslateNode,
    do_block_translate,
    do_translate,
)
from django.utils.html import escape
from django.utils.safestring import SafeString

from occupations.guide_texts import filled, places

register = template.Library()


class GuideTextNode(Node):
    """One text of the guide; `stock` shows the one that comes with the site."""

    child_nodelists = ()

    def __init__(self, stock: Any, english: str, given: dict[str, Any]) -> None:
        self.stock = stock
        self.english = english
        self.given = given

    def render(self, context: Context) -> SafeString:
        instead = context["wording"].instead(self.english)
        if instead is None:
            shown: SafeString = self.stock.render(context)
            return shown
        with context.push(**{name: value.resolve(context) for name, value in self.given.items()}):
            values = {
                name: str(render_value_in_context(context.get(name, ""), context))
                for name in places(self.english)
            }
        text = SafeString(filled(escape(instead), values))
        if self.stock.asvar:
            context[self.stock.asvar] = text
            return SafeString("")
        return text


@register.tag
def translate(parser: Parser, token: Token) -> GuideTextNode:
    """Django's, of a text in quotation marks."""
    stock: TranslateNode = do_translate(parser, token)
    english = getattr(stock.filter_expression.var, "literal", None)
    if not isinstance(english, str) or stock.message_context or stock.noop or stock.filter_expression.filters:
        raise TemplateSyntaxError(
            "A text of the guide stands in quotation marks, without a context or filter."
        )
    return GuideTextNode(stock, english, {})


@register.tag
def blocktranslate(parser: Parser, token: Token) -> GuideTextNode:
    """Django's, of one text without a plural."""
    stock: BlockTranslateNode = do_block_translate(parser, token)
    if (
        stock.plural
        or stock.message_context
        or any(each.token_type == TokenType.BLOCK for each in stock.singular)
    ):
        raise TemplateSyntaxError("A text of the guide has no plural and no context.")
    return GuideTextNode(stock, stock.render_token_list(stock.singular)[0], stock.extra_context)
