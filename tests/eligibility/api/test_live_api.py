"""The API as a program meets it: a real server, README's example."""

from __future__ import annotations

import contextlib
import io
import json
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.eligibility.api.test_assess import CASES

README = (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")


def test_the_python_example_of_the_readme_works(live_site: str) -> None:
    code = README.split("```python\n", 1)[1].split("```", 1)[0].replace("http://127.0.0.1:8000", live_site)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 (our own text, to show that it works)
    first, second = printed.getvalue().splitlines()
    assert first == "a needs_more_information"
    assert second.startswith("b [{'field': 'country'")


def test_a_large_batch_arrives_whole(live_site: str) -> None:
    several = (CASES * 8)[:200]
    connection = HTTPConnection(urlsplit(live_site).netloc, timeout=60)
    connection.request(
        "POST", "/api/v1/assess", json.dumps({"cases": several}), {"Content-Type": "application/json"}
    )
    told = json.loads(connection.getresponse().read())
    connection.close()
    assert [each["id"] for each in told] == [case["id"] for case in several]


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(live_site: str) -> None:
    connection = HTTPConnection(urlsplit(live_site).netloc, timeout=20)
    connection.putrequest("POST", "/api/v1/assess")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(10**9))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    connection.close()


def test_head_sends_no_body(live_site: str) -> None:
    connection = HTTPConnection(urlsplit(live_site).netloc, timeout=20)
    connection.request("HEAD", "/api/v1/editions")
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")
    assert response.headers["ETag"]
    connection.close()
