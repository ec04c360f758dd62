"""What the layout says about one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from occupations.loading.columns import Column, Parser, listed, text


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the files it is read from, its columns and what makes a row unique.

    `files` is a pattern below the data folder. `folder` names the column that the wildcard of the pattern
    fills. `numbered` adds `position`, the row's number within its file.
    """

    name: str
    files: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    folder: str | None = None
    numbered: bool = False
    added: Mapping[str, Any] = field(default_factory=dict)
    """Values that the file's name stands for."""


def optional_text(name: str) -> Column:
    return Column(name, text, required=False, empty="")


def several(name: str, parser: Parser, *, required: bool = True) -> Column:
    return Column(name, listed(parser), required=required, empty=[])
