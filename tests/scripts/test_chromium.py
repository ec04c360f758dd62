"""Where the browser of the tests comes from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts import chromium


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def add(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_one_that_the_environment_names_wins(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(programs, "chromium")
    mine = add(programs, "mine")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert chromium.find() == mine


def test_a_named_one_that_is_not_there_is_an_error_and_not_passed_over(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(programs, "chromium")
    monkeypatch.setenv("CHROMIUM", "/absent")
    with pytest.raises(chromium.NoChromiumError, match="CHROMIUM is '/absent'"):
        chromium.find()


def test_the_usual_names_are_tried_in_order(programs: Path) -> None:
    chrome = add(programs, "google-chrome")
    assert chromium.find() == chrome
    first = add(programs, "chromium")
    assert chromium.find() == first


def test_only_root_goes_without_the_sandbox() -> None:
    assert ("--no-sandbox" in chromium.launch_flags()) == (os.geteuid() == 0)
