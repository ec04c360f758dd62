"""Limits per client hold across processes: two real web servers of one process each, on one database."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests import databases, live

SEARCHES = 2
API_REQUESTS = 5
SECONDS_TO_HEAR = 1.4
"""Processes tell each other each second how much was searched."""
Servers = tuple[str, str]


@pytest.fixture
def servers(committed_database: str, tmp_path: Path) -> Iterator[Servers]:
    """The addresses of two servers."""
    environment = {
        **live.environment_for(databases.url_of(committed_database), settings.DATA_DIR),
        "WEB_WORKERS": "1",
        "SEARCHES_PER_MINUTE": str(SEARCHES),
        "API_REQUESTS_PER_MINUTE": str(API_REQUESTS),
    }
    with ExitStack() as stack, ThreadPoolExecutor(2) as threads:
        started = [
            threads.submit(stack.enter_context, live.gunicorn(environment, tmp_path / name))
            for name in ("one", "other")
        ]
        one, other = (each.result() for each in started)
        yield one, other


def asked(address: str, path: str) -> tuple[int, int]:
    """The status, and the seconds of `Retry-After` or 0."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, int(response.headers.get("Retry-After", "0"))


def test_two_servers_together_let_a_client_through_as_often_as_one_would(servers: Servers) -> None:
    with ThreadPoolExecutor(8) as threads:
        path = "/api/v1/editions"
        met = list(threads.map(lambda number: asked(servers[number % 2], path), range(4 * API_REQUESTS)))
    assert Counter(status for status, _wait in met) == {200: API_REQUESTS, 429: 3 * API_REQUESTS}
    assert all(0 < wait <= 60 for status, wait in met if status == 429)

    # Searches make no query: a process hears of the others' when it tells its own, so one more may slip through each.
    searches: list[tuple[int, int]] = []
    for _round in range(3):
        searches += [asked(server, "/occupations/search?q=nurse") for server in servers]
        time.sleep(SECONDS_TO_HEAR)
    statuses = [status for status, _wait in searches]
    assert SEARCHES <= statuses.count(200) <= SEARCHES + 1
    assert statuses[-2:] == [429, 429]
    assert all(0 < wait <= 60 for status, wait in searches if status == 429)
