"""Disks: one that is full and one that nobody may write to, as real file systems of one process.

The web process starts in a mount namespace of its own (`unshare`), so nothing has to be unmounted and nothing outside
sees it: root needs nothing else, others need user namespaces. Where neither is to be had, the data folder is
/dev/full, which takes nothing either; the figures say so.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from scripts.drills.found import SECONDS_BEFORE, SECONDS_TO_RECOVER, Found, figures, is_clean
from scripts.drills.visitors import crowd
from scripts.topology.running import Topology
from scripts.topology.web import Replica
from tests.live import ROOT, status_of

TEMPORARY = ("/tmp", "/var/tmp")  # noqa: S108 (covered by the disk of the drill)
MEGABYTES = 48
"""Room for two copies of the rules, once there is room."""
NOT_KEPT = "could not be kept"
_START = """set -e
mount -t tmpfs -o size={megabytes}m disk "$DATA_DIR"
mkdir "$DATA_DIR/code" "$DATA_DIR/static"
mount --rbind "$CODE" "$DATA_DIR/code"
mount --bind "$STATIC_ROOT" "$DATA_DIR/static"
mount -o remount,bind,ro "$DATA_DIR/code"
{spoil}
place="$DATA_DIR"
for temporary in {covered}; do
    mount --rbind "$DATA_DIR" "$temporary"
    place="$temporary"
    DATA_DIR="$temporary"
done
export DATA_DIR="$place/data" STATIC_ROOT="$place/static"
cd "$place/code"
exec {command}
"""


class OnDisk(Replica):
    """A web process whose data folder and temporary folders are on a small disk that is spoilt before it starts."""

    spoil = ""

    def command(self) -> list[str]:
        script = _START.format(
            megabytes=MEGABYTES,
            spoil=self.spoil,
            covered=" ".join(_covered()),
            command=shlex.join(super().command()),
        )
        return [*_namespace(), "sh", "-c", script]


class FullDisk(OnDisk):
    spoil = 'mkdir "$DATA_DIR/data"; cat /dev/zero > "$DATA_DIR/rest" 2>/dev/null || true'


class ReadOnlyDisk(OnDisk):
    spoil = 'mkdir "$DATA_DIR/data"; mount -o remount,ro "$DATA_DIR"'


def _covered() -> list[str]:
    """The temporary folders that the disk can lie over: not those that hold the project or its interpreter."""
    needed = (ROOT, Path(sys.prefix), Path(sys.base_prefix))
    return [each for each in TEMPORARY if not any(one.is_relative_to(each) for one in needed)]


def _namespace() -> list[str]:
    return ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]


def _can_mount() -> bool:
    """Whether a disk of our own can be had on this machine."""
    if shutil.which("unshare") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        tried = [*_namespace(), "mount", "-t", "tmpfs", "-o", "size=1m", "disk", folder]
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0  # noqa: S603 (our own)


def disk_full(topology: Topology, full: bool) -> Found:
    """The disk under data and temporary folders is full from the start, and has room again later."""
    return _spoilt(topology, "disk full", FullDisk)


def read_only(topology: Topology, full: bool) -> Found:
    """The file system under data and temporary folders is read-only."""
    return _spoilt(topology, "file system read-only", ReadOnlyDisk)


def _spoilt(topology: Topology, name: str, kind: type[OnDisk]) -> Found:
    """Visitors walk, staff upload a file of 17 MB, the log says what could not be kept."""
    environment = {**topology.environment, "CODE": str(ROOT)}
    called = f"web-{name.replace(' ', '-')}"
    is_real = _can_mount()
    replica = (
        kind(called, topology.folder, environment)
        if is_real
        else Replica(called, topology.folder, environment, data=Path("/dev/full"))
    )
    try:
        replica.start()
        with crowd(replica.address, 5) as visitors:
            time.sleep(SECONDS_BEFORE)
        uploaded = _upload(replica.address, topology.environment, topology.folder)
        told = NOT_KEPT in replica.log.read_text()
        ready = status_of(f"{replica.address}/readyz")
        again = _room_again(topology, replica) if is_real and kind is FullDisk else None
    finally:
        replica.stop()
    shown: dict[str, object] = {
        "disk": f"tmpfs of {MEGABYTES} MB" if is_real else "none could be mounted, so /dev/full",
        "said in the log": told,
        "readyz": ready,
        "upload of staff": uploaded,
        **({} if again is None else {"copy kept after there was room, s": again}),
        **figures(visitors.tally),
    }
    good = is_clean(visitors.tally) and told and ready == 200 and uploaded == "checked" and again != "never"
    return Found(name, good, shown)


def _upload(address: str, environment: Mapping[str, str], folder: Path) -> str:
    """The state of an official file that staff have sent to this replica."""
    done = subprocess.run(  # noqa: S603 (our own interpreter and arguments)
        [sys.executable, "-m", "scripts.drills.upload", address],
        cwd=ROOT,
        env={**os.environ, **environment, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return str(json.loads(done.stdout)) if done.returncode == 0 else done.stderr.strip()[-300:]


def _room_again(topology: Topology, replica: Replica) -> float | str:
    """Seconds until the copy of the rules is kept, once there is room and the rules have changed; or "never"."""
    if replica.process is None:
        return "never"
    inside = Path(f"/proc/{replica.process.pid}/root") / _place(replica).relative_to("/")
    (inside / "rest").unlink()
    topology.database.execute("UPDATE occupations_datarevision SET number = number + 1, changed_at = now()")
    began = time.monotonic()
    while not (inside / "data" / "snapshot.json").exists():
        if time.monotonic() - began > SECONDS_TO_RECOVER:
            return "never"
        time.sleep(0.1)
    return round(time.monotonic() - began, 1)


def _place(replica: Replica) -> Path:
    """Where the disk is for the process: over the last temporary folder that could be covered."""
    covered = _covered()
    return Path(covered[-1]) if covered else replica.data
