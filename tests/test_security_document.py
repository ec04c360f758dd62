"""docs/security.md names tests and files as evidence: each exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_the_document_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 50
    assert {name for name in named if f"def {name}(" not in sources} == set()


def test_every_file_that_the_document_names_exists() -> None:
    named = set(re.findall(r"`((?:tests|scripts|docs|deploy)/[\w/.]+)`", DOCUMENT))
    assert len(named) > 4
    assert {name for name in named if not (ROOT / name).exists()} == set()
