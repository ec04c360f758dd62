"""The question pages: formtools' named-URL wizard over the step table, on replayed answers.

formtools makes the forms and leads from step to step; which steps are shown, the replay says. What it lacks is guarded
here (docs/decisions/0002-journey-cookie.md and the tests of tests/eligibility/test_wizard_guards.py).
"""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView

from eligibility import counting, fragments, journeys, panels
from eligibility.forms.base import QuestionForm
from eligibility.journeys import CookieState, JourneyStorage
from eligibility.private_pages import private
from eligibility.replay import Replay, Stored, Turn, replay, replay_from
from eligibility.steps import STEP_BY_SLUG, STEPS
from occupations import snapshots

RETURN = "return"
"""Query parameter of a Change link: come back to the summary afterwards."""
NOTICE = "notice"
"""Query parameter that says why a visitor was brought to this page."""


def language() -> str:
    """The language of the page."""
    return get_language() or settings.LANGUAGE_CODE


class JourneyWizard(NamedUrlWizardView):  # type: ignore[misc]
    """One visitor's questions. Needs `journey` and `step` in the address."""

    storage_name = "eligibility.journeys.JourneyStorage"
    storage: JourneyStorage
    replay: Replay
    template_name = "question.html"

    form_list = [(step.slug, step.form) for step in STEPS]

    # --- What formtools asks for --------------------------------------------------------------------------

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(kwargs["journey"])

    def get_step_url(self, step: str) -> str:
        return reverse("step", kwargs={"journey": self.prefix, "step": step})

    def get_form_list(self) -> dict[str, type[QuestionForm]]:
        """Every step. Which of them are shown, the replay says."""
        return cast(dict[str, type[QuestionForm]], self.form_list)

    @property
    def _step_field(self) -> str:
        """The hidden field of formtools that says which step is sent."""
        return f"{self.prefix}-current_step"

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        turn = self.turn(step or self.steps.current)
        return {"setting": turn.setting, "asked": turn.asked}

    def get_form_initial(self, step: str) -> dict[str, Any]:
        return dict(self.turn(step).values)

    def turn(self, slug: str) -> Turn:
        """The shown step of this slug. Raises Http404 when it is not shown."""
        turn = self.replay.turn(slug)
        if turn is None:
            raise Http404("This question is not part of your journey.")
        return turn

    # --- Requests -----------------------------------------------------------------------------------------

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.rulebook = snapshots.rulebook()
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        fragments.mark(request, response)
        return private(response)

    def _replay(self) -> None:
        self.replay = replay(self.storage.stored, self.rulebook, language())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._replay()
        slug = self._known_step(kwargs["step"])
        if self.storage.cookie_state in (CookieState.EXPIRED, CookieState.TAMPERED):
            return self._ended(request)
        if self.replay.turn(slug) is None or not self.replay.can_open(slug):
            return self._first_open_step()
        self.storage.current_step = slug
        return self._show(self.get_form(slug))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._replay()
        slug = self._known_step(kwargs["step"])
        if self.storage.cookie_state in (CookieState.EXPIRED, CookieState.TAMPERED):
            return self._ended(request)
        if request.POST.get(self._step_field) != slug:
            return self._mismatched(request)
        if self.replay.turn(slug) is None or not self.replay.can_open(slug):
            is_gone = not self.storage.stored and self.storage.cookie_state is not CookieState.OTHER_VERSION
            return self._ended(request) if is_gone else self._first_open_step()
        self.storage.current_step = slug
        form: QuestionForm = self.get_form(slug, data=request.POST)
        if not panels.STAYING.isdisjoint(request.POST):
            form.forget_missing()
            return self._show(form)
        if not form.is_valid():
            return self._show(form)
        return self._save(slug, form)

    def _show(self, form: QuestionForm) -> HttpResponseBase:
        """The page of the step at hand, or the part of it that a script asks for."""
        slug = self.steps.current
        if template := panels.fragment_of(slug, self.request):
            context = {**panels.for_step(self.turn(slug), form, self.request), "is_fragment": True}
            return render(self.request, template, context)
        page: HttpResponseBase = self.render(form)
        return page

    def _known_step(self, slug: str) -> str:
        """The slug itself. Raises Http404 for a slug that no step has."""
        if slug not in STEP_BY_SLUG:
            raise Http404("There is no such question.")
        return slug

    def _save(self, slug: str, form: QuestionForm) -> HttpResponseBase:
        turn = self.turn(slug)
        self.storage.set_step_data(slug, Stored(form.stored(), turn.step.basis_of(turn.setting.answers)))
        before = self.replay
        self.replay = replay_from(slug, before, self.storage.stored)
        counting.answered(before, self.replay, self.rulebook)
        return HttpResponseRedirect(self._next_address(slug))

    def _next_address(self, slug: str) -> str:
        """The next question; the summary when there is none left, or when a Change link led here."""
        first_open = self.replay.first_open
        if first_open is None and (RETURN in self.request.GET or slug == self.replay.turns[-1].step.slug):
            return reverse("answers", kwargs={"journey": self.prefix})
        order = [turn.step.slug for turn in self.replay.turns]
        if first_open and (
            RETURN in self.request.GET or order.index(first_open.step.slug) <= order.index(slug)
        ):
            suffix = f"?{RETURN}=answers" if RETURN in self.request.GET else ""
            return self.get_step_url(first_open.step.slug) + suffix
        return self.get_step_url(order[order.index(slug) + 1])

    # --- Ways out -----------------------------------------------------------------------------------------

    def _first_open_step(self) -> HttpResponseRedirect:
        """The first question without an answer; the summary when none is left (a hidden step was asked for)."""
        first_open = self.replay.first_open
        if first_open is None:
            return redirect("answers", journey=self.prefix)
        return redirect(f"{self.get_step_url(first_open.step.slug)}?{NOTICE}=answer-first")

    def _ended(self, request: HttpRequest) -> HttpResponse:
        """The journey is gone: it ran out, or its cookie is not one that we wrote."""
        self.storage.reset()
        return render(request, "expired.html", status=410)

    def _mismatched(self, request: HttpRequest) -> HttpResponse:
        return render(request, "400.html", {"back_url": request.path}, status=400)

    # --- The page -----------------------------------------------------------------------------------------

    def get_template_names(self) -> list[str]:
        return [f"steps/{self.steps.current}.html", self.template_name]

    def get_context_data(self, form: QuestionForm, **kwargs: Any) -> dict[str, Any]:
        turn = self.turn(self.steps.current)
        order = [one.step.slug for one in self.replay.turns]
        number = order.index(turn.step.slug)
        changing = RETURN in self.request.GET
        return {
            "form": form,
            "step": turn.step.slug,
            "step_title": form.heading or next(iter(form)).label,
            "intro": form.intro,
            # Without an address of its own a form sends the #fragment along, and the next page would jump to it.
            "action_url": self.request.get_full_path(),
            "has_errors": form.is_bound and bool(form.errors),
            "progress": {"number": number + 1, "total": len(order)},
            "back_url": self._back_address(order, number, changing),
            "step_field": self._step_field,
            "notices": self._notices(turn),
            "early_result": panels.early_result(self.replay, self.rulebook, self.prefix, language()),
            "erase_url": reverse("erase", kwargs={"journey": self.prefix}),
            "return_to": "answers" if changing else "",
            "submit_label": _("Save and return to your answers") if changing else "",
            **panels.for_step(turn, form, self.request),
        }

    def _back_address(self, order: list[str], number: int, changing: bool) -> str:
        if changing:
            return reverse("answers", kwargs={"journey": self.prefix})
        return self.get_step_url(order[number - 1]) if number else reverse("start")

    def _notices(self, turn: Turn) -> list[dict[str, str]]:
        notices = []
        if self.storage.cookie_state is CookieState.OTHER_VERSION:
            text = _("The questions have changed since you gave your answers. Please answer them again.")
            notices.append({"kind": "warning", "text": text})
        elif self.request.GET.get(NOTICE) == "answer-first":
            text = _("Please answer this question first. The page you asked for depends on it.")
            notices.append({"kind": "info", "text": text})
        if turn.outdated:
            notices.append({"kind": "warning", "text": panels.outdated_sentence(turn)})
        return notices


def begin(request: HttpRequest) -> HttpResponseRedirect:
    """A fresh journey; nothing is stored until its first valid answer."""
    return private(redirect("step", journey=journeys.new_id(), step=STEPS[0].slug))
