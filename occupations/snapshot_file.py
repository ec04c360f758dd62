"""The last good rows as a file, so that a process can start while the database is away.

Two lines: a header with format, revision and digest, then the rows, each table as its columns and its rows.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from occupations.building import Payload
from occupations.stored import StoredRows

FORMAT = 3
"""Raised whenever the rows change their layout; a file of another format is not read."""


class UnusableFile(ValueError):
    """The file is missing, damaged or of another format."""


def write(path: Path, stored: StoredRows) -> bool:
    """Keep the rows; a reader sees the old file or the new one. False if they are there already."""
    if _is_there(path, stored):
        return False
    body = json.dumps(_packed(stored.payload), ensure_ascii=False, separators=(",", ":")).encode()
    header = {
        "format": FORMAT,
        "revision": stored.revision,
        "changed_at": stored.changed_at,
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(header).encode() + b"\n" + body + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def read(path: Path) -> StoredRows:
    """The rows that were kept. Raises UnusableFile."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        header = json.loads(head)
    except OSError as error:
        raise UnusableFile(f"There is no copy of the rules that can be read at {path}.") from error
    except ValueError as error:
        raise UnusableFile(f"{path} is damaged: its first line is no header.") from error
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise UnusableFile(f"{path} was written by another version of the site.")
    body = body.removesuffix(b"\n")
    if hashlib.sha256(body).hexdigest() != header.get("sha256"):
        raise UnusableFile(f"{path} is damaged: its digest does not fit.")
    return StoredRows(header["revision"], header["changed_at"], _unpacked(json.loads(body)))


def kept_revision(path: Path) -> int | None:
    """The number that the file says it has, without reading its rows; None for no file of this format."""
    number = _header(path).get("revision")
    return number if isinstance(number, int) else None


def _is_there(path: Path, stored: StoredRows) -> bool:
    header = _header(path)
    return (header.get("revision"), header.get("changed_at")) == (stored.revision, stored.changed_at)


def _header(path: Path) -> dict[str, Any]:
    """The first line of a file of this format; empty for any other, or none."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline())
    except (OSError, ValueError):
        return {}
    return header if isinstance(header, dict) and header.get("format") == FORMAT else {}


def _packed(payload: Payload) -> dict[str, Any]:
    return {
        name: {"columns": list(rows[0]), "rows": [list(row.values()) for row in rows]}
        if rows
        else {"columns": [], "rows": []}
        for name, rows in payload.items()
    }


def _unpacked(packed: Mapping[str, Any]) -> Payload:
    return {
        name: [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
        for name, table in packed.items()
    }
