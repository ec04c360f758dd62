"""formtools' session wizard as it comes, asking the same questions: plain Django fields, as_div, rows of sessions.

It does less than the site: no rules, no hints, no summary, and a page without style or frame.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.sessions.middleware import SessionMiddleware
from django.forms.renderers import DjangoTemplates
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import decorator_from_middleware
from formtools.wizard.views import NamedUrlSessionWizardView

from eligibility.forms.fields import Explained
from eligibility.replay import Turn, replay, stored_from
from eligibility.rules.answers import Answers
from occupations import snapshots
from tests.browser.people import ENGINEER


class PlainForm(forms.Form):
    default_renderer = DjangoTemplates()  # An instance, so that its templates are compiled once.


class PlainWizard(NamedUrlSessionWizardView):  # type: ignore[misc] # formtools has no types
    template_name = "plain_wizard.html"

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse("done")


def plain_wizard() -> Callable[..., HttpResponseBase]:
    """The view, with the steps and the questions that the site asks an engineer."""
    rulebook = snapshots.rulebook()
    answers = Answers.parse(ENGINEER, rulebook.reference)
    turns = replay(stored_from(answers, rulebook, "en"), rulebook, "en").turns
    form_list = [(turn.step.slug, _plain_form(turn)) for turn in turns]
    view = PlainWizard.as_view(form_list, url_name="plain-step", done_step_name="done")
    with_session: Callable[..., HttpResponseBase] = decorator_from_middleware(SessionMiddleware)(view)
    return with_session


def _plain_form(turn: Turn) -> type[PlainForm]:
    asked = turn.step.form(setting=turn.setting, asked=turn.asked)
    fields = {name: _plain_field(field) for name, field in asked.questions.items()}
    return type(f"Plain{turn.step.slug.title()}Form", (PlainForm,), fields)


def _plain_field(field: Explained) -> forms.Field:
    words: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": False}
    if isinstance(field, forms.MultipleChoiceField):
        return forms.MultipleChoiceField(choices=field.choices, widget=forms.CheckboxSelectMultiple, **words)
    if isinstance(field, forms.ChoiceField):
        widget = forms.Select if isinstance(field.widget, forms.Select) else forms.RadioSelect
        widget = forms.RadioSelect if isinstance(field.widget, forms.RadioSelect) else widget
        return forms.ChoiceField(choices=field.choices, widget=widget, **words)
    return forms.DateField(**words) if isinstance(field, forms.DateField) else forms.CharField(**words)
