"""No log line tells what a visitor searched for or which result was shared."""

from __future__ import annotations

import logging

import pytest

from cptpp_site.logs import WithoutVisitorDetails, without_visitor_details


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /occupations/search?q=nurse&country=AU", "Not Found: /occupations/search"),
        ('"GET /fr/occupations/?q=infirmière HTTP/1.1" 200', '"GET /fr/occupations/ HTTP/1.1" 200'),
        ("Not Found: /r/eyJhIjoxfQ:1abc:xyz/", "Not Found: /r/…/"),
        ("Gone: /ja/r/token?x=1", "Gone: /ja/r/…"),
        ("Is the server running?", "Is the server running?"),
    ],
)
def test_a_line_loses_query_strings_and_share_tokens(line: str, kept: str) -> None:
    assert without_visitor_details(line) == kept


def test_the_arguments_of_a_record_are_searched_too() -> None:
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", ("/x?q=secret",), None)
    assert WithoutVisitorDetails().filter(record) is True
    assert record.getMessage() == "Not Found: /x"
