"""The tags behind the pages: what a form looks like to a template, and what is kept between visitors."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from eligibility.templatetags.pages import questions

ENGINE = Engine(
    dirs=[str(settings.BASE_DIR / "templates")],
    libraries={
        "i18n": "django.templatetags.i18n",
        "pages": "eligibility.templatetags.pages",
    },
)


class HintedRadios(forms.RadioSelect):
    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["hint"] = f"About {option['label']}"
        return option


class OneQuestion(forms.Form):
    colour = forms.ChoiceField(
        label="Which colour?",
        help_text="Any will do.",
        choices=[("r", "Red"), ("g", "<Green>")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a colour."},
    )


class ManyQuestions(forms.Form):
    heading = "Pay"
    use_required_attribute = False
    pay = forms.DecimalField(
        label="How much?",
        help_text="Before tax.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "Enter a number."},
    )
    period = forms.ChoiceField(label="For what?", choices=[("h", "An hour")], widget=HintedRadios)
    papers = forms.MultipleChoiceField(
        label="Which papers?", choices=[("a", "Letter"), ("b", "Card")], widget=forms.CheckboxSelectMultiple
    )
    region = forms.ChoiceField(label="Where?", choices=[("North", [("n1", "Inuvik")])], required=False)
    begins = forms.DateField(label="When?", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    sure = forms.BooleanField(label="I am sure", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form: forms.BaseForm) -> str:
    context = Context({"form": form, "questions": questions(form)})
    return ENGINE.get_template("components/form_fields.html").render(context)


def summary_of(form: forms.BaseForm) -> str:
    context = Context({"form": form, "questions": questions(form)})
    return ENGINE.get_template("components/error_summary.html").render(context)


def test_the_first_question_is_the_heading_of_the_page() -> None:
    assert '<legend class="label"><h1>Which colour?</h1></legend>' in drawn(OneQuestion(prefix="colour"))


def test_a_form_whose_page_has_its_own_heading_draws_none() -> None:
    class Beside(OneQuestion):
        heading = "Colours"

    assert "<h1>" not in drawn(Beside(prefix="colour"))


def test_questions_below_the_heading_of_their_form_draw_none() -> None:
    assert "<h1" not in drawn(ManyQuestions(prefix="offer"))


def test_a_lone_tick_box_is_never_the_heading() -> None:
    class Lone(forms.Form):
        sure = forms.BooleanField(label="I am sure")

    assert "<h1" not in drawn(Lone(prefix="sure"))


def test_a_label_that_is_the_heading_names_its_input() -> None:
    class Lone(forms.Form):
        years = forms.CharField(label="How many years?")

    html = drawn(Lone(prefix="experience"))
    assert '<h1 class="label"><label for="id_experience-years">How many years?</label></h1>' in html


def test_names_and_ids_are_those_of_django() -> None:
    html = drawn(ManyQuestions(prefix="offer"))
    assert 'name="offer-pay"' in html
    assert 'id="id_offer-pay"' in html
    assert 'name="offer-period" value="h" id="id_offer-period_0"' in html
    assert '<select name="offer-region"' in html
    assert 'type="date" name="offer-begins"' in html
    assert '<input type="hidden" name="offer-token"' in html


def test_an_error_is_tied_to_its_input_and_what_was_typed_stays() -> None:
    html = drawn(ManyQuestions({"offer-pay": 'forty "two"'}, prefix="offer"))
    assert 'value="forty &quot;two&quot;"' in html
    assert 'aria-describedby="id_offer-pay_helptext id_offer-pay_error" aria-invalid="true"' in html
    assert '<p class="error" id="id_offer-pay_error">' in html


def test_a_group_in_error_is_described_by_its_hint_and_its_error() -> None:
    html = drawn(OneQuestion({}, prefix="colour"))
    described = 'aria-describedby="id_colour-colour_helptext id_colour-colour_error"'
    assert f'<fieldset {described} role="radiogroup" aria-invalid="true">' in html


def test_the_error_summary_links_to_the_first_input_of_each_question() -> None:
    html = summary_of(ManyQuestions({"offer-pay": "x"}, prefix="offer"))
    assert '<a href="#id_offer-pay">Enter a number.</a>' in html
    assert '<a href="#id_offer-papers_0">' in html
    assert '<a href="#id_offer-region' not in html


def test_an_error_about_the_whole_form_links_to_the_first_question() -> None:
    form = OneQuestion({"colour-colour": "r"}, prefix="colour")
    form.add_error(None, "These answers do not fit together.")
    assert '<a href="#id_colour-colour_0">These answers do not fit together.</a>' in summary_of(form)


def test_answers_given_are_checked_and_others_are_not() -> None:
    data = {"offer-papers": ["b"], "offer-sure": "on"}
    html = drawn(ManyQuestions(data, prefix="offer"))
    assert 'value="b" id="id_offer-papers_1" checked>' in html
    assert 'value="a" id="id_offer-papers_0">' in html
    sure = next(line for line in html.splitlines() if 'name="offer-sure"' in line)
    assert " checked" in sure


def test_texts_beside_a_question_are_drawn_and_the_unit_is_part_of_the_name() -> None:
    form = ManyQuestions(prefix="offer")
    pay = form.fields["pay"]
    vars(pay).update(why="To compare it.", example="For example: 38.50", prefix="$", unit="an hour")
    html = drawn(form)
    assert 'for="id_offer-pay">How much?<span class="visually-hidden"> (an hour)</span></label>' in html
    assert '<p class="example">For example: 38.50</p>' in html
    assert "<p>To compare it.</p>" in html
    assert html.count("<details") == 1


def test_an_option_shows_the_hint_its_widget_gives() -> None:
    assert "An hour<small>About An hour</small>" in drawn(ManyQuestions(prefix="offer"))


def test_labels_are_escaped() -> None:
    assert "&lt;Green&gt;" in drawn(OneQuestion(prefix="colour"))


def test_steady_text_is_rendered_once_for_each_language() -> None:
    template = ENGINE.from_string("{% load i18n pages %}{% steady %}{% translate 'Yes' %}{% endsteady %}")
    with translation.override("en"):
        assert template.render(Context()) == "Yes"
    with translation.override("fr"):
        assert template.render(Context()) == "Oui"
    with translation.override("en"):
        assert template.render(Context()) == "Yes"


def test_steady_text_never_holds_what_belongs_to_one_visitor() -> None:
    template = ENGINE.from_string("{% load pages %}{% steady %}[{{ answer }}]{% endsteady %}")
    assert template.render(Context({"answer": "secret"})) == "[]"


@pytest.mark.parametrize("form", [OneQuestion, ManyQuestions])
def test_every_label_points_at_an_input(form: type[forms.Form]) -> None:
    html = drawn(form(prefix="x"))
    targets = {part.split('"')[0] for part in html.split(' for="')[1:]}
    ids = {part.split('"')[0] for part in html.split(' id="')[1:]}
    assert targets <= ids
