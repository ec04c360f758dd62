"""One optional question about a page. What is sent is kept without anything about who sent it or what they answered."""

from __future__ import annotations

import logging
from typing import Any, Final
from unicodedata import category

from django import forms
from django.db import Error as DatabaseFailure
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from eligibility.models.feedback import TEXT_LENGTH, Feedback, Helpful, PageKind, ShownOutcome
from eligibility.private_pages import private
from eligibility.rate_limits import limited
from eligibility.wizard import language
from occupations import snapshots

logger = logging.getLogger(__name__)

WITH_OUTCOME: Final = frozenset({PageKind.RESULT.value, PageKind.SHARED.value})
ABOUT: Final = {
    PageKind.RESULT.value: _("Your result, which you came from."),
    PageKind.SHARED.value: _("The shared result, which you came from."),
    PageKind.GUIDE.value: _("The guide, which you came from."),
    PageKind.EDITIONS.value: _("The page on the rules, which you came from."),
    PageKind.LIST.value: _("The list of occupations, which you came from."),
    PageKind.OTHER.value: _("This site as a whole."),
}
"""Which page is meant, under the question."""
UNREADABLE: Final = _("That answer is not one of the three. Choose one of them, or none.")


class FeedbackForm(forms.Form):
    """The question, a remark, and what page it is about. `page` and `outcome` come from `about`, never unread."""

    use_required_attribute = False

    helpful = forms.ChoiceField(
        label=_("Did this page help you?"),
        choices=Helpful.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": UNREADABLE},
    )
    text = forms.CharField(
        label=_("What should we know? (optional)"),
        help_text=_(
            "Please leave out names and personal details. At most 1,000 characters. We cannot reply, "
            "because we do not know who you are."
        ),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "max_length": _("Your text has %(show_value)d characters. Shorten it to %(limit_value)d.")
        },
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    outcome = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helpful"].help_text = ABOUT[self["page"].value()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("helpful") and not cleaned.get("text"):
            self.add_error(
                "helpful", _("Choose an answer or write something. To send nothing, leave the page.")
            )
        return cleaned


def tidy(text: str) -> str:
    """Line breaks as one character, as the browser counts them; other control characters as blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if category(sign) == "Cc" and sign != "\n" else sign for sign in lines)


def about(sent: QueryDict) -> dict[str, str]:
    """The kind of page, "other" for one that we do not know; and the outcome where such a page has one."""
    page, outcome = sent.get("page", ""), sent.get("outcome", "")
    if page not in PageKind.values:
        page = PageKind.OTHER.value
    if page not in WITH_OUTCOME or outcome not in ShownOutcome.values:
        outcome = ""
    return {"page": page, "outcome": outcome}


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponseBase:
    """Ask, or keep what was sent."""
    return send(request) if request.method == "POST" else ask(request)


def ask(request: HttpRequest) -> HttpResponse:
    """The question. `?page=` and `?outcome=` say what it is about."""
    return _form_page(request, FeedbackForm(initial=about(request.GET)))


@limited("feedback", per_minute="FEEDBACK_PER_MINUTE")
def send(request: HttpRequest) -> HttpResponseBase:
    """Keep it and say thanks."""
    form = FeedbackForm(
        {**request.POST.dict(), "text": tidy(request.POST.get("text", "")), **about(request.POST)}
    )
    if not form.is_valid():
        return _form_page(request, form)
    try:
        Feedback.objects.create(day=snapshots.today(), language=language(), **form.cleaned_data)
    except DatabaseFailure as failure:
        # Only the kind of failure: the message of a database can quote what was sent.
        logger.warning("A feedback was not kept, because the database refused: %s.", type(failure).__name__)
        return _form_page(request, form, not_kept=True)
    return private(redirect("feedback-thanks"))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What comes after sending."""
    return private(render(request, "feedback_thanks.html"))


def _form_page(request: HttpRequest, form: FeedbackForm, *, not_kept: bool = False) -> HttpResponse:
    context = {"form": form, "not_kept": not_kept}
    return private(render(request, "feedback.html", context, status=503 if not_kept else 200))
