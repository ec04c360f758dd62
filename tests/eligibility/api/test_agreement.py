"""Page, command and API give the same answer for any answers."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.sharing import token_for
from occupations import snapshots
from tests.eligibility.rules.cases import shipped
from tests.eligibility.rules.test_properties import ANY_ANSWERS
from tests.eligibility.walker import marks

ASSESS = "/api/v1/assess"


def by_command(lines: str, *options: str) -> list[dict[str, Any]]:
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.jsonl"
        file.write_text(lines, encoding="utf-8")
        call_command("assess", str(file), *options, stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


@override_settings(API_REQUESTS_PER_MINUTE=10**9, API_CASES_PER_MINUTE=10**9)
@given(st.lists(ANY_ANSWERS, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_page_command_and_api_agree(api: Client, several: list[Any]) -> None:
    cases = [{"id": number, "answers": answers.to_json()} for number, answers in enumerate(several, start=1)]
    commanded = by_command("".join(f"{json.dumps(case)}\n" for case in cases))
    batch = api.post(ASSESS, json.dumps({"cases": cases}), content_type="application/json")
    assert json.loads(batch.getvalue()) == commanded
    for case, answers, assessment in zip(cases, several, commanded, strict=True):
        alone = api.post(ASSESS, json.dumps(case), content_type="application/json")
        assert alone.json() == assessment
        page = api.get(f"/r/{token_for(answers, shipped().rulebook(snapshots.today()))}/")
        assert marks(page) == {
            "outcome": assessment["outcome"],
            "category": assessment["category"],
            "edition": assessment["edition"],
            "criteria": {name: told["outcome"] for name, told in assessment["criteria"].items()},
        }
        html = page.content.decode()
        assert escape(assessment["headline"]) in html
        assert all(escape(told["explanation"]) in html for told in assessment["criteria"].values())
        assert all(
            escape(sentence) in html for change in assessment["changes"] for sentence in change["sentences"]
        )
