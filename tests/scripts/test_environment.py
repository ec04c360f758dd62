"""`scripts/environment.sh`, which makes .venv: what it says when something is missing, and when it rests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT

TOOLS = ("sh", "dirname", "cat", "cksum", "grep", "rm")
FAKE = """#!/bin/sh
case "$*" in
    *version_info*) exit {recent} ;;
    *ensurepip*) exit {venv} ;;
esac
exit 1
"""


def make_checkout(folder: Path) -> Path:
    """A folder that holds the script, empty locks and a PATH of the bare tools."""
    for name in ("scripts", "requirements", "programs"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "environment.sh", folder / "scripts")
    (folder / "requirements" / "run.txt").write_text("")
    (folder / "requirements" / "dev.txt").write_text("")
    for tool in TOOLS:
        (folder / "programs" / tool).symlink_to(str(shutil.which(tool)))
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return make_checkout(tmp_path / "check out")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose .venv has been made for development, with a real Python."""
    folder = make_checkout(tmp_path_factory.mktemp("environment") / "check out")
    (folder / "programs" / "python3").symlink_to(Path(sys.executable).resolve())
    done = run(folder, "dev")
    assert done.returncode == 0, done.stderr
    assert "Making the virtual environment" in done.stdout
    return folder


def add_python(checkout: Path, *, recent: bool, venv: bool) -> None:
    program = checkout / "programs" / "python3"
    program.write_text(FAKE.format(recent=int(not recent), venv=int(not venv)))
    program.chmod(0o755)


def run(checkout: Path, kind: str = "run") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "scripts" / "environment.sh", kind],
        env={"PATH": str(checkout / "programs")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_it_says_what_to_install(checkout: Path) -> None:
    done = run(checkout)
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed and was not found.")


def test_an_older_python_is_not_taken(checkout: Path) -> None:
    add_python(checkout, recent=False, venv=True)
    assert "Python 3.11 or newer is needed" in run(checkout).stderr


def test_without_the_venv_module_it_says_what_to_install(checkout: Path) -> None:
    add_python(checkout, recent=True, venv=False)
    done = run(checkout)
    assert done.returncode == 1
    assert done.stderr == "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv\n"


def test_what_is_installed_is_not_installed_again(installed: Path) -> None:
    assert (installed / ".venv" / "bin" / "python").exists()
    again = run(installed, "dev")
    assert (again.returncode, again.stdout) == (0, "")
    assert run(installed, "run").stdout == "", "the development packages contain those of the site"


def test_a_changed_lock_file_is_installed_again(installed: Path) -> None:
    (installed / "requirements" / "run.txt").write_text("# changed\n")
    again = run(installed)
    assert "Installing" in again.stdout
    assert "Making" not in again.stdout


def test_a_moved_checkout_gets_a_new_environment(installed: Path) -> None:
    moved = installed.with_name("moved")
    shutil.copytree(installed, moved, symlinks=True)
    assert "Making the virtual environment" in run(moved).stdout
