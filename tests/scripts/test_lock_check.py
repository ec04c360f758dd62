"""The comparison of pyproject.toml with the lock files."""

from __future__ import annotations

from scripts.lock_check import faults

HASH = f"--hash=sha256:{'0' * 64}"
PROJECT = """
[project]
dependencies = ["Django>=5.2,<5.3"]
[dependency-groups]
dev = ["ruff>=0.17"]
bench = ["py-spy>=0.4"]
"""
RUN = f"django==5.2.19 \\\n    {HASH}\n"
DEV = f"{RUN}ruff==0.17.6 \\\n    {HASH}\n"
BENCH = f"{DEV}py-spy==0.4.2 \\\n    {HASH}\n"


def test_files_that_agree_have_no_fault() -> None:
    assert faults(PROJECT, RUN, DEV, BENCH) == []


def test_a_requirement_that_is_not_locked_is_named() -> None:
    assert faults(PROJECT, "", DEV, BENCH) == ["Django is in pyproject.toml and not in requirements/run.txt."]


def test_a_locked_version_outside_the_range_is_named() -> None:
    old = RUN.replace("5.2.19", "4.2.1")
    assert faults(PROJECT, old, *(lock.replace("5.2.19", "4.2.1") for lock in (DEV, BENCH))) == [
        "run.txt locks Django 4.2.1; pyproject.toml asks Django<5.3,>=5.2."
    ]


def test_a_package_without_a_hash_is_named() -> None:
    bare = f"{RUN}ruff==0.17.6\n"
    assert "ruff has no hash in its lock file." in faults(PROJECT, RUN, bare, bare)


def test_two_versions_of_one_package_are_named() -> None:
    assert faults(PROJECT, RUN, *(lock.replace("5.2.19", "5.2.18") for lock in (DEV, BENCH))) == [
        "django differs between run.txt and dev.txt."
    ]


def test_a_package_that_the_benches_have_in_another_version_is_named() -> None:
    assert faults(PROJECT, RUN, DEV, BENCH.replace("0.17.6", "0.17.5")) == [
        "ruff differs between dev.txt and bench.txt."
    ]


def test_a_requirement_of_the_benches_that_is_not_locked_is_named() -> None:
    assert faults(PROJECT, RUN, DEV, DEV) == [
        "py-spy is in pyproject.toml and not in requirements/bench.txt."
    ]


def test_a_package_that_is_locked_for_new_pythons_only_is_named() -> None:
    new = f"numpy==2.5.5 ; python_full_version >= '3.12' \\\n    {HASH}\n"
    old = f"numpy==2.4.6 ; python_full_version < '3.12' \\\n    {HASH}\n"
    assert faults(PROJECT, RUN, DEV, BENCH + new) == [
        "bench.txt locks numpy for newer Pythons than 3.11.0 only."
    ]
    assert faults(PROJECT, RUN, DEV, BENCH + old + new) == []
