"""Compare pyproject.toml with the lock files, without a network.

Every requirement must be locked at a version it allows, every locked package must have a hash, and the
development lock must contain the run-time lock word for word, and the bench lock the development lock.
A package that is locked for new Pythons only is missing for the old ones.
"""

from __future__ import annotations

import re
import sys
import tomllib
from itertools import zip_longest
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HELD_BACK = {"python-dateutil"}
"""An older version in the bench lock: rule-engine, which is measured there, asks for it."""
OLDEST_PYTHON, NEWEST_PYTHON = "3.11.0", "3.14.0"
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
_MARKED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==\S+ ; (?P<marker>[^\\\n]*python_full_version[^\\\n]*)", re.MULTILINE
)


def pins(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Name -> (version, hashes) of a lock file's text."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    starts = list(_PIN.finditer(lock))
    for match, following in zip_longest(starts, starts[1:]):
        block = lock[match.start() : following.start() if following else len(lock)]
        hashes = frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block))
        found[canonicalize_name(match["name"])] = (match["version"], hashes)
    return found


def only_for_new_pythons(lock: str) -> list[str]:
    """Names of packages that a lock file has for the newest Python and not for the oldest one."""
    markers: dict[str, list[Marker]] = {}
    for match in _MARKED.finditer(lock):
        markers.setdefault(match["name"], []).append(Marker(match["marker"]))

    def locked(name: str, python: str) -> bool:
        return any(marker.evaluate({"python_full_version": python}) for marker in markers[name])

    return [name for name in markers if locked(name, NEWEST_PYTHON) and not locked(name, OLDEST_PYTHON)]


def faults(project: str, run_lock: str, dev_lock: str, bench_lock: str) -> list[str]:
    """Full sentences, one per fault; none when all agree. Arguments are the texts of the four files."""
    table = tomllib.loads(project)
    run, dev, bench = pins(run_lock), pins(dev_lock), pins(bench_lock)
    sentences = []
    for requirements, lock, name in (
        (table["project"]["dependencies"], run, "run.txt"),
        (table["dependency-groups"]["dev"], dev, "dev.txt"),
        (table["dependency-groups"]["bench"], bench, "bench.txt"),
    ):
        for requirement in map(Requirement, requirements):
            version, _ = lock.get(canonicalize_name(requirement.name), (None, None))
            if version is None:
                sentences.append(f"{requirement.name} is in pyproject.toml and not in requirements/{name}.")
            elif not requirement.specifier.contains(version):
                sentences.append(
                    f"{name} locks {requirement.name} {version}; pyproject.toml asks {requirement}."
                )
    sentences += [
        f"{name} has no hash in its lock file." for name, pin in {**run, **dev, **bench}.items() if not pin[1]
    ]
    sentences += [
        f"{name} differs between run.txt and dev.txt." for name in run if dev.get(name) != run[name]
    ]
    sentences += [
        f"{name} differs between dev.txt and bench.txt."
        for name in dev
        if bench.get(name) != dev[name] and name not in HELD_BACK
    ]
    sentences += [
        f"{file} locks {name} for newer Pythons than {OLDEST_PYTHON} only."
        for file, lock in (("run.txt", run_lock), ("dev.txt", dev_lock), ("bench.txt", bench_lock))
        for name in only_for_new_pythons(lock)
    ]
    return sentences


def main() -> int:
    found = faults(
        (ROOT / "pyproject.toml").read_text(),
        (ROOT / "requirements" / "run.txt").read_text(),
        (ROOT / "requirements" / "dev.txt").read_text(),
        (ROOT / "requirements" / "bench.txt").read_text(),
    )
    for sentence in found:
        sys.stderr.write(f"{sentence}\n")
    if not found:
        sys.stdout.write("The lock files agree with pyproject.toml.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
