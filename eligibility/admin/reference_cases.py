"""Reference cases: kept from a result, marked as one that must not change, expected anew."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from eligibility.impact import verdict
from eligibility.models import ReferenceCase
from eligibility.rules.answers import Answers, AnswersError
from eligibility.staff import given, telling
from eligibility.staff.bringing import brought_along
from occupations import edition_content, snapshots
from occupations.admin.base import AnyForm, ExplainingAdmin
from occupations.models import Edition

GIVEN_LENGTH = 512 * 1024
"""Characters. A downloaded result has some 100,000."""


class KeepingForm(AnyForm):
    """A new case: where the answers come from, and the edition whose outcome is right."""

    given = forms.CharField(
        label=gettext_lazy("Result"),
        max_length=GIVEN_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Paste the link to a result, the whole of a result that was downloaded as a file, or answers as the "
            "assess command reads them. Only what decides is kept: no dates, no passport, no family."
        ),
    )
    expected_under = forms.ModelChoiceField(
        label=gettext_lazy("Expect the outcome of"),
        queryset=Edition.objects.all(),
        help_text=gettext_lazy("The edition whose answer, on the wages of today, is the right one."),
    )

    class Meta:
        model = ReferenceCase
        fields = ["name", "given", "expected_under", "must_not_change", "note"]

    def clean_given(self) -> str:
        text: str = self.cleaned_data["given"]
        try:
            self.answers = given.answers_from(text, snapshots.current())
        except given.NotUsable as problem:
            raise forms.ValidationError(str(problem)) from None
        return text


@admin.register(ReferenceCase)
class ReferenceCaseAdmin(ExplainingAdmin):
    """Answers and expectation of a case stay as they are; to change them, keep another case or expect anew."""

    change_list_template = "admin/impact/reference_case_list.html"
    list_display = [
        "name",
        "must_not_change",
        "expected_outcome",
        "expected_category",
        "edition",
        "on",
        "author",
    ]
    list_filter = ["must_not_change", "expected_outcome", "expected_category", "edition"]
    search_fields = ["name", "note", "author"]
    actions = ["expect_anew"]

    def get_form(
        self, request: HttpRequest, obj: ReferenceCase | None = None, change: bool = False, **kwargs: Any
    ) -> type[AnyForm]:
        if obj is None:
            kwargs["form"] = KeepingForm
        form: type[AnyForm] = super().get_form(request, obj, change, **kwargs)
        return form

    def get_fields(self, request: HttpRequest, obj: ReferenceCase | None = None) -> Any:
        if obj is None:
            return KeepingForm.Meta.fields
        return ["name", "must_not_change", "note", "told", "expectation", "kept_by", "answers_shown"]

    def get_readonly_fields(self, request: HttpRequest, obj: ReferenceCase | None = None) -> Any:
        if obj is None:
            return []
        settled = obj.must_not_change and not self.has_settle_permission(request)
        return [*(["must_not_change"] if settled else []), "told", "expectation", "kept_by", "answers_shown"]

    def has_settle_permission(self, request: HttpRequest) -> bool:
        """Whether the person may let a case change after all: not everybody who wishes to publish a draft."""
        return request.user.has_perm("eligibility.settle_referencecase")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self.has_settle_permission(request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What a link to this form brings along: a preview, a profile of an impact report or a shipped case."""
        return brought_along(request)

    def save_model(self, request: HttpRequest, obj: ReferenceCase, form: Any, change: bool) -> None:
        if not change:
            obj.answers = form.answers.to_json()
            obj.author = request.user.get_username()
            expect(obj, form.answers, form.cleaned_data["expected_under"].pk)
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("Who it is"))
    def told(self, case: ReferenceCase) -> str:
        rulebook = snapshots.rulebook()
        try:
            profile = case.as_case(rulebook.reference).profile
        except AnswersError as error:
            return str(error)
        return " · ".join(telling.summary(profile._replace(name=""), rulebook, get_language() or "en"))

    @admin.display(description=gettext_lazy("Expected outcome"))
    def expectation(self, case: ReferenceCase) -> str:
        told = telling.verdict_told(case.expected)
        return _("%(outcome)s (%(category)s), by %(edition)s on %(day)s") % {
            "outcome": told["outcome_name"],
            "category": told["category_name"],
            "edition": case.edition,
            "day": case.on,
        }

    @admin.display(description=gettext_lazy("Kept by"))
    def kept_by(self, case: ReferenceCase) -> str:
        return case.author

    @admin.display(description=gettext_lazy("Answers"))
    def answers_shown(self, case: ReferenceCase) -> str:
        return json.dumps(case.answers, indent=2, ensure_ascii=False)

    @admin.action(
        description=gettext_lazy("Expect what the edition in force says today"), permissions=["settle"]
    )
    def expect_anew(self, request: HttpRequest, queryset: QuerySet[ReferenceCase]) -> None:
        rulebook = snapshots.rulebook()
        for case in queryset:
            try:
                expect(case, case.parsed(rulebook.reference), rulebook.edition.slug)
            except AnswersError as error:
                self.message_user(request, f"{case}: {error}", messages.ERROR)
                continue
            case.save()
            told = {"case": case, "outcome": telling.OUTCOMES[case.expected.outcome]}
            self.message_user(request, _("%(case)s: %(outcome)s") % told, messages.SUCCESS)


def expect(case: ReferenceCase, answers: Answers, slug: str) -> None:
    """Expect of the case what an edition says of it today. Raises UnknownEdition."""
    snapshot, today = snapshots.current(), snapshots.today()
    content = edition_content.content_of(slug)
    case.edition, case.on = slug, today
    case.expected = verdict(answers, edition_content.rulebook_of(content, snapshot, today))
