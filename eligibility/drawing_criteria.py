"""The criteria of a result as HTML, without a template: there are nine cards, and templates cost many times as much.

`card` is the only place that draws one: the answer, why, then what was said, what is required, what would change it,
the evidence to gather and who says so. Of a criterion that is met only the answer and why are open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from eligibility.drawing import esc
from eligibility.explanations.texts import Texts
from eligibility.rules.outcomes import Outcome

WORDS: Final = Texts[str](
    {
        "fold": _("What you said, evidence and source"),
        "given": _("You said"),
        "nothing": _("Nothing yet"),
        "required": _("What is required"),
        "to_pass": _("What would change this:"),
        "evidence": _("Evidence to gather"),
    }
)


def card(criterion: Mapping[str, Any], badge: SafeString, cited: SafeString, language: str) -> SafeString:
    """One criterion with id, title, outcome, given, required, explanation, and optionally to_pass and evidence (texts).

    `badge` and `cited` are its outcome and its documents, drawn. Every text in it is escaped.
    """
    return SafeString("".join(_parts(criterion, badge, cited, WORDS.told(language))))


def _parts(
    criterion: Mapping[str, Any], badge: SafeString, cited: SafeString, words: Mapping[str, str]
) -> Iterator[str]:
    title, outcome = esc(criterion["title"]), esc(criterion["outcome"])
    folded = criterion["outcome"] == Outcome.PASSES.value
    yield f'<li data-criterion="{esc(criterion["id"])}" data-outcome="{outcome}" class="criterion {outcome}">\n'
    yield f"<header><h3>{title}</h3>{badge}</header>\n"
    yield f"<p>{esc(criterion['explanation'])}</p>\n"
    if folded:
        yield f'<details class="why"><summary>{esc(words["fold"])}'
        yield f'<span class="visually-hidden">: {title}</span></summary>\n'
    given = criterion["given"] or words["nothing"]
    yield f'<dl class="facts">\n<dt>{esc(words["given"])}</dt><dd>{esc(given)}</dd>\n'
    yield f"<dt>{esc(words['required'])}</dt><dd>{esc(criterion['required'])}</dd>\n</dl>\n"
    if criterion.get("to_pass"):
        change = esc(criterion["to_pass"])
        yield f'<p class="to-pass"><strong>{esc(words["to_pass"])}</strong> {change}</p>\n'
    if criterion.get("evidence"):
        items = "".join(f"<li>{esc(item)}</li>\n" for item in criterion["evidence"])
        yield f'<p class="detail">{esc(words["evidence"])}</p>\n<ul>\n{items}</ul>\n'
    yield cited
    yield "</details>\n</li>\n" if folded else "</li>\n"
