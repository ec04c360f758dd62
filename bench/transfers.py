"""What does not depend on the machine: queries, bytes and requests of the pages of a journey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import brotli
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import journey
from bench.journey import Target
from bench.table import Row
from cptpp_site.compression import compressed

SECTION = "counts"
KB = 1024
ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
FIRST, FOLLOWING, RESULT, REQUESTS = 35, 6, 40, 5


def rows() -> Iterator[Row]:
    """Queries of each kind of page, and bytes as they travel, compressed by gzip and by brotli."""
    walked = journey.engineer()
    pages = [*walked.questions[:-1], walked.summary, walked.result]
    bodies = {target.name: _answer(target) for target in pages}
    yield Row(
        SECTION, "queries of a journey's GETs", sum(queries for _body, queries in bodies.values()), at_most=0
    )
    posts = sum(_answer(target)[1] for target in walked.answers)
    yield Row(SECTION, "queries of a journey's POSTs", posts, at_most=0)
    first, result = bodies["country"][0], bodies["result"][0]
    for kind, packed in (("gzip", _gzip), ("brotli", _brotli)):
        files = {name for body, _queries in bodies.values() for name in ASSET.findall(body.decode())}
        following = max(
            packed(body) for name, (body, _queries) in bodies.items() if name not in {"country", "result"}
        )
        whole = sum(packed(body) for body, _queries in bodies.values()) + sum(
            _file(name, packed) for name in files
        )
        yield _kilobytes(f"first question, all files, {kind}", _with_files(first, packed), FIRST)
        yield _kilobytes(f"largest following question, {kind}", following, FOLLOWING)
        yield _kilobytes(f"result, all files, {kind}", _with_files(result, packed), RESULT)
        yield _kilobytes(f"whole journey, {kind}", whole, None)
    for name, body in (("first question", first), ("result", result)):
        yield Row(SECTION, f"requests, {name}", 1 + len(set(ASSET.findall(body.decode()))), at_most=REQUESTS)


def _answer(target: Target) -> tuple[bytes, int]:
    client = Client()
    for name, value in target.request.cookies.items():
        client.cookies[name] = value
    send = client.post if target.request.method == "POST" else client.get
    with CaptureQueriesContext(connection) as queries:
        response = send(target.request.path, cast(dict[str, str], target.request.body))
    return response.content, len(queries)


def _gzip(content: bytes) -> int:
    return len(compressed(content))


def _brotli(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


def _file(address: str, packed: object) -> int:
    """The file as WhiteNoise keeps it compressed on the disk."""
    path = Path(settings.STATIC_ROOT) / address.removeprefix("/static/")
    kept = path.with_name(path.name + (".gz" if packed is _gzip else ".br"))
    return (kept if kept.exists() else path).stat().st_size


def _with_files(body: bytes, packed: object) -> int:
    size = _gzip(body) if packed is _gzip else _brotli(body)
    return size + sum(_file(name, packed) for name in set(ASSET.findall(body.decode())))


def _kilobytes(what: str, size: int, at_most: float | None) -> Row:
    return Row(SECTION, what, size / KB, "KB", at_most=at_most)
