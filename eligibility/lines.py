"""Answers as they arrive from outside, one JSON object a line: strict reading, nothing silently dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from eligibility.rules.answers import READERS, Answers, AnswersError
from occupations.rulebook import Reference

MAX_LINE_BYTES = 64 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_ID_CHARACTERS = 200


class BadLine(ValueError):
    """A line that is not one set of answers; the message is a full sentence."""

    def __init__(
        self, message: str, case_id: object = None, problems: list[tuple[str, str]] | None = None
    ) -> None:
        super().__init__(message)
        self.case_id = case_id
        self.problems = problems or []


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input with its number; `content` is None when it is longer than MAX_LINE_BYTES."""

    number: int
    content: bytes | None


def lines_of(stream: BinaryIO) -> Iterator[Line]:
    """The lines that are not blank, read one at a time; of a line that is too long nothing is kept."""
    number = 0
    while chunk := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(chunk) > MAX_LINE_BYTES and not chunk.endswith(b"\n"):
            while chunk and not chunk.endswith(b"\n"):
                chunk = stream.readline(MAX_LINE_BYTES)
            yield Line(number, None)
            continue
        content = chunk.removeprefix(BYTE_ORDER_MARK) if number == 1 else chunk
        if content.strip():
            yield Line(number, content)


def read_line(line: Line, reference: Reference) -> tuple[object, Answers]:
    """The id (None when there is none) and the answers of a line.

    Takes `{"id": ..., "answers": {...}}`, where other keys are ignored, or bare answers. Raises BadLine.
    """
    if line.content is None:
        raise BadLine(f"The line is longer than {MAX_LINE_BYTES} bytes; one set of answers is far shorter.")
    raw = _read_json(line.content)
    if not isinstance(raw, dict):
        raise BadLine('The line is not a JSON object; write {"id": "...", "answers": {...}}.')
    case_id = _echo(raw.get("id"))
    if "answers" in raw:
        answers = raw["answers"]
        beside = [name for name in raw if name in READERS]
        if beside:
            problems = [(name, 'This answer stands beside "answers"; put it inside.') for name in beside]
            raise BadLine('Some answers stand beside "answers" and not inside it.', case_id, problems)
    else:
        answers = {name: value for name, value in raw.items() if name != "id"}
    try:
        return case_id, Answers.parse(answers, reference)
    except AnswersError as error:
        raise BadLine(
            "The answers are not as they must be; see the fields.", case_id, error.problems
        ) from None


def _read_json(content: bytes) -> Any:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadLine("The line is not valid UTF-8 text.") from None
    try:
        return _DECODER.decode(text.strip(" \t\r\n"))
    except BadLine:
        raise
    except json.JSONDecodeError as error:
        raise BadLine(f"The line is not valid JSON: {error.msg} at character {error.pos + 1}.") from None
    except RecursionError:
        raise BadLine("The line is nested too deeply; answers need two levels.") from None
    except ValueError:
        raise BadLine("The line holds a number with too many digits.") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: of two answers to one question neither is to be trusted."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadLine("The line names the same key twice in one object; give each answer once.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise BadLine(f"The line is not valid JSON: {name} is not a number that JSON knows.")


_DECODER = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_refuse_constant)


def _echo(case_id: object) -> object:
    """The id as it may be repeated: a short string or a number."""
    if isinstance(case_id, str):
        return case_id[:MAX_ID_CHARACTERS]
    return case_id if isinstance(case_id, int | float) else None
