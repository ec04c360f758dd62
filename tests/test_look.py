"""The stylesheet and the building blocks: bytes, contrast, nothing inline, marks that others rely on."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Engine

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STYLES = (Path(settings.BASE_DIR) / "static" / "css" / "site.css").read_text(encoding="utf-8")
DARK = "@media screen and (prefers-color-scheme: dark)"
ENGINE = Engine(
    dirs=[str(TEMPLATES)],
    libraries={
        "i18n": "django.templatetags.i18n",
        "pages": "eligibility.templatetags.pages",
        "remembered": "eligibility.templatetags.remembered",
    },
)
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "mist"),
    ("ink", "warm-paper"),
    ("ink-soft", "paper"),
    ("ink-soft", "mist"),
    ("ink-soft", "warm-paper"),
    ("link", "paper"),
    ("link", "mist"),
    ("link-hover", "mist"),
    ("action-ink", "action"),
    ("action-ink", "action-hover"),
    ("band-ink", "band"),
    ("pass", "pass-paper"),
    ("fail", "fail-paper"),
    ("fail", "paper"),
    ("unknown", "unknown-paper"),
    ("unknown", "paper"),
    ("ink", "pass-paper"),
    ("ink", "fail-paper"),
    ("ink", "unknown-paper"),
    ("link", "unknown-paper"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


LIGHT_COLOURS = tokens(STYLES.split("@media")[0])
DARK_COLOURS = LIGHT_COLOURS | tokens(STYLES.split(DARK)[1].split("@media")[0])


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def drawn(name: str, **context: Any) -> str:
    return ENGINE.get_template(f"components/{name}").render(Context(context))


def drawn_card(**changes: Any) -> str:
    page = ENGINE.from_string("{% load remembered %}{% criterion_cards criteria %}")
    return page.render(Context({"criteria": [criterion(**changes)]}))


def criterion(**changes: Any) -> dict[str, Any]:
    card: dict[str, Any] = {
        "id": "wage",
        "title": "Wage",
        "outcome": "fail",
        "because": "",
        "given": "$46.00 an hour",
        "required": "At least $50.00 an hour",
        "explanation": "The pay is too low.",
        "evidence": ["The signed offer"],
        "sources": [
            {"title": "A page", "publisher": "A publisher", "url": "https://example.org/", "date": "1 May"}
        ],
    }
    return card | changes


def test_the_stylesheet_keeps_to_its_budget() -> None:
    assert len(gzip.compress(STYLES.encode(), 9)) <= 8 * 1024


def test_the_stylesheet_loads_nothing_else() -> None:
    assert "url(" not in STYLES
    assert "@import" not in STYLES


@pytest.mark.parametrize("colours", [LIGHT_COLOURS, DARK_COLOURS], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "paper"), TEXT_PAIRS)
def test_text_stands_out_seven_to_one(colours: dict[str, str], text: str, paper: str) -> None:
    assert contrast(colours[text], colours[paper]) >= 7


@pytest.mark.parametrize("colours", [LIGHT_COLOURS, DARK_COLOURS], ids=["light", "dark"])
def test_edges_of_inputs_and_the_focus_ring_stand_out_three_to_one(colours: dict[str, str]) -> None:
    for token in ("edge", "ring"):
        for paper in ("paper", "mist"):
            assert contrast(colours[token], colours[paper]) >= 3


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_no_template_holds_an_inline_style_or_script() -> None:
    inline = re.compile(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:""")
    for path in TEMPLATES.rglob("*.html"):
        assert not inline.search(path.read_text(encoding="utf-8")), f"{path} holds an inline style or script."


def test_a_criterion_carries_its_marks() -> None:
    html = drawn_card()
    assert html.startswith('<li data-criterion="wage" data-outcome="fail"')


def test_a_criterion_says_what_was_given_what_is_required_and_who_says_so() -> None:
    for outcome in ("pass", "fail", "unknown"):
        html = drawn_card(outcome=outcome)
        for part in ("$46.00 an hour", "At least $50.00 an hour", "The pay is too low.", "The signed offer"):
            assert part in html
        assert '<a href="https://example.org/">A page</a>, A publisher, 1 May' in html


@pytest.mark.parametrize(
    ("outcome", "because", "words"),
    [
        ("pass", "", "Met"),
        ("fail", "", "Not met"),
        ("unknown", "officer_decides", "An officer decides"),
        ("unknown", "not_answered", "Not answered yet"),
    ],
)
def test_an_outcome_is_told_in_words(outcome: str, because: str, words: str) -> None:
    html = drawn("outcome_badge.html", outcome=outcome, because=because)
    assert f"</svg>{words}</span>" in html


def test_a_change_link_names_what_it_changes() -> None:
    html = drawn("summary_list.html", rows=[{"label": "Country", "value": "Chile", "change_url": "/x/"}])
    assert '<a href="/x/">Change<span class="visually-hidden"> Country</span></a>' in html


def test_an_answer_that_was_left_out_says_so() -> None:
    assert "Not answered" in drawn("summary_list.html", rows=[{"label": "Country", "value": ""}])
