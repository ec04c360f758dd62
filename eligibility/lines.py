"""Answers as they arrive from outside, one JSON object a line: strict reading, nothing silently dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
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
    return read_case(read_json(line.content), reference)


def read_case(raw: object, reference: Reference, called: str = "line") -> tuple[object, Answers]:
    """The id and the answers of a JSON value that is `called` so in messages. Raises BadLine."""
    if not isinstance(raw, dict):
        raise BadLine(f'The {called} is not a JSON object; write {{"id": "...", "answers": {{...}}}}.')
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


def read_json(content: bytes, called: str = "line") -> Any:
    """The JSON value of a text that is `called` so in messages. Raises BadLine.

    Refuses what readers understand differently: a key twice in one object, NaN and the infinities.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadLine(f"The {called} is not valid UTF-8 text.") from None
    try:
        return _DECODER.decode(text.strip(" \t\r\n"))
    except _Repeated:
        raise BadLine(
            f"The {called} names the same key twice in one object; give each answer once."
        ) from None
    except _NoNumber as error:
        raise BadLine(f"The {called} is not valid JSON: {error} is not a number that JSON knows.") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"The {called} is not valid JSON: {error.msg} at character {error.pos + 1}.") from None
    except RecursionError:
        raise BadLine(f"The {called} is nested too deeply; answers need two levels.") from None
    except ValueError:
        raise BadLine(f"The {called} holds a number with too many digits.") from None


class _Repeated(ValueError):
    """Of two answers to one question neither is to be trusted."""


class _NoNumber(ValueError):
    """NaN, Infinity or -Infinity."""


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Repeated
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _NoNumber(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_refuse_constant)


def _echo(case_id: object) -> object:
    """The id as it may be repeated: a short string or a number."""
    if isinstance(case_id, str):
        return case_id[:MAX_ID_CHARACTERS]
    if isinstance(case_id, float) and not isfinite(case_id):
        return None  # 1e999 is read as infinity, which JSON cannot write.
    return case_id if isinstance(case_id, int | float) else None
