"""Answers that leave a worker in one piece."""

from __future__ import annotations

import runpy
import tempfile
from typing import Any

from cptpp_site.whole_answers import WholeAnswer
from tests.live import ROOT

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


class Sent:
    """A connection that remembers each piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.name = "a connection"

    def sendall(self, data: bytes) -> None:
        self.pieces.append(data)

    def sendfile(self, file: Any) -> int:
        self.pieces.append(file.read())
        return 1


def test_head_and_body_leave_together_and_the_rest_as_it_comes() -> None:
    sent = Sent()
    answer = WholeAnswer(sent)
    answer.sendall(HEAD)
    assert sent.pieces == []
    answer.sendall(b"first ")
    answer.sendall(b"second")
    answer.flush()
    assert sent.pieces == [HEAD + b"first ", b"second"]


def test_a_head_alone_leaves_at_the_end_and_once() -> None:
    sent = Sent()
    answer = WholeAnswer(sent)
    answer.sendall(HEAD)
    answer.flush()
    answer.flush()
    assert sent.pieces == [HEAD]


def test_an_empty_body_lets_the_head_go() -> None:
    sent = Sent()
    answer = WholeAnswer(sent)
    answer.sendall(HEAD)
    answer.sendall(b"")
    assert sent.pieces == [HEAD]


def test_a_file_comes_after_its_head() -> None:
    sent = Sent()
    answer = WholeAnswer(sent)
    answer.sendall(HEAD)
    with tempfile.TemporaryFile() as file:
        file.write(b"a style sheet")
        file.seek(0)
        assert answer.sendfile(file) == 1
    assert sent.pieces == [HEAD, b"a style sheet"]


def test_everything_else_is_asked_of_the_connection() -> None:
    assert WholeAnswer(Sent()).name == "a connection"


def test_gunicorn_is_told_to_use_it() -> None:
    settings = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    assert settings["worker_class"] == "cptpp_site.whole_answers.WholeAnswerWorker"
