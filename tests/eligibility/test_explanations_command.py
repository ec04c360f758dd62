"""`manage.py explanations` prints every sentence of every explanation, filled in, in each language."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command

from eligibility.explanations.people import STATUS
from eligibility.explanations.study import EXPLANATION
from eligibility.explanations.whole import NEXT


def printed(language: str) -> str:
    out = io.StringIO()
    call_command("explanations", language=language, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ja"])
def test_every_sentence_is_printed_with_its_values(language: str) -> None:
    text = printed(language)
    assert re.search(r"%\(|\{\w*\}", text) is None
    assert len(re.findall(r"^- ", text, re.MULTILINE)) > 250


def test_sentences_are_those_of_the_page() -> None:
    lines = set(printed("en").splitlines())
    plain = [
        str(each) for table in (STATUS, EXPLANATION, NEXT) for each in table.values() if "%(" not in str(each)
    ]
    assert len(plain) > 20
    assert {f"- {each}" for each in plain} <= lines
