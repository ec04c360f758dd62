"""`python manage.py assess`: one line in, one line out, whatever the line is (design, section 5)."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from eligibility.lines import MAX_LINE_BYTES
from eligibility.rules.outcomes import Criterion
from occupations import snapshots
from tests.eligibility.rules.cases import ARTICLE, OFFICIAL, QUALIFIED, shipped

PROFILES = Path(__file__).resolve().parents[1] / "data" / "profiles.jsonl"
GOOD = json.dumps({"id": "good", "answers": QUALIFIED})

Run = Callable[..., tuple[list[dict[str, Any]], str | None]]


@pytest.fixture(autouse=True)
def rules_in_memory() -> Iterator[None]:
    snapshots.hold(shipped())
    yield
    snapshots.hold(None)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command on some lines; gives its output and, for exit status 1, the message."""

    def run_on(content: str | bytes, *options: str) -> tuple[list[dict[str, Any]], str | None]:
        path = tmp_path / "answers.jsonl"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        output = io.StringIO()
        message = None
        try:
            call_command("assess", str(path), *options, stdout=output)
        except CommandError as error:
            message = str(error)
        return [json.loads(each) for each in output.getvalue().splitlines()], message

    return run_on


@pytest.mark.parametrize("edition", [OFFICIAL, ARTICLE])
@pytest.mark.parametrize("brief", [[], ["--brief"]])
def test_it_agrees_with_every_worked_case(run: Run, edition: str, brief: list[str]) -> None:
    cases = [json.loads(each) for each in PROFILES.read_text(encoding="utf-8").splitlines()]
    answered, message = run(PROFILES.read_bytes(), "--edition", edition, *brief)
    assert message is None
    assert [each["id"] for each in answered] == [case["id"] for case in cases]
    for each, case in zip(answered, cases, strict=True):
        outcomes = {name: entry["outcome"] for name, entry in each["criteria"].items()}
        expected = case["expected"][edition]
        assert (each["outcome"], each["category"], outcomes) == (
            expected["outcome"],
            expected["category"],
            expected["criteria"],
        )


def test_a_full_line_has_the_keys_of_the_contract(run: Run) -> None:
    [answered], message = run(GOOD, "--on", "2026-11-22")
    assert message is None
    assert (answered["id"], answered["edition"], answered["on"]) == ("good", OFFICIAL, "2026-11-22")
    assert answered["revision"] == shipped().revision
    assert list(answered["criteria"]) == [criterion.value for criterion in Criterion]
    assert set(answered["by_category"]) == {"professional", "technician"}
    assert [note["difference"] for note in answered["differences"]] == ["D-13", "D-06"]
    wage = answered["criteria"]["wage"]
    assert {"outcome", "reason", "because", "given", "required", "explanation", "sources", "evidence"} <= set(
        wage
    )
    assert wage["explanation"].startswith("The offer comes to CAD 52.00 per hour")
    assert all(set(source) == {"title", "publisher", "url", "date", "fact"} for source in wage["sources"])


def test_a_brief_line_has_only_outcomes_and_reasons(run: Run) -> None:
    [answered], _ = run(GOOD, "--brief", "--on", "2026-11-22")
    assert set(answered) == {"id", "edition", "revision", "on", "outcome", "category", "criteria"}
    assert answered["criteria"]["wage"] == {"outcome": "pass", "reason": "wage_sufficient"}


def test_bare_answers_are_accepted_too(run: Run) -> None:
    bare = json.dumps(QUALIFIED)
    named = json.dumps({"id": 7, **QUALIFIED})
    answered, message = run(f"{bare}\n{named}\n", "--brief")
    assert message is None
    assert [(each["id"], each["outcome"]) for each in answered] == [(None, "eligible"), (7, "eligible")]


def test_the_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(GOOD.encode())))
    output = io.StringIO()
    call_command("assess", "-", "--brief", stdout=output)
    assert json.loads(output.getvalue())["outcome"] == "eligible"


def answers_with(**changes: Any) -> str:
    return json.dumps({"id": "bad", "answers": {**QUALIFIED, **changes}})


BAD_LINES: list[tuple[bytes, str, list[str]]] = [
    (answers_with(hat="x").encode(), "The answers are not as they must be", ["hat"]),
    (answers_with(wage_amount=1.999999).encode(), "The answers are not as they must be", ["wage_amount"]),
    (
        answers_with(noc="99999", country="XX").encode(),
        "The answers are not as they must be",
        ["country", "noc"],
    ),
    (answers_with(status=1).encode(), "The answers are not as they must be", ["status"]),
    (b'{"id": "bad", "answers": {"wage_amount": NaN}}', "The line is not valid JSON: NaN", []),
    (b'{"id": "bad", "answers": {"wage_amount": -Infinity}}', "The line is not valid JSON: -Infinity", []),
    (
        b'{"answers": {"wage_amount": ' + b"9" * 5000 + b"}}",
        "The line holds a number with too many digits",
        [],
    ),
    (b'{"answers": {"country": "MX", "country": "AU"}}', "The line names the same key twice", []),
    (b'{"id": 1, "id": 2, "answers": {}}', "The line names the same key twice", []),
    (b"{", "The line is not valid JSON", []),
    (b"not json", "The line is not valid JSON: Expecting value at character 1.", []),
    (b'{"answers": {}} x', "The line is not valid JSON: Extra data", []),
    (b"[]", "The line is not a JSON object", []),
    (b'"text"', "The line is not a JSON object", []),
    (b"null", "The line is not a JSON object", []),
    (b'{"answers": []}', "The answers are not as they must be", ["answers"]),
    (b'{"answers": null}', "The answers are not as they must be", ["answers"]),
    (b'{"answers": {}, "country": "MX"}', 'Some answers stand beside "answers"', ["country"]),
    (b'{"answers": {"country": "\xff"}}', "The line is not valid UTF-8 text.", []),
    (b'{"a":' * 20000 + b"1" + b"}" * 20000, "The line is longer than 65536 bytes", []),
    (b'{"a":' * 9000 + b"1" + b"}" * 9000, "The line is nested too deeply", []),
    (b'{"id": "' + b"x" * 1_000_000 + b'"}', "The line is longer than 65536 bytes", []),
]


@pytest.mark.parametrize(("line", "message", "names"), BAD_LINES, ids=lambda value: repr(value)[:40])
def test_a_bad_line_gets_its_error_and_the_others_are_still_answered(
    run: Run, line: bytes, message: str, names: list[str]
) -> None:
    content = b"\n".join([GOOD.encode(), line, GOOD.encode()]) + b"\n"
    (first, bad, last), failure = run(content, "--brief")
    assert (first["outcome"], last["outcome"]) == ("eligible", "eligible")
    assert bad["line"] == 2
    assert bad["error"]["message"].startswith(message)
    assert sorted(each["field"] for each in bad["error"]["fields"]) == sorted(names)
    assert all(each["message"].endswith(".") for each in bad["error"]["fields"])
    assert failure == "1 of 3 lines could not be read; their errors are in the output."


def test_the_exit_status_is_one_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("bad")
    with pytest.raises(CommandError) as failed:
        call_command("assess", str(path), stdout=io.StringIO())
    assert failed.value.returncode == 1


def test_a_bad_line_keeps_its_id(run: Run) -> None:
    [bad], _ = run(answers_with(hat=1))
    assert bad["id"] == "bad"


@pytest.mark.parametrize(
    ("given", "echoed"),
    [
        ('"x"', "x"),
        ("5", 5),
        ("1.5", 1.5),
        ("null", None),
        ("[1]", None),
        ('{"a": 1}', None),
        ('"\\ud800"', "\ud800"),
    ],
)
def test_an_id_is_repeated_when_it_is_a_short_text_or_a_number(run: Run, given: str, echoed: object) -> None:
    [answered], _ = run('{"id": ' + given + ', "answers": {}}', "--brief")
    assert answered["id"] == echoed


def test_a_long_id_is_cut(run: Run) -> None:
    [answered], _ = run(json.dumps({"id": "x" * 1000, "answers": {}}), "--brief")
    assert answered["id"] == "x" * 200


def test_blank_lines_are_skipped_but_counted(run: Run) -> None:
    answered, _ = run(f"\n  \n{GOOD}\n\r\nbad\n", "--brief")
    assert [each.get("line") for each in answered] == [None, 5]


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle(run: Run) -> None:
    answered, message = run(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n" + GOOD.encode(), "--brief")
    assert ([each["outcome"] for each in answered], message) == (["eligible", "eligible"], None)


def test_a_line_of_exactly_the_longest_length_is_read(run: Run) -> None:
    short = json.dumps({"id": "long", "note": "", "answers": QUALIFIED}).encode()
    line = short.replace(b'"note": ""', b'"note": "' + b"x" * (MAX_LINE_BYTES - len(short)) + b'"')
    assert len(line) == MAX_LINE_BYTES
    [answered], message = run(line, "--brief")
    assert (answered["outcome"], message) == ("eligible", None)
    [bad], message = run(line.replace(b"x", b"xx", 1), "--brief")
    assert bad["error"]["message"].startswith("The line is longer")


def test_an_empty_file_gives_nothing(run: Run) -> None:
    assert run("") == ([], None)


def test_the_day_chooses_the_wages_and_is_stamped(run: Run) -> None:
    looked_up = {name: value for name, value in QUALIFIED.items() if name != "prevailing_wage_hourly"}
    line = json.dumps({**looked_up, "region": "ER35", "wage_amount": "55"})
    [earlier], _ = run(line, "--on", "2025-11-18")
    [later], _ = run(line, "--on", "2025-11-19")
    assert (earlier["outcome"], later["outcome"]) == ("eligible", "not_eligible")
    assert "CAD 1.73 per hour below" in later["criteria"]["wage"]["explanation"]
    assert (earlier["on"], later["on"]) == ("2025-11-18", "2025-11-19")


def test_without_a_day_it_is_today_in_toronto(run: Run) -> None:
    [answered], _ = run(GOOD, "--brief")
    assert answered["on"] == snapshots.today().isoformat()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--edition", "no-such"], "There is no published edition 'no-such'"),
        (["--on", "2020-01-01"], "No edition of the rules is in force on 2020-01-01."),
        (["--on", "yesterday"], "Error: argument --on: 'yesterday' is not a day; write it as YYYY-MM-DD."),
        (["--lang", "tlh"], "Error: argument --lang: invalid choice: 'tlh'"),
    ],
)
def test_wrong_options_are_refused_with_a_reason(run: Run, options: list[str], message: str) -> None:
    answered, failure = run(GOOD, *options)
    assert answered == []
    assert failure is not None
    assert failure.startswith(message)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("assess", "no-such.jsonl")
    assert str(refused.value) == "The file no-such.jsonl cannot be read: No such file or directory."


@pytest.mark.django_db
def test_it_reads_the_rules_from_the_database(run: Run) -> None:
    snapshots.hold(None)
    [answered], message = run(GOOD)
    assert (answered["outcome"], message) == ("eligible", None)
    assert answered["revision"] >= 1
