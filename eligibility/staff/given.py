"""Answers that staff bring along: a link to a result, a downloaded result, or the answers themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from eligibility.lines import BadLine, read_case, read_json
from eligibility.rules.answers import Answers
from eligibility.sharing import LinkExpired, LinkUnreadable, read_token
from occupations.rulebook import Snapshot

LINK: Final = re.compile(r"/r/(?P<token>[^/\s?#]+)/?(?:[?#]\S*)?$")
TOKEN: Final = re.compile(r"\.?[\w-]+:[\w-]+:[\w-]+")


class NotUsable(ValueError):
    """What was brought holds no answers; the text says why and what to bring instead."""


def answers_from(text: str, snapshot: Snapshot) -> Answers:
    """The answers that decide an assessment; what serves advice alone is left out. Raises NotUsable."""
    text = text.strip()
    token = _token_in(text)
    answers = _of_link(token, snapshot) if token else _of_json(text, snapshot)
    return deciding_part(answers)


def deciding_part(answers: Answers) -> Answers:
    """Without what no criterion reads: dates, the passport, where somebody is and whether they have a partner."""
    return replace(
        answers,
        passport_country=None,
        current_location=None,
        has_partner=None,
        offer_start_date=None,
        passport_expiry=None,
        offer_months=None,
    )


def _token_in(text: str) -> str:
    link = LINK.search(text)
    if link:
        return link["token"]
    return text if TOKEN.fullmatch(text) else ""


def _of_link(token: str, snapshot: Snapshot) -> Answers:
    try:
        return read_token(token, snapshot).answers
    except LinkExpired:
        raise NotUsable(
            _("This link is older than %(days)s days. Ask for a new one, or for the downloaded result.")
            % {"days": settings.SHARE_LINK_DAYS}
        ) from None
    except LinkUnreadable:
        raise NotUsable(
            _("This link cannot be read. It may have been cut short on its way; copy the whole of it.")
        ) from None


def _of_json(text: str, snapshot: Snapshot) -> Answers:
    if not text.startswith("{"):
        raise NotUsable(
            _(
                "This is neither a link to a result nor a result as a file. A link holds /r/; a file begins with {."
            )
        )
    try:
        raw = read_json(text.encode(), _("text"))
        if isinstance(raw, dict) and "criteria" in raw and "answers" not in raw:
            raise NotUsable(
                _("This result holds no answers. Download it again from the result page, or use its link.")
            )
        return read_case(raw, snapshot.reference, _("text"))[1]
    except BadLine as error:
        problems = " ".join(f"{name}: {sentence}" for name, sentence in error.problems)
        raise NotUsable(f"{error} {problems}".strip()) from None
