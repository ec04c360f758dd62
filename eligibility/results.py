"""The summary, the result and the end of a journey: pages after the questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eligibility import journeys, result_pages
from eligibility.journeys import CookieState
from eligibility.presenting import Json, present
from eligibility.private_pages import private
from eligibility.replay import Replay, Turn, replay
from eligibility.rules.assessment import settled_failures
from eligibility.wizard import NOTICE, RETURN, language
from occupations import snapshots


@require_safe
def answers(request: HttpRequest, journey: str) -> HttpResponseBase:
    """Every answer with a Change link, before the result."""
    replayed, response = replayed_journey(request, journey)
    if response is not None:
        return response
    last_step = {"journey": journey, "step": replayed.turns[-1].step.slug}
    context = {
        "groups": [_group(turn, journey) for turn in replayed.turns],
        "result_url": reverse("result", kwargs={"journey": journey}),
        **_frame(journey, back_url=reverse("step", kwargs=last_step)),
    }
    if replayed.first_open is not None:
        step = {"journey": journey, "step": replayed.first_open.step.slug}
        context["continue_url"] = reverse("step", kwargs=step)
        context["missing"] = _(
            "Some questions have no answer yet. One of your answers settles the result already."
        )
    return private(render(request, "summary.html", context))


@require_safe
def result(request: HttpRequest, journey: str) -> HttpResponseBase:
    """The answer, criterion by criterion; early when an answer settles it."""
    replayed, response = replayed_journey(request, journey)
    if response is not None:
        return response
    snapshot = snapshots.current()
    rulebook = snapshot.rulebook(snapshots.today())
    assessment = present(replayed.answers, snapshot, rulebook, language())
    answers_url = reverse("answers", kwargs={"journey": journey})
    context = {
        "assessment": result_pages.for_page(assessment, rulebook, language()),
        "answers_url": answers_url,
        "share_url": reverse("share", kwargs={"journey": journey}),
        "download_url": reverse("result-json", kwargs={"journey": journey}),
        "reminders_url": reverse("reminders", kwargs={"journey": journey}) if has_dates(assessment) else "",
        **_frame(journey, back_url=answers_url),
    }
    return private(render(request, "result.html", context))


@require_safe
def result_json(request: HttpRequest, journey: str) -> HttpResponseBase:
    """The same assessment to keep or to pass on, as JSON (design, section 5), with the answers it was made of."""
    replayed, response = replayed_journey(request, journey)
    if response is not None:
        return response
    snapshot = snapshots.current()
    assessment = present(replayed.answers, snapshot, snapshot.rulebook(snapshots.today()), language())
    kept = {**assessment, "answers": replayed.answers.to_json()}
    download = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 2})
    download["Content-Disposition"] = f'attachment; filename="cptpp-check-{assessment["on"]}.json"'
    return private(download)


def has_dates(assessment: Json) -> bool:
    """Whether the visitor named a start, so that the end of the permit is a real day."""
    permit = assessment.get("permit") or {}
    return bool(permit.get("start_given") and permit.get("ends"))


@require_POST
def erase(request: HttpRequest, journey: str) -> HttpResponseBase:
    """Forget this journey and start again."""
    response = redirect("start")
    journeys.erase(response, journey)
    return private(response)


def replayed_journey(request: HttpRequest, journey: str) -> tuple[Replay, HttpResponseBase | None]:
    """The journey as it stands, and where to go instead when this page cannot be shown yet."""
    state, stored = journeys.read(request, journey)
    rulebook = snapshots.rulebook()
    replayed = replay(stored, rulebook, language())
    if state in (CookieState.EXPIRED, CookieState.TAMPERED):
        ended = render(request, "expired.html", status=410)
        journeys.erase(ended, journey)
        return replayed, private(ended)
    first_open = replayed.first_open
    if first_open is None or settled_failures(replayed.answers, rulebook):
        return replayed, None
    step = reverse("step", kwargs={"journey": journey, "step": first_open.step.slug})
    return replayed, private(redirect(f"{step}?{NOTICE}=answer-first"))


def _frame(journey: str, *, back_url: str) -> dict[str, Any]:
    return {
        "back_url": back_url,
        "erase_url": reverse("erase", kwargs={"journey": journey}),
    }


def _group(turn: Turn, journey: str) -> dict[str, Any]:
    """One step's answers in words, with its Change link."""
    form = turn.step.form(setting=turn.setting, asked=turn.asked, prefix=turn.step.slug)
    address = reverse("step", kwargs={"journey": journey, "step": turn.step.slug})
    rows = [
        {
            "label": field.label,
            "value": field.words(turn.values.get(name)),
            "change_url": f"{address}?{RETURN}=answers#{form[name].id_for_label or form[name].auto_id}",
        }
        for name, field in form.told(turn.values)
    ]
    return {"title": turn.step.title, "rows": rows}
