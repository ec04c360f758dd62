"""docs/security.md names tests and files as evidence: each exists."""

from __future__ import annotations

import re
from pathlib import Path

ASVS = {
    "V1.1": 2,
    "V1.2": 10,
    "V1.3": 12,
    "V1.4": 3,
    "V1.5": 3,
    "V2.1": 3,
    "V2.2": 3,
    "V2.3": 5,
    "V2.4": 2,
    "V3.1": 1,
    "V3.2": 3,
    "V3.3": 5,
    "V3.4": 8,
    "V3.5": 8,
    "V3.6": 1,
    "V3.7": 5,
    "V4.1": 5,
    "V4.2": 5,
    "V4.3": 2,
    "V4.4": 4,
    "V5.1": 1,
    "V5.2": 6,
    "V5.3": 3,
    "V5.4": 3,
    "V6.1": 3,
    "V6.2": 12,
    "V6.3": 8,
    "V6.4": 6,
    "V6.5": 8,
    "V6.6": 4,
    "V6.7": 2,
    "V6.8": 4,
    "V7.1": 3,
    "V7.2": 4,
    "V7.3": 2,
    "V7.4": 5,
    "V7.5": 3,
    "V7.6": 2,
    "V8.1": 4,
    "V8.2": 4,
    "V8.3": 3,
    "V8.4": 2,
    "V9.1": 3,
    "V9.2": 4,
    "V11.1": 4,
    "V11.2": 5,
    "V11.3": 5,
    "V11.4": 4,
    "V11.5": 2,
    "V11.6": 2,
    "V11.7": 2,
    "V12.1": 5,
    "V12.2": 2,
    "V12.3": 5,
    "V13.1": 4,
    "V13.2": 6,
    "V13.3": 4,
    "V13.4": 7,
    "V14.1": 2,
    "V14.2": 8,
    "V14.3": 3,
    "V15.1": 5,
    "V15.2": 5,
    "V15.3": 7,
    "V15.4": 4,
    "V16.1": 1,
    "V16.2": 5,
    "V16.3": 4,
    "V16.4": 3,
    "V16.5": 4,
}
"""Section of release 5.0.0 -> how many items it has."""
OF_LEVEL_3 = {
    *(
        "V1.2.10",
        "V2.3.5",
        "V3.3.5",
        "V3.4.7",
        "V3.4.8",
        "V3.5.8",
        "V3.6.1",
        "V4.1.4",
        "V6.3.8",
        "V6.4.6",
        "V15.2.4",
    ),
}
"""Those that the document names."""

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


def test_every_item_of_the_standard_that_the_document_names_exists() -> None:
    items = re.findall(r"\b(V\d+\.\d+)\.(\d+)\b( \(3\))?", DOCUMENT)
    assert len(items) > 60
    assert {(section, number) for section, number, _mark in items if int(number) > ASVS[section]} == set()
    marked = {f"{section}.{number}" for section, number, mark in items if mark}
    assert marked | {"V3.4.7"} == OF_LEVEL_3
    sections = set(re.findall(r"\b(V\d+\.\d+)\b(?!\.\d)", DOCUMENT))
    assert sections <= ASVS.keys()
