"""A result to pass on: a signed, expiring link made only on request, read-only, with a way to go on from it.

The link itself carries the answers, the edition and the day; nothing is stored. It names nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eligibility import formatting, journeys, mounts, result_pages
from eligibility.presenting import present
from eligibility.private_pages import private
from eligibility.rate_limits import limited
from eligibility.replay import stored_from
from eligibility.results import replayed_journey
from eligibility.rules.answers import Answers, AnswersError
from eligibility.rules.assessment import assess
from eligibility.wizard import language
from occupations import snapshots
from occupations.rulebook import NoEditionInForce, Rulebook, Snapshot, UnknownEdition, text_in

View = Callable[..., HttpResponseBase]

SALT = "eligibility.sharing"
VERSION = 1
SECONDS_A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link carries."""

    answers: Answers
    edition: str
    on: date
    until: date


class LinkExpired(ValueError):
    """The link is ours and too old."""


class LinkUnreadable(ValueError):
    """The link was cut short, changed, or never ours."""


def token_for(answers: Answers, rulebook: Rulebook) -> str:
    """The signed text of a link, safe in an address."""
    payload = {
        "v": VERSION,
        "a": answers.to_json(),
        "e": rulebook.edition.slug,
        "d": rulebook.on.isoformat(),
    }
    return signing.dumps(payload, salt=SALT, compress=True)


def read_token(token: str, snapshot: Snapshot) -> Shared:
    """What the link carries. Raises LinkExpired, LinkUnreadable."""
    lifetime = settings.SHARE_LINK_DAYS * SECONDS_A_DAY
    try:
        payload = signing.loads(token, salt=SALT, max_age=lifetime)
        made = datetime.fromtimestamp(
            signing.b62_decode(token.rsplit(":", 2)[1]), tz=timezone.get_current_timezone()
        )
        if payload["v"] != VERSION:
            raise LinkUnreadable("The link is of another version.")
        answers = Answers.parse(payload["a"], snapshot.reference)
    except signing.SignatureExpired as error:
        raise LinkExpired("The link is too old.") from error
    except (signing.BadSignature, AnswersError, ValueError) as error:
        raise LinkUnreadable("The link cannot be read.") from error
    until = (made + timedelta(days=settings.SHARE_LINK_DAYS)).date()
    return Shared(answers, payload["e"], date.fromisoformat(payload["d"]), until)


def post_or(name: str) -> Callable[[View], View]:
    """A page that answers a POST. Asked for by a link, as a change of language does, it leads back to page `name`."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **parts: str) -> HttpResponseBase:
            return (
                view(request, **parts)
                if request.method == "POST"
                else private(HttpResponseRedirect(reverse(name, kwargs=parts)))
            )

        return answer

    return decorated


@post_or("result")
@limited("share", "SHARE_LINKS_PER_MINUTE")
def share(request: HttpRequest, journey: str) -> HttpResponseBase:
    """Make a link to this result."""
    replayed, response = replayed_journey(request, journey)
    if response is not None:
        return response
    rulebook = snapshots.rulebook()
    token = token_for(replayed.answers, rulebook)
    until = rulebook.on + timedelta(days=settings.SHARE_LINK_DAYS)
    context = {
        "link": request.build_absolute_uri(_address(token)),
        "until": formatting.day(until, language()),
        "back_url": reverse("result", kwargs={"journey": journey}),
    }
    return private(render(request, "share.html", context))


def _address(token: str) -> str:
    """Without the prefix of a language, so that the link opens in the language of whoever reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        return mounts.site_address("shared", token=token)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    """The result as it was when the link was made, and whether today's rules would answer differently."""
    snapshot = snapshots.current()
    try:
        link = read_token(token, snapshot)
    except (LinkExpired, LinkUnreadable) as error:
        return _gone(request, expired=isinstance(error, LinkExpired))
    today = snapshot.rulebook(snapshots.today())
    rulebook = _rulebook_then(snapshot, link) or today
    assessment = present(link.answers, snapshot, rulebook, language())
    context = {
        "assessment": result_pages.for_page(assessment, rulebook, language()),
        "shared": {
            "on": formatting.day(link.on, language()),
            "until": formatting.day(link.until, language()),
            "edition": text_in(rulebook.edition.title, language()),
            "today": _answer_today(link, rulebook, today),
            "resume_url": reverse("resume", kwargs={"token": token}),
        },
    }
    return private(render(request, "shared.html", context))


@post_or("shared")
def resume(request: HttpRequest, token: str) -> HttpResponseBase:
    """Begin a journey of one's own with the answers of a link."""
    snapshot = snapshots.current()
    try:
        link = read_token(token, snapshot)
    except (LinkExpired, LinkUnreadable) as error:
        return _gone(request, expired=isinstance(error, LinkExpired))
    journey = journeys.new_id()
    stored = stored_from(link.answers, snapshot.rulebook(snapshots.today()), language())
    response = redirect("answers", journey=journey)
    journeys.keep(request, response, journey, stored)
    return private(response)


def _rulebook_then(snapshot: Snapshot, link: Shared) -> Rulebook | None:
    try:
        return snapshot.rulebook(link.on, link.edition)
    except (UnknownEdition, NoEditionInForce):
        return None


def _answer_today(link: Shared, then: Rulebook, today: Rulebook) -> str:
    """A sentence where today's rules and figures come to another answer; else empty."""
    before, now = assess(link.answers, then), assess(link.answers, today)
    if before.outcome is not now.outcome:
        return _(
            "By the rules and figures of today the answer would be different. Go on with these answers to see it."
        )
    changed = any(
        before.criteria[criterion].outcome is not result.outcome for criterion, result in now.criteria.items()
    )
    if changed:
        return _(
            "By the rules and figures of today the answer is the same, but not every point comes out as it did."
        )
    return ""


def _gone(request: HttpRequest, *, expired: bool) -> HttpResponseBase:
    context: dict[str, Any] = {"expired": expired, "days": settings.SHARE_LINK_DAYS}
    return private(render(request, "share_gone.html", context, status=410 if expired else 404))
