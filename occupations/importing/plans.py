"""What an import would change, before anything is written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

EXAMPLES = 20
"""How many examples a report shows of one kind of change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after. `cells` are (column, before, after); only those that differ.

    `kind` is added, changed or removed.
    """

    kind: str
    row: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Report:
    """What an import would change, or has changed: sentences, counts and examples.

    `target` names what it changes: a data year, a version of the classification, a list.
    """

    kind: str
    target: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    sentences: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    nothing_to_do: str = ""
    """Why there is nothing to do; empty when there is something."""
    shown_changes: int = EXAMPLES
    """How many of the changes are kept; a list of ours shows every one."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def digest(self) -> str:
        """The same digest means the same effect, so what was confirmed is what is stored."""
        said = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


class Plan(Protocol):
    """A checked import that waits to be stored."""

    @property
    def report(self) -> Report: ...

    def store(self) -> None:
        """Write everything, inside the caller's transaction."""
